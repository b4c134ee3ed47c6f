"""Error pages need no database and show nothing of the inside."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import resolve

from booking.models.key_check import KeysNotProved
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


def failing(error: Exception) -> Callable[..., None]:
    def fail(*args: object, **kwargs: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("prefix", ["", "/es"])
@pytest.mark.parametrize("error", [ValueError("a bug"), OperationalError("away"), KeysNotProved("others")])
def test_where_nothing_is_kept_nothing_is_said_of_it(
    monkeypatch: pytest.MonkeyPatch, prefix: str, error: Exception
) -> None:
    monkeypatch.setattr("treatments.selfcheck.views.get_object_or_404", failing(error))
    monkeypatch.setattr("clinic_site.middleware.require_proof", lambda: None)
    text = Client(raise_request_exception=False).post(f"{prefix}/am-i-a-candidate/").text
    for words in ("We cannot tell yet", "Todavía no sabemos", "Not received yet", "Todavía no nos llegó"):
        assert words not in text


@pytest.mark.parametrize(
    ("address", "told", "unsure"),
    [
        ("/broken/bug/", "Not received yet", "We cannot tell yet"),
        ("/es/broken/bug/", "Todavía no nos llegó", "Todavía no sabemos"),
        ("/admin/booking/", "was not saved", "cannot be told yet"),
    ],
)
def test_before_the_keys_are_proved_what_was_sent_is_not_received(
    monkeypatch: pytest.MonkeyPatch, failing_client: Client, address: str, told: str, unsure: str
) -> None:
    monkeypatch.setattr("clinic_site.middleware.require_proof", failing(KeysNotProved("others")))
    sent, looked = failing_client.post(address), failing_client.get(address)
    assert (sent.status_code, sent.headers["Retry-After"]) == (503, "30")
    assert told in sent.text and unsure not in sent.text
    assert told not in looked.text


def test_of_my_request_they_say_to_look_there_first(rf: RequestFactory) -> None:
    asked = rf.post("/my-request/write/")
    asked.resolver_match = resolve(asked.path)
    text = page(asked, 500).text
    assert "open the link in our newest email" in text and "send the same form again" not in text


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
