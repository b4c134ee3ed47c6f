"""One list knows what is shut to patients until somebody signs, and why."""

from __future__ import annotations

import io

import pytest
from django.conf import settings as django_settings
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import Client

from booking.rules import safety
from tests.treatments.factories import make_clinic, make_editor, make_page
from treatments.editorial import gates, review, signoff
from treatments.editorial.gates import missing_now, missing_signatures
from treatments.models import Clinic, Page, SignOff

pytestmark = pytest.mark.django_db
FORM = ("safety-rules", "clinic-facts", "critical-spanish")
SELF_CHECK = ("self-check/en", "self-check/es")


@pytest.fixture(autouse=True)
def _real(settings) -> None:
    settings.DEMO = False
    make_clinic()


def sign(*keys: str) -> None:
    user = make_editor(username=f"signer-{SignOff.objects.count()}")
    for key in keys:
        subject = signoff.find(key)
        SignOff.objects.create(
            subject=key,
            digest=subject.digest(),
            lines=signoff.as_data(subject.lines()),
            signed_by=user,
            signer_name="Test Signer",
            credential="MD",
        )


def keys() -> list[str]:
    return [one.subject.key for one in missing_signatures()]


def warnings() -> list[str]:
    found = run_checks(include_deployment_checks=True, databases=["default"])
    return [one.msg for one in found if one.id == "clinic.W002"]


def test_what_opens_the_form_leads_and_each_text_is_named_once() -> None:
    assert keys() == [*FORM, *SELF_CHECK]
    first = missing_signatures()[0]
    assert str(first) == (
        "The request form is shut. To be signed: The safety questions of the request form, and the rules of"
        " priority. Nobody has signed it yet."
    )


def test_a_demonstration_is_open(settings) -> None:
    settings.DEMO = True
    assert missing_signatures() == [] and missing_now() == () and warnings() == []


def test_what_is_signed_is_on_no_list() -> None:
    sign(*FORM, *SELF_CHECK)
    assert keys() == [] == warnings()


def test_many_pages_that_never_were_open_are_one_line_of_a_terminal() -> None:
    sign(*FORM, *SELF_CHECK)
    for key in ("botox", "safety"):
        make_page(key, status="draft")
    assert warnings() == ["2 pages, or their Spanish, wait for their first signature."]
    assert len(missing_signatures()) == 2


def test_another_version_of_the_rules_shuts_the_form_and_says_who_signed_which(monkeypatch) -> None:
    sign(*FORM, *SELF_CHECK)
    was = safety.VERSION
    monkeypatch.setattr(safety, "VERSION", "2099.1")
    (one,) = missing_signatures()
    assert one.gate.is_form and one.is_news and not one.gate.is_open()
    assert one.why.startswith(f"Test Signer signed version {was} on ")
    assert one.why.endswith("this is version 2099.1.")


def test_a_changed_fact_says_that_the_words_changed_since_the_signature() -> None:
    sign(*FORM, *SELF_CHECK)
    Clinic.objects.update(phone="+16025550142")
    (one,) = missing_signatures()
    assert one.subject.key == "clinic-facts"
    assert one.why.startswith("The words changed since Test Signer signed them on ")


def test_a_draft_about_health_is_shut_and_no_news_unless_it_was_open_before() -> None:
    sign(*FORM, *SELF_CHECK)
    page = make_page(status="draft")
    key = review.subject_key(page, "en")
    (one,) = missing_signatures()
    assert (one.subject.key, one.is_news) == (key, False)
    sign(key)
    assert keys() == []
    Page.objects.update(lead_en="Other words.")
    (one,) = missing_signatures()
    assert (one.subject.key, one.is_news) == (key, True)


def test_a_published_page_that_changed_is_open_and_on_no_list() -> None:
    sign(*FORM, *SELF_CHECK)
    make_page()
    assert keys() == []


def test_the_list_of_a_staff_page_is_read_anew_after_a_change_alone(django_assert_num_queries) -> None:
    first = missing_now()
    with django_assert_num_queries(0):
        assert missing_now() is first
    sign("safety-rules")
    assert [one.subject.key for one in missing_now()] == [*FORM[1:], *SELF_CHECK]


def test_the_deployment_check_says_each_and_is_silent_without_a_database() -> None:
    assert warnings() == [str(one) for one in missing_signatures()] != []

    def fail(*args, **kwargs):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(fail):
        assert [one for one in run_checks(include_deployment_checks=True) if one.id == "clinic.W002"] == []


def test_the_release_says_it_on_lines_of_its_own_and_goes_on(settings) -> None:
    settings.DATABASE_APP_ROLE = ""
    Clinic.objects.all().delete()
    out = io.StringIO()
    call_command("release", stdout=out)
    lines = out.getvalue().splitlines()
    at = lines.index("SHUT TO PATIENTS until it is signed:")
    assert lines[at + 1].startswith("- The request form is shut.")
    assert f"Sign at {django_settings.SITE_URL}/admin/treatments/signoff/add/" in lines[at:]


def test_the_release_says_nothing_where_nothing_is_shut(settings) -> None:
    settings.DATABASE_APP_ROLE, settings.DEMO = "", True
    Clinic.objects.all().delete()
    out = io.StringIO()
    call_command("release", stdout=out)
    assert "SHUT" not in out.getvalue()


@pytest.mark.parametrize("address", ["/admin/treatments/", "/admin/treatments/clinic/gaps/"])
def test_what_is_to_complete_says_it_and_leads_to_where_it_is_signed(client: Client, address: str) -> None:
    client.force_login(make_editor())
    text = client.get(address, secure=True).text
    assert "Shut until it is signed" in text and "The request form is shut." in text


def test_the_sign_off_list_leads_with_what_opens_the_form(client: Client) -> None:
    make_page(status="draft")
    client.force_login(make_editor(first_name="Test", last_name="Signer"))
    text = client.get("/admin/treatments/signoff/add/", secure=True).text
    table = text[text.index("<tbody>") :]
    order = [
        table.index(words)
        for words in ("The safety questions", "Phone, address", "The self-check:", "Page “")
    ]
    assert order == sorted(order)
    assert "The request form in Spanish" in table


def test_parts_are_listed_whoever_is_registered_last() -> None:
    labels = [str(gate.label) for gate in gates.gates()]
    assert labels[:2] == ["the request form", "the request form in Spanish"]
