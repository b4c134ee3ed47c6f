"""Tokens of private links."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from booking.rules import tokens

NOW = dt.datetime(2026, 5, 5, tzinfo=dt.UTC)


def test_tokens_are_256_random_bits_that_fit_into_an_address():
    made = {tokens.make_token() for _ in range(1000)}
    assert len(made) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", token) for token in made)
    assert all(tokens.looks_like_token(token) for token in made)
    assert len({tokens.hash_token(token) for token in made}) == 1000


@pytest.mark.parametrize("text", ["", "a" * 42, "a" * 44, "a" * 42 + "\n", "é" * 43, "../" * 15])
def test_anything_else_is_no_token(text):
    assert not tokens.looks_like_token(text)


@pytest.mark.parametrize(("wrong", "left"), [(0, 5), (1, 4), (4, 1), (5, 5), (9, 1), (14, 1)])
def test_tries_left_before_the_link_rests(wrong, left):
    assert tokens.tries_left(wrong) == left


def test_a_link_outlives_the_visit_it_is_about():
    far = NOW + dt.timedelta(days=200)
    assert tokens.link_expires(NOW) == NOW + tokens.LINK_KEPT
    assert tokens.link_expires(NOW, NOW + dt.timedelta(days=1)) == NOW + tokens.LINK_KEPT
    assert tokens.link_expires(NOW, far) == far + tokens.KEPT_AFTER


def test_guessing_all_birth_dates_of_a_grown_up_life_is_out_of_reach():
    days = 80 * 365
    assert tokens.TRIES_EVER / days < 0.001
