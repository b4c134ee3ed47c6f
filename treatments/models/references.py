"""What a text refers to must be there: sources, pages and conditions, looked up before it is saved.

The fields of the models check their texts with it, so it asks the registry for the models by name.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown_it.token import Token

from treatments.text import content_checks, directives, markup


def check(text: str) -> None:
    """Raise ValidationError with one message for each thing that a published page could not show."""
    _refuse([*_unfit(text), *unknown_sources([text])])


def check_draft(text: str) -> None:
    """Raise ValidationError as `check` does; a draft may cite a source that is still to be added."""
    _refuse(_unfit(text))


def refuse_unknown_sources(texts: Iterable[str]) -> None:
    """Raise ValidationError that names each key which the texts cite and no source has."""
    _refuse(unknown_sources(texts))


def unknown_sources(texts: Iterable[str]) -> list[str]:
    """Return one sentence for each key that the texts cite and no source has."""
    Source = apps.get_model("treatments", "Source")
    cited = {key for text in texts for key in markup.cited_keys(text)}
    known = set(Source.objects.filter(key__in=cited).values_list("key", flat=True)) if cited else set()
    return [
        _("There is no source with the key “%(key)s”. Add it under Sources first, or mend the key.")
        % {"key": key}
        for key in sorted(cited - known)
    ]


def _refuse(messages: list[str]) -> None:
    if messages:
        raise ValidationError(messages)


def _unfit(text: str) -> list[str]:
    tokens = markup.parse(text)
    return [*content_checks.unfit(text), *_conditions(tokens), *_links(tokens)]


def _conditions(tokens: list[Token]) -> list[str]:
    opened = (directives.split(token.info) for token in tokens if token.type == "container_box_open")
    named = [(name, slug) for name, slug in opened if name in directives.FROM_ROWS and slug]
    return [message for name, slug in named for message in _named_condition(name, slug)]


def _named_condition(name: str, slug: str) -> list[str]:
    Condition = apps.get_model("treatments", "Condition")
    slugs = list(Condition.objects.values_list("slug", flat=True))
    if slug in slugs:
        return []
    return [
        _("After “%(name)s” comes the address of a condition, not “%(slug)s”. Use one of: %(known)s.")
        % {"name": name, "slug": slug, "known": ", ".join(slugs)}
    ]


def _links(tokens: list[Token]) -> list[str]:
    Page = apps.get_model("treatments", "Page")
    linked = {token.meta["page"].partition("#")[0] for token in tokens if "page" in token.meta}
    known = set(Page.objects.filter(key__in=linked).values_list("key", flat=True)) if linked else set()
    return [
        _("There is no page with the key “%(key)s” to link to.") % {"key": key}
        for key in sorted(linked - known)
    ]
