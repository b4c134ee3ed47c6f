"""Published pages and drafts: template and context, in the active language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language, override

from treatments.editorial import review
from treatments.models import Page
from treatments.models.pages import Kind
from treatments.pages import head
from treatments.pages.rendering import NEEDS, page_context

TEMPLATES: dict[str, str] = {
    Kind.HOME: "treatments/pages/home.html",
    Kind.INDEX: "treatments/pages/conditions.html",
    Kind.CONDITION: "treatments/pages/condition.html",
    Kind.FAQ: "treatments/pages/faq.html",
}
# Pages that hold more than their texts.
TEMPLATES_BY_KEY = {"candidate": "treatments/selfcheck/candidate.html"}


def published(key: str) -> tuple[str, dict[str, Any]]:
    """Return template and context of a published page; `page_cache` keeps what is made of them.

    Under a Spanish address, a page whose Spanish is not there or not signed off speaks English throughout.
    Raises Page.DoesNotExist for a page that is missing or still a draft.
    """
    page = _all_pages().published().get(key=key)
    spoken = "en" if get_language() == "es" and not review.shows_spanish(page) else get_language()
    return _rendered(page, spoken)


def draft(pk: int) -> tuple[str, dict[str, Any]]:
    """Return template and context of a page as saved, published or not. Raises Page.DoesNotExist."""
    return _rendered(_all_pages().get(pk=pk), get_language())


def _rendered(page: Page, language: str | None) -> tuple[str, dict[str, Any]]:
    with override(language):
        context = page_context(page)
    template = TEMPLATES_BY_KEY.get(page.key) or TEMPLATES.get(page.kind, "treatments/pages/page.html")
    return template, {**context, "head": head.of(context)}


def _all_pages() -> Any:
    return Page.objects.select_related("condition").prefetch_related(*NEEDS)
