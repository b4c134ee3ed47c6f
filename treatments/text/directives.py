"""The boxes, figures and clinic notes that a text can hold, by the word after `:::`."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from treatments.text.statements import STATEMENTS

# Numbers of a condition: the page's own, or the one whose slug follows, as in `::: harms migraine`.
FROM_ROWS = frozenset({"findings", "harms"})
# Drawn by templates/treatments/pages/figures/<name>.html.
FIGURES = FROM_ROWS | {"timeline", "cycle", "month", "sites", "evidence", "clinicians"}
# `::: clinic visit` stands for the clinic's own words in Clinic.visit_note.
CLINIC_NOTES = {name.removesuffix("_note").replace("_", "-"): name for name in STATEMENTS}


@dataclass(frozen=True)
class Box:
    """A section with a title. `prefix` is read out before it, so that colour alone says nothing.

    `icon` names a drawing in templates/icons/, which the renderer puts in when the text is cleaned.
    """

    classes: str
    title_class: str = ""
    prefix: str | Promise = ""
    icon: str = ""


BOXES = {
    "call-911": Box("care care--emergency", "care__title", _("Immediate action required: "), "siren"),
    "call-today": Box("care care--urgent", "care__title", _("Urgent advice: "), "phone-call"),
    "call-clinic": Box("care care--routine", "care__title", _("Non-urgent advice: "), "phone"),
    "warning": Box("fda-warning"),
    "do-not": Box("list-card list-card--no", icon="octagon-x"),
    "tell-first": Box("list-card list-card--ask", icon="message-circle-warning"),
    "do": Box("list-card list-card--yes", icon="circle-check"),
    "note": Box("callout"),
}
PLAIN = frozenset({"steps"})
KNOWN = sorted({*BOXES, *PLAIN, *FIGURES, "clinic"})


def split(info: str) -> tuple[str, str]:
    """Return name and title of the line that opens a box: `call-911 Call 911 if:`."""
    name, _space, title = info.strip().partition(" ")
    return name, title.strip()


def is_slot(info: str) -> bool:
    """Whether the line opens a figure or a clinic note, which the page fills in."""
    name, _title = split(info)
    return name in FIGURES or name == "clinic"


def opening(info: str) -> str:
    """Return the HTML before the content of a box."""
    name, title = split(info)
    box = BOXES.get(name)
    if not box:
        return f'<div class="{escape(name) if name in PLAIN else "box"}">'
    return f'<section class="{box.classes}">{_heading(box, title)}{_body_start(box)}'


def closing(info: str) -> str:
    """Return the HTML after the content of the box that `info` opened."""
    box = BOXES.get(split(info)[0])
    if not box:
        return "</div>"
    return "</div></section>" if box.title_class else "</section>"


def _heading(box: Box, title: str) -> str:
    icon = f'<span data-icon="{box.icon}"></span>' if box.icon else ""
    hidden = f'<span class="visually-hidden">{escape(box.prefix)}</span>' if box.prefix else ""
    kind = f' class="{box.title_class}"' if box.title_class else ""
    # One element for all the words: side by side with the icon, they still wrap as one text.
    words = f"<span>{hidden}{escape(title)}</span>" if icon else escape(title)
    return f"<h3{kind}>{icon}{words}</h3>"


def _body_start(box: Box) -> str:
    return '<div class="care__body">' if box.title_class else ""
