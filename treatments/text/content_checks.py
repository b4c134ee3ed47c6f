"""What must hold of a text before it is saved, each finding said so that an editor can mend it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from treatments.text import directives, markup, tables
from treatments.text.medicine_advice import Passage, missing_cautions

# Where a link may lead: the web, mail, phone, a page or a place of this site.
LINKED = re.compile(r"(https?://|mailto:|tel:|page:|#|/(?!/))", re.IGNORECASE)


def unfit(text: str) -> list[str]:
    """Return one sentence for each thing that a page could not show, as far as the text alone tells."""
    tokens = markup.parse(text)
    plain = [token.content for token in tokens if token.type == "text"]
    return [
        *_characters(text),
        *_citations(plain),
        *_html(plain),
        *_addresses(tokens, plain),
        *_boxes(tokens),
        *_medicine_advice(text),
        *tables.complaints(text, tokens),
    ]


def _characters(text: str) -> list[str]:
    # Control characters, and those that turn the direction of writing (Unicode TR 36, 3.2).
    found = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]", text)
    if not found:
        return []
    return [
        _("Take out the invisible character U+%(code)04X after “%(before)s”.")
        % {"code": ord(found[0]), "before": text[max(0, found.start() - 20) : found.start()]}
    ]


def _citations(plain: list[str]) -> list[str]:
    if not any("[@" in text for text in plain):
        return []
    return [_("Write a citation as [@key], with small letters, digits and hyphens.")]


def _html(plain: list[str]) -> list[str]:
    """Return what is wrong with HTML, which was left standing as plain text."""
    tags = (match[0] for text in plain for match in re.finditer(r"</?[a-zA-Z][^<>]*>?|<!--", text))
    return [
        _("Take out the HTML “%(tag)s”: pages are written in Markdown.") % {"tag": tag[:60]}
        for tag in dict.fromkeys(tags)
    ]


def _addresses(tokens: list[Token], plain: list[str]) -> list[str]:
    """Return what is wrong with pictures and with links that lead nowhere safe."""
    unsafe = [match[1] for text in plain for match in re.finditer(r"\]\(\s*([^)\s]*)", text)]
    links = (str(token.attrGet("href")) for token in tokens if token.type == "link_open")
    unsafe += [address for address in links if not LINKED.match(address)]
    messages = [
        _("“%(address)s” cannot be linked to. An address begins with https://, mailto:, tel: or page:.")
        % {"address": address[:60]}
        for address in dict.fromkeys(unsafe)
    ]
    after = zip(tokens, tokens[1:], strict=False)
    if any(one.content.endswith("!") and two.type == "link_open" for one, two in after if one.type == "text"):
        messages.append(_("Take out the picture “![...](...)”: a text holds words, tables and boxes alone."))
    return messages


def _boxes(tokens: list[Token]) -> list[str]:
    messages = []
    for token in tokens:
        if token.type != "container_box_open":
            continue
        name, title = directives.split(token.info)
        if name not in directives.KNOWN:
            messages.append(
                _("There is no box called “%(name)s”. Use one of: %(known)s.")
                % {"name": name, "known": ", ".join(directives.KNOWN)}
            )
        elif name in directives.BOXES and not title:
            messages.append(_("Give the box “%(name)s” a title on the same line.") % {"name": name})
        elif name == "clinic" and title not in directives.CLINIC_NOTES:
            messages.append(
                _("Write “clinic” and one of: %(known)s.") % {"known": ", ".join(directives.CLINIC_NOTES)}
            )
    return messages


def _medicine_advice(text: str) -> list[str]:
    return [
        _("Stopping “%(medicine)s” suddenly can be dangerous. Beside this advice, write: %(caution)s")
        % {"medicine": medicine, "caution": caution}
        for medicine, caution in missing_cautions_in(text)
    ]


def missing_cautions_in(text: str) -> list[tuple[str, str]]:
    """Return each pain medicine that a text advises against, and the caution that is missing beside it."""
    return [missing for passage in _passages(markup.tree(text)) for missing in missing_cautions(passage)]


def _passages(node: SyntaxTreeNode) -> Iterator[Passage]:
    """Yield what is read as one, in order; a sentence that ends in a colon is the title of what follows."""
    title = ""
    for child in node.children:
        name, box_title = directives.split(child.info) if child.type == "container_box" else ("", "")
        blocks = _blocks(child)
        if name in directives.BOXES:
            yield Passage(blocks, box_title, forbids=name == "do-not")
        elif child.type in ("paragraph", "heading", "list_item", "th", "td"):
            yield Passage(blocks, title)
        elif child.type in ("bullet_list", "ordered_list"):
            yield from (Passage(_blocks(item), title) for item in child.children)
        else:
            yield from _passages(child)
        title = blocks[-1] if blocks and blocks[-1].endswith(":") else ""


def _blocks(node: SyntaxTreeNode) -> list[str]:
    """Return the words of each paragraph or line in a node, without citations and marks."""
    return [_plain(inline) for inline in node.walk() if inline.type == "inline"]


def _plain(inline: SyntaxTreeNode) -> str:
    leaves = (part for part in inline.walk() if not part.children)
    return "".join(" " if part.type == "softbreak" else part.content for part in leaves)
