"""A request as FHIR R4B resources, in plain dictionaries; docs/reference/fhir.md says what stands where.

Patient, ServiceRequest, QuestionnaireResponse, an Appointment for each visit, a Communication for each letter
and each message, a Linkage for a merge. They name each other by urn:uuid, the same from export to export.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from booking.exports import fhir_codes as codes
from booking.exports.fhir_answers import items, plain
from booking.exports.fhir_elements import Frame, Resource, coding, filled, identifier, key_of, system, to
from booking.models import ConsultationRequest, Letter, Message, Visit
from booking.models.letter import Direction
from booking.models.message import Delivery
from booking.rules.documents import Person
from booking.rules.notices import TO_STAFF
from booking.rules.questions import Channel, Relation, YesNo
from booking.rules.safety import Topic

RELATED: Final = ("visits__clinician", "letters", "messages", "merged", "merged_into")


def resources(consultation: ConsultationRequest, frame: Frame) -> Iterator[Resource]:
    """Return what a request is in FHIR; its relations in RELATED should be loaded. Raises SealBroken."""
    person = consultation.person
    yield _patient(consultation, person)
    yield _service_request(consultation, frame)
    yield _response(consultation, person, frame)
    yield from (_appointment(consultation, visit, frame) for visit in consultation.visits.all())
    yield from (_letter(consultation, letter, frame) for letter in consultation.letters.all())
    told = (one for one in consultation.messages.all() if one.notice not in TO_STAFF)
    yield from (_message(consultation, message, frame) for message in told)
    if consultation.merged_into:
        yield _merge(consultation, consultation.merged_into, frame)


def _patient(consultation: ConsultationRequest, person: Person) -> Resource:
    telecom = [
        {"system": kind, "value": value, "rank": 1 if person.channel == kind else 2}
        for kind, value in (("phone", person.phone), ("email", person.email)) if value
    ]  # fmt: skip
    return filled(
        resourceType="Patient",
        id=key_of(consultation, "patient"),
        extension=[{"url": codes.INTERPRETER, "valueBoolean": True}]
        if person.interpreter == YesNo.YES else [],
        name=[{"use": "usual", "text": name}] if (name := plain(person.full_name)) else [],
        telecom=telecom,
        birthDate=person.birth_date,
        contact=_asker(person),
        communication=[
            {
                "language": {
                    "coding": [{"system": codes.BCP_47, "code": codes.LANGUAGES[consultation.language]}]
                },
                "preferred": True,
            }
        ],
    )  # fmt: skip


def _asker(person: Person) -> list[Resource]:
    if not (name := plain(person.asker_name)):
        return []
    relation = {code: str(label) for code, label in Relation.choices}.get(person.relation)
    words = {"coding": [coding("relation", person.relation, relation)]} if relation else {"text": "asks"}
    return [{"relationship": [words], "name": {"text": name}}]


def _service_request(consultation: ConsultationRequest, frame: Frame) -> Resource:
    status, reason = codes.REQUEST_STATUS[consultation.status], consultation.outcome_reason
    topic = str(Topic(consultation.topic).label)
    return filled(
        resourceType="ServiceRequest",
        id=str(consultation.pk),
        extension=[
            {"url": codes.STATUS_REASON, "valueCodeableConcept": {"coding": [coding("outcome", reason)]}}
        ] if reason else [],
        identifier=[identifier(consultation)],
        replaces=[frame.to_request(one) for one in consultation.merged.all()],
        status=codes.NEVER_EXISTED if reason in codes.VOID_REASONS else status,
        intent="proposal",
        priority=codes.PRIORITY[consultation.priority],
        code={"text": "Consultation"},
        subject=to(key_of(consultation, "patient")),
        authoredOn=frame.moment(consultation.received_at),
        performer=[{"display": consultation.assignee.get_full_name() or consultation.assignee.get_username()}]
        if consultation.assignee else [],
        reasonCode=[{"coding": [coding("topic", consultation.topic, topic)], "text": topic}],
        supportingInfo=[to(key_of(consultation, "answers"))],
    )  # fmt: skip


def _response(consultation: ConsultationRequest, person: Person, frame: Frame) -> Resource:
    return filled(
        resourceType="QuestionnaireResponse",
        id=key_of(consultation, "answers"),
        basedOn=[to(str(consultation.pk))],
        questionnaire=f"{system('questionnaire')}|{consultation.rules_version}",
        status="completed",
        subject=to(key_of(consultation, "patient")),
        authored=frame.moment(consultation.received_at),
        item=items(person, consultation.answers, system("answers")),
    )


def _appointment(consultation: ConsultationRequest, visit: Visit, frame: Frame) -> Resource:
    status = codes.PARTICIPANT_STATUS[visit.state]
    return filled(
        resourceType="Appointment",
        id=str(visit.pk),
        status=codes.APPOINTMENT_STATUS[visit.state],
        start=frame.moment(visit.starts_at),
        end=frame.moment(visit.ends_at),
        basedOn=[to(str(consultation.pk))],
        participant=[
            {"actor": to(key_of(consultation, "patient")), "status": status},
            {"actor": {"display": plain(str(visit.clinician))}, "status": "accepted"},
        ],
    )


def _letter(consultation: ConsultationRequest, letter: Letter, frame: Frame) -> Resource:
    patient, clinic = to(key_of(consultation, "patient")), {"display": "The clinic"}
    ours = letter.direction == Direction.TO_PATIENT
    return filled(
        resourceType="Communication",
        id=str(letter.pk),
        basedOn=[to(str(consultation.pk))],
        status="completed",
        category=[{"coding": [coding("communication", "letter", "Written on the private page")]}],
        subject=patient,
        sent=frame.moment(letter.at),
        sender=clinic if ours else patient,
        recipient=[patient if ours else clinic],
        payload=[{"contentString": text}] if (text := plain(letter.text)) else [],
    )


def _message(consultation: ConsultationRequest, message: Message, frame: Frame) -> Resource:
    told = bool(message.told_at)
    by_phone = told or message.state == Delivery.CALL
    mode = codes.MODES[Channel.PHONE if by_phone else Channel.EMAIL]
    return filled(
        resourceType="Communication",
        id=str(message.pk),
        basedOn=[to(str(consultation.pk))],
        status="completed" if told else codes.COMMUNICATION_STATUS[message.state],
        category=[{"coding": [coding("notice", message.notice, message.get_notice_display())]}],
        medium=[{"coding": [{"system": codes.MODE_SYSTEM, "code": mode}]}],
        subject=to(key_of(consultation, "patient")),
        sent=frame.moment(message.told_at or message.sent_at),
        sender={"display": "The clinic"},
        recipient=[to(key_of(consultation, "patient"))],
    )


def _merge(consultation: ConsultationRequest, target: ConsultationRequest, frame: Frame) -> Resource:
    """Return how a request points on to the one that it goes on in, wherever that one stands."""
    return filled(
        resourceType="Linkage",
        id=key_of(consultation, "merge"),
        active=True,
        item=[
            {"type": codes.GOES_ON, "resource": frame.to_request(target)},
            {"type": codes.WENT_INTO, "resource": frame.to_request(consultation)},
        ],
    )
