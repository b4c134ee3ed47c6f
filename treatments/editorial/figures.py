"""What the figures in a text are drawn from: the rows behind `::: harms migraine` or `::: evidence`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from treatments.editorial.page_data import ClinicianData, FindingData, HarmData, UseData
from treatments.models import Clinician, Condition, Finding, Harm, Indication
from treatments.models.conditions import ApprovalStatus
from treatments.text import directives, markup

LEGEND = {
    "approved": ApprovalStatus.APPROVED.label,
    "off_label": ApprovalStatus.OFF_LABEL.label,
}


def rows(text: str, own: Condition | None) -> Iterator[Finding | Harm | Indication]:
    """Yield every row that the figures of a text show, so that whoever signs the text signs them too."""
    for name, about in markup.figures(text):
        if name == "evidence":
            yield from _all_uses()
        elif name in directives.FROM_ROWS:
            yield from _numbers(name, about, own)


class Figures:
    """Reads the rows of one page's figures and numbers their sources where they stand."""

    def __init__(self, own: Condition | None, citations: markup.Citations) -> None:
        self.own = own
        self.citations = citations
        self.drawn = 0
        self.harms: list[HarmData] = []

    def context(self, name: str, about: str) -> dict[str, Any] | None:
        """Return the context of a figure's template, or None where there is nothing to draw.

        `figure_id` is another one for each figure of the page, for the parts that a drawing refers to.
        """
        self.drawn += 1
        context: dict[str, Any] = {"figure_id": f"figure-{self.drawn}"}
        if name == "findings":
            findings = [self._finding(row) for row in _numbers(name, about, self.own)]
            return {**context, name: findings} if findings else None
        if name == "harms":
            harms = [self._harm(row) for row in _numbers(name, about, self.own)]
            self.harms += harms
            return {**context, name: harms} if harms else None
        if name == "evidence":
            return {**context, **LEGEND, "uses": [self._use(row) for row in _all_uses()]}
        if name == "clinicians":
            return {**context, "clinicians": shown_clinicians()}
        return context

    def _finding(self, row: Any) -> FindingData:
        return FindingData(
            measure=row.measure,
            with_botox=row.with_botox,
            with_placebo=row.with_placebo,
            difference=row.difference,
            unit=row.unit,
            participants=row.participants,
            source_number=self.citations.number(row.source.key),
            source_key=row.source.key,
            note=markup.render_line(row.note, self.citations),
        )

    def _harm(self, row: Any) -> HarmData:
        number = self.citations.number(row.source.key)
        return HarmData(row.name, row.per_100, row.one_in, number, row.source.key)

    def _use(self, row: Indication) -> UseData:
        return UseData(
            name=row.name,
            url=row.condition.get_absolute_url(),
            status=row.status,
            status_label=row.get_status_display(),
            is_approved=row.is_approved,
            grade=row.grade,
            grade_label=row.grade_label,
            summary_html=markup.render_line(row.summary, self.citations),
        )


def shown_clinicians() -> list[ClinicianData]:
    """Return the clinicians whom the clinic shows on the site, in its own order; never a placeholder."""
    return [
        ClinicianData(
            name=row.name,
            credentials=row.credentials,
            licence_type=row.licence_type,
            board=row.board,
            languages=row.languages,
            about_html=markup.render(row.about, markup.Citations()),
            portrait_url=row.portrait_url,
            portrait_alt=row.portrait_alt,
        )
        for row in Clinician.objects.filter(published=True, is_demo=False)
    ]


def _all_uses() -> list[Indication]:
    order = ("condition__position", "condition__slug", "position", "key")
    return list(Indication.objects.select_related("condition").order_by(*order))


def _numbers(name: str, about: str, own: Condition | None) -> Iterator[Finding | Harm]:
    """Yield the findings or harms of the condition with the slug `about`, else of the page's own."""
    for use in _uses(about, own):
        yield from getattr(use, name).all()


def _uses(about: str, own: Condition | None) -> list[Indication]:
    if own and about in ("", own.slug):
        return list(own.indications.all())
    found = Indication.objects.filter(condition__slug=about)
    return list(found.prefetch_related("findings__source", "harms__source"))
