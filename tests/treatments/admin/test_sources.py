from __future__ import annotations

import pytest

from tests.treatments.admin.forms import save
from tests.treatments.factories import make_editor, make_page, make_section, make_source
from treatments.admin.sources import cited_in
from treatments.models import Source

pytestmark = pytest.mark.django_db


def test_a_cited_source_stays(client):
    source = make_source("trial-2010")
    make_section(make_page(), body_en="A fact.[@other-2011; @trial-2010]", title_en="Proof")
    client.force_login(make_editor())
    assert cited_in(source) == ["section: Proof"]
    path = f"/admin/treatments/source/{source.pk}/delete/"
    assert client.post(path, {"post": "yes"}).status_code == 403
    assert Source.objects.exists()


def test_a_source_that_nothing_cites_may_go(client):
    source = make_source("trial-2010")
    make_section(make_page(), body_en="A fact.[@trial-2010-b]")
    client.force_login(make_editor())
    assert cited_in(source) == []
    assert client.post(f"/admin/treatments/source/{source.pk}/delete/", {"post": "yes"}).status_code == 302


def test_the_key_is_locked(client):
    source = make_source("trial-2010")
    client.force_login(make_editor())
    path = f"/admin/treatments/source/{source.pk}/change/"
    assert save(client, path, key="renamed", title="New", publisher="J").status_code == 302
    source.refresh_from_db()
    assert (source.key, source.title) == ("trial-2010", "New")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"doi": "https://doi.org/10.1000/x"}, "A DOI looks like 10.1177/0333102410364677."),
        ({"pmid": "PMC123"}, "A PubMed number has digits only, for example 20647171."),
        ({"doi": ""}, "Give a DOI, a PubMed number or a web address."),
    ],
)
def test_errors_say_what_to_type(client, fields, message):
    client.force_login(make_editor())
    data = {"key": "new-1", "title": "New", "publisher": "J", "doi": "10.1000/x"} | fields
    assert message in client.post("/admin/treatments/source/add/", data).content.decode()
