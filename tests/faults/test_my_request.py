"""Killed, cut off, paused while a patient acts on My request: one effect in the end, and a true page."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from tests.faults.browser import Answer
from tests.faults.my_request import HOME, Patient, make_requests
from tests.faults.site import AFTER_COMMIT, BEFORE_COMMIT, SECONDS, Site, until

NOT_RECEIVED, CANNOT_TELL = "Not received yet", "We cannot tell yet whether this reached us"
WORDS = "Mondays suit me.\n\n¿Y <usted>?"
# Seconds in which a patient must hear. A silent server is given eleven (plain_static.py), two new connections
# five each; the rest is for a busy machine. Whoever waits to the end waits until the browser gives up.
IN_TIME = 60.0


@dataclass
class Act:
    """What is pressed, how often it was done, and what a press says that comes too late."""

    place: Callable[[Patient], str]
    typed: dict[str, str]
    done: Callable[[Patient], int]
    again: int

    def press(self, patient: Patient, shown: Answer) -> Answer:
        return patient.press(self.place(patient), shown, **self.typed)

    def shown(self, patient: Patient) -> Answer:
        return patient.look(self.place(patient))


ACTS = {
    "accept": Act(lambda one: f"{HOME}times/{one.time}/", {}, lambda one: one.booked, 409),
    "message": Act(lambda _one: f"{HOME}write/", {"text": WORDS}, lambda one: one.letters, 303),
}


@pytest.fixture(scope="module")
def waiting(site: Site) -> list[Patient]:
    """Patients who have times on offer, each with My request open."""
    return [Patient(site, *row) for row in make_requests(site, ["offered"] * 12)]


@pytest.fixture
def patient(waiting: list[Patient]) -> Patient:
    return waiting.pop()


@pytest.fixture(params=ACTS)
def act(request: pytest.FixtureRequest) -> Act:
    return ACTS[request.param]


@contextmanager
def pressed(site: Site, patient: Patient, act: Act, where: str) -> Iterator[Callable[[], Answer]]:
    """Press the button, and hold the act there."""
    shown = act.shown(patient)
    with ThreadPoolExecutor(1) as finger, site.held(where):
        press = finger.submit(act.press, patient, shown)
        site.waits(where)
        yield lambda: press.result(SECONDS)


def expect_once(patient: Patient, act: Act, shown: Answer, *, kept: int) -> None:
    """What was kept is there; pressed again it is done once, and the page says how things stand."""
    assert act.done(patient) == kept
    answer = act.press(patient, shown)
    assert answer.status == (act.again if kept else 303), answer.body
    if answer.status == 409:
        assert "A visit is agreed already. This page shows its time." in answer.body
    assert act.done(patient) == 1
    page = patient.look().body
    assert "Your visit is booked" in page if act is ACTS["accept"] else "Mondays suit me." in page


@pytest.mark.parametrize(("where", "kept"), [(BEFORE_COMMIT, 0), (AFTER_COMMIT, 1)], ids=["before", "after"])
def test_a_killed_web_process(site: Site, patient: Patient, act: Act, where: str, kept: int) -> None:
    shown = act.shown(patient)
    with pressed(site, patient, act, where) as told:
        site.kill_web()
        with pytest.raises(ConnectionError):
            told()
    until(site.is_up)
    expect_once(patient, act, shown, kept=kept)


def test_a_connection_cut_before_the_commit(site: Site, patient: Patient, act: Act) -> None:
    with pressed(site, patient, act, BEFORE_COMMIT) as told:
        site.ask("SELECT pg_terminate_backend(%s)", site.waits(BEFORE_COMMIT))
        answer = told()
    assert answer.status == 503 and NOT_RECEIVED in answer.body
    expect_once(patient, act, answer, kept=0)


def test_a_connection_cut_after_the_commit_is_looked_into_by_the_page_itself(
    site: Site, patient: Patient, act: Act
) -> None:
    shown = act.shown(patient)
    with pressed(site, patient, act, AFTER_COMMIT) as told:
        site.ask("SELECT pg_terminate_backend(%s)", site.waits(AFTER_COMMIT))
        answer = told()
    assert (answer.status, answer.location) == (303, HOME)
    expect_once(patient, act, shown, kept=1)


def test_a_paused_database_is_not_waited_for_without_end(site: Site, patient: Patient) -> None:
    act = ACTS["message"]
    with pressed(site, patient, act, BEFORE_COMMIT) as told, site.paused_database():
        begun = time.monotonic()
        answer = told()
        took = time.monotonic() - begun
    assert took < IN_TIME
    assert answer.status == 503 and CANNOT_TELL in answer.body
    assert "¿Y &lt;usted&gt;?" in answer.body
    expect_once(patient, act, answer, kept=0)


def test_a_paused_web_process_goes_on_where_it_stood(site: Site, patient: Patient, act: Act) -> None:
    """Whoever waits in front of it gives up sooner (nginx); what was sent is done once all the same."""
    shown = act.shown(patient)
    with pressed(site, patient, act, AFTER_COMMIT) as told:
        with site.paused_web():
            time.sleep(0.5)
        site.ask("SELECT pg_cancel_backend(%s)", site.waits(AFTER_COMMIT))
        assert told().status == 303
    expect_once(patient, act, shown, kept=1)
