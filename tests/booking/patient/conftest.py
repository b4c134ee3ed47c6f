"""A patient's browser behind a private link."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from booking.models import ConsultationRequest
from tests.factories import make_link

BORN = {"birth_date_month": "1", "birth_date_day": "7", "birth_date_year": "1980"}
WRONG = {**BORN, "birth_date_year": "1981"}


class Visitor(Client):
    """A browser that opens one request by its link."""

    base = "/my-request/"

    def unlock(self, request: ConsultationRequest) -> Visitor:
        """Open the request as its patient does."""
        _link, token = make_link(request)
        response = self.post(f"{self.base}{token}/", BORN)
        assert (response.status_code, response["Location"]) == (303, self.base)
        return self

    def look(self, place: str = "") -> HttpResponse:
        return self.get(f"{self.base}{place}")

    def do(self, act: str, **data: Any) -> HttpResponse:
        return self.post(f"{self.base}{act}/", data)


@pytest.fixture
def visitor(db: None) -> Visitor:
    """A browser that has opened nothing yet."""
    return Visitor()
