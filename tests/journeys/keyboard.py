"""Tab, arrows, space and Enter; the focus is always to be seen."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page

FOCUSED = """() => {
  const e = document.activeElement, row = e.closest("label") || e;
  const shown = [e, row].some(n => getComputedStyle(n).outlineStyle !== "none");
  const group = e.closest("fieldset")?.querySelector("legend")?.innerText || "";
  return [shown, `${group} ${e.labels?.[0]?.innerText || e.innerText || ""}`];
}"""
FARTHEST = 90


@dataclass
class Keyboard:
    """A person without a mouse."""

    page: Page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, words: str) -> None:
        """Go on until the focus is on something with these words, or in their group."""
        for _stop in range(FARTHEST):
            self.press("Tab")
            shown, found = self.page.evaluate(FOCUSED)
            assert shown, f"no visible focus: {found}"
            if words in found:
                return
        raise AssertionError(f"the keyboard never reaches {words!r}")

    def choose(self, *questions: str) -> None:
        """Take the first answer of each question."""
        for question in questions:
            self.tab_to(question)
            self.press("Space")

    def fill(self, label: str, text: str) -> None:
        self.tab_to(label)
        self.page.keyboard.type(text)

    def go_on(self, button: str = "Continue") -> None:
        """Press a button, or follow a link."""
        self.tab_to(button)
        with self.page.expect_navigation():
            self.press("Enter")
