"""The queue: what comes first, what is left out, and how few queries it takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from booking import actions
from booking.admin.lists.filters import SHOWN, Filters, hashes_for_address
from booking.admin.queue import listing, queue
from booking.models import AccessLog, ConsultationRequest
from booking.models.access import Look
from booking.models.message import Delivery
from booking.rules.abuse import SUSPECT
from booking.rules.priority import Priority
from booking.rules.reasons import CloseReason, ContactOutcome, PriorityReason
from booking.rules.roles import Role
from booking.rules.statuses import OPEN, Status
from tests.booking.admin.conftest import QUEUE, page
from tests.factories import begin_visit, everybody, make_answers, make_person, make_request

pytestmark = pytest.mark.django_db
# A Monday at ten in the morning in Phoenix.
NOW = dt.datetime(2026, 11, 30, 17, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def due(hours: float, status: Status = Status.NEW, **kwargs: object) -> ConsultationRequest:
    made = make_request(status, **kwargs)
    received = NOW - dt.timedelta(days=5)
    ConsultationRequest.objects.filter(pk=made.pk).update(
        reply_by=NOW + dt.timedelta(hours=hours), received_at=received
    )
    made.refresh_from_db()
    return made


def order(text: str, *requests: ConsultationRequest) -> list[int]:
    return [text.index(one.shown_reference) for one in requests]


def test_the_most_pressing_comes_first_and_each_stands_once(nurse: Client) -> None:
    agreed = make_request(Status.SCHEDULED)
    in_time, today = due(30), due(2)
    same_day = due(40, answers=make_answers(safety=("ALL-5",)))
    late, later = due(-1), due(-30)
    begun = make_request(Status.SCHEDULED)
    begin_visit(begun)
    text = nurse.get(QUEUE).text
    places = order(text, same_day, later, late, today, begun, in_time, agreed)
    assert places == sorted(places)
    assert text.count(f">{late.shown_reference}</span>\n") == 1
    for words in ("Overdue (2)", "Same day (1)", "Due today (1)", "Visits that have begun (1)"):
        assert words in text


def urgent(status: Status = Status.NEW, **columns: object) -> ConsultationRequest:
    return due(40, status, priority=Priority.SAME_DAY, **columns)


def test_same_day_requests_stand_on_the_first_page_however_many_are_late(nurse: Client) -> None:
    for _number in range(listing.ROWS + 1):
        due(-30)
    late_and_urgent = due(-1, priority=Priority.SAME_DAY)
    asked_yesterday = urgent()
    text = nurse.get(QUEUE).text
    places = order(text, late_and_urgent, asked_yesterday)
    assert places == sorted(places) and places[1] < text.index("late</span>", places[1])
    assert text.index("Same day (2)") < text.index("Overdue (51)")
    assert asked_yesterday.shown_reference in nurse.get(QUEUE, {"who": "nobody"}).text


def test_the_first_tile_counts_same_day_requests_in_red_and_leads_to_them(nurse: Client) -> None:
    empty, _current = nurse.get(QUEUE).context["tiles"][0]
    assert (empty.count, empty.label, empty.urgent) == ("0", "Same day", False)
    due(-30), due(2)
    asked = [urgent(), urgent(Status.IN_REVIEW)]
    tile, _current = nurse.get(QUEUE).context["tiles"][0]
    assert (tile.count, tile.label, tile.urgent) == ("2", "Same day", True)
    listed = nurse.get(tile.url).text
    assert listed.count("data-row") == 2 and all(one.shown_reference in listed for one in asked)


def test_a_colleagues_choice_of_priority_counts_over_the_suggestion(nurse: Client) -> None:
    lowered = due(40, answers=make_answers(safety=("ALL-5",)))
    actions.set_priority(lowered, Priority.ROUTINE, PriorityReason.SPOKE, by=everybody())
    raised = due(40)
    actions.set_priority(raised, Priority.SAME_DAY, PriorityReason.SPOKE, by=everybody())
    listed = nurse.get(QUEUE, {"show": "same-day"}).text
    assert raised.shown_reference in listed and lowered.shown_reference not in listed


def test_a_same_day_request_leaves_its_group_once_somebody_answered(nurse: Client) -> None:
    reached = urgent(Status.IN_REVIEW)
    actions.log_contact(reached, ContactOutcome.REACHED, by=everybody())
    assert reached.shown_reference not in nurse.get(QUEUE, {"show": "same-day"}).text
    ConsultationRequest.objects.filter(pk=reached.pk).update(call_back_at=NOW - dt.timedelta(minutes=1))
    assert "Call back since" in nurse.get(QUEUE, {"show": "same-day"}).text


def test_a_same_day_patient_whom_no_email_told_stands_before_what_is_late(nurse: Client) -> None:
    late = due(-30)
    untold = urgent(Status.WAITING_FOR_PATIENT)
    assert untold.shown_reference not in nurse.get(QUEUE, {"show": "same-day"}).text
    untold.messages.filter(notice="question").update(state=Delivery.FAILED)
    text = nurse.get(QUEUE).text
    places = order(text, untold, late)
    assert places == sorted(places)
    assert "Call to make" in text[places[0] : places[1]]


def test_signs_of_a_machine_do_not_hide_what_asks_for_today(nurse: Client) -> None:
    hidden = due(40, flags=[SUSPECT])
    seen_first = urgent(flags=[SUSPECT])
    text = nurse.get(QUEUE).text
    assert seen_first.shown_reference in text and hidden.shown_reference not in text
    assert seen_first.shown_reference not in nurse.get(QUEUE, {"show": "doubtful"}).text


def test_with_the_same_promise_whoever_came_first_stands_first(nurse: Client) -> None:
    later, first = due(30), due(30)
    ConsultationRequest.objects.filter(pk=first.pk).update(received_at=NOW - dt.timedelta(days=6))
    places = order(nurse.get(QUEUE).text, first, later)
    assert places == sorted(places)


def test_finished_requests_are_listed_latest_first(nurse: Client) -> None:
    earlier, latest = make_request(Status.CLOSED), make_request(Status.DECLINED)
    ConsultationRequest.objects.filter(pk=earlier.pk).update(status_changed_at=NOW - dt.timedelta(days=1))
    places = order(nurse.get(QUEUE, {"status": "finished"}).text, latest, earlier)
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("hours", "words"),
    [(-26, "1 day late"), (-50, "2 days late"), (-2, "2 h late"), (-0.5, "30 min late"), (2, "2 h left"),
     (6.8, "6 h 48 min left"), (24, "1 business day left"), (24 * 7, "5 business days left")],
)  # fmt: skip
def test_ageing_is_told_in_words(hours: float, words: str, nurse: Client) -> None:
    due(hours)
    assert words in nurse.get(QUEUE).text


def test_what_must_be_done_today_says_so_whatever_the_promise(nurse: Client) -> None:
    made = due(24)
    ConsultationRequest.objects.filter(pk=made.pk).update(priority=Priority.SAME_DAY)
    shown = nurse.get(QUEUE).text
    assert "Act today" in shown and "business day left" not in shown
    ConsultationRequest.objects.filter(pk=made.pk).update(reply_by=NOW - dt.timedelta(hours=2))
    assert "2 h late" in nurse.get(QUEUE).text


def test_times_on_offer_say_when_they_lapse(nurse: Client) -> None:
    made = make_request(Status.TIMES_OFFERED)
    made.visits.update(held_until=NOW + dt.timedelta(hours=3))
    assert "Lapses in 3 h" in nurse.get(QUEUE).text
    made.visits.update(held_until=NOW - dt.timedelta(minutes=1))
    assert "Lapses now" in nurse.get(QUEUE).text


def test_a_patient_who_was_reached_is_no_longer_late(nurse: Client) -> None:
    made = due(-5, Status.IN_REVIEW)
    assert "5 h late" in nurse.get(QUEUE).text
    actions.log_contact(made, ContactOutcome.REACHED, by=everybody())
    text = nurse.get(QUEUE).text
    assert "late" not in text.split("<table")[1].split("</table")[0] and "Reached" in text


def test_finished_requests_wait_behind_their_filter(nurse: Client) -> None:
    closed = make_request(Status.CLOSED)
    assert closed.shown_reference not in nurse.get(QUEUE).text
    assert closed.shown_reference in nurse.get(QUEUE, {"status": "finished"}).text
    assert closed.shown_reference not in nurse.get(QUEUE, {"status": "seen"}).text


@pytest.mark.parametrize(
    ("query", "found"),
    [({"topic": "tmj"}, {"jaw"}), ({"flag": "call"}, {"jaw"}), ({"language": "es"}, {"spanish"}),
     ({"priority": "soon"}, {"soon"}), ({"who": "nobody"}, {"jaw", "spanish", "soon"}),
     ({"topic": "nonsense", "flag": "x", "who": "y", "show": "z"}, {"jaw", "spanish", "soon"}),
     ({"topic": "tmj", "language": "es"}, set())],
)  # fmt: skip
def test_filters(query: dict[str, str], found: set[str], nurse: Client) -> None:
    made = {
        "jaw": make_request(answers=make_answers(topic="tmj"), person=make_person(email="")),
        "spanish": make_request(person=make_person(language="es")),
        "soon": make_request(answers=make_answers(safety=("HD-7",))),
    }
    text = nurse.get(QUEUE, query).text
    assert {name for name, one in made.items() if one.shown_reference in text} == found


def test_mine_and_the_tiles_lead_to_what_they_count(nurse: Client) -> None:
    mine, late, visit = make_request(), due(-3), make_request(Status.SCHEDULED)
    user = nurse.get(QUEUE).wsgi_request.user
    actions.assign(mine, user, by=everybody())
    begin_visit(visit)
    failed = make_request()
    failed.messages.filter(notice="received").update(state=Delivery.FAILED)
    for query, one in (({"who": "me"}, mine), ({"show": "overdue"}, late), ({"show": "visits"}, visit),
                       ({"show": "calls"}, failed)):  # fmt: skip
        text = nurse.get(QUEUE, query).text.split("<table")[1]
        assert one.shown_reference in text
        assert text.count("data-row") == 1, query


def test_names_are_short_and_no_contact_or_answer_stands_in_the_list(nurse: Client) -> None:
    made = make_request(
        person=make_person(full_name="Test Patient 21"), answers=make_answers(in_own_words="canary")
    )
    text = nurse.get(QUEUE).text
    assert "Test P. 21" in text and "Test Patient 21" not in text
    assert made.person.email not in text and "555-" not in text and "1980" not in text
    assert "canary" not in text


def test_reception_reads_that_there_is_a_safety_note_and_never_which(
    nurse: Client, reception: Client
) -> None:
    make_request(answers=make_answers(safety=("HD-7",)))
    assert "HD-7" in nurse.get(QUEUE).text
    text = reception.get(QUEUE).text
    assert "HD-7" not in text and "headache, or" not in text
    assert "Safety note" in text


def test_a_priority_set_by_staff_names_who_set_it_and_what_was_suggested(nurse: Client) -> None:
    made = make_request()
    actions.set_priority(made, Priority.SOON, PriorityReason.SPOKE, by=everybody())
    text = nurse.get(QUEUE).text
    assert "Soon, set by Demo Colleague" in text and "Suggested: Routine" in text


def test_a_document_that_does_not_open_leaves_the_rest_of_the_queue(nurse: Client) -> None:
    broken, whole = make_request(), make_request(person=make_person(full_name="Test Whole"))
    ConsultationRequest.objects.filter(pk=broken.pk).update(sealed_person=b"1|k|nonsense")
    text = nurse.get(QUEUE).text
    assert "Sealed, does not open" in text and "Test W." in text
    assert whole.shown_reference in text


def test_fifty_rows_a_page(nurse: Client) -> None:
    make_request()
    _copies(59)
    first, second = nurse.get(QUEUE).text, nurse.get(QUEUE, {"page": "2"}).text
    assert (first.count("data-row"), second.count("data-row")) == (50, 10)
    assert "Page 2 of 2" in second
    assert nurse.get(QUEUE, {"page": "nonsense"}).text.count("data-row") == 50


def test_at_most_eight_queries_whatever_the_number_of_rows(nurse: Client) -> None:
    nurse.get(QUEUE)
    counts = []
    for more in (1, 48):
        make_request(Status.SCHEDULED if more == 1 else Status.NEW)
        _copies(more)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            nurse.get(QUEUE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


def test_opening_the_queue_is_on_record(nurse: Client) -> None:
    nurse.get(QUEUE)
    assert AccessLog.objects.get().look == Look.LIST


def test_previous_and_next_follow_the_list_one_came_from(nurse: Client) -> None:
    late, today, in_time = due(-5), due(2), due(30)
    address = f"{QUEUE}{today.pk}/change/"
    text = nurse.get(address).text
    assert f"{QUEUE}{late.pk}/change/" in text and f"{QUEUE}{in_time.pk}/change/" in text
    assert "2 of 3" in text
    alone = nurse.get(address, {"show": "today"}).text
    assert "1 of 1" in alone and str(late.pk) not in alone


def _copies(number: int) -> None:
    """Copy the newest request past the verbs: quick, and enough for counting."""
    import uuid

    from booking.rules import reference

    model = (
        ConsultationRequest.objects.filter(visit=None).latest("received_at")
        if (ConsultationRequest.objects.filter(visit=None).exists())
        else make_request()
    )
    rows = []
    for _ in range(number):
        copy = ConsultationRequest.objects.get(pk=model.pk)
        person, answers = copy.person, copy.answers
        copy.pk, copy.reference, copy.idempotency_key = uuid.uuid4(), reference.new(), uuid.uuid4()
        copy.seal_person(person)
        copy.seal_answers(answers)
        rows.append(copy)
    ConsultationRequest.objects.bulk_create(rows)


@pytest.mark.parametrize(
    ("age", "found"), [("1", True), ("2", True), ("7", False), ("30", False), ("x", True)]
)
def test_age_is_counted_from_when_it_came(age: str, found: bool, nurse: Client) -> None:
    made = due(30)
    assert (made.shown_reference in nurse.get(QUEUE, {"age": age}).text) == found


def test_what_a_colleague_looks_after(nurse: Client) -> None:
    mine, other = make_request(), make_request()
    by = everybody()
    actions.assign(mine, by.user, by=by)
    text = nurse.get(QUEUE, {"who": str(by.user.pk)}).text
    assert mine.shown_reference in text and other.shown_reference not in text


def test_a_name_that_very_many_have_says_so(nurse: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("booking.admin.queue.queue.FOUND", 2)
    for _ in range(3):
        make_request()
    address = nurse.post(f"{QUEUE}search/", {"q": "Patient"}).url
    text = nurse.get(address).text
    assert "Very many requests have this name" in text and text.count("data-row") == 2


def test_a_common_name_leaves_a_clinician_their_own_patients(
    as_role: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("booking.admin.queue.queue.FOUND", 2)
    clinician, by = as_role(Role.CLINICIAN), everybody()
    for _ in range(4):
        actions.assign(make_request(), by.user, by=by)
    own = make_request()
    found = clinician.get(clinician.post(f"{QUEUE}search/", {"q": "Patient"}).url).text
    assert own.shown_reference in found and found.count("data-row") == 1
    assert "Very many requests have this name" not in found


@pytest.mark.parametrize(
    "filters",
    [
        *({"show": code} for code in SHOWN),
        *({"status": status.value} for status in sorted(OPEN)),
        {},
        {"language": "en"},
        {"who": "nobody"},
        {"show": "visits", "language": "en"},
    ],
    ids=lambda filters: ", ".join(filters.values()) or "all",
)
def test_a_long_list_is_the_short_one(
    filters: dict[str, str], nurse: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is chosen, a long list and a short one hold the same requests in the same groups and order."""
    _one_of_each()
    short = _listed(nurse, filters)
    monkeypatch.setattr("booking.admin.queue.queue.SHORT", 1)
    monkeypatch.setattr("booking.admin.queue.listing.SHORT", 1)
    assert _listed(nurse, filters) == short
    assert short or filters == {"show": "doubtful"}


