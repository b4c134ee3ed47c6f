"""Who sees what of a request, and that every look is on record first."""

from __future__ import annotations

from collections.abc import Callable
from unittest import mock

import pytest
from django.db import OperationalError
from django.test import Client

from booking import actions
from booking.models import AccessLog, ConsultationRequest
from booking.models.access import Look
from booking.models.message import Delivery
from booking.rules.roles import Role
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.booking.admin.conftest import QUEUE, page, seen
from tests.factories import everybody, make_answers, make_link, make_person, make_request, make_staff

pytestmark = pytest.mark.django_db
CANARIES = {
    "reason": "canary-hopes",
    "in_own_words": "canary-words",
    "tried_other": "canary-tried",
    "allergies": "canary-allergy",
}


def full_request() -> ConsultationRequest:
    answers = make_answers(safety=("HD-7",), health=("pregnancy",), medicine_days=12, **CANARIES)
    return make_request(answers=answers, person=make_person(full_name="Test Patient Canary"))


def test_a_nurse_reads_everything_in_triage_order(nurse: Client) -> None:
    text = nurse.get(page(full_request())).text
    order = [
        "Safety notes", "HD-7", "Pain, enjoyment, activity", "Symptoms", "Treatments and health", "Messages",
        "Internal notes", "Next step", "Reach the patient", "Same person", "Timeline",
    ]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert all(canary in text for canary in CANARIES.values())
    assert "Pregnant, planning to be, or breastfeeding" in text


@pytest.mark.parametrize("role", [Role.NURSE, Role.CLINICIAN, Role.MANAGER])
def test_roles_that_see_answers(role: Role, as_role: Callable[..., Client]) -> None:
    assert "canary-words" in as_role(role).get(page(full_request())).text


def test_reception_sees_contact_and_schedule_but_no_clinical_answer(reception: Client) -> None:
    made = full_request()
    pages = [page(made), page(made, "history"), QUEUE, page(made, Verb.LOG_CONTACT), page(made, Verb.ASSIGN)]
    for address in pages:
        text = reception.get(address).text
        assert not [canary for canary in CANARIES.values() if canary in text], address
        assert not [word for word in ("HD-7", "HD-8", "Pregnant", "PEG") if word in text], address
    text = reception.get(page(made)).text
    assert "Test Patient Canary" in text and "(928) 555-" in text
    assert "There is a safety note" in text


@pytest.mark.parametrize("name", ["change", "history", "delete", "note", *(verb.value for verb in (
    Verb.START_REVIEW, Verb.ASSIGN, Verb.BOOK_TIME, Verb.CLOSE, Verb.REOPEN))])  # fmt: skip
def test_editors_see_no_request(name: str, as_role: Callable[..., Client]) -> None:
    editor, made = as_role(Role.EDITOR), full_request()
    for answer in (editor.get(page(made, name)), editor.post(page(made, name), seen(made))):
        assert answer.status_code == 403
        assert "Canary" not in answer.text
    assert AccessLog.objects.filter(look=Look.DENIED).count() == 2


def test_editors_see_neither_queue_nor_search_nor_call_form(as_role: Callable[..., Client]) -> None:
    editor = as_role(Role.EDITOR)
    answers = [
        editor.get(QUEUE),
        editor.post(f"{QUEUE}search/", {"q": "x"}),
        editor.get(f"{QUEUE}take-call/"),
    ]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert "search" not in editor.get("/admin/treatments/").text.split("<main")[0]


def test_staff_without_a_role_see_nothing(as_role: Callable[..., Client]) -> None:
    nobody = as_role()
    assert nobody.get(page(full_request())).status_code == 403
    assert nobody.get(QUEUE).status_code == 403


def test_strangers_are_sent_to_the_sign_in_page(client: Client) -> None:
    made = full_request()
    for address in (QUEUE, page(made), page(made, Verb.CLOSE), page(made, "history")):
        answer = client.get(address)
        assert answer.status_code == 302 and answer.url.startswith("/admin/login/")


