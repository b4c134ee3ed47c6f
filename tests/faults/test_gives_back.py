"""No way to save a step: the page gives back what was typed, in time, and takes it when pressed again."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import psycopg
import pytest

from tests.faults.browser import Browser, questions
from tests.faults.site import Site

WORDS = "It began\nafter a fall, “again” <and> again.\n\n¿Y ahora?"
# Seconds in which a patient must hear the truth. The site waits for ten at most (plain_static.py); the rest
# is for a busy machine. Whoever waits to the end waits for longer: until the browser gives up.
IN_TIME = 60.0
SLOW = """
    CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(600); RETURN NEW; END $$;
    CREATE TRIGGER slow BEFORE UPDATE ON booking_draft FOR EACH ROW EXECUTE FUNCTION slow()
"""


@contextmanager
def locked(site: Site) -> Iterator[None]:
    """Somebody holds the drafts for longer than a page may wait."""
    with site.connect() as holder, holder.transaction():
        holder.execute("LOCK TABLE booking_draft IN EXCLUSIVE MODE")
        yield


@contextmanager
def slow(site: Site) -> Iterator[None]:
    """The server takes longer to save than a statement may."""
    with site.connect() as owner:
        owner.execute(SLOW)
        yield
        owner.execute("DROP FUNCTION slow CASCADE")


@contextmanager
def full(site: Site) -> Iterator[None]:
    """Others have taken every connection there is."""
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'clinic'"
    with ExitStack() as taken, site.connect("postgres") as owner:
        owner.execute(cut)
        with pytest.raises(psycopg.OperationalError):
            while True:
                taken.enter_context(site.connect("postgres"))
        yield


@contextmanager
def stopped(site: Site) -> Iterator[None]:
    """The server is not there."""
    site.stop_database()
    try:
        yield
    finally:
        site.start_database()


@pytest.mark.parametrize("trouble", [locked, slow, full, stopped])
def test_what_was_typed_comes_back_and_can_be_sent_again(site: Site, patient: Browser, trouble) -> None:
    patient.answer_to("safety")
    shown = patient.get("/consultation/symptoms/")
    with trouble(site):
        begun = time.monotonic()
        told = patient.answer_on(shown, "symptoms", in_own_words=WORDS)
        took = time.monotonic() - begun
    assert told.status == 503
    assert "Not received yet" in told.body
    assert took < IN_TIME
    again = questions(told.body)
    assert again["in_own_words"] == [WORDS]
    assert (again["pain"], again["where"], again["headache_days"]) == (["7"], ["forehead"], ["19"])
    answer = patient.press("symptoms", told)
    assert (answer.status, answer.location) == (303, "/consultation/history/")
    assert questions(patient.get("/consultation/symptoms/").body)["in_own_words"] == [WORDS]
