"""Saved views: filters of the queue that somebody kept under a name of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from django.contrib import messages
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from booking.admin.base.access import record
from booking.admin.lists.filters import Filters
from booking.forms.text import tidy
from booking.models import SavedFilter
from booking.models.access import Look
from booking.models.rows import rows_as

MAX_VIEWS: Final = 12
MAX_NAME_LENGTH: Final = 40


@dataclass(frozen=True)
class View:
    """A link to the queue as somebody keeps it."""

    pk: int
    name: str
    address: str
    current: bool


def kept_by(user: User) -> QuerySet[Any]:
    """Return a person's saved views by name, to be read along with other figures."""
    return SavedFilter.objects.filter(user=user).order_by("name").values("id", "name", "query")


def views_of(kept: str | None, filters: Filters) -> list[View]:
    """Return the saved views that `kept_by` read, by name."""
    here = filters.address()
    return [View(one.pk, one.name, one.query, one.query == here) for one in rows_as(SavedFilter, kept)]


def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filters of the address under the name that was typed; the same name is kept once."""
    record(request, Look.LIST)
    # What somebody searched for is nobody else's to find in a list of views.
    filters, name = Filters.read(request.GET), tidy(request.POST.get("name", ""))[:MAX_NAME_LENGTH]
    user = cast("User", request.user)
    if not name or not filters.kept_address:
        messages.error(request, _("Choose some filters and apply them, then type a name for the view."))
    elif SavedFilter.objects.filter(user=user).exclude(name=name).count() >= MAX_VIEWS:
        messages.error(
            request,
            _("You have %(most)d saved views, and more do not fit. Remove one first.") % {"most": MAX_VIEWS},
        )
    else:
        SavedFilter.objects.update_or_create(user=user, name=name, defaults={"query": filters.kept_address})
        messages.success(request, _("View “%(name)s” saved.") % {"name": name})
    return redirect(_queue() + filters.kept_address)


def drop_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one of one's own views; somebody else's is left alone."""
    record(request, Look.LIST)
    SavedFilter.objects.filter(user=cast("User", request.user), pk=pk).delete()
    messages.success(request, _("View removed."))
    return redirect(_queue() + Filters.read(request.GET).address())


def _queue() -> str:
    return reverse("admin:booking_consultationrequest_changelist")
