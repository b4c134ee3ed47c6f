"""The requests in Django's admin: its addresses and permissions, our pages."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from booking.actions import accessible_to
from booking.admin.base.access import actor_of, record, refuse, sees_requests
from booking.admin.base.access_lines import access_lines
from booking.admin.consultation.calls import take_call
from booking.admin.consultation.live_updates import live_updates
from booking.admin.consultation.notes import NoteForm, add_note
from booking.admin.consultation.page import request_page
from booking.admin.queue.bulk import bulk
from booking.admin.queue.queue import queue
from booking.admin.queue.search import search
from booking.admin.queue.views import drop_view, save_view
from booking.admin.reading.rows import shown_name
from booking.admin.reading.timeline import timeline
from booking.admin.verbs import PAGES
from booking.admin.verbs.base import page_url
from booking.models import ConsultationRequest
from booking.models.access import Look
from booking.models.sealed import SealBroken
from booking.rules.transitions import TRANSITIONS, Verb

LATEST_LOOKS = 200
EVENTS_AT_ONCE = 100
NAME = "booking_consultationrequest"
logger = logging.getLogger(__name__)


@admin.register(ConsultationRequest)
class RequestAdmin(admin.ModelAdmin):
    """Nothing is added, changed or deleted here but by the verbs."""

    def get_urls(self) -> list[URLPattern]:
        """Add a page for each verb, the search and the call form to Django's addresses."""
        own = [self._path(f"<uuid:pk>/{p.verb.value.replace('_', '-')}/", p.verb, p.answer) for p in PAGES]
        wrap = self.admin_site.admin_view
        return [
            path("search/", wrap(require_POST(search)), name=f"{NAME}_search"),
            path("bulk/", wrap(require_POST(bulk)), name=f"{NAME}_bulk"),
            path("views/", wrap(require_POST(save_view)), name=f"{NAME}_save_view"),
            path("views/<int:pk>/drop/", wrap(require_POST(drop_view)), name=f"{NAME}_drop_view"),
            path("take-call/", wrap(take_call), name=f"{NAME}_take_call"),
            *own,
            self._path("<uuid:pk>/note/", "note", add_note),
            self._path("<uuid:pk>/watch/", "watch", live_updates),
            *super().get_urls(),
        ]

    def _path(
        self, route: str, name: str, answer: Callable[[HttpRequest, ConsultationRequest], HttpResponse]
    ) -> URLPattern:
        view = self.admin_site.admin_view(partial(self._on_request, answer=answer))
        return path(route, view, name=f"{NAME}_{name}")

    def _on_request(
        self,
        request: HttpRequest,
        pk: uuid.UUID,
        *,
        answer: Callable[[HttpRequest, ConsultationRequest], HttpResponse],
    ) -> HttpResponse:
        found = _find(request, str(pk))
        try:
            return answer(request, found)
        except SealBroken:
            return self._sealed(request, found)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return whether this role may open requests."""
        return sees_requests(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Return False: the sidebar leads here, not the list of models."""
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: requests come from patients and from calls."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: the verbs change a request."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False: a request is never deleted."""
        return False

    def add_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse, on record."""
        refuse(request)

    def delete_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse, on record."""
        refuse(request, _find(request, object_id))

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the queue; without JavaScript, actions or delete."""
        record(request, Look.SEARCH if request.GET.get("find") else Look.LIST)
        takes_calls = bool(TRANSITIONS[Verb.TAKE_CALL].actors & actor_of(request).roles)
        return self._render(
            request, "change_list", title=_("Queue"), takes_calls=takes_calls, **queue(request)
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show a request, once the look is on record."""
        found = _find(request, object_id)
        record(request, Look.VIEW, found)
        try:
            context = request_page(request, found)
        except SealBroken:
            return self._sealed(request, found)
        return self._render(
            request, "change_form", title=found.shown_reference, note_form=NoteForm(), **context
        )

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show everything that was done with a request, and who looked at it."""
        found = _find(request, object_id)
        record(request, Look.HISTORY, found)
        before = request.GET.get("before", "")
        older_than = Q(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else Q()
        events = list(found.events.filter(older_than).select_related("user")[: EVENTS_AT_ONCE + 1])
        context: dict[str, Any] = {
            "consultation": found,
            "name": shown_name(found),
            "moments": timeline(events[:EVENTS_AT_ONCE]),
            "older": events[EVENTS_AT_ONCE - 1].pk if len(events) > EVENTS_AT_ONCE else None,
            "latest": not older_than,
            "looks": access_lines(found.looks.select_related("user").order_by("-at")[:LATEST_LOOKS]),
            "back": page_url(request, found),
        }
        return self._render(request, "object_history", title=_("History"), **context)

    def _sealed(self, request: HttpRequest, consultation: ConsultationRequest) -> HttpResponse:
        """Say that what is stored does not open, and whom to tell."""
        logger.error("request %s does not open", consultation.pk)
        return self._render(
            request, "sealed", HTTPStatus.INTERNAL_SERVER_ERROR, title=consultation.shown_reference
        )

    def _render(
        self, request: HttpRequest, template: str, status: int = HTTPStatus.OK, **context: Any
    ) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return render(request, f"booking/admin/requests/{template}.html", context, status=status)


def _find(request: HttpRequest, object_id: str) -> ConsultationRequest:
    """Return a request. Refuses editors before it tells whether there is one; raises Http404.

    Refuses a clinician another's patient, on record.
    """
    if not sees_requests(request):
        refuse(request)
    try:
        key = uuid.UUID(object_id)
    except ValueError as error:
        raise Http404 from error
    loaded = ConsultationRequest.objects.select_related(
        "assignee", "visit__clinician", "priority_set_by", "merged_into", "earlier_wish"
    )
    found = loaded.filter(accessible_to(actor_of(request)), pk=key).first()
    if found is None:
        refuse(request, get_object_or_404(ConsultationRequest, pk=key))
    return found