@pytest.mark.parametrize(
    ("name", "look"), [("change", Look.VIEW), ("history", Look.HISTORY), (Verb.CLOSE, Look.VIEW)]
)
def test_a_look_is_on_record(name: str, look: Look, nurse: Client) -> None:
    made = full_request()
    nurse.get(page(made, name))
    assert AccessLog.objects.get(request=made).look == look


@pytest.mark.parametrize("name", ["change", "history", Verb.CLOSE.value, Verb.LOG_CONTACT.value])
def test_what_cannot_be_recorded_is_not_shown(name: str, nurse: Client) -> None:
    made = full_request()
    with mock.patch.object(AccessLog.objects, "create", side_effect=OperationalError("disk full")):
        answer = nurse.get(page(made, name))
    assert answer.status_code == 503
    assert "Canary" not in answer.text and "canary" not in answer.text


def test_the_record_is_written_before_a_document_is_opened(nurse: Client) -> None:
    made = full_request()
    opened: list[int] = []
    real = ConsultationRequest.person.fget

    def person(self: ConsultationRequest) -> object:
        opened.append(AccessLog.objects.filter(request=made, look=Look.VIEW).count())
        return real(self)

    with mock.patch.object(ConsultationRequest, "person", property(person)):
        nurse.get(page(made))
    assert opened and min(opened) == 1


def test_nothing_is_added_changed_or_deleted_past_the_verbs(as_role: Callable[..., Client]) -> None:
    manager, made = (
        as_role(*(role for role in Role if role not in (Role.PATIENT, Role.SYSTEM))),
        full_request(),
    )
    assert manager.post(page(made, "delete"), {"post": "yes"}).status_code == 403
    assert manager.get(f"{QUEUE}add/").status_code == 403
    manager.post(page(made), {"status": Status.CLOSED, "_save": "Save"})
    manager.post(QUEUE, {"action": "delete_selected", "_selected_action": str(made.pk), "post": "yes"})
    made.refresh_from_db()
    assert (made.status, made.version) == (Status.NEW, 1)


@pytest.mark.parametrize("pk", ["x", "00000000-0000-0000-0000-000000000000", "..%2f"])
def test_an_unknown_request_is_not_found(pk: str, nurse: Client) -> None:
    assert nurse.get(f"{QUEUE}{pk}/change/").status_code == 404


def test_one_filled_button_by_status_and_role(nurse: Client, reception: Client) -> None:
    new = full_request()
    assert "button--wide" in nurse.get(page(new)).text
    review = make_request(Status.IN_REVIEW)
    assert nurse.get(page(review)).text.count("button--wide") == 1
    seen_already = make_request(Status.SEEN)
    assert "button--wide" not in nurse.get(page(seen_already)).text
    assert "Decline" not in reception.get(page(review)).text


def test_what_is_one_step_away_is_shown_with_its_reason(nurse: Client, reception: Client) -> None:
    assert "Start the review first." in nurse.get(page(make_request())).text
    agreed = make_request(Status.SCHEDULED)
    assert "Not yet: the visit begins" in reception.get(page(agreed)).text


def test_a_failed_message_asks_for_a_call_until_somebody_reached_the_patient(nurse: Client) -> None:
    made = full_request()
    made.messages.filter(notice="received").update(state=Delivery.FAILED, error="address unknown")
    assert "No email told the patient" in nurse.get(page(made)).text
    nurse.post(page(made, Verb.LOG_CONTACT), seen(made, outcome="reached"))
    text = nurse.get(page(made)).text
    assert "No email told the patient" not in text
    assert "address unknown" in text


def test_requests_of_the_same_person_lead_to_each_other(nurse: Client) -> None:
    person = make_person()
    first, second = make_request(person=person), make_request(person=person)
    assert page(first) in nurse.get(page(second)).text
    assert "No other request" in nurse.get(page(make_request())).text


