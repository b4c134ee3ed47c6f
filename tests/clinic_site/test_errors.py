"""Error pages need no database and show nothing of the inside."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from clinic_site.errors import page
from clinic_site.staff_errors import _WORDS as STAFF_ERRORS
from tests.clinic_site.broken_urls import SECRET


@pytest.fixture
def failing_client(settings: object) -> Client:
    settings.ROOT_URLCONF = "tests.clinic_site.broken_urls"
    return Client(raise_request_exception=False)


@pytest.mark.django_db
def test_a_page_that_is_not_there(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "<h1" in answer.text


@pytest.mark.parametrize(("address", "status"), [("/broken/bug/", 500), ("/broken/database/", 503)])
def test_failures_show_a_page_and_no_inside(failing_client: Client, address: str, status: int) -> None:
    # No db mark: a query would fail the test.
    answer = failing_client.get(address)
    assert answer.status_code == status
    assert "<h1" in answer.text
    assert SECRET not in answer.text
    assert "Traceback" not in answer.text
    assert "911" in answer.text
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/broken/bug/", "/broken/database/"])
@pytest.mark.parametrize(
    ("prefix", "unsure", "again"),
    [
        ("", "We cannot tell yet whether this reached us", "one form makes one request"),
        ("/es", "Todavía no sabemos si esto nos llegó", "un formulario hace una sola solicitud"),
    ],
)
def test_of_what_was_sent_they_say_that_nobody_can_tell_and_how_to_find_out(
    failing_client: Client, prefix: str, address: str, unsure: str, again: str
) -> None:
    sent, looked = failing_client.post(prefix + address), failing_client.get(prefix + address)
    assert unsure in sent.text and again in sent.text
    assert unsure not in looked.text and again not in looked.text


def test_an_outage_says_when_to_come_back(failing_client: Client) -> None:
    assert failing_client.get("/broken/database/").headers["Retry-After"] == "30"


@pytest.mark.django_db
@pytest.mark.parametrize(("template", "status"), [(name, int(name[:3])) for name in STAFF_ERRORS])
def test_staff_read_what_an_error_means_for_their_work(
    rf: RequestFactory, template: str, status: int
) -> None:
    text = page(rf.get("/admin/anything/"), status, template).text
    assert "Request a consultation" not in text
    assert "Go to the start page" in text
    assert "Request a consultation" in page(rf.get("/anything/"), status, template).text
