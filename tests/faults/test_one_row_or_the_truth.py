"""Killed, stopped, cut off while a request is being sent: one row in the end, and never an untrue page."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from tests.faults.browser import Answer, Browser
from tests.faults.site import AFTER_COMMIT, BEFORE_COMMIT, SECONDS, Site, until

NOT_RECEIVED, CANNOT_TELL = "Not received yet", "We cannot tell yet whether this reached us"
PATIENTS = 8


@contextmanager
def pressed(site: Site, patient: Browser, shown: Answer, where: str) -> Iterator[Future[Answer]]:
    """Press the button that sends, and hold the request there."""
    with ThreadPoolExecutor(1) as finger, site.held(where):
        press = finger.submit(patient.send, shown)
        site.waits(where)
        yield press


def expect_sent(site: Site, patient: Browser, answer: Answer) -> None:
    """The browser is led to a page that confirms the request, and a request there is."""
    assert (answer.status, answer.location) == (303, "/consultation/sent/"), answer.body
    assert "We have your request" in patient.get(answer.location).body


@pytest.mark.parametrize(("where", "kept"), [(BEFORE_COMMIT, 0), (AFTER_COMMIT, 1)], ids=["before", "after"])
def test_a_killed_web_process(site: Site, patient: Browser, where: str, kept: int) -> None:
    shown, before = patient.check(), site.requests()
    with pressed(site, patient, shown, where) as press:
        site.kill_web()
        with pytest.raises(ConnectionError):
            press.result(SECONDS)
    until(site.is_up)
    assert site.requests() == before + kept
    expect_sent(site, patient, patient.send(shown))
    assert site.requests() == before + 1


@pytest.mark.parametrize(("where", "kept"), [(BEFORE_COMMIT, 0), (AFTER_COMMIT, 1)], ids=["before", "after"])
def test_a_stopped_database(site: Site, patient: Browser, where: str, kept: int) -> None:
    shown, before = patient.check(), site.requests()
    with pressed(site, patient, shown, where) as press:
        site.stop_database()
        told = press.result(SECONDS)
        looked_at = patient.get("/consultation/check/")
        site.start_database()
    assert (told.status, looked_at.status) == (503, 503)
    assert CANNOT_TELL in told.body and "We have your request" not in told.body
    assert site.requests() == before + kept
    expect_sent(site, patient, patient.press("check", told))
    assert site.requests() == before + 1


def test_a_connection_cut_before_the_commit(site: Site, patient: Browser) -> None:
    shown, before = patient.check(), site.requests()
    with pressed(site, patient, shown, BEFORE_COMMIT) as press:
        site.ask("SELECT pg_terminate_backend(%s)", site.waits(BEFORE_COMMIT))
        told = press.result(SECONDS)
    assert told.status == 503
    assert NOT_RECEIVED in told.body
    assert site.requests() == before
    expect_sent(site, patient, patient.press("check", told))
    assert site.requests() == before + 1


def test_a_connection_cut_after_the_commit_is_looked_into_by_the_page_itself(
    site: Site, patient: Browser
) -> None:
    shown, before = patient.check(), site.requests()
    with pressed(site, patient, shown, AFTER_COMMIT) as press:
        site.ask("SELECT pg_terminate_backend(%s)", site.waits(AFTER_COMMIT))
        expect_sent(site, patient, press.result(SECONDS))
    assert site.requests() == before + 1


def test_whoever_was_told_that_it_was_sent_was_told_the_truth(site: Site) -> None:
    """The server stops amid many; pages are believed, and everybody else presses the same button again."""
    patients = [Browser(site.url) for _number in range(PATIENTS)]
    before = site.requests()
    with ThreadPoolExecutor(PATIENTS) as fingers:
        shown = list(fingers.map(Browser.check, patients))
        presses = [
            fingers.submit(*each) for each in zip([Browser.send] * PATIENTS, patients, shown, strict=True)
        ]
        until(lambda: any(press.done() for press in presses))
        site.stop_database()
        told = [press.result(SECONDS) for press in presses]
    site.start_database()
    assert {answer.status for answer in told} <= {303, 503}
    confirmed = [one for one, answer in zip(patients, told, strict=True) if answer.status == 303]
    assert confirmed and before + len(confirmed) <= site.requests() <= before + PATIENTS
    for patient in confirmed:
        assert "We have your request" in patient.get("/consultation/sent/").body
    for patient, page in zip(patients, shown, strict=True):
        expect_sent(site, patient, patient.send(page))
    assert site.requests() == before + PATIENTS
