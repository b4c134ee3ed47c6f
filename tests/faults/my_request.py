"""A patient with a private link to a real process, and what there is of their request."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import Any, Final

from tests.booking.patient.conftest import BORN
from tests.faults.browser import Answer, Browser, questions
from tests.faults.site import Site

HOME: Final = "/my-request/"
HIDDEN: Final = re.compile(r'name="(csrfmiddlewaretoken|version)" value="([^"]*)"')
# Made in a process of its own: this one is bound to another database.
MAKE: Final = """
import django; django.setup()
from tests.factories import make_link, make_person, make_request
from booking.rules.statuses import Status
for status in {statuses!r}:
    request = make_request(Status(status))
    print(request.pk, request.visits.count() and request.visits.on_offer().first().pk, make_link(request)[1])
"""


class Patient:
    """One request behind its link, opened in a browser of its own."""

    def __init__(self, site: Site, request: str, time: str, token: str) -> None:
        self.site, self.request, self.time = site, request, time
        self.browser = Browser(site.url)
        place = f"{HOME}{token}/"
        opened = self.press(place, self.browser.get(place), **BORN)
        assert (opened.status, opened.location) == (303, HOME), opened.body

    def look(self, place: str = HOME) -> Answer:
        return self.browser.get(place)

    def press(self, place: str, shown: Answer, **typed: Any) -> Answer:
        """Send the form that was shown, with some fields filled in."""
        return self.browser.post(
            place, {**dict(HIDDEN.findall(shown.body)), **questions(shown.body), **typed}
        )

    def count(self, sql: str) -> int:
        """Return how many rows there are of this request."""
        return int(self.site.ask(sql, self.request)[0])

    @property
    def booked(self) -> int:
        return self.count("SELECT count(*) FROM booking_visit WHERE request_id = %s AND state = 'booked'")

    @property
    def letters(self) -> int:
        return self.count("SELECT count(*) FROM booking_letter WHERE request_id = %s")

    def events(self, verb: str) -> int:
        return int(
            self.site.ask(
                "SELECT count(*) FROM booking_event WHERE request_id = %s AND verb = %s", self.request, verb
            )[0]
        )


def make_requests(site: Site, statuses: list[str]) -> list[list[str]]:
    """Make requests on the site's own database; return of each its id, a held time and its link's token."""
    url = site.cluster.url("clinic_owner", site.cluster.owner_password)
    environment = {**os.environ, "DATABASE_URL": url}
    script = MAKE.format(statuses=statuses)
    run = [sys.executable, "-c", script]
    made = subprocess.run(run, check=True, env=environment, capture_output=True, text=True)
    return [line.split() for line in made.stdout.splitlines()]
