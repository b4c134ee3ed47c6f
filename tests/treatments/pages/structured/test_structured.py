from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils.formats import date_format

from tests import addresses
from tests.treatments.pages.structured.vocabulary import faults
from treatments.clinic import clinic
from treatments.editorial import review
from treatments.models import Clinic, Harm, Indication, OpeningHours, Page, Section, SignOff
from treatments.pages.structured.words import plain

pytestmark = pytest.mark.usefixtures("content")
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# Said in another way on the page, or addresses and names of enumerations: each has a test of its own.
NOT_WORDS = {"@context", "@id", "@type", "url", "inLanguage", "lastReviewed", "dayOfWeek", "opens", "closes"}
EVERY_PAGE = [path for language in addresses.LANGUAGES for path in addresses.content(language)]


def graph(client, path: str) -> list[dict[str, Any]]:
    blocks = BLOCK.findall(client.get(path).content.decode())
    assert len(blocks) == 1
    data = json.loads(blocks[0])
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def of_type(nodes: list[dict[str, Any]], *kinds: str) -> list[dict[str, Any]]:
    return [node for node in nodes if node["@type"] in kinds]


def visible(client, path: str) -> str:
    body = client.get(path).content.decode().partition("<body")[2]
    return plain(re.sub(r"<(script|svg)\b.*?</\1>", "", body, flags=re.DOTALL).replace("><", "> <"))


def words(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from words(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in NOT_WORDS:
                yield from words(one)


def complete_the_clinic() -> None:
    row = Clinic.objects.get()
    row.phone, row.street, row.city, row.zip_code = "+16025550242", "1 Test Street", "Mesa", "85201"
    row.hours_confirmed = True
    row.save()
    OpeningHours.objects.all().delete()
    for day in range(5):
        OpeningHours.objects.create(weekday=day, opens=dt.time(8), closes=dt.time(17))


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_page_speaks_the_vocabulary(client, path):
    nodes = graph(client, path)
    assert faults(nodes) == []
    assert of_type(nodes, "MedicalWebPage", "WebPage", "AboutPage", "ContactPage")[0]["url"].endswith(path)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_every_word_of_it_stands_on_the_page(client, path):
    shown = visible(client, path)
    assert [text for text in words(graph(client, path)) if text not in shown] == []


@pytest.mark.parametrize("path", ["/", "/contact/", "/about/", "/es/contact/"])
def test_a_complete_clinic_is_told_in_full_and_as_shown(client, path):
    if path == "/about/" and path not in addresses.content():
        pytest.skip("no such page")
    complete_the_clinic()
    nodes, shown = graph(client, path), visible(client, path)
    assert faults(nodes) == []
    assert [text for text in words(nodes) if text not in shown] == []
    found = of_type(nodes, "MedicalClinic")[0]
    assert found["telephone"] == "(602) 555-0242"
    assert found["address"]["postalCode"] == "85201"
    [hours] = found["openingHoursSpecification"]
    assert (hours["opens"], hours["closes"], len(hours["dayOfWeek"])) == ("08:00", "17:00", 5)


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_placeholders_are_no_facts(client, path):
    for found in of_type(graph(client, path), "MedicalClinic"):
        assert not {"telephone", "address", "openingHoursSpecification"} & set(found)


def test_a_page_without_a_review_claims_none(client):
    page = graph(client, "/conditions/migraine/")[0]
    assert not {"lastReviewed", "reviewedBy"} & set(page)


def test_a_review_is_told_as_the_page_tells_it(client):
    page = Page.objects.get(key="migraine")
    SignOff.objects.create(
        subject=review.subject_key(page, "en"),
        digest=review.digest(page, "en"),
        signed_by=User.objects.create_user("reviewer"),
        signer_name="Test Reviewer",
        credential="MD, Arizona",
    )
    nodes, shown = graph(client, "/conditions/migraine/"), visible(client, "/conditions/migraine/")
    assert faults(nodes) == []
    assert [text for text in words(nodes) if text not in shown] == []
    assert nodes[0]["reviewedBy"]["hasCredential"]["name"] == "MD, Arizona"
    assert date_format(dt.date.fromisoformat(nodes[0]["lastReviewed"])) in shown
    # A word changes, and with it the review is gone.
    Section.objects.filter(page=page).first().save()
    Section.objects.filter(page=page, anchor="what-it-is").first().delete()
    assert "reviewedBy" not in graph(client, "/conditions/migraine/")[0]


@pytest.mark.parametrize("slug", addresses.CONDITIONS)
def test_only_an_approved_use_is_called_one(client, slug):
    nodes = graph(client, f"/conditions/{slug}/")
    told = [node["@type"] for node in of_type(nodes, "ApprovedIndication", "MedicalIndication")]
    uses = Indication.objects.filter(condition__slug=slug)
    assert told == ["ApprovedIndication" if use.is_approved else "MedicalIndication" for use in uses]
    assert ("ApprovedIndication" in told) == (slug == "migraine")


def test_what_has_not_been_shown_to_help_is_no_treatment(client):
    Indication.objects.filter(condition__slug="tmj").delete()
    use = Indication.objects.filter(condition__slug="back-pain").first()
    use.grade = 0
    use.save()
    Indication.objects.filter(condition__slug="back-pain").exclude(pk=use.pk).delete()
    for path in ("/conditions/back-pain/", "/conditions/tmj/"):
        assert "possibleTreatment" not in of_type(graph(client, path), "MedicalCondition")[0]
    assert "possibleTreatment" in of_type(graph(client, "/conditions/migraine/"), "MedicalCondition")[0]


def test_side_effects_are_those_that_the_page_draws(client):
    [therapy] = of_type(graph(client, "/conditions/migraine/"), "MedicalTherapy")
    told = [one["name"] for one in therapy["adverseOutcome"]]
    assert told == list(
        Harm.objects.filter(indication__condition__slug="migraine").values_list("name", flat=True)
    )
    assert "adverseOutcome" not in of_type(graph(client, "/"), "MedicalTherapy")[0]


def test_the_way_to_a_page_is_told_in_order(client):
    [home, conditions, here] = graph(client, "/es/conditions/tmj/")[0]["breadcrumb"]["itemListElement"]
    assert [step["position"] for step in (home, conditions, here)] == [1, 2, 3]
    assert home["item"]["@id"].endswith("/es/") and here["item"]["@id"].endswith("/es/conditions/tmj/")


def test_nobody_can_end_the_block_from_within_a_text(client):
    page = Page.objects.get(key="faq")
    page.title_en = '</script><script src="//evil.example">&lt; “quoted” \u2028'
    page.save()
    text = client.get("/faq/").content.decode()
    [block] = BLOCK.findall(text)
    assert not set("<>&\u2028") & set(block)
    assert json.loads(block)["@graph"][0]["name"] == page.title_en
    assert 'evil.example">' not in text


def test_addresses_never_follow_the_host_that_a_visitor_claims(client, settings):
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["evil.example"], "https://clinic.example"
    clinic.forget()
    text = client.get("/faq/", headers={"host": "evil.example"}).content.decode()
    assert "evil.example" not in text and "https://clinic.example/faq/" in text
