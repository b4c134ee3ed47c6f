"""Signed-in staff and the addresses of the workspace."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from booking.models import ConsultationRequest
from booking.rules.roles import Role
from clinic_site.accounts import session_timeout
from tests.factories import make_staff

QUEUE = "/admin/booking/consultationrequest/"


@pytest.fixture(autouse=True)
def _no_minute_goes_by(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a busy machine takes: the sign of life of each minute is no query of the page."""
    monkeypatch.setattr(session_timeout, "KEPT_EVERY", math.inf)


@pytest.fixture
def as_role(db: Any) -> Callable[..., Client]:
    """A function that returns a browser signed in as somebody with these roles."""

    def sign_in(*roles: Role) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(make_staff(*roles))
        return client

    return sign_in


@pytest.fixture
def nurse(as_role: Callable[..., Client]) -> Client:
    return as_role(Role.NURSE)


@pytest.fixture
def reception(as_role: Callable[..., Client]) -> Client:
    return as_role(Role.RECEPTION)


def page(request: ConsultationRequest, name: str = "change") -> str:
    """Return the address of a request's page, or of a verb's."""
    return reverse(f"admin:booking_consultationrequest_{name}", args=[request.pk])


def seen(request: ConsultationRequest, **values: Any) -> dict[str, Any]:
    """Return form values together with the version that somebody read."""
    return {"seen_version": request.version, **values}
