"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from treatments.clinic import clinic_facts


def clinic(request: HttpRequest) -> dict[str, Any]:
    """Give the clinic's facts (None when never known) and whether this is a demonstration."""
    return {"clinic": clinic_facts(), "demo": settings.DEMO}
