"""The page's own facts as schema.org data (JSON-LD), made from what its template reads.

Nothing is said here that the visible page does not say: no other words, and no placeholder as if it were
a fact. The block is data, not a program: browsers neither run it nor apply script-src to it (HTML standard,
"prepare the script element").
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from treatments.clinic.clinic import clinic_facts
from treatments.editorial.page_data import PageData, Review, SourceData
from treatments.models.pages import Kind
from treatments.pages.structured import clinic as clinic_node
from treatments.pages.structured import health
from treatments.pages.structured.words import plain
from treatments.text.links import absolute, page_urls

Node = dict[str, Any]

# Kinds that show all of the clinic's facts, and not the footer's alone.
TELLS_OF_THE_CLINIC = frozenset({Kind.HOME, Kind.CONTACT, Kind.CLINIC})
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def script(context: dict[str, Any], url: str, language: str) -> SafeString:
    """Return the graph of a page as JSON that is safe inside <script>: no text in it can end the element."""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph(context, url, language)})
    return mark_safe(text.translate(ESCAPES))  # noqa: S308


def graph(context: dict[str, Any], url: str, language: str) -> list[Node]:
    """Return the nodes: the page, the way to it, the clinic, and what the page is about."""
    page: PageData = context["page"]
    facts, home = clinic_facts(), page_urls("home")[language]
    about = health.about(context, home)
    node: Node = {
        "@type": _type(page),
        "@id": f"{url}#page",
        "url": url,
        "name": page.title,
        "description": plain(page.lead_html),
        "inLanguage": language if context["spanish_ready"] else "en",
    }
    if facts:
        clinic = clinic_node.node(facts, home, in_full=page.kind in TELLS_OF_THE_CLINIC)
        about.append(clinic)
        node["publisher"] = {"@id": clinic["@id"]}
    if page.review:
        node |= _review(page.review)
    if context["breadcrumbs"]:
        node["breadcrumb"] = _breadcrumbs(context["breadcrumbs"], url)
    subjects = [{"@id": one["@id"]} for one in about if one["@type"] in health.SUBJECTS]
    if subjects:
        node["about"] = subjects
    if context["sources"]:
        node["citation"] = [_source(source) for source in context["sources"]]
    return [node, *about]


def _type(page: PageData) -> str:
    if page.is_health:
        return "MedicalWebPage"
    return {"contact": "ContactPage", "about": "AboutPage"}.get(page.key, "WebPage")


def _review(review: Review) -> Node:
    credential = {"@type": "EducationalOccupationalCredential", "name": review.credential}
    person = {"@type": "Person", "name": review.reviewer, "hasCredential": credential}
    return {"lastReviewed": review.reviewed_on.isoformat(), "reviewedBy": person}


def _breadcrumbs(way: list[tuple[str, str | None]], url: str) -> Node:
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "name": title,
            "item": {"@id": absolute(path) if path else url},
        }
        for place, (title, path) in enumerate(way, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _source(source: SourceData) -> Node:
    return {"@type": "CreativeWork", "name": plain(source.text_html), "url": source.url}
