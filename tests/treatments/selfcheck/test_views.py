from __future__ import annotations

import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from tests.treatments.selfcheck.conftest import ADDRESS, ALL_FIT, carried
from treatments.models import Page

pytestmark = pytest.mark.usefixtures("content")


def heading(html):
    found = re.findall(r"<h1[^>]*>(.*?)</h1>", html, re.DOTALL)
    assert len(found) == 1
    return found[0].strip()


def title(html):
    return re.search(r"<title>(.*?)</title>", html, re.DOTALL)[1]


def test_the_page_holds_the_first_question_and_nothing_of_a_visitor(client):
    response = client.get(ADDRESS)
    html = response.content.decode()
    assert heading(html) == "Am I a candidate for BOTOX?"
    assert "What kind of pain do you have?" in html
    assert not re.search(r"<input[^>]*\bchecked", html)
    assert not response.cookies
    assert "csrf" not in html
    assert response.headers["Cache-Control"].startswith("public")
    assert "Cookie" not in response.headers.get("Vary", "")
    tag = response.headers["ETag"]
    assert Client().get(ADDRESS, headers={"if-none-match": tag}).status_code == 304


def test_the_way_from_the_first_question_to_the_outcome(client):
    answers = {"pain": "tmj", "age": "yes", "tried": "yes", "health": "none"}
    page = client.get(ADDRESS).content.decode()
    questions = []
    while 'class="questions"' in page:
        hidden = carried(page)
        code = hidden["step"][0]
        questions.append(code)
        page = client.post(ADDRESS, {**hidden, code: answers[code]}).content.decode()
    assert questions == ["pain", "age", "tried", "health"]
    assert heading(page) == "Let’s talk first"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "Worth a talk"),
        ({"medicine": "strong"}, "Let’s talk first"),
        ({"pain": "back-pain"}, "Let’s talk first"),
        ({"health": "allergy"}, "Not suitable for now"),
        ({"days": "fewer"}, "Not suitable for now"),
        ({"age": "no"}, "This check is for adults"),
    ],
)
def test_the_outcomes(send, changes, words):
    assert heading(send(**changes)) == words


def test_each_reason_that_decides_is_lifted_out(send):
    page = send(medicine="strong", health=["pregnancy", "medicines"])
    lifted = re.findall(r'class="tell tell--lifted".*?<h3[^>]*>(.*?)</h3>', page, re.DOTALL)
    assert lifted == ["Strong or mix pills on 10 or more days", "Pregnancy or breastfeeding"]
    assert "2 of your answers need care" in page
    assert 'class="tell tell--lifted"' not in send()


@pytest.mark.parametrize("pain", ["migraine", "tension-headache", "tmj", "back-pain"])
def test_what_else_helps_stands_with_its_sources(send, pain):
    page = send(pain=pain, health="allergy")
    options = page.partition("What else helps")[2].partition("</section>")[0]
    cited = set(re.findall(r'href="#source-([a-z0-9-]+)"', options))
    assert len(re.findall("<li>", options)) == 3
    assert cited
    assert {f'id="source-{key}"' for key in cited} <= set(re.findall(r'id="source-[a-z0-9-]+"', page))


def test_an_adult_can_ask_for_a_consultation_about_this_pain(send):
    assert f'href="{reverse("intake:about", args=["tmj"])}"' in send(pain="tmj")
    assert reverse("intake:about", args=["tmj"]) not in send(pain="tmj", age="no")


@pytest.mark.parametrize("changes", [{}, {"medicine": "strong"}, {"health": "allergy"}, {"tried": None}])
def test_every_page_names_911_and_is_no_diagnosis(send, changes):
    page = send(**changes).partition("<main")[2].partition("</main>")[0]
    assert 'href="tel:911"' in page
    assert "not a diagnosis" in page
    assert "qualify" not in page


def test_an_unanswered_question_shows_the_problem_and_keeps_what_was_chosen(client):
    hidden = {"step": "pattern", "pain": "migraine", "age": "yes", "days": "15-or-more"}
    page = client.post(ADDRESS, hidden).content.decode()
    assert title(page).startswith("Error:")
    assert "There is a problem" in page
    assert 'href="#id_months_0"' in page
    assert 'href="#id_hours_0"' in page
    assert 'id="id_months_0"' in page
    assert re.search(r'value="15-or-more"[^>]*\bchecked', page)
    assert carried(page)["pain"] == ["migraine"]


