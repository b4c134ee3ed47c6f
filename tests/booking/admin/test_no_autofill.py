"""Staff type about somebody else: no field of theirs is offered the browser's own details of whoever types.

A nurse's address in the place of a patient's would get the private link.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.db import transaction
from django.test import Client

from booking.models import ConsultationRequest
from booking.rules.roles import STAFF
from booking.rules.statuses import Status
from tests.booking.admin.matrix import METHODS, STAFF_PATH, addresses
from tests.booking.admin.test_matrix import _filled_in, request_  # noqa: F401 (a fixture)
from tests.factories import make_request, make_staff

TYPED = {"text", "email", "tel", "date", "time", "number", "search", "url", "datetime-local", "password"}
# Where somebody says who they are, and chooses their own password or second factor.
ONE_S_OWN = ("account/", "login/", "password_change/")
OF_ONE_S_OWN = {"username", "current-password", "new-password", "one-time-code", "off"}
WITH_A_QUERY = ("booking/consultationrequest/take-call/?topic=migraine", "dashboard/?range=custom")
MUST_BE_THERE = {
    "booking/consultationrequest/take-call/?topic=migraine": {
        "full_name",
        "birth_date_month",
        "phone",
        "email",
    },
    "booking/consultationrequest/<uuid:pk>/amend-details/": {"full_name", "phone", "email", "asker_name"},
    "booking/consultationrequest/<uuid:pk>/log-contact/": {"day"},
    "staff/invite/": {"first_name", "last_name", "email", "username"},
    "staff/<int:pk>/details/": {"first_name", "last_name", "email"},
    "treatments/clinic/<path:object_id>/change/": {"phone", "fax", "email", "street"},
    "treatments/clinician/add/": {"name"},
    "audit/": {"first", "last"},
}


class Fields(HTMLParser):
    """Collects what can be typed on a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {"tag": tag, **dict(attrs)}
        if tag in ("select", "textarea") or (tag == "input" and known.get("type", "text") in TYPED):
            self.found.append(known)


@pytest.fixture
def colleague(request_: ConsultationRequest) -> Client:  # noqa: F811
    """Somebody with every role, who has just shown who they are."""
    client = Client()
    client.force_login(make_staff(*STAFF, is_superuser=True))
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "password", "at": time.time()}]
    session.save()
    return client


def pages(client: Client, request: ConsultationRequest) -> Iterator[tuple[str, str]]:
    """Yield each address with the page that it gives, opened and sent empty."""
    for address in (*addresses(), *WITH_A_QUERY):
        if address.startswith(("logout", "account/sign-out", "account/keep")):
            continue
        real = _filled_in(address, request)
        for method in METHODS:
            with transaction.atomic():
                answer = client.generic(method, real)
                transaction.set_rollback(True)
            if "html" in answer.headers.get("Content-Type", ""):
                yield address, answer.text


def test_no_field_of_staff_is_offered_the_typists_own_details(
    colleague: Client,
    request_: ConsultationRequest,  # noqa: F811
) -> None:
    seen: dict[str, set[Any]] = {}
    wrong = []
    for made in (request_, make_request(Status.SCHEDULED)):
        for address, html in pages(colleague, made):
            is_own = address.startswith(ONE_S_OWN)
            for field in Fields(html).found:
                seen.setdefault(address, set()).add(field.get("name"))
                token = field.get("autocomplete")
                allowed = OF_ONE_S_OWN if is_own else {"off"}
                if token not in allowed and (token or field["tag"] == "input"):
                    wrong.append(f"{address}: {field.get('name')} ({field.get('type')}): {token}")
    assert sorted(set(wrong)) == []
    missing = {address: names - seen.get(address, set()) for address, names in MUST_BE_THERE.items()}
    assert {address: names for address, names in missing.items() if names} == {}


def test_sign_in_keeps_what_browsers_know(db: None) -> None:
    fields = Fields(Client().get(f"/{STAFF_PATH}account/sign-in/").text).found
    assert {field["autocomplete"] for field in fields} == {"username", "current-password"}