def _one_of_each() -> None:
    """Make requests of every open status: late, due, called for, with news, alone and together."""
    for status in sorted(OPEN):
        for hours in (-3, 2, 40):
            due(hours, status)
        same_day, news, call, both = (due(40, status) for _number in range(4))
        ConsultationRequest.objects.filter(pk=same_day.pk).update(priority=Priority.SAME_DAY)
        ConsultationRequest.objects.filter(pk=news.pk).update(news="reply", answered_at=None)
        ConsultationRequest.objects.filter(pk=both.pk).update(news="reply", call_back_at=NOW)
        call.messages.filter(notice="received").update(state=Delivery.FAILED)
        told, untold = (urgent(status) for _number in range(2))
        ConsultationRequest.objects.filter(pk__in=[told.pk, untold.pk]).update(answered_at=NOW)
        untold.messages.filter(notice="received").update(state=Delivery.FAILED)
    offered, agreed = make_request(Status.TIMES_OFFERED), make_request(Status.SCHEDULED)
    offered.visits.update(held_until=NOW + dt.timedelta(hours=1))
    begin_visit(agreed)
    due(50, Status.SCHEDULED).visits.update(starts_at=NOW + dt.timedelta(hours=2))
    make_request(Status.CLOSED)


def _listed(client: Client, filters: dict[str, str]) -> list[tuple[int, str]]:
    groups = client.get(QUEUE, filters).context["groups"]
    return [(group.pressing, row.request.reference) for group in groups for row in group.rows]


