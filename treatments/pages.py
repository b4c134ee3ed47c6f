"""Published pages, rendered once per version of the content and kept in the process."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, QuerySet, Value
from django.utils.translation import get_language

from treatments import models
from treatments.models import Page
from treatments.models.pages import Kind
from treatments.rendering import NEEDS, page_context

TEMPLATES: dict[str, str] = {
    Kind.HOME: "treatments/home.html",
    Kind.INDEX: "treatments/conditions.html",
    Kind.CONDITION: "treatments/condition.html",
    Kind.FAQ: "treatments/faq.html",
}
CHANGING = (
    models.Clinic,
    models.Condition,
    models.FAQ,
    models.Finding,
    models.Harm,
    models.Indication,
    models.Page,
    models.Section,
    models.Source,
)


def published(key: str) -> tuple[str, dict[str, Any]]:
    """Return template and context of a published page in the active language.

    One query tells whether anything changed; the page is put together anew only then.
    Raises Page.DoesNotExist for a page that is missing or still a draft.
    """
    return _published(key, get_language() or "en", content_version())


def draft(pk: int) -> tuple[str, dict[str, Any]]:
    """Return template and context of a page as saved, published or not. Raises Page.DoesNotExist."""
    return _rendered(_all_pages().get(pk=pk))


def content_version() -> tuple[tuple[Any, ...], ...]:
    """Return newest change and number of rows of each content table."""
    first, *rest = (_stamp(model, "updated_at") for model in CHANGING)
    return tuple(first.union(*rest, _stamp(models.SignOff, "signed_at"), all=True))


@lru_cache(maxsize=64)
def _published(key: str, language: str, version: tuple[tuple[Any, ...], ...]) -> tuple[str, dict[str, Any]]:
    return _rendered(_all_pages().published().get(key=key))


def _rendered(page: Page) -> tuple[str, dict[str, Any]]:
    return TEMPLATES.get(page.kind, "treatments/page.html"), page_context(page)


def _all_pages() -> Any:
    return Page.objects.select_related("condition").prefetch_related(*NEEDS)


def _stamp(model: Any, changed: str) -> QuerySet[Any, tuple[Any, ...]]:
    # A plain query set: the translating managers put the columns in an order of their own.
    table: Any = QuerySet(model).order_by().values(table=Value(model._meta.model_name))
    return table.annotate(newest=Max(changed), rows=Count("pk")).values_list("table", "newest", "rows")
