"""A patient's browser that talks to a real process, and presses the forms that it was really shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from itertools import count
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.booking.intake.conftest import ANSWERS, CONSENT

# Above all bounds that the tests hold.
SECONDS = 120
_numbers = count(1)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    body: str
    location: str


class _Questions(HTMLParser):
    """Collects what the form of the questions would send as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.inside, self.fields = False, dict[str, list[str]]()
        self._text = self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.inside = "questions" in found.get("class", "")
        if not self.inside:
            return
        name, is_choice = found.get("name", ""), found.get("type") in ("radio", "checkbox")
        if tag == "input" and name and ("checked" in found or not is_choice):
            self.fields.setdefault(name, []).append(found.get("value", "on" if is_choice else ""))
        if tag == "select":
            self._select = name
        if tag == "option" and "selected" in found:
            self.fields[self._select] = [found.get("value", "")]
        if tag == "textarea":
            self._text, self.fields[name] = name, [""]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.inside = False
        if tag == "textarea":
            self._text = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            # The line break that follows the tag is not part of the text (HTML, 13.1.2.5).
            self.fields[self._text] = [self.fields[self._text][0] + data]


def questions(body: str) -> dict[str, Any]:
    """Return what the form of the questions on a page would send as it stands."""
    reader = _Questions()
    reader.feed(body)
    return {name: [value.removeprefix("\n") for value in values] for name, values in reader.fields.items()}


@dataclass
class Browser:
    """One patient with cookies, a network of their own and an e-mail address of their own."""

    url: str
    number: int = field(default_factory=lambda: next(_numbers))
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def email(self) -> str:
        return f"test.patient{self.number:02}@example.com"

    def get(self, path: str) -> Answer:
        return self._ask("GET", path)

    def post(self, path: str, data: dict[str, Any]) -> Answer:
        return self._ask("POST", path, urlencode(data, doseq=True))

    def press(self, step: str, shown: Answer, **changes: Any) -> Answer:
        """Send the form that stands on a page, with some fields filled in."""
        return self.post(f"/consultation/{step}/", {**questions(shown.body), **changes})

    def answer(self, step: str, **changes: Any) -> Answer:
        """Open a step, fill it in and send it."""
        return self.answer_on(self.get(f"/consultation/{step}/"), step, **changes)

    def answer_on(self, shown: Answer, step: str, **changes: Any) -> Answer:
        """Fill in the form of a step that was opened before, and send it."""
        return self.press(step, shown, **{**ANSWERS[step], **changes})

    def answer_to(self, last: str) -> None:
        """Start, and answer every step up to and with `last`."""
        self.get("/consultation/")
        self.post("/consultation/", {"csrfmiddlewaretoken": self.cookies["csrf"]})
        for step in ANSWERS:
            changes = {"email": self.email} if step == "you" else {}
            answered = self.answer(step, **changes)
            assert answered.status == 303, answered.body
            if step == last:
                return

    def check(self) -> Answer:
        """Answer everything; return the check page."""
        self.answer_to("you")
        return self.get("/consultation/check/")

    def send(self, shown: Answer) -> Answer:
        """Press the button that sends the request."""
        return self.press("check", shown, **CONSENT)

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        host = urlsplit(self.url)
        headers = {
            "Host": host.netloc,
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "X-Forwarded-For": f"192.0.2.{self.number}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = HTTPConnection("127.0.0.1", host.port or 80, timeout=SECONDS)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            for line in response.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            return Answer(response.status, response.read().decode(), response.headers.get("Location", ""))
        finally:
            connection.close()