def test_the_history_tells_who_did_what_and_who_looked(nurse: Client) -> None:
    made = full_request()
    nurse.post(page(made, Verb.START_REVIEW), seen(made))
    text = nurse.get(page(made, "history")).text
    assert "Review started" in text and "New → In review" in text
    assert "Opened the history" in text


def test_typed_markup_stays_text(nurse: Client) -> None:
    made = make_request(
        person=make_person(full_name="<script>alert(1)</script>"),
        answers=make_answers(in_own_words="<img src=x onerror=alert(1)>"),
    )
    for address in (page(made), QUEUE, page(made, Verb.CLOSE)):
        text = nurse.get(address).text
        assert "<script>alert" not in text and "<img src=x" not in text


@pytest.mark.parametrize("name", ["change", Verb.LOG_CONTACT])
def test_a_request_that_does_not_open_says_so(name: str, nurse: Client) -> None:
    made = make_request()
    ConsultationRequest.objects.filter(pk=made.pk).update(sealed_person=b"1|lost|" + bytes(40))
    answer = nurse.get(page(made, name))
    assert answer.status_code == 500
    assert "This request does not open." in answer.text
    assert made.shown_reference in answer.text
    assert nurse.get(page(made, "history")).status_code == 200


def test_a_request_takes_at_most_eight_queries(
    nurse: Client, reception: Client, django_assert_max_num_queries
) -> None:
    """Whatever hangs on the request; the session and the user are among them."""
    person, colleague = make_person(), make_staff(Role.NURSE, first_name="Somebody", last_name="Else")
    other, made = make_request(person=person), make_request(Status.TIMES_OFFERED, person=person)
    make_link(made)
    made = actions.assign(made, colleague, by=everybody())
    actions.write_note(made, "A note", by=everybody())
    actions.answer(made, "A letter", by=everybody())
    for opened in (reception, nurse):
        opened.get(page(made))
        with django_assert_max_num_queries(8):
            text = opened.get(page(made)).text
    assert "Assigned to Somebody Else" in text and page(other) in text
    assert "A note" in text and "A letter" in text and "Held for the patient until" in text
    assert "link is open" in text


def test_the_history_takes_at_most_seven_queries(nurse: Client, django_assert_max_num_queries) -> None:
    """Besides the session and the user."""
    made = actions.assign(full_request(), make_staff(Role.NURSE), by=everybody())
    nurse.get(page(made, "history"))
    with django_assert_max_num_queries(7 + 2):
        nurse.get(page(made, "history"))


def test_a_clinician_is_told_of_no_request_that_they_may_not_open(as_role: Callable[..., Client]) -> None:
    person = make_person()
    hidden, free, made = (make_request(person=person) for _ in range(3))
    actions.assign(hidden, make_staff(Role.CLINICIAN), by=everybody())
    text = as_role(Role.CLINICIAN).get(page(made)).text
    assert page(free) in text and page(hidden) not in text
    assert page(hidden) in as_role(Role.NURSE).get(page(made)).text


def test_a_wish_for_an_earlier_time_is_told_until_it_is_taken_back(nurse: Client) -> None:
    made = make_request(Status.SCHEDULED)
    told = "Wants an earlier time<span"
    assert told not in nurse.get(page(made)).text
    made = actions.wish_earlier(made, wanted=True, by=everybody())
    assert told in nurse.get(page(made)).text
    actions.wish_earlier(made, wanted=False, by=everybody())
    assert told not in nurse.get(page(made)).text


def test_a_long_history_comes_in_parts(nurse: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booking.admin.requests.EVENTS_AT_ONCE", 2)
    made = make_request(Status.SCHEDULED)
    address, told = page(made, "history"), []
    while address:
        shown = nurse.get(address)
        told += [moment.at for moment in shown.context["moments"]]
        older = shown.context["older"]
        address = f"{page(made, 'history')}?before={older}" if older else ""
    assert len(told) == made.events.count() > 2
    assert nurse.get(page(made, "history") + "?before=x").status_code == 200
