"""What the clinic says about itself, for pages that are not put together from sections alone."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from treatments.clinic.facts import ClinicFacts
from treatments.text.markup import Citations, render

register = template.Library()


@register.filter
def clinic_note(facts: ClinicFacts | None, name: str) -> SafeString:
    """Return the clinic's own words on a matter as HTML, or nothing while it has said nothing."""
    return render(facts.text(name) if facts else "", Citations())
