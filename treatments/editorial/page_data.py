"""What the templates of the public pages read: plain, finished values, in one language, without queries."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Review:
    """The clinician who stands behind the page as it reads now."""

    reviewer: str
    credential: str
    reviewed_on: dt.date
    next_review: dt.date
    time_zone: str = "UTC"

    @property
    def is_overdue(self) -> bool:
        """Whether the day of the next review has passed, by the clinic's clock."""
        return timezone.localdate(timezone=ZoneInfo(self.time_zone)) > self.next_review


@dataclass(frozen=True)
class PageData:
    key: str
    kind: str
    title: str
    short_title: str
    lead_html: SafeString
    description: str
    is_template: bool
    is_health: bool
    review: Review | None


@dataclass(frozen=True)
class SectionData:
    anchor: str
    title: str
    html: SafeString


@dataclass(frozen=True)
class SourceData:
    number: int
    key: str
    text_html: SafeString
    url: str
    backrefs: tuple[str, ...]


@dataclass(frozen=True)
class IndicationData:
    name: str
    status: str
    status_label: str
    is_approved: bool
    grade: int
    grade_label: str
    summary_html: SafeString


@dataclass(frozen=True)
class UseData(IndicationData):
    """A use in the table of all uses, with the address of its condition's page."""

    url: str


@dataclass(frozen=True)
class ClinicianData:
    """A person whom the clinic shows; `portrait_url` is "" without a portrait."""

    name: str
    credentials: str
    licence_type: str
    board: str
    languages: str
    about_html: SafeString
    portrait_url: str
    portrait_alt: str

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.credentials]))


@dataclass(frozen=True)
class ConditionData:
    slug: str
    name: str
    short_name: str
    drawing: str
    summary: SafeString
    get_absolute_url: str
    lead_indication: IndicationData | None


@dataclass(frozen=True)
class FindingData:
    """A result with BOTOX beside placebo; `difference` is BOTOX minus placebo, in `unit`."""

    measure: str
    with_botox: Decimal
    with_placebo: Decimal
    difference: Decimal
    unit: str
    participants: int
    note: SafeString
    source_number: int
    source_key: str


@dataclass(frozen=True)
class HarmData:
    name: str
    per_100: int
    one_in: int
    source_number: int
    source_key: str


@dataclass(frozen=True)
class QuestionData:
    anchor: str
    question: str
    answer_html: SafeString
