"""The staff workspace as colleagues use it: by its words."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import User
from playwright.sync_api import Locator, Page, expect

from booking.models import ConsultationRequest
from tests.factories import PASSWORD
from tests.journeys.pages import go

QUEUE = "/admin/booking/consultationrequest/"


@dataclass
class Workspace:
    """A member of staff at work."""

    page: Page

    def sign_in(self, user: User) -> None:
        """Open the admin, land on the sign-in page, and come in."""
        self.page.goto("/admin/")
        self.sees("Staff sign-in")
        self.page.get_by_label("Username").fill(user.username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")

    def sees(self, heading: str) -> None:
        """Expect to be on the page with this h1."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)

    def told(self, sentence: str) -> None:
        """Expect a message on the page."""
        expect(self.page.get_by_role("status").or_(self.page.get_by_role("alert")).first).to_contain_text(
            sentence
        )

    def press(self, name: str) -> None:
        """Press the button with exactly this name."""
        go(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        """Follow the first link with exactly this name."""
        go(self.page.get_by_role("link", name=name, exact=True).first)

    def row(self, request: ConsultationRequest) -> Locator:
        """Return the row of a request in the queue."""
        return self.page.get_by_role("row").filter(has_text=request.shown_reference)

    def open(self, request: ConsultationRequest) -> None:
        """Open a request from the queue."""
        self.page.goto(QUEUE)
        self.row(request).get_by_role("rowheader").get_by_role("link").click()
        self.sees(request.person.full_name)

    def step(self, name: str) -> None:
        """Take a step of the request page, whether it is a link or a button."""
        panel = self.page.get_by_role("region", name="Next step")
        wanted = panel.get_by_role("link", name=name, exact=True)
        go(wanted.or_(panel.get_by_role("button", name=name, exact=True)).first)

    def choose(self, question: str, answer: str) -> None:
        """Choose an answer of a group."""
        self.page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()

    def find(self, text: str) -> None:
        """Search for a person."""
        self.page.get_by_role("searchbox").fill(text)
        self.press("Find")
