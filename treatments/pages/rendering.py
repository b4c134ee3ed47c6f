"""From a page's rows to the context of its template: text to HTML, sources numbered in order of citation."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language, gettext

from treatments.clinic import clinic
from treatments.editorial import review
from treatments.editorial.figures import Figures, shown_clinicians
from treatments.editorial.page_data import (
    ConditionData,
    IndicationData,
    PageData,
    QuestionData,
    SectionData,
    SourceData,
)
from treatments.models import FAQ, Condition, Indication, Page, Source
from treatments.models.pages import Kind
from treatments.text import directives, markup
from treatments.text.markup import Citations

# Sections that a page shows before its list of contents; on home the template places each by name.
FIRST = {Kind.CONDITION: ("alert",), "safety": ("warning", "help")}
# More links than these are no help to find one's way.
MAX_LINKS = 8
# What a page needs, fetched beforehand in a handful of queries.
NEEDS = ("sections", "condition__indications__findings__source", "condition__indications__harms__source")


def page_context(page: Page) -> dict[str, Any]:
    """Return the template context of a page, draft or published, in the active language."""
    return _Reader(page).context()


class _Reader:
    """Reads one page from top to bottom, so that the sources are numbered as the reader meets them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.citations = Citations()
        self.facts = clinic.read()
        self.figures = Figures(page.condition, self.citations)
        self.uses = list(page.condition.indications.all()) if page.condition else []

    def context(self) -> dict[str, Any]:
        lead_html = self._line(self.page.lead)
        indications = [self._indication(use) for use in self.uses]
        # On the home page the conditions are read after its first part, elsewhere before all parts.
        rows = list(self.page.sections.all())
        before = 1 if self.page.kind == Kind.HOME else 0
        opening = self._sections(rows[:before])
        conditions = self._conditions()
        sections = [*opening, *self._sections(rows[before:])]
        faqs = self._questions()
        first = FIRST.get(self.page.key) or FIRST.get(self.page.kind, ())
        topics = [section for section in sections if section.anchor not in first]
        return {
            "page": self._page(lead_html),
            "indications": indications,
            "condition": self._condition(self.page.condition) if self.page.condition else None,
            "conditions": conditions,
            "sections": sections,
            "topics": topics,
            "contents": topics[:MAX_LINKS],
            "section_map": {section.anchor.replace("-", "_"): section for section in sections},
            "faqs": faqs,
            "harms": self.figures.harms,
            "clinicians": shown_clinicians() if self.page.kind in (Kind.HOME, Kind.CONTACT) else [],
            "sources": self._sources(),
            "breadcrumbs": breadcrumbs(self.page),
            "spanish_ready": review.shows_spanish(self.page),
            "awaits_translator": get_language() == "es" and review.awaits_translator(self.page),
        }

    def _line(self, text: str) -> Any:
        return markup.render_line(text, self.citations)

    def _page(self, lead_html: Any) -> PageData:
        page = self.page
        return PageData(
            key=page.key,
            kind=page.kind,
            title=page.title,
            short_title=page.short_title,
            lead_html=lead_html,
            description=page.description,
            is_template=page.is_template,
            is_health=page.is_health,
            review=review.of(page, get_language() or "en"),
        )

    def _sections(self, rows: list[Any]) -> list[SectionData]:
        return [read for row in rows if (read := self._section(row))]

    def _section(self, section: Any) -> SectionData | None:
        html = markup.render(section.body, self.citations, self._slot)
        # A section that holds nothing but a note the clinic has not written yet is left out.
        return SectionData(section.anchor, section.title, html) if html else None

    def _slot(self, info: str) -> str:
        name, about = directives.split(info)
        if name in directives.FIGURES:
            context = self.figures.context(name, about)
            return render_to_string(f"treatments/pages/figures/{name}.html", context) if context else ""
        field = directives.CLINIC_NOTES.get(about)
        words = self.facts.text(field) if self.facts and field else ""
        return self._clinic_note(words) if words else ""

    def _clinic_note(self, words: str) -> str:
        return format_html(
            '<section class="callout"><h3>{}</h3>{}</section>',
            gettext("At this clinic"),
            markup.render(words, self.citations),
        )

    def _indication(self, use: Indication) -> IndicationData:
        return IndicationData(
            name=use.name,
            status=use.status,
            status_label=use.get_status_display(),
            is_approved=use.is_approved,
            grade=use.grade,
            grade_label=use.grade_label,
            summary_html=self._line(use.summary),
        )

    def _conditions(self) -> list[ConditionData]:
        if self.page.kind not in (Kind.HOME, Kind.INDEX):
            return []
        return [self._condition(row) for row in Condition.objects.prefetch_related("indications")]

    def _condition(self, row: Condition) -> ConditionData:
        # On its own page the condition is named, and not summed up a second time.
        own = row == self.page.condition
        lead = row.lead_indication
        return ConditionData(
            slug=row.slug,
            name=row.name,
            short_name=row.short_name,
            drawing=row.drawing,
            summary=self._line("" if own else row.summary),
            get_absolute_url=row.get_absolute_url(),
            lead_indication=None if own or not lead else self._badge(lead),
        )

    def _badge(self, use: Indication) -> IndicationData:
        return IndicationData(
            use.name,
            use.status,
            use.get_status_display(),
            use.is_approved,
            use.grade,
            use.grade_label,
            self._line(""),
        )

    def _questions(self) -> list[QuestionData]:
        if self.page.kind != Kind.FAQ:
            return []
        return [
            QuestionData(row.anchor, row.question, markup.render(row.answer, self.citations))
            for row in FAQ.objects.published()
        ]

    def _sources(self) -> list[SourceData]:
        rows = {row.key: row for row in Source.objects.filter(key__in=self.citations.places)}
        return [
            SourceData(
                self.citations.number(key),
                key,
                format_html('<p lang="en">{}</p>', rows[key].text),
                rows[key].link,
                tuple(places),
            )
            for key, places in self.citations.places.items()
            if key in rows
        ]


def breadcrumbs(page: Page) -> list[tuple[str, str | None]]:
    """Return the way to the page as (title, address); the page itself has no address."""
    if page.kind == Kind.HOME:
        return []
    way: list[tuple[str, str | None]] = [(gettext("Home"), reverse("treatments:home"))]
    if page.kind == Kind.CONDITION:
        way.append((gettext("Conditions"), reverse("treatments:conditions")))
    return [*way, (page.short_title, None)]
