"""A request as FHIR R4B resources, in plain dictionaries; docs/fhir.md tells what stands where and why.

Patient, ServiceRequest, QuestionnaireResponse, an Appointment for each visit, a Communication for each letter
and each message. They name each other by urn:uuid, which stays the same from export to export.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final
from uuid import UUID, uuid5

from django.conf import settings

from booking.exports import fhir_codes as codes
from booking.exports.fhir_answers import items, plain
from booking.models import ConsultationRequest, Letter, Message, Visit
from booking.models.letter import Direction
from booking.models.message import Delivery
from booking.rules.documents import Person
from booking.rules.notices import TO_STAFF
from booking.rules.questions import Channel, Relation, YesNo
from booking.rules.safety import Topic

Resource = dict[str, Any]
RELATED: Final = ("visits__clinician", "letters", "messages")


def resources(request: ConsultationRequest) -> Iterator[Resource]:
    """Return what a request is in FHIR; its relations in RELATED should be loaded. Raises SealBroken."""
    person = request.person
    yield _patient(request, person)
    yield _service_request(request)
    yield _response(request, person)
    yield from (_appointment(request, visit) for visit in request.visits.all())
    yield from (_letter(request, letter) for letter in request.letters.all())
    yield from (
        _message(request, message) for message in request.messages.all() if message.notice not in TO_STAFF
    )


def system(name: str) -> str:
    """Return the name of a code system or a kind of number of ours: under this site's address."""
    return f"{settings.SITE_URL.rstrip('/')}/fhir/{name}"


def _patient(request: ConsultationRequest, person: Person) -> Resource:
    telecom = [
        {"system": kind, "value": value, "rank": 1 if person.channel == kind else 2}
        for kind, value in (("phone", person.phone), ("email", person.email)) if value
    ]  # fmt: skip
    return _filled(
        resourceType="Patient",
        id=_id(request, "patient"),
        extension=[{"url": codes.INTERPRETER, "valueBoolean": True}] * (person.interpreter == YesNo.YES),
        name=[{"use": "usual", "text": name}] if (name := plain(person.full_name)) else [],
        telecom=telecom,
        birthDate=person.birth_date,
        contact=_asker(person),
        communication=[
            {"language": {"coding": [{"system": codes.BCP_47, "code": codes.LANGUAGES[request.language]}]},
             "preferred": True}
        ],
    )  # fmt: skip


def _asker(person: Person) -> list[Resource]:
    if not (name := plain(person.asker_name)):
        return []
    relation = {code: str(label) for code, label in Relation.choices}.get(person.relation)
    words = {"coding": [_coding("relation", person.relation, relation)]} if relation else {"text": "asks"}
    return [{"relationship": [words], "name": {"text": name}}]


def _service_request(request: ConsultationRequest) -> Resource:
    status, reason = codes.REQUEST_STATUS[request.status], request.outcome_reason
    topic = str(Topic(request.topic).label)
    return _filled(
        resourceType="ServiceRequest",
        id=str(request.pk),
        extension=[
            {"url": codes.STATUS_REASON, "valueCodeableConcept": {"coding": [_coding("outcome", reason)]}}
        ] * bool(reason),
        identifier=[{"system": system("reference"), "value": request.reference}],
        status=codes.NEVER_EXISTED if reason in codes.VOID_REASONS else status,
        intent="proposal",
        priority=codes.PRIORITY[request.priority],
        code={"text": "Consultation"},
        subject=_to(_id(request, "patient")),
        authoredOn=request.received_at.isoformat(),
        performer=[{"display": request.assignee.get_full_name() or request.assignee.get_username()}]
        if request.assignee else [],
        reasonCode=[{"coding": [_coding("topic", request.topic, topic)], "text": topic}],
        supportingInfo=[_to(_id(request, "answers"))],
    )  # fmt: skip


def _response(request: ConsultationRequest, person: Person) -> Resource:
    return _filled(
        resourceType="QuestionnaireResponse",
        id=_id(request, "answers"),
        basedOn=[_to(str(request.pk))],
        questionnaire=f"{system('questionnaire')}|{request.rules_version}",
        status="completed",
        subject=_to(_id(request, "patient")),
        authored=request.received_at.isoformat(),
        item=items(person, request.answers, system("answers")),
    )


def _appointment(request: ConsultationRequest, visit: Visit) -> Resource:
    status = codes.PARTICIPANT_STATUS[visit.state]
    return _filled(
        resourceType="Appointment",
        id=str(visit.pk),
        status=codes.APPOINTMENT_STATUS[visit.state],
        start=visit.starts_at.isoformat(),
        end=visit.ends_at.isoformat(),
        basedOn=[_to(str(request.pk))],
        participant=[
            {"actor": _to(_id(request, "patient")), "status": status},
            {"actor": {"display": plain(str(visit.clinician))}, "status": "accepted"},
        ],
    )


def _letter(request: ConsultationRequest, letter: Letter) -> Resource:
    patient, clinic = _to(_id(request, "patient")), {"display": "The clinic"}
    ours = letter.direction == Direction.TO_PATIENT
    return _filled(
        resourceType="Communication",
        id=str(letter.pk),
        basedOn=[_to(str(request.pk))],
        status="completed",
        category=[{"coding": [_coding("communication", "letter", "Written on the private page")]}],
        subject=patient,
        sent=letter.at.isoformat(),
        sender=clinic if ours else patient,
        recipient=[patient if ours else clinic],
        payload=[{"contentString": text}] if (text := plain(letter.text)) else [],
    )


def _message(request: ConsultationRequest, message: Message) -> Resource:
    told = bool(message.told_at)
    by_phone = told or message.state == Delivery.CALL
    mode = codes.MODES[Channel.PHONE if by_phone else Channel.EMAIL]
    sent = message.told_at or message.sent_at
    return _filled(
        resourceType="Communication",
        id=str(message.pk),
        basedOn=[_to(str(request.pk))],
        status="completed" if told else codes.COMMUNICATION_STATUS[message.state],
        category=[{"coding": [_coding("notice", message.notice, message.get_notice_display())]}],
        medium=[{"coding": [{"system": codes.MODE_SYSTEM, "code": mode}]}],
        subject=_to(_id(request, "patient")),
        sent=sent.isoformat() if sent else "",
        sender={"display": "The clinic"},
        recipient=[_to(_id(request, "patient"))],
    )


def _filled(**elements: Any) -> Resource:
    """Return a resource without what is empty: FHIR knows no empty element."""
    return {name: value for name, value in elements.items() if value not in ("", None, [], {})}


def _coding(kind: str, code: str, display: str | None = None) -> Resource:
    return _filled(system=system(kind), code=code, display=display)


def _to(key: str) -> Resource:
    return {"reference": f"urn:uuid:{key}"}


def _id(request: ConsultationRequest, part: str) -> str:
    """Return the same UUID for a part of a request at every export."""
    return str(uuid5(UUID(str(request.pk)), part))
