"""What is kept for seconds: read once, anew after its time, and never older than a change in this process."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from treatments.timed_cache import FRESH_SECONDS, TimedCache


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    one = Clock()
    monkeypatch.setattr(TimedCache, "clock", one)
    return one


class Slow:
    """Answers 1, 2, 3 ...; from the second on in its own time, and says when it was asked."""

    def __init__(self, quick: int = 1) -> None:
        self.number, self.quick = 0, quick
        self.asked, self.may_answer = threading.Event(), threading.Event()

    def __call__(self) -> int:
        self.number += 1
        mine = self.number
        if mine > self.quick:
            self.asked.set()
            assert self.may_answer.wait(300)
        return mine


def in_a_thread(call: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=call)
    thread.start()
    return thread


def test_the_value_is_kept_for_at_most_five_seconds(clock: Clock) -> None:
    cache = TimedCache(iter(range(1, 9)).__next__)
    assert cache.get() == 1
    clock.seconds += FRESH_SECONDS - 0.01
    assert cache.get() == 1
    clock.seconds += 0.02
    assert cache.last() == 1 and cache.get() == 2
    assert FRESH_SECONDS <= 5


def test_what_was_forgotten_is_read_anew_at_once() -> None:
    cache = TimedCache(iter(range(1, 9)).__next__)
    cache.get()
    cache.forget()
    assert cache.last() is None and cache.get() == 2


def test_while_one_thread_reads_others_take_the_last_value(clock: Clock) -> None:
    slow = Slow()
    cache = TimedCache(slow)
    cache.get()
    clock.seconds += 60
    thread = in_a_thread(cache.get)
    assert slow.asked.wait(300)
    assert cache.get() == 1
    slow.may_answer.set()
    thread.join(300)
    assert (cache.get(), slow.number) == (2, 2)


def test_without_a_value_others_wait_for_the_one_who_reads() -> None:
    slow, found = Slow(quick=0), []
    cache = TimedCache(slow)
    threads = [in_a_thread(lambda: found.append(cache.get())) for _ in range(4)]
    assert slow.asked.wait(300)
    slow.may_answer.set()
    for thread in threads:
        thread.join(300)
    assert (found, slow.number) == ([1] * 4, 1)


def test_what_was_read_before_it_was_forgotten_is_not_kept(clock: Clock) -> None:
    slow = Slow()
    cache = TimedCache(slow)
    cache.get()
    clock.seconds += 60
    thread = in_a_thread(cache.get)
    assert slow.asked.wait(300)
    cache.forget()
    slow.may_answer.set()
    thread.join(300)
    assert cache.last() is None and cache.get() == 3


def test_forgetting_while_others_ask_breaks_nothing() -> None:
    cache, failed, over = TimedCache(lambda: 1, seconds=60), [], threading.Event()

    def ask() -> None:
        try:
            while not over.is_set():
                cache.get()
        except Exception as error:
            failed.append(error)

    threads = [in_a_thread(ask) for _ in range(2)]
    for _ in range(20_000):
        cache.forget()
    over.set()
    for thread in threads:
        thread.join(300)
    assert failed == []


def test_a_failure_is_not_kept() -> None:
    answers = iter([OSError("away"), 2])

    def read() -> int:
        answer = next(answers)
        if isinstance(answer, OSError):
            raise answer
        return answer

    cache = TimedCache(read)
    with pytest.raises(OSError, match="away"):
        cache.get()
    assert cache.get() == 2
