"""The figures of the shipped pages, and where they stand."""

from __future__ import annotations

import pytest

from treatments.editorial import review
from treatments.models import Indication, Page, Section

pytestmark = pytest.mark.usefixtures("content")


def test_the_legend_explains_every_grade_in_use(client):
    legend = client.get("/evidence/").content.decode().partition('class="figure legend"')[2]
    for grade in set(Indication.objects.values_list("grade", flat=True)):
        assert f"<strong>Grade {grade}.</strong>" in legend


def test_the_drawing_of_the_sites_and_the_table_tell_the_same():
    """31 sites and 155 units, as Blumenfeld 2010 gives them: 5 units at each site."""
    body = Section.objects.get(page__key="migraine", body_en__contains="::: sites").body_en
    rows = [line.strip("| ").split("|") for line in body.splitlines() if line.startswith("| **")]
    sites = [int(row[2]) for row in rows]
    assert sites == [4, 2, 1, 8, 6, 4, 6]
    assert [int(row[3]) for row in rows] == [5 * number for number in sites]
    assert sum(sites) == 31
    total = next(line for line in body.splitlines() if line.startswith("| All areas"))
    assert [cell.strip() for cell in total.split("|")[3:5]] == ["31", "155"]


def test_safety_leads_with_the_warning_and_when_to_get_help(client):
    page = client.get("/botox/safety/").content.decode()
    assert Page.objects.get(key="safety").sections.filter(anchor__in=("warning", "help")).count() == 2
    order = [page.index(part) for part in ('id="warning"', 'id="help"', 'id="contents-title"', 'id="common"')]
    assert order == sorted(order)
    assert page.count('id="warning"') == 1


def test_a_changed_grade_ends_the_review_of_the_table_that_shows_it():
    page = Page.objects.get(key="evidence")
    before = review.digest(page, "en")
    Indication.objects.filter(key="muscle-pain").update(grade=3)
    assert review.digest(page, "en") != before
