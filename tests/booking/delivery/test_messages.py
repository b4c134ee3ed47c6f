"""What mails say, and what none of them may ever say."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import html5lib
import pytest
from django.core.mail import EmailMultiAlternatives
from django.urls import reverse
from django.utils import timezone

from booking import actions
from booking.actions import Actor
from booking.delivery.failures import CannotBeSent
from booking.delivery.messages import as_email
from booking.models import ConsultationRequest, Event, Message
from booking.rules.notices import OFFERS, TO_STAFF, WITHOUT_LINK, Notice
from booking.rules.reasons import CloseReason, ContactOutcome, DeclineReason, ReopenReason
from booking.rules.statuses import Status
from booking.rules.transitions import Verb
from tests.factories import everybody, free_time, make_answers, make_clinician, make_person, make_request

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "es")
TELLING = """
    pain painful botox onabotulinumtoxina botulinum toxin migraine headache head jaw tmj tmd spine back neck
    sonoran clinic injection inject shot needle nerve treatment therapy symptom diagnosis disease condition
    medicine medication drug surgery chronic disorder wheelchair canary quetzal
    dolor dolores migraña jaqueca cefalea cabeza mandíbula espalda columna toxina inyección tratamiento
    síntoma enfermedad medicamento clínica
"""
FORBIDDEN = frozenset(TELLING.split())
ADDRESS = "canary@example.com"
FITS = dict.fromkeys(OFFERS, Status.TIMES_OFFERED) | {
    Notice.RECEIVED: Status.NEW,
    Notice.OVERDUE: Status.NEW,
    Notice.QUESTION: Status.WAITING_FOR_PATIENT,
    Notice.DECLINED: Status.DECLINED,
    Notice.CLOSED: Status.CLOSED,
    Notice.WITHDRAWN: Status.WITHDRAWN,
}
LINK = re.compile(r"http://localhost(?:/es)?/my-request/([\w-]{43})/")


def scene(status: Status = Status.SCHEDULED) -> ConsultationRequest:
    """Make a request, with an agreed visit by default, that holds words nobody may read in a mail."""
    person = make_person(full_name="Canary Quetzal", email=ADDRESS, access_needs="I use a wheelchair.")
    answers = make_answers(topic="back-pain", in_own_words="painful canary", safety=("BK-7",))
    return make_request(status, person=person, answers=answers)


def message(
    notice: Notice, language: str = "en", request: ConsultationRequest | None = None, **codes: str
) -> Message:
    """Make a message of any kind about a request that it can be true of."""
    request = request or scene(FITS.get(notice, Status.SCHEDULED))
    if notice in OFFERS:
        event = request.events.get(verb=Verb.OFFER_TIMES)
        made, _new = Message.objects.get_or_create(
            event=event, notice=notice, defaults={"request": request, "language": language}
        )
        made.language = language
        return made
    event = Event.objects.create(
        request=request, verb=Verb.CLOSE, to_status=request.status, actor="system", codes=codes
    )
    return Message.objects.create(request=request, event=event, notice=notice, language=language)


def every_message() -> list[tuple[Notice, dict[str, str]]]:
    plain = [(notice, {}) for notice in Notice]
    declined = [(Notice.DECLINED, {"reason": reason.value}) for reason in DeclineReason]
    return plain + declined + [(Notice.CLOSED, {"reason": reason.value}) for reason in CloseReason]


def readable(mail: EmailMultiAlternatives) -> str:
    """Return everything of a mail that somebody on its way could read, but for addresses and tags."""
    text, html = parts(mail)
    raw = mail.message().as_string()
    whole = " ".join(
        [mail.subject, text, re.sub(r"<(/?\w+|!)[^>]*>", " ", html), re.sub(r"<[^>]*>", " ", raw)]
    )
    return re.sub(rf"{ADDRESS}|https?://\S+", "", whole).lower()


def parts(mail: EmailMultiAlternatives) -> tuple[str, str]:
    html, kind = mail.alternatives[0]
    assert kind == "text/html"
    return mail.body, html


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_tells_about_health_name_or_kind_of_care(clinic, settings, language):
    settings.DEFAULT_FROM_EMAIL, settings.STAFF_EMAIL = (
        "Appointments <hello@office.example>",
        "a@office.example",
    )
    scenes = {status: scene(status) for status in {Status.SCHEDULED, *FITS.values()}}
    found = {}
    for notice, codes in every_message():
        request = scenes[FITS.get(notice, Status.SCHEDULED)]
        mail = as_email(message(notice, language, request, **codes))
        words = set(re.findall(r"\w+", readable(mail)))
        assert len(words) > 15
        found |= {(notice, *codes.values()): words & FORBIDDEN} if words & FORBIDDEN else {}
    assert found == {}


def test_the_search_for_forbidden_words_finds_them(clinic, settings):
    settings.DEFAULT_FROM_EMAIL = "Sonoran Pain and Spine <hello@office.example>"
    words = set(re.findall(r"\w+", readable(as_email(message(Notice.RECEIVED)))))
    assert words & FORBIDDEN == {"sonoran", "pain", "spine"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notice", [notice for notice in Notice if notice not in TO_STAFF])
def test_a_patient_reads_reference_phone_next_step_and_911(clinic, notice, language):
    made = message(notice, language)
    for text in parts(as_email(made)):
        for needed in (made.request.shown_reference, "(480) 555-0100", "911"):
            assert needed in text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("notice", [notice for notice in Notice if notice not in TO_STAFF])
def test_the_private_link_is_the_only_address_in_a_mail(clinic, notice, language):
    made = message(notice, language)
    for text in parts(as_email(made)):
        found = set(LINK.findall(text))
        assert len(found) == (notice not in WITHOUT_LINK)
        assert "http" not in LINK.sub("", text)
        assert all(actions.find_link(token).request == made.request for token in found)
        assert ("/es/" in text) is (bool(found) and language == "es")


@pytest.mark.parametrize("notice", [Notice.RECEIVED, Notice.QUESTION, Notice.LETTER, Notice.TIMES_OFFERED])
def test_whoever_wants_no_page_gets_no_link_and_is_asked_to_call(clinic, notice):
    made = message(notice)
    made.request.seal_person(made.request.person.changed(no_online_page="yes"))
    made.request.save()
    body = as_email(Message.objects.get(pk=made.pk)).body
    assert "http" not in body
    assert "your page" not in body.lower()
    assert "all us" in body


def test_whoever_wants_no_e_mail_any_more_gets_none(clinic):
    made = message(Notice.RECEIVED)
    made.request.seal_person(made.request.person.changed(no_email="yes"))
    made.request.save()
    with pytest.raises(CannotBeSent) as refusal:
        as_email(Message.objects.get(pk=made.pk))
    assert refusal.value.code == "no-e-mail"


@pytest.mark.parametrize("notice", sorted(OFFERS))
def test_an_offer_is_not_announced_once_it_is_over(clinic, notice):
    made = message(notice)
    held = made.request.visits.on_offer()
    until = timezone.localtime(held[0].held_until, ZoneInfo("America/Phoenix"))
    assert f"{until:%A, %B} {until.day}" in as_email(made).body
    actions.decline_times(made.request, by=Actor.patient())
    with pytest.raises(CannotBeSent) as refusal:
        as_email(Message.objects.get(pk=made.pk))
    assert refusal.value.code == "overtaken"


def test_a_late_reply_is_not_excused_once_it_came(clinic):
    made = message(Notice.OVERDUE)
    actions.log_contact(made.request, ContactOutcome.REACHED, by=everybody())
    with pytest.raises(CannotBeSent, match="overtaken"):
        as_email(Message.objects.get(pk=made.pk))


@pytest.mark.parametrize("notice", [Notice.VISIT_AGREED, Notice.REMINDER_DAYS, Notice.REMINDER_HOURS])
def test_a_time_that_changed_meanwhile_is_not_told(clinic, notice):
    request = scene()
    agreed = request.messages.get(notice=Notice.VISIT_AGREED)
    made = Message(request=request, event=agreed.event, notice=notice, language="en")
    if notice == Notice.VISIT_AGREED:
        made = agreed
    actions.move_visit(request, make_clinician(), free_time(dt.timedelta(days=5)), by=everybody())
    with pytest.raises(CannotBeSent, match="overtaken"):
        as_email(made)
    moved = request.messages.get(notice=Notice.VISIT_MOVED)
    assert "new time" in as_email(moved).body


@pytest.mark.parametrize("notice", [notice for notice in Notice if notice not in TO_STAFF])
def test_every_mail_says_what_happens_next(clinic, notice):
    assert "What happens next" in as_email(message(notice)).body


@pytest.mark.parametrize("notice", sorted(TO_STAFF))
def test_staff_read_the_reference_and_a_link_that_needs_a_sign_in(clinic, notice, settings):
    made = message(notice)
    mail = as_email(made)
    path = reverse("admin:booking_consultationrequest_change", args=[made.request.pk])
    assert mail.to == [settings.STAFF_EMAIL]
    for text in parts(mail):
        assert made.request.shown_reference in text
        assert f"{settings.SITE_URL}{path}" in text


def test_the_promise_is_in_the_clinics_own_time(clinic):
    made = message(Notice.RECEIVED)
    type(made.request).objects.filter(pk=made.request.pk).update(
        received_at="2026-03-02T17:00Z", reply_by="2026-03-05T00:00Z"
    )
    made = Message.objects.get(pk=made.pk)
    # Midnight in UTC is five in the afternoon of the day before in Phoenix.
    assert "by 5 p.m. (MST) on Wednesday, March 4." in as_email(made).body


def test_a_visit_is_told_with_day_time_and_zone(clinic):
    made = message(Notice.VISIT_AGREED)
    assert "at 10 a.m. (MST)" in as_email(made).body


@pytest.mark.parametrize("notice", [Notice.VISIT_AGREED, Notice.VISIT_MOVED])
def test_a_visit_that_is_gone_is_not_announced(clinic, notice):
    made = message(notice)
    actions.close(made.request, CloseReason.OTHER, by=everybody())
    actions.reopen(made.request, ReopenReason.MISTAKE, by=everybody())
    with pytest.raises(CannotBeSent) as refusal:
        as_email(Message.objects.get(pk=made.pk))
    assert refusal.value.code == "overtaken"


@pytest.mark.parametrize("reason", DeclineReason)
def test_a_decline_says_where_to_go_instead(clinic, reason):
    body = as_email(message(Notice.DECLINED, reason=reason.value)).body
    assert "doctor" in body.split("What happens next")[0]
    assert "If you get worse" in body


def test_each_reason_to_decline_gives_its_own_advice(clinic):
    bodies = {
        re.sub(r"reference is \S+", "", as_email(message(Notice.DECLINED, reason=reason.value)).body)
        for reason in DeclineReason
    }
    assert len(bodies) == len(DeclineReason)


@pytest.mark.parametrize("notice", Notice)
def test_text_and_html_say_the_same_and_the_html_is_valid(clinic, notice):
    text, html = parts(as_email(message(notice)))
    parser = html5lib.HTMLParser(strict=True)
    document = parser.parse(html)
    body = document.find("{http://www.w3.org/1999/xhtml}body")
    assert " ".join("".join(body.itertext()).split()) == " ".join(text.split())
    assert document.get("lang") == "en"
    for remote in ("<img", "<link", "<style", "style=", "<script", "src="):
        assert remote not in html


@pytest.mark.parametrize("notice", Notice)
def test_sentences_are_short(clinic, notice):
    text = as_email(message(notice)).body
    sentences = re.split(r"(?<=[.!?:])\s", re.sub(r"\b([ap])\.m\.", r"\1m", text))
    assert max(len(sentence.split()) for sentence in sentences) <= 20


def test_headers(clinic, settings):
    made = message(Notice.RECEIVED)
    mail = as_email(made).message()
    assert mail["From"] == settings.DEFAULT_FROM_EMAIL
    assert mail["To"] == ADDRESS
    assert mail.get_all("Bcc") is mail.get_all("Cc") is None
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Message-ID"] == as_email(made).message()["Message-ID"] == f"<{made.pk}@clinic.example>"


def test_before_the_clinic_has_a_phone_there_is_no_half_sentence():
    body = as_email(message(Notice.RECEIVED)).body
    assert "Questions?" not in body
    assert "tell us details by phone" in body


def test_html_in_a_fact_does_not_become_html(clinic, settings):
    settings.SITE_URL = 'http://localhost/"><b>'
    _text, html = parts(as_email(message(Notice.STAFF_NEW)))
    assert "<b>" not in html
