"""Conditions, the treatment and its uses as schema.org data.

schema.org tells an approved use from another one by type: ApprovedIndication is "specified or approved by
a regulatory body"; every other use stays a MedicalIndication, with the page's words as its legal status.
"""

from __future__ import annotations

from typing import Any

from treatments.editorial.page_data import ConditionData, HarmData, IndicationData
from treatments.models.pages import Kind
from treatments.pages.structured.words import plain
from treatments.text.links import absolute

Node = dict[str, Any]
NAME = "BOTOX"
DRUG = {"@type": "Drug", "name": NAME, "nonProprietaryName": "onabotulinumtoxinA"}
# What a page can be about.
SUBJECTS = frozenset({"MedicalCondition", "MedicalTherapy", "ApprovedIndication", "MedicalIndication"})


def about(context: dict[str, Any], home: str) -> list[Node]:
    """Return the conditions, the therapy and its uses that a page treats of."""
    page, uses = context["page"], context["indications"]
    if page.kind not in (Kind.HOME, Kind.INDEX, Kind.CONDITION, Kind.TREATMENT):
        return []
    therapy = _therapy(f"{home}#botox", context.get("harms", ()))
    if not context["condition"]:
        return [*(_listed(one, therapy["@id"]) for one in context["conditions"]), therapy]
    own: ConditionData = context["condition"]
    place = absolute(own.get_absolute_url)
    condition = {"@type": "MedicalCondition", "@id": f"{place}#condition", "name": own.name, "url": place}
    _add_treatment(condition, uses, therapy["@id"])
    return [condition, therapy, *_uses(uses, own, place)]


def _therapy(name: str, harms: list[HarmData]) -> Node:
    found: Node = {"@type": "MedicalTherapy", "@id": name, "name": NAME, "drug": DRUG}
    if harms:
        found["adverseOutcome"] = [{"@type": "MedicalSignOrSymptom", "name": harm.name} for harm in harms]
    return found


def _listed(condition: ConditionData, therapy: str) -> Node:
    place = absolute(condition.get_absolute_url)
    found: Node = {
        "@type": "MedicalCondition",
        "@id": f"{place}#condition",
        "name": condition.name,
        "description": plain(condition.summary),
        "url": place,
    }
    _add_treatment(found, filter(None, [condition.lead_indication]), therapy)
    return found


def _add_treatment(condition: Node, uses: Any, therapy: str) -> None:
    # Grade 0 is "has not been shown to help": such a use makes no possible treatment.
    if any(use.grade for use in uses):
        condition["possibleTreatment"] = {"@id": therapy}


def _uses(uses: list[IndicationData], own: ConditionData, place: str) -> list[Node]:
    return [
        {
            "@type": "ApprovedIndication" if use.is_approved else "MedicalIndication",
            "@id": f"{place}#use-{number}",
            # The page names a use only where it has to tell it from another one.
            "name": use.name if len(uses) > 1 else own.name,
            "description": plain(use.summary_html),
            "legalStatus": use.status_label,
        }
        for number, use in enumerate(uses, start=1)
    ]
