"""What every template knows."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from treatments.clinic.clinic import clinic_facts
from treatments.pages.menu import menu


def clinic(request: HttpRequest) -> dict[str, Any]:
    """Give the clinic's facts (None when never known), the menu, and whether this is a demonstration.

    The menu is read when a template asks for it, which staff pages never do.
    """
    return {"clinic": clinic_facts(), "menu": SimpleLazyObject(menu), "demo": settings.DEMO}