@pytest.mark.parametrize(("stop", "shown", "more"), [(2, 2, True), (3, 3, False)])
def test_a_list_of_finished_says_how_far_it_looked_and_leads_on(
    stop: int, shown: int, more: bool, nurse: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("booking.admin.queue.finished.LOOKED_THROUGH", stop)
    _finished_days_ago(1, 2, 9)
    text = nurse.get(QUEUE, {"status": "finished", "topic": "migraine"}).text
    assert text.count("data-row") == shown
    assert ("Looked through the latest" in text) == ("until=2026-11-21" in text) == more
    back = nurse.get(QUEUE, {"status": "finished", "topic": "migraine", "until": "2026-11-21"}).text
    assert back.count("data-row") == 1 and "Looked through" not in back
    assert "Finished by Saturday, November 21, 2026" in back


def test_nothing_found_among_the_latest_finished_does_not_pass_for_nothing_at_all(
    nurse: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("booking.admin.queue.finished.LOOKED_THROUGH", 1)
    _finished_days_ago(1, 2)
    text = nurse.get(QUEUE, {"status": "finished", "topic": "tmj"}).text
    assert "No request fits these filters." not in text and "Looked through the latest" in text


@pytest.mark.parametrize(("age", "rows"), [("1", 2), ("7", 1), ("30", 0)])
def test_the_age_of_finished_requests_counts_from_their_end(age: str, rows: int, nurse: Client) -> None:
    _finished_days_ago(0.5, 2, 9)
    text = nurse.get(QUEUE, {"status": "finished", "age": age}).text
    assert text.count("data-row") == rows


def test_what_is_asked_for_today_is_dropped_when_finished_ones_are_chosen(nurse: Client) -> None:
    _finished_days_ago(1)
    for show in ("overdue", "today", "doubtful"):
        assert nurse.get(QUEUE, {"status": "finished", "show": show}).text.count("data-row") == 1


@pytest.mark.parametrize("until", ["2026-13-01", "2026-02-30", "x", "20261101", "9999-12-31"])
def test_a_made_up_day_is_left_out(until: str, nurse: Client) -> None:
    _finished_days_ago(1)
    assert nurse.get(QUEUE, {"status": "finished", "until": until}).text.count("data-row") == 1


def test_previous_and_next_follow_a_list_of_finished_ones(nurse: Client) -> None:
    latest, middle, first = _finished_days_ago(1, 2, 9)
    text = nurse.get(f"{QUEUE}{middle.pk}/change/", {"status": "finished"}).text
    assert "2 of 3" in text and str(latest.pk) in text and str(first.pk) in text


def _finished_days_ago(*days: float) -> list[ConsultationRequest]:
    made = [make_request(Status.CLOSED) for _day in days]
    for one, day in zip(made, days, strict=True):
        ended = NOW - dt.timedelta(days=day)
        ConsultationRequest.objects.filter(pk=one.pk).update(status_changed_at=ended)
    return made


def test_a_duplicate_at_a_colleagues_is_not_told_to_who_may_not_open_it(
    nurse: Client, as_role: Callable[..., Client]
) -> None:
    clinician, by, person = as_role(Role.CLINICIAN), everybody(), make_person()
    own, another = make_request(person=person), make_request(person=person)
    actions.assign(own, clinician.get(QUEUE).wsgi_request.user, by=by)
    assert "Possible duplicate" in clinician.get(QUEUE).text
    actions.assign(another, by.user, by=by)
    assert "Possible duplicate" not in clinician.get(QUEUE).text
    assert "Possible duplicate" in nurse.get(QUEUE).text


def test_two_open_requests_of_one_person_are_flagged_until_one_is_finished(nurse: Client) -> None:
    person = make_person()
    one, _other = make_request(person=person), make_request(person=person)
    make_request()
    assert nurse.get(QUEUE).text.count("Possible duplicate") == 2
    actions.close(one, CloseReason.OTHER, by=everybody())
    assert "Possible duplicate" not in nurse.get(QUEUE).text
    assert "Possible duplicate" not in nurse.get(QUEUE, {"status": "finished"}).text


def test_a_clinician_finds_their_own_patients_and_nobodys_yet(as_role: Callable[..., Client]) -> None:
    clinician, by = as_role(Role.CLINICIAN), everybody()
    own, free, another = (
        make_request(),
        make_request(),
        make_request(person=make_person(full_name="Test Canary")),
    )
    actions.assign(own, clinician.get(QUEUE).wsgi_request.user, by=by)
    actions.assign(another, by.user, by=by)
    text = clinician.get(QUEUE).text
    assert own.shown_reference in text and free.shown_reference in text
    assert another.shown_reference not in text and "All 2" in text
    found = clinician.get(clinician.post(f"{QUEUE}search/", {"q": "Canary"}).url).text
    assert another.shown_reference not in found
    picked = {"do": "priority", "pick": str(another.pk)}
    assert another.shown_reference not in clinician.post(f"{QUEUE}bulk/", picked).text
    read = f"{another.pk}:{another.version}"
    sure = {"pick": read, "confirmed": "1", "priority": "soon", "reason": "spoke"}
    assert clinician.post(f"{QUEUE}bulk/", picked | sure).status_code == 403


def test_a_search_is_sorted_whole_however_many_are_open(
    nurse: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stops at FOUND; group by group it would be searched again for each of them."""
    made = [make_request() for _each in range(3)]
    monkeypatch.setattr(listing, "SHORT", 2)
    monkeypatch.setattr(queue, "SHORT", 2)
    monkeypatch.setattr(listing.Long, "_read", lambda *_: pytest.fail("it was read group by group"))
    shared = set.intersection(*(set(one.search) for one in made))
    find = Filters(find=hashes_for_address([*shared])).address()
    assert nurse.get(QUEUE + find).text.count("data-row") == 2
    assert nurse.get(page(made[0]) + find).status_code == 200