def test_checking_a_box_and_none_at_once_is_a_problem_and_both_stay_checked(client):
    conflict = {**ALL_FIT, "step": "health", "health": ["pregnancy", "none"]}
    page = client.post(ADDRESS, conflict).content.decode()
    assert "but not both" in page
    assert len(re.findall(r"<input[^>]*\bchecked", page)) == 2


def test_change_shows_the_question_with_its_answer_and_carries_the_others(client):
    page = client.post(ADDRESS, {**ALL_FIT, "change": "medicine"}).content.decode()
    assert heading(page) == "How often do you take medicine for your headaches?"
    assert re.search(r'value="fewer"[^>]*\bchecked', page)
    others = {code: [value] for code, value in ALL_FIT.items() if code != "medicine"}
    assert carried(page) == {**others, "step": ["medicine"]}


def test_a_changed_answer_leads_back_to_the_outcome_or_to_what_it_opens(client):
    unchanged = {**ALL_FIT, "step": "medicine", "medicine": "simple"}
    assert heading(client.post(ADDRESS, unchanged).content.decode()) == "Let’s talk first"
    kept = {"step": "pain", "pain": "migraine", "age": "yes", "tried": "yes", "health": "none"}
    assert heading(client.post(ADDRESS, kept).content.decode()) == "Your headaches"


def test_back_leads_to_the_page_before_with_all_answers(client):
    page = client.post(ADDRESS, {"step": "age", "pain": "tmj", "age": "yes"}).content.decode()
    back = page.partition('class="back"')[2].partition("</form>")[0]
    assert 'name="change" value="age"' in back
    assert carried(back) == {"pain": ["tmj"], "age": ["yes"]}


TAMPERED = [
    {"pain": "neck"},
    {"pain": ["migraine", "tmj"]},
    {**ALL_FIT, "health": "<script>alert(1)</script>"},
    {**ALL_FIT, "days": "\x00"},
    {**ALL_FIT, "step": "nowhere"},
    {**ALL_FIT, "change": "nowhere"},
    {**ALL_FIT, "age": "x" * 10_000},
]


@pytest.mark.parametrize("answers", TAMPERED)
def test_tampered_values_get_a_plain_error(client, answers):
    response = client.post(ADDRESS, answers)
    page = response.content.decode()
    assert response.status_code == 400
    assert heading(page) == "We could not read these answers"
    assert "alert(1)" not in page
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe=\x80", "application/x-www-form-urlencoded"),
        (b'{"pain": "tmj"}', "application/json"),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"pain=tmj", "application/x-www-form-urlencoded; charset=nonsense"),
        (b"&".join(b"a=1" for _ in range(1_100)), "application/x-www-form-urlencoded"),
    ],
)
def test_a_broken_body_is_never_a_server_error(client, body, kind):
    client.raise_request_exception = False
    assert client.generic("POST", ADDRESS, body, content_type=kind).status_code in (200, 400)


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(ADDRESS).status_code == 405


def test_a_draft_has_no_self_check(client):
    page = Page.objects.get(key="candidate")
    page.status = "draft"
    page.save()
    assert client.get(ADDRESS).status_code == 404
    assert client.post(ADDRESS, ALL_FIT).status_code == 404


@pytest.mark.parametrize("answers", [ALL_FIT, {**ALL_FIT, "tried": ""}, {"step": "pain"}, *TAMPERED[:1]])
def test_answers_are_kept_nowhere(client, caplog, answers):
    caplog.set_level(logging.DEBUG)
    response = client.post(ADDRESS, answers, headers={"accept-language": "en"})
    assert not response.cookies
    assert not Session.objects.exists()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    logged = " ".join(record.getMessage() for record in caplog.records)
    assert not [value for value in ALL_FIT.values() if len(value) > 4 and value in logged]
    shown = title(response.content.decode()).lower()
    assert not [word for word in ("headache", "migraine", "jaw", "talk", "suitable") if word in shown]


def test_no_address_on_any_page_holds_an_answer(send):
    for changes in ({}, {"health": None}, {"health": "allergy"}):
        page = send(**changes)
        assert set(re.findall(r'action="([^"]*)"', page)) == {ADDRESS}
        assert not re.findall(r'href="[^"]*\?', page.partition("<main")[2].partition('id="sources"')[0])


def test_a_stranger_can_post_without_a_token():
    assert Client(enforce_csrf_checks=True).post(ADDRESS, ALL_FIT).status_code == 200


def test_the_outcome_costs_few_queries(client, django_assert_max_num_queries):
    client.post(ADDRESS, ALL_FIT)
    with django_assert_max_num_queries(10):
        client.post(ADDRESS, ALL_FIT)
