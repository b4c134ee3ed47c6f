"""Warning signs: call 911, see a doctor today, or tell staff."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from booking.admin.lists.flags import FLAGS
from booking.models import ConsultationRequest, DailyCount, Draft
from booking.rules.safety import BY_CODE, QUESTIONS, Level
from tests.booking.intake.conftest import SYMPTOMS_ABOUT, Patient
from tests.factories import make_staff

EMERGENCY = [
    (topic.value, question)
    for question in QUESTIONS
    if question.level == Level.EMERGENCY
    for topic in sorted(question.topics)
]


def rows() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        counts = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 (names come from the database)
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.parametrize(("topic", "question"), EMERGENCY, ids=lambda value: getattr(value, "code", value))
def test_each_911_sign_stops_the_journey_with_its_own_advice(
    patient: Patient, topic: str, question: object
) -> None:
    patient.start()
    patient.answer("reason", topic=topic)
    response = patient.answer("safety", shown_for=topic, checked=[question.code])
    page = response.content.decode()
    assert response.status_code == 200 and "Call 911 now" in page and 'href="tel:911"' in page
    assert str(question.text) in page and str(question.advice) in page


def test_a_911_answer_leaves_nothing_but_the_count(patient: Patient) -> None:
    patient.start()
    patient.answer("reason", reason="something private")
    before = rows() | {"booking_draft": 0}
    response = patient.answer("safety", checked=["HD-1", "HD-7"])
    after = {table: count for table, count in rows().items() if count != before[table]}
    assert after == {"booking_dailycount": before["booking_dailycount"] + 1}
    count = DailyCount.objects.get(kind="emergency")
    assert (count.kind, count.code, count.count) == ("emergency", "HD-1", 1)
    assert response.cookies[settings.DRAFT_COOKIE_NAME].value == ""
    assert "something private" not in response.content.decode()


def test_sending_the_911_answer_again_shows_the_page_and_counts_once(patient: Patient) -> None:
    patient.start()
    patient.answer("reason")
    for _refresh in range(3):
        assert "Call 911 now" in patient.answer("safety", checked=["ALL-1"]).content.decode()
    assert DailyCount.objects.get(kind="emergency").count == 1
    assert not Draft.objects.exists()


def test_a_911_answer_counts_also_when_the_draft_ran_out(patient: Patient) -> None:
    page = patient.answer("safety", checked=["ALL-2"])
    assert page.status_code == 200 and "Call 911 now" in page.content.decode()


def test_checked_by_mistake_goes_back_with_the_topic_alone(patient: Patient) -> None:
    patient.start()
    patient.answer("reason", topic="tmj", reason="something private")
    page = patient.answer("safety", shown_for="tmj", checked=["ALL-1"]).content.decode()
    assert '<input type="hidden" name="topic" value="tmj">' in page
    assert '<input type="hidden" name="who_for" value="self">' in page
    response = patient.post("/consultation/get-help-now/", {"topic": "tmj", "who_for": "self"})
    assert response.headers["Location"] == "/consultation/safety/"
    assert "checked>" not in patient.look("safety").content.decode()
    assert Draft.objects.get().steps == {"reason": {"topic": "tmj", "reason": "", "who_for": "self"}}
    assert patient.answer("safety", shown_for="tmj").headers["Location"] == "/consultation/symptoms/"


def test_an_answer_sent_again_still_leads_back_to_the_safety_check(patient: Patient) -> None:
    patient.start()
    patient.answer("reason", who_for="adult")
    shown = patient.look("safety").content.decode()
    assert '<input type="hidden" name="asked_for" value="adult">' in shown
    for _refresh in range(2):
        page = patient.answer("safety", checked=["HD-1"], asked_for="adult").content.decode()
        assert '<input type="hidden" name="who_for" value="adult">' in page


def test_a_911_sign_wins_over_a_list_that_another_tab_changed(patient: Patient) -> None:
    patient.answer_to("reason")
    patient.answer("reason", topic="back-pain")
    page = patient.answer("safety", shown_for="migraine", checked=["HD-1"]).content.decode()
    assert "Call 911 now" in page


def test_the_plain_stop_page_tells_nothing_about_anybody(db: None) -> None:
    page = Client().get("/consultation/get-help-now/").content.decode()
    assert "Call 911 now" in page and "You checked" not in page


OPEN = datetime(2037, 11, 24, 17, 0, tzinfo=UTC)  # Tuesday, 10 in the morning in Phoenix
CLOSED = datetime(2037, 11, 26, 17, 0, tzinfo=UTC)  # Thanksgiving


@pytest.mark.parametrize(
    ("now", "words"),
    [(OPEN, "We are open. Call us now"), (CLOSED, "We are closed now. Go to urgent care")],
)
def test_same_day_advice_goes_by_the_clinics_hours(
    patient: Patient, time_machine: object, now: datetime, words: str
) -> None:
    from django.core.management import call_command

    call_command("load_content", demo=True, verbosity=0)
    time_machine.move_to(now, tick=True)
    patient.start()
    patient.answer("reason")
    response = patient.answer("safety", checked=["HD-3"])
    assert response.headers["Location"] == "/consultation/same-day/"
    page = patient.look("same-day").content.decode()
    assert words in page and str(BY_CODE["HD-3"].text) in page
    assert patient.says("checked").headers["Location"] == "/consultation/symptoms/"


def test_the_same_day_page_gives_the_advice_of_each_sign(patient: Patient) -> None:
    patient.start()
    patient.answer("reason")
    patient.answer("safety", checked=["HD-6", "ALL-4B"])
    page = patient.look("same-day").content.decode()
    assert str(BY_CODE["HD-6"].advice) in page and str(BY_CODE["ALL-4B"].advice) in page
    assert page.count("A doctor should check this today") == 2  # title and heading


def test_a_mouth_that_hardly_opens_is_a_same_day_sign_wherever_it_is_told(patient: Patient) -> None:
    patient.start()
    patient.answer("reason", topic="tmj")
    patient.answer("safety", shown_for="tmj")
    tight = {**SYMPTOMS_ABOUT["tmj"], "jaw_opening": "under-two"}
    response = patient.answer("symptoms", **tight)
    assert response.headers["Location"] == "/consultation/same-day/"
    page = patient.look("same-day").content.decode()
    assert str(BY_CODE["JW-1"].text) in page and 'href="/consultation/symptoms/"' in page
    assert patient.says("today").headers["Location"] == "/consultation/history/"
    for step in ("history", "you"):
        patient.answer(step)
    patient.send()
    request = ConsultationRequest.objects.get()
    assert (request.priority, request.priority_reasons) == ("same-day", ["JW-1"])


def test_a_sign_that_was_checked_is_advised_about_once(patient: Patient) -> None:
    patient.start()
    patient.answer("reason", topic="tmj")
    patient.answer("safety", shown_for="tmj", checked=["JW-1"])
    tight = {**SYMPTOMS_ABOUT["tmj"], "jaw_opening": "under-two"}
    assert patient.answer("symptoms", **tight).headers["Location"] == "/consultation/history/"


def test_a_same_day_sign_reaches_staff_first(patient: Patient) -> None:
    patient.start()
    patient.answer("reason")
    patient.answer("safety", checked=["HD-3"])
    for step in ("symptoms", "history", "you"):
        patient.answer(step)
    patient.send()
    request = ConsultationRequest.objects.get()
    assert request.priority == "same-day" and request.priority_reasons == ["HD-3"]
    assert request.messages.filter(notice="staff-same-day").exists()


@pytest.mark.parametrize(
    ("said", "flag", "for_patients", "for_staff"),
    [
        ("today", "check-today", "I will have it checked today", "will be checked by a doctor that day"),
        ("checked", "doctor-checked", "A doctor has checked this", "a doctor has checked it"),
    ],
)
def test_what_is_said_of_a_same_day_sign_reaches_staff(
    patient: Patient, said: str, flag: str, for_patients: str, for_staff: str
) -> None:
    patient.answer_to("reason")
    patient.answer("safety", checked=["HD-3"])
    page = patient.look("same-day").text
    assert (
        "I will have it checked today. Keep my request" in page and "A doctor has checked this, go on" in page
    )
    patient.says(said)
    for step in ("symptoms", "history", "you"):
        patient.answer(step)
    assert for_patients in patient.look("check").text
    patient.send()
    assert for_patients in patient.look("record").text
    request = ConsultationRequest.objects.get()
    assert request.answers.same_day_care == said
    assert request.flags == ["safety", flag]
    assert request.priority == "same-day"
    nurse = Client()
    nurse.force_login(make_staff("nurse"))
    queue = reverse("admin:booking_consultationrequest_changelist")
    opened = nurse.get(reverse("admin:booking_consultationrequest_change", args=[request.pk])).text
    assert for_staff in opened
    for text in (nurse.get(queue).text, opened):
        assert str(FLAGS[flag].label) in text
    assert request.shown_reference in nurse.get(queue, {"flag": flag}).text


def test_what_was_said_is_changed_from_the_check_page(patient: Patient) -> None:
    patient.answer_to("reason")
    patient.answer("safety", checked=["HD-3"])
    for step in ("symptoms", "history", "you"):
        patient.answer(step)
    page = patient.look("check").text
    assert "Checked by a doctor" in page and '"/consultation/same-day/?return=check"' in page
    response = patient.says("today", "?return=check")
    assert response.headers["Location"] == "/consultation/check/"
    assert "I will have it checked today" in patient.look("check").text


def test_a_sign_that_comes_up_later_was_not_spoken_of(patient: Patient) -> None:
    patient.answer_to("reason")
    patient.answer("safety", checked=["HD-3"])
    patient.says("checked")
    for step in ("symptoms", "history", "you"):
        patient.answer(step)
    patient.answer("safety", "?return=check", checked=["HD-3", "ALL-5"])
    patient.send()
    request = ConsultationRequest.objects.get()
    assert (request.answers.same_day_care, request.flags) == ("", ["safety"])
    nurse = Client()
    nurse.force_login(make_staff("nurse"))
    page = nurse.get(reverse("admin:booking_consultationrequest_change", args=[request.pk])).text
    assert "Not said whether a doctor has checked it." in page


@pytest.mark.parametrize("said", ["", "nonsense"])
@pytest.mark.parametrize(
    ("base", "words"),
    [
        ("/consultation/", "Choose one: you will have it checked today"),
        ("/es/consultation/", "Elija una opción: hará que lo revisen hoy"),
    ],
)
def test_what_cannot_be_read_shows_the_same_day_page_again_and_says_so(
    patient: Patient, said: str, base: str, words: str
) -> None:
    patient.answer_to("reason")
    patient.answer("safety", checked=["HD-3"])
    patient.base = base
    assert words not in patient.look("same-day").text
    response = patient.says(said)
    told = response.text.partition('role="alert"')[2].partition("</div>")[0]
    assert response.status_code == 200 and words in told
    assert str(BY_CODE["HD-3"].text) in response.text or base.startswith("/es")


@pytest.mark.parametrize(
    ("base", "words"),
    [("/consultation/", "You told us of one more sign"), ("/es/consultation/", "Nos contó de una señal más")],
)
def test_what_was_said_of_other_signs_is_not_taken_for_those_of_now(
    patient: Patient, base: str, words: str
) -> None:
    patient.answer_to("reason")
    patient.base = base
    patient.answer("safety", checked=["HD-3"])
    shown = re.findall(r'name="shown_sign" value="([^"]+)"', patient.look("same-day").text)
    assert shown == ["HD-3"]
    patient.answer("safety", checked=["HD-3", "ALL-5"])  # in another tab
    answer = patient.post(f"{base}same-day/", {"same_day_care": "checked", "shown_sign": shown})
    assert answer.status_code == 200 and words in answer.text
    assert [sign.code for sign in answer.context["signs"]] == ["ALL-5", "HD-3"]
    assert "same_day_care" not in Draft.objects.get().steps["safety"]
    assert patient.says("checked").status_code == 303
    assert set(Draft.objects.get().steps["safety"]["said_of"]) == {"HD-3", "ALL-5"}


def test_without_such_a_sign_nothing_is_said_of_one(patient: Patient) -> None:
    patient.answer_to("you")
    assert patient.says("today").status_code == 303
    assert "Checked by a doctor" not in patient.look("check").text
    patient.send()
    assert ConsultationRequest.objects.get().answers.same_day_care == ""


def test_saying_it_after_the_draft_is_gone_is_no_error(patient: Patient) -> None:
    assert patient.says("today").status_code == 410


def test_the_same_day_page_without_a_draft_says_that_nothing_is_kept(patient: Patient) -> None:
    assert patient.look("same-day").status_code == 410
