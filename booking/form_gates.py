"""What must be signed before the request form opens."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from treatments.editorial.gates import Gate
from treatments.editorial.signed_facts import FACTS_SUBJECT

SAFETY_RULES: Final = "safety-rules"
CRITICAL_SPANISH: Final = "critical-spanish"
# The request form opens to English when the first is open, to Spanish when the second is.
GATES: Final = {
    "en": Gate(_("the request form"), (SAFETY_RULES, FACTS_SUBJECT)),
    "es": Gate(_("the request form in Spanish"), (SAFETY_RULES, FACTS_SUBJECT, CRITICAL_SPANISH)),
}
