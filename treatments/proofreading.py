"""What must hold of a text before it is saved, each finding said so that an editor can mend it."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from treatments import boxes, markup


def check(text: str) -> None:
    """Raise ValidationError with one message for each thing that the page could not show."""
    tokens = markup.parse(text)
    messages = [*_citations(tokens), *_boxes(tokens), *_links(tokens)]
    if messages:
        raise ValidationError(messages)


def _citations(tokens: list) -> list[str]:
    from treatments.models import Source

    cited = {token.meta["key"] for token in tokens if token.type == "citation"}
    known = set(Source.objects.filter(key__in=cited).values_list("key", flat=True)) if cited else set()
    messages = [
        _("There is no source with the key “%(key)s”. Add it under Sources first, or mend the key.")
        % {"key": key}
        for key in sorted(cited - known)
    ]
    if any(token.type == "text" and "[@" in token.content for token in tokens):
        messages.append(_("Write a citation as [@key], with small letters, digits and hyphens."))
    return messages


def _boxes(tokens: list) -> list[str]:
    messages = []
    for token in tokens:
        if token.type != "container_box_open":
            continue
        name, title = boxes.split(token.info)
        if name not in boxes.KNOWN:
            messages.append(
                _("There is no box called “%(name)s”. Use one of: %(known)s.")
                % {"name": name, "known": ", ".join(boxes.KNOWN)}
            )
        elif name in boxes.BOXES and not title:
            messages.append(_("Give the box “%(name)s” a title on the same line.") % {"name": name})
        elif name == "clinic" and title not in boxes.CLINIC_NOTES:
            messages.append(
                _("Write “clinic” and one of: %(known)s.") % {"known": ", ".join(boxes.CLINIC_NOTES)}
            )
    return messages


def _links(tokens: list) -> list[str]:
    from treatments.models import Page

    linked = {token.meta["page"].partition("#")[0] for token in tokens if "page" in token.meta}
    known = set(Page.objects.filter(key__in=linked).values_list("key", flat=True)) if linked else set()
    return [
        _("There is no page with the key “%(key)s” to link to.") % {"key": key}
        for key in sorted(linked - known)
    ]
