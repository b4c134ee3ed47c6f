"""Finding a person: typed into a POST form, answered by an address that carries keyed hashes alone."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from booking.actions import may_open
from booking.admin.base.access import actor_of, record, refuse
from booking.admin.lists.filters import Filters, hashes_for_address
from booking.forms.text import tidy
from booking.models import ConsultationRequest
from booking.models.access import Look
from booking.models.sealed import keyed_hash
from booking.rules.patient_matching import name_words
from booking.rules.reference import parse
from treatments.text.phone_numbers import e164, read_phone

QUEUE = "admin:booking_consultationrequest_changelist"
MAX_LENGTH = 254
MAX_WORDS = 20
# What comes along when a reference or an address is copied out of a sentence.
PASTED = " <>[]#.,;:"


def search(request: HttpRequest) -> HttpResponse:
    """Lead to the request with this reference, or to the list of a person's requests."""
    record(request, Look.SEARCH)
    typed = tidy(request.POST.get("q", "")[:MAX_LENGTH]).strip(PASTED)
    if found := _by_reference(request, typed):
        return redirect("admin:booking_consultationrequest_change", found.pk)
    hashes = hashes_of(typed)
    if not hashes:
        messages.info(request, _("Type a reference, a name, a phone number or an email address."))
        return redirect(QUEUE)
    response = redirect(QUEUE)
    response["Location"] += Filters(find=hashes_for_address(hashes)).address()
    return response


def _by_reference(request: HttpRequest, typed: str) -> ConsultationRequest | None:
    """Return the request; None also for one that is a colleague's, which is on record as refused."""
    reference = parse(typed)
    found = ConsultationRequest.objects.filter(reference=reference).first() if reference else None
    if found is None or may_open(found, actor_of(request)):
        return found
    with suppress(PermissionDenied):
        refuse(request, found)
    return None


def hashes_of(typed: str) -> list[int]:
    """Return the hashes to look for: of an email address, a phone number, or the words of a name."""
    if "@" in typed:
        return [keyed_hash("email", typed.casefold().removeprefix("mailto:"))]
    phone = _e164(typed)
    if phone:
        return [keyed_hash("phone", phone)]
    return [keyed_hash("name", word) for word in name_words(typed)[:MAX_WORDS]]


def _e164(typed: str) -> str:
    if sum(character.isdigit() for character in typed) < 7:
        return ""
    number = read_phone(typed)
    return e164(number) if number else ""
