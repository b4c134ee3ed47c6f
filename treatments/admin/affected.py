"""Tells an editor which published pages their change took the sign-off from."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from treatments.editorial import review, signed_text
from treatments.models import Page


def tell_which_pages_changed(request: HttpRequest) -> None:
    """Name the published pages that read otherwise than when a clinician signed them."""
    pages = [page for page in Page.objects.published().prefetch_related(*signed_text.NEEDS) if page.is_health]
    changed = [f"“{page.title_en}”" for page in pages if review.last(page) and not review.of(page, "en")]
    if changed:
        said = _("No clinician has signed these pages as they read now, and they say so: %(pages)s.")
        messages.warning(request, said % {"pages": get_text_list(changed, _("and"))})
