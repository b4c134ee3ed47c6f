"""The pages of the request, from the first to the confirmation."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from booking.models import ConsultationRequest, DailyCount, Draft, Event, Message
from tests.booking.intake.conftest import ANSWERS, ASKER, CONSENT, SYMPTOMS_ABOUT, Patient
from treatments.models import Condition

AFTER = {"reason": "safety", "safety": "symptoms", "symptoms": "history", "history": "you", "you": "check"}


def test_only_the_button_of_the_start_page_makes_a_draft(patient: Patient) -> None:
    for path in ("", "about/migraine/", "reason/", "check/", "sent/", "clear/", "get-help-now/"):
        patient.get(f"/consultation/{path}")
    assert not Draft.objects.exists()
    assert settings.DRAFT_COOKIE_NAME not in patient.cookies
    assert patient.start().headers["Location"] == "/consultation/reason/"
    assert Draft.objects.count() == 1


def test_the_cookie_holds_a_random_key_and_nothing_else(patient: Patient) -> None:
    patient.answer_to("you")
    cookie = patient.cookies[settings.DRAFT_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/"
    assert int(cookie["max-age"]) <= 24 * 3600
    assert len(cookie.value) == 43
    draft = Draft.objects.get()
    assert cookie.value.encode() not in bytes(draft.token_hash) + bytes(draft.sealed_steps)


def test_each_step_leads_to_the_next_with_303(patient: Patient) -> None:
    patient.start()
    for step, following in AFTER.items():
        response = patient.answer(step)
        assert (response.status_code, response.headers["Location"]) == (303, f"/consultation/{following}/")
    assert patient.send().headers["Location"] == "/consultation/sent/"


def test_a_request_is_committed_with_its_event_and_its_messages(patient: Patient) -> None:
    patient.answer_to("you")
    patient.send()
    request = ConsultationRequest.objects.get()
    assert request.person.phone == "+15205550107"
    assert request.answers.tried == ("preventive",)
    assert Event.objects.get().request == request
    assert set(Message.objects.values_list("notice", flat=True)) == {"received", "staff-new"}
    assert Draft.objects.get().steps == {}


def test_a_later_step_leads_to_the_first_one_without_answers(patient: Patient) -> None:
    patient.answer_to("safety")
    for step in ("history", "you", "check"):
        assert patient.look(step).headers["Location"] == "/consultation/symptoms/"
    assert patient.answer("you").headers["Location"] == "/consultation/symptoms/"
    assert "you" not in Draft.objects.get().steps


def test_what_was_answered_is_there_again(patient: Patient) -> None:
    patient.answer_to("you")
    page = patient.look("you").content.decode()
    for shown in ('value="Test Patient 07"', 'value="(520) 555-0107"', 'value="1980"'):
        assert shown in page


def test_nothing_typed_is_lost_by_an_error(patient: Patient) -> None:
    patient.answer_to("history")
    page = patient.answer("you", birth_date_day="45", full_name="Test <b>Patient</b>").content.decode()
    assert "<title>Error:" in page and "There is a problem" in page
    assert page.count("Day must be a number from 1 to 31") == 2
    assert 'href="#id_birth_date_1"' in page and 'value="45"' in page
    assert "Test &lt;b&gt;Patient&lt;/b&gt;" in page


def test_a_change_returns_to_the_check_page(patient: Patient) -> None:
    patient.answer_to("you")
    response = patient.answer("symptoms", "?return=check", pain="3")
    assert response.headers["Location"] == "/consultation/check/"
    assert "3 of 10" in patient.look("check").content.decode()


def test_a_change_of_topic_goes_to_the_questions_that_it_opens(patient: Patient) -> None:
    patient.answer_to("you")
    response = patient.answer("reason", "?return=check", topic="back-pain")
    assert response.headers["Location"] == "/consultation/safety/?return=check"
    assert patient.look("check").headers["Location"] == "/consultation/safety/"
    response = patient.answer("safety", "?return=check", shown_for="back-pain")
    assert response.headers["Location"] == "/consultation/symptoms/?return=check"
    page = patient.look("symptoms").content.decode()
    assert 'name="pain" value="7"' in page and "headache_days" not in page
    response = patient.answer("symptoms", "?return=check", **SYMPTOMS_ABOUT["back-pain"])
    assert response.headers["Location"] == "/consultation/check/"
    patient.send()
    assert ConsultationRequest.objects.get().answers.headache_days is None


def test_the_check_page_names_each_question_in_its_change_link(patient: Patient) -> None:
    patient.answer_to("you")
    page = patient.look("check").content.decode()
    assert (
        '/consultation/you/?return=check#id_phone">Change<span class="visually-hidden"> Phone number' in page
    )
    assert '/consultation/reason/?return=check#id_topic_0">Change' in page
    assert "Not provided" in page


@pytest.mark.parametrize("missing", ["consent", "not_watched"])
def test_nothing_is_sent_without_consent(patient: Patient, missing: str) -> None:
    patient.answer_to("you")
    rev = patient.look("check").context["rev"]
    data = {name: value for name, value in CONSENT.items() if name != missing}
    page = patient.post("/consultation/check/", {"rev": rev, **data}).content.decode()
    assert "There is a problem" in page and f'href="#id_{missing}"' in page
    assert not ConsultationRequest.objects.exists()


def test_another_tab_that_changed_the_answers_shows_them_before_sending(patient: Patient) -> None:
    patient.answer_to("you")
    rev = patient.look("check").context["rev"]
    patient.answer("symptoms", pain="2")
    page = patient.post("/consultation/check/", {"rev": rev, **CONSENT}).content.decode()
    assert "Your answers changed in another tab" in page and "2 of 10" in page
    assert not ConsultationRequest.objects.exists()
    patient.send()
    assert ConsultationRequest.objects.get().answers.pain == 2


def test_none_of_these_said_to_another_tabs_list_does_not_count(patient: Patient) -> None:
    patient.answer_to("reason")
    patient.answer("reason", topic="back-pain")
    page = patient.answer("safety", shown_for="migraine").content.decode()
    assert "Your answers changed in another tab" in page
    assert "safety" not in Draft.objects.get().steps


def test_two_tabs_keep_each_others_steps(patient: Patient) -> None:
    patient.answer_to("symptoms")
    patient.answer("history", allergies="latex")
    patient.answer("symptoms", in_own_words="worse at work")
    kept = Draft.objects.get().steps
    assert (kept["history"]["allergies"], kept["symptoms"]["in_own_words"]) == ("latex", "worse at work")


def test_back_and_refresh_after_sending_lead_to_the_confirmation(patient: Patient) -> None:
    patient.answer_to("you")
    rev = patient.look("check").context["rev"]
    for _again in range(3):
        response = patient.post("/consultation/check/", {"rev": rev, **CONSENT})
        assert (response.status_code, response.headers["Location"]) == (303, "/consultation/sent/")
    for step in [*ANSWERS, "check"]:
        assert patient.look(step).headers["Location"] == "/consultation/sent/"
    assert ConsultationRequest.objects.count() == 1


def test_the_confirmation_tells_reference_promise_and_where_the_mail_goes(patient: Patient) -> None:
    patient.answer_to("you")
    patient.send()
    page = patient.look("sent").content.decode()
    assert ConsultationRequest.objects.get().shown_reference in page
    assert "tes…07@example.com" in page and "test.patient07" not in page
    assert "Test Patient" not in page and "igraine" not in page


def test_a_patient_without_email_is_told_that_we_call(patient: Patient) -> None:
    patient.answer_to("history")
    patient.answer("you", email="")
    assert "so we call you" in patient.look("check").content.decode()
    patient.send()
    assert "We will call you by" in patient.look("sent").content.decode()


def test_half_an_hour_later_the_confirmation_says_only_that_we_have_it(patient: Patient) -> None:
    patient.answer_to("you")
    patient.send()
    Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1), created_at="2026-01-01T00:00Z")
    page = patient.look("sent").content.decode()
    assert "We have your request" in page
    assert ConsultationRequest.objects.get().shown_reference not in page


def test_a_living_draft_offers_to_go_on_or_to_start_again(patient: Patient) -> None:
    patient.answer_to("safety")
    page = patient.get("/consultation/").content.decode()
    assert "Continue" in page and "Start again" in page and "Start my request" not in page
    assert patient.start().headers["Location"] == "/consultation/symptoms/"
    assert patient.start(again="1").headers["Location"] == "/consultation/reason/"
    assert Draft.objects.get().steps == {}


def test_a_condition_page_brings_its_topic_along(patient: Patient) -> None:
    page = patient.get("/consultation/about/tmj/").content.decode()
    assert '<input type="hidden" name="topic" value="tmj">' in page
    patient.start(topic="tmj")
    assert 'value="tmj" id="id_topic_3" checked' in patient.look("reason").content.decode()
    assert patient.get("/consultation/about/scurvy/").status_code == 404


def test_a_condition_that_staff_added_counts_as_something_else(patient):
    Condition.objects.create(
        slug="neck-pain", name="Neck pain", short_name="Neck pain", summary="Pain.", drawing="back-pain"
    )
    patient.post("/consultation/", {"topic": _topic_of(patient.get("/consultation/about/neck-pain/"))})
    page = patient.get("/consultation/reason/").content.decode()
    assert re.search(r'value="other"[^>]*checked', page)


def _topic_of(response):
    return re.search(r'name="topic" value="([a-z-]+)"', response.content.decode()).group(1)


def test_a_draft_that_ran_out_gets_a_friendly_page(patient: Patient) -> None:
    patient.answer_to("safety")
    Draft.objects.update(expires_at=timezone.now() - timedelta(seconds=1), created_at="2026-01-01T00:00Z")
    for response in (patient.look("symptoms"), patient.answer("symptoms")):
        assert response.status_code == 410
        assert "Start again" in response.content.decode()


def test_clearing_asks_first_and_then_forgets(patient: Patient) -> None:
    patient.answer_to("you")
    assert "Clear your answers?" in patient.look("clear").content.decode()
    assert Draft.objects.exists()
    assert patient.post("/consultation/clear/").headers["Location"] == "/consultation/clear/"
    assert not Draft.objects.exists()
    assert patient.cookies[settings.DRAFT_COOKIE_NAME].value == ""
    assert "Nothing is kept here" in patient.look("clear").content.decode()


def test_clearing_ends_every_copy_of_the_key(patient: Patient) -> None:
    patient.answer_to("you")
    patient.send()
    copied = Patient()
    copied.cookies["draft"] = patient.cookies["draft"].value
    assert copied.look("record").status_code == 200
    patient.post("/consultation/clear/")
    for place in ("sent", "record"):
        answer = copied.get(f"/consultation/{place}/", follow=True)
        assert answer.redirect_chain[-1][0] == "/consultation/"
    assert ConsultationRequest.objects.count() == 1


def test_clearing_after_sending_keeps_the_request(patient: Patient) -> None:
    patient.answer_to("you")
    patient.send()
    patient.post("/consultation/clear/")
    assert ConsultationRequest.objects.count() == 1
    assert patient.look("sent").headers["Location"] == "/consultation/"


BORN = ("birth_date_month", "birth_date_day", "birth_date_year")
CHILD = dict(zip(BORN, ("1", "7", "2015"), strict=True))


@pytest.mark.parametrize("born", [("1", "7", "2015"), ("12", "31", str(timezone.now().year - 18 + 1))])
def test_under_18_needs_a_parent_and_keeps_no_birth_date(
    patient: Patient, born: tuple[str, str, str]
) -> None:
    patient.answer_to("history")
    response = patient.answer("you", **dict(zip(BORN, born, strict=True)))
    assert response.headers["Location"] == "/consultation/under-18/"
    assert "A parent or guardian asks" in patient.look("under-18").content.decode()
    assert "birth_date" not in Draft.objects.get().steps["you"]
    assert patient.look("check").headers["Location"] == "/consultation/you/"
    assert 'value="Test Patient 07"' in patient.look("you").content.decode()
    assert not ConsultationRequest.objects.exists()


def test_a_parent_or_guardian_goes_on_from_the_under_18_page(patient: Patient) -> None:
    patient.answer_to("history")
    patient.answer("you", **CHILD)
    assert patient.post("/consultation/under-18/").headers["Location"] == "/consultation/you/"
    page = patient.look("you").content.decode()
    assert "Your own name" in page and 'value="Test Patient 07"' in page and "related" in page
    assert patient.answer("you", **CHILD, **ASKER).headers["Location"] == "/consultation/check/"
    patient.send()
    request = ConsultationRequest.objects.get()
    assert (request.person.who_for, request.person.birth_date) == ("minor", "2015-01-07")
    assert request.person.asker_name == "Test Carer 07" and "minor" in request.flags


def test_the_under_18_page_asks_and_posts_nothing_without_a_draft(patient: Patient) -> None:
    page = patient.look("under-18").content.decode()
    assert "go on" not in page
    assert patient.post("/consultation/under-18/").status_code == 410


def test_a_guardian_who_gives_the_birth_date_of_an_adult_is_told(patient: Patient) -> None:
    patient.start()
    patient.answer("reason", who_for="minor")
    for step in ("safety", "symptoms", "history"):
        patient.answer(step)
    page = patient.answer("you", **ASKER).content.decode()
    assert "This is the birth date of an adult" in page and 'href="#id_birth_date_2"' in page


def test_who_asks_for_another_adult_says_by_what_right(patient: Patient) -> None:
    patient.start()
    patient.answer("reason", who_for="adult")
    for step in ("safety", "symptoms", "history"):
        assert "“you” means the patient here" in patient.look(step).content.decode()
        patient.answer(step)
    page = patient.answer("you").content.decode()
    for words in ("Enter your own name", "Select how you are related", "Check the box to confirm"):
        assert words in page
    patient.answer("you", **{**ASKER, "relation": "child"})
    page = patient.look("check").content.decode()
    assert "Another adult" in page and "Test Carer 07" in page and "I am their son or daughter" in page
    patient.send()
    request = ConsultationRequest.objects.get()
    assert request.person.may_speak == "yes" and "proxy" in request.flags


def test_a_slip_in_the_email_is_asked_about_and_taken_with_one_click(patient: Patient) -> None:
    patient.answer_to("history")
    slip = "test.patient07@gmial.com"
    assert patient.answer("you", email=slip).headers["Location"] == "/consultation/check/"
    page = patient.look("check").content.decode()
    assert "Did you mean" in page and ">test.patient07@gmail.com</button>" in page
    response = patient.post("/consultation/check/", {"take_email": "1"})
    assert response.headers["Location"] == "/consultation/check/"
    page = patient.look("check").content.decode()
    assert "Did you mean" not in page and "test.patient07@gmail.com" in page
    patient.send()
    assert ConsultationRequest.objects.get().person.email == "test.patient07@gmail.com"


def test_a_slip_in_the_email_stands_in_nobodys_way(patient: Patient) -> None:
    patient.answer_to("history")
    patient.answer("you", email="test.patient07@gmial.com")
    patient.send()
    assert ConsultationRequest.objects.get().person.email == "test.patient07@gmial.com"


def test_a_slip_beside_another_problem_is_taken_with_the_rest_of_the_form(patient: Patient) -> None:
    patient.answer_to("history")
    page = patient.answer("you", email="a@gmial.com", full_name="").content.decode()
    assert "Did you mean" in page and 'value="a@gmial.com"' in page
    # Enter in a field presses the first button of the form, which must be the one that goes on.
    form = page[page.index('<form class="questions"') :]
    assert form.index("Continue") < form.index('name="take_email"')
    response = patient.answer("you", email="a@gmial.com", take_email="1")
    assert response.headers["Location"] == "/consultation/check/"
    assert Draft.objects.get().steps["you"]["email"] == "a@gmail.com"


def test_an_extension_is_kept_and_shown(patient: Patient) -> None:
    patient.answer_to("history")
    patient.answer("you", phone="520-555-0107 x12")
    assert "(520) 555-0107 ext. 12" in patient.look("check").content.decode()
    assert 'value="(520) 555-0107 ext. 12"' in patient.look("you").content.decode()
    patient.send()
    assert ConsultationRequest.objects.get().person.phone == "+15205550107;ext=12"


def test_the_spanish_addresses_go_the_same_way(patient: Patient) -> None:
    patient.base = "/es/consultation/"
    assert patient.start().headers["Location"] == "/es/consultation/reason/"
    for step, following in AFTER.items():
        assert patient.answer(step).headers["Location"] == f"/es/consultation/{following}/"
    assert patient.send().headers["Location"] == "/es/consultation/sent/"
    assert patient.look("sent").status_code == 200


def test_no_page_of_the_way_may_be_kept_by_a_cache(patient: Patient) -> None:
    patient.answer_to("you")
    steps = ("reason/", "you/", "check/")
    for path in (*steps, "sent/", "record/", "clear/", "same-day/", "under-18/", "nowhere/"):
        headers = patient.get(f"/consultation/{path}").headers
        assert (headers["Cache-Control"], headers["X-Robots-Tag"]) == ("no-store", "noindex")


def test_the_plain_way_counts_which_steps_were_taken_and_nothing_else(patient: Patient) -> None:
    patient.answer_to("you")
    patient.answer("reason")
    patient.send()
    counted = dict(DailyCount.objects.filter(kind="step").values_list("code", "count"))
    assert counted == dict.fromkeys(["start", *ANSWERS], 1)
    assert DailyCount.objects.count() == len(counted)
