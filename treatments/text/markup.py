"""Markdown of the content pages: numbered citations, boxes and figures, and no HTML of its own.

A fact.[@diener-2010]  or  A fact.[@diener-2010; @herd-2018]
::: call-911 Call 911 if:        a box with a title, down to the line `:::`
::: findings                     a figure made from the condition's numbers
::: harms migraine               the same on another page: the condition is named by its slug
::: clinic visit                 what the clinic says itself; nothing while it has said nothing
[Side effects](page:botox#side-effects)
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from markdown_it.utils import EnvType, OptionsDict
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin

from treatments.text import directives
from treatments.text.icons import icon
from treatments.text.links import page_url

CITATION = re.compile(r"\[(@[a-z0-9-]+(?:\s*;\s*@[a-z0-9-]+)*)\]")
ICON = re.compile(r'<span data-icon="([a-z-]+)"></span>')
SLOT = re.compile(r'<div data-slot="([0-9]+)"></div>')
TAGS = {
    *("p", "br", "hr", "em", "strong", "a", "sup", "span", "code", "pre", "blockquote"),
    *("ul", "ol", "li", "h3", "h4", "h5", "h6", "div", "section"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    "*": {"class", "lang"},
    "a": {"href", "id"},
    "div": {"data-slot", "class"},
    "span": {"data-icon", "class"},
    "ol": {"start"},
    "th": {"scope"},
}
SCHEMES = {"http", "https", "mailto", "tel"}

Slot = Callable[[str], str]


@dataclass
class Citations:
    """The sources of one page, numbered in the order in which they are first cited."""

    places: dict[str, list[str]] = field(default_factory=dict)

    def number(self, key: str) -> int:
        """Return the number of a source, giving it the next one at its first use."""
        self.places.setdefault(key, [])
        return list(self.places).index(key) + 1

    def cite(self, key: str) -> tuple[int, str]:
        """Return number and anchor of one more citation in the text."""
        number = self.number(key)
        anchor = f"ref-{key}-{len(self.places[key]) + 1}"
        self.places[key].append(anchor)
        return number, anchor


def render(text: str, citations: Citations, slot: Slot = lambda name: "") -> SafeString:
    """Return blocks of HTML. `slot` gives the trusted HTML of a figure or clinic note by its name.

    Slots are filled where they stand, so that their sources are numbered in the order of reading, and
    put into the text once that is cleaned.
    """
    filled: list[str] = []
    html = _clean(_markdown.render(text or "", {"citations": citations, "slot": slot, "filled": filled}))
    html = ICON.sub(lambda match: icon(match[1]), html)
    return mark_safe(SLOT.sub(lambda match: filled[int(match[1])], html).strip())  # noqa: S308 (cleaned above)


def render_line(text: str, citations: Citations) -> SafeString:
    """Return HTML of one or two sentences, without a paragraph around them."""
    return mark_safe(_clean(_markdown.renderInline(text or "", {"citations": citations})))  # noqa: S308


def parse(text: str) -> list[Token]:
    """Return all tokens of a text, those inside paragraphs and table cells included."""
    return [inner for token in _parsed(text) for inner in (token, *(token.children or ()))]


def tree(text: str) -> SyntaxTreeNode:
    """Return a text as a tree: what stands in a box or a list item is below it."""
    return SyntaxTreeNode(_parsed(text))


@lru_cache(maxsize=64)
def _parsed(text: str) -> tuple[Token, ...]:
    # Several checks look at the same text one after the other.
    return tuple(_markdown.parse(text))


def cited_keys(text: str) -> list[str]:
    """Return the keys of the sources that a text cites, in order."""
    return [token.meta["key"] for token in parse(text or "") if token.type == "citation"]


def figures(text: str) -> list[tuple[str, str]]:
    """Return the figures that a text calls for, as (name, the words after it), in order."""
    opened = (
        directives.split(token.info) for token in parse(text or "") if token.type == "container_box_open"
    )
    return [(name, about) for name, about in opened if name in directives.FIGURES]


def _clean(html: str) -> str:
    return nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


def _citation(state: StateInline, silent: bool) -> bool:
    match = CITATION.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        for key in re.findall(r"[a-z0-9-]+", match[1]):
            state.push("citation", "", 0).meta = {"key": key}
    state.pos = match.end()
    return True


def _render_citation(
    self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    key = tokens[index].meta["key"]
    number, anchor = env["citations"].cite(key)
    return f'<sup class="cite"><a id="{anchor}" href="#source-{key}">[{number}]</a></sup>'


def _render_box(
    self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    if token.nesting == 1 and directives.is_slot(token.info):
        env["filled"].append(env["slot"](" ".join(token.info.split())))
        return f'<div data-slot="{len(env["filled"]) - 1}">'
    if token.nesting == 1:
        return directives.opening(token.info)
    info = next(t.info for t in reversed(tokens[:index]) if t.nesting == 1 and t.level == token.level)
    return directives.closing(info)


def _tidy(state: StateCore) -> None:
    """Headings start at h3 below the page's own; tables get their class; page links their address."""
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = max(token.tag, "h3")
        if token.type == "table_open":
            token.attrSet("class", "table")
        if token.type == "th_open":
            token.attrSet("scope", "col")
        for inner in token.children or ():
            if inner.type == "link_open" and str(inner.attrGet("href")).startswith("page:"):
                inner.meta = {"page": str(inner.attrGet("href")).removeprefix("page:")}


def _render_link(
    self: RendererHTML, tokens: list[Token], index: int, options: OptionsDict, env: EnvType
) -> str:
    token = tokens[index]
    if "page" in token.meta:
        token.attrSet("href", page_url(token.meta["page"]))
    return self.renderToken(tokens, index, options, env)


def _make() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    markdown.disable(["image", "html_block", "html_inline"])
    markdown.inline.ruler.before("link", "citation", _citation)
    markdown.core.ruler.push("tidy", _tidy)
    markdown.use(container_plugin, "box", validate=lambda params, marker: True, render=_render_box)
    # WCAG 2.2, 3.1.2: [Llame al 911]{lang=es} says that its words are of another language.
    markdown.use(attrs_plugin, spans=True, allowed=["lang"])
    markdown.add_render_rule("citation", _render_citation)
    markdown.add_render_rule("link_open", _render_link)
    return markdown


_markdown = _make()
