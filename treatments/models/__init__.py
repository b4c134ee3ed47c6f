"""Tables of the public content, one family per module."""

from __future__ import annotations

from treatments.models.clinic import Clinic, Closure, OpeningHours
from treatments.models.clinicians import Clinician
from treatments.models.conditions import Condition, Indication
from treatments.models.evidence import Finding, Harm
from treatments.models.loading import LoadedContent
from treatments.models.pages import FAQ, Page, Section
from treatments.models.signoffs import SentReminder, SignOff
from treatments.models.sources import Source

__all__ = [
    "FAQ",
    "Clinic",
    "Clinician",
    "Closure",
    "Condition",
    "Finding",
    "Harm",
    "Indication",
    "LoadedContent",
    "OpeningHours",
    "Page",
    "Section",
    "SentReminder",
    "SignOff",
    "Source",
]
