"""What our codes are called in FHIR R4B, as data. Sources: the value sets of hl7.org/fhir/R4B, by name."""

from __future__ import annotations

from typing import Final

from booking.models.message import Delivery
from booking.models.visit import VisitState
from booking.rules.priority import Priority
from booking.rules.questions import Channel
from booking.rules.reasons import CloseReason
from booking.rules.statuses import Status

# http://hl7.org/fhir/R4B/valueset-request-status.html. On hold: "the authorization/request to act has been
# temporarily withdrawn but is expected to resume". Revoked: ended without the act, whoever ended it.
REQUEST_STATUS: Final[dict[str, str]] = {
    Status.NEW: "active",
    Status.IN_REVIEW: "active",
    Status.WAITING_FOR_PATIENT: "on-hold",
    Status.TIMES_OFFERED: "active",
    Status.SCHEDULED: "active",
    Status.SEEN: "completed",
    Status.DECLINED: "revoked",
    Status.WITHDRAWN: "revoked",
    Status.CLOSED: "revoked",
}
# "This request should never have existed and should be considered void."
NEVER_EXISTED: Final = "entered-in-error"
VOID_REASONS: Final = frozenset({CloseReason.SPAM.value})

# http://hl7.org/fhir/R4B/valueset-linkage-type.html: the source of truth, and an obsolete record of it.
GOES_ON: Final = "source"
WENT_INTO: Final = "historical"

# http://hl7.org/fhir/R4B/valueset-request-priority.html
PRIORITY: Final[dict[str, str]] = {
    Priority.ROUTINE: "routine",
    Priority.SOON: "urgent",
    Priority.SAME_DAY: "asap",
}

# http://hl7.org/fhir/R4B/valueset-appointmentstatus.html. Proposed: offered, not accepted yet.
APPOINTMENT_STATUS: Final[dict[str, str]] = {
    VisitState.HELD: "proposed",
    VisitState.BOOKED: "booked",
    VisitState.CANCELLED: "cancelled",
    VisitState.SEEN: "fulfilled",
    VisitState.NO_SHOW: "noshow",
}
# http://hl7.org/fhir/R4B/valueset-participationstatus.html
PARTICIPANT_STATUS: Final[dict[str, str]] = {
    VisitState.HELD: "needs-action",
    VisitState.BOOKED: "accepted",
    VisitState.CANCELLED: "declined",
    VisitState.SEEN: "accepted",
    VisitState.NO_SHOW: "accepted",
}

# http://hl7.org/fhir/R4B/valueset-event-status.html
COMMUNICATION_STATUS: Final[dict[str, str]] = {
    Delivery.QUEUED: "preparation",
    Delivery.IN_FLIGHT: "in-progress",
    Delivery.RETRY: "in-progress",
    Delivery.SENT: "completed",
    Delivery.FAILED: "not-done",
    Delivery.CALL: "preparation",
    Delivery.DROPPED: "stopped",
}

# http://terminology.hl7.org/CodeSystem/v3-ParticipationMode
MODE_SYSTEM: Final = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode"
MODES: Final[dict[str, str]] = {Channel.EMAIL: "EMAILWRIT", Channel.PHONE: "PHONE"}

BCP_47: Final = "urn:ietf:bcp:47"
LANGUAGES: Final = {"en": "en-US", "es": "es-US"}

# http://hl7.org/fhir/R4B/extension-request-statusreason.html, extension-patient-interpreterrequired.html
STATUS_REASON: Final = "http://hl7.org/fhir/StructureDefinition/request-statusReason"
INTERPRETER: Final = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"
