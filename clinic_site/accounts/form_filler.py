"""A page with a form in it, filled in with what somebody typed there before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from typing import Final

# What a page brings itself, fresh: tokens, versions, buttons. A password or a file is never given back.
LEFT_ALONE: Final = frozenset({"hidden", "submit", "button", "reset", "image", "file", "password"})
PICKED: Final = frozenset({"checkbox", "radio"})
VALUE: Final = re.compile(r"""\svalue=("[^"]*"|'[^']*')""")
MARK: Final = re.compile(r"""\s(checked|selected)(="[^"]*")?(?=[\s/>])""")


class FormFiller(HTMLParser):
    """Finds the forms that lead to `action` and what to change in them; all else stays, byte by byte.

    `page` is the path of the page itself, where forms without an action lead. Afterwards `text` is the page,
    with a note first in its content, and `left` holds the values that no field took.
    """

    def __init__(self, html: str, page: str, action: str, values: Mapping[str, Sequence[str]]) -> None:
        super().__init__(convert_charrefs=False)
        self.html, self.page, self.action = html, page, action
        self.values = {name: list(found) for name, found in values.items()}
        self.known: set[str] = set()
        self.edits: list[tuple[int, int, str]] = []
        self.content: int | None = None
        self.inside, self.select, self.text_from = False, "", (0, "")
        self.lines = [0, *(match.end() for match in re.finditer("\n", html))]
        self.feed(html)
        self.close()

    @property
    def left(self) -> list[str]:
        """The values of names that the page does not ask for any more."""
        return [one for name, found in self.values.items() if name not in self.known for one in found]

    def text(self, note: str) -> str:
        """Return the page, filled in, with a note on top."""
        found, at = "", 0
        edits = [*self.edits, *([(self.content, self.content, note)] if self.content else [])]
        for start, end, new in sorted(edits):
            found += self.html[at:start] + new
            at = end
        return found + self.html[at:]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note where the content begins, which form this is, and fill in its fields."""
        known = dict(attrs)
        if known.get("id") == "content":
            self.content = self._here() + len(self._raw())
        if tag == "form":
            leads_to = (known.get("action") or self.page).split("?")[0]
            self.inside = leads_to == self.action and (known.get("method") or "").lower() == "post"
        elif self.inside:
            self._field(tag, known)

    def handle_endtag(self, tag: str) -> None:
        """Close what was open; put the words into a long field."""
        if tag == "textarea" and self.text_from[1]:
            start, name = self.text_from
            self.edits.append((start, self._here(), "\n" + escape(self._next(name))))
            self.text_from = (0, "")
        elif tag in ("form", "select"):
            self.select, self.inside = "", self.inside and tag != "form"

    def _field(self, tag: str, known: dict[str, str | None]) -> None:
        name, kind = known.get("name") or "", (known.get("type") or "text").lower()
        self.known.add(name)
        if tag == "select":
            self.select = name
        elif tag == "option" and self.select in self.values:
            self._mark("selected", (known.get("value") or "") in self.values[self.select])
        elif tag == "input" and kind in PICKED:
            self._mark("checked", (known.get("value") or "on") in self.values.get(name, ()))
        elif tag == "textarea" and name in self.values:
            self.text_from = (self._here() + len(self._raw()), name)
        elif tag == "input" and name in self.values and kind not in LEFT_ALONE:
            self._put(VALUE.sub("", self._raw()), f' value="{escape(self._next(name))}"')

    def _next(self, name: str) -> str:
        """Return the value of the next field of this name."""
        return self.values[name].pop(0) if self.values[name] else ""

    def _mark(self, word: str, on: bool) -> None:
        self._put(MARK.sub("", self._raw()), f" {word}" if on else "")

    def _put(self, tag: str, attribute: str) -> None:
        end = -2 if tag.endswith("/>") else -1
        start = self._here()
        self.edits.append((start, start + len(self._raw()), tag[:end] + attribute + tag[end:]))

    def _here(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def _raw(self) -> str:
        return self.get_starttag_text() or ""
