"""Fixtures that every test may use."""

from __future__ import annotations

import datetime as dt
import gc
import os
from collections.abc import Iterator
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.test import TransactionTestCase

from tests import database

DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
BROWSER = {"browser", "playwright"}
# A site that is served by programs of its own, with the database behind it.
PROGRAMS = {"site"}


def pytest_configure(config: pytest.Config) -> None:
    """Serve static files as they lie in the tree: no collectstatic before a test run."""
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.WHITENOISE_AUTOREFRESH = True
    settings.WHITENOISE_USE_FINDERS = True
    template = os.environ.get("TEST_DATABASE_TEMPLATE")
    if template:
        settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = template
    # A busy machine is slow, and a slow answer is not a wrong one; tests of these limits set their own.
    settings.DATABASE_STATEMENT_TIMEOUT_MS = 120_000
    settings.DATABASES["default"]["OPTIONS"] |= {
        "connect_timeout": 60,
        "options": "-c statement_timeout=120000 -c lock_timeout=60000",
    }
    hypothesis.settings.register_profile(
        "suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("suite")
    # Quick hashing: the suite makes many accounts.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a database, browser or servers by what it asks for: `make test-fast` has the rest."""
    for item in items:
        asks = set(getattr(item, "fixturenames", ()))
        if asks & DATABASE or item.get_closest_marker("django_db"):
            item.add_marker("database")
        if asks & BROWSER:
            item.add_marker("browser")
        if asks & PROGRAMS:
            item.add_marker("programs")


def pytest_collection_finish() -> None:
    """Leave out of each garbage collection what lives to the end: thousands of tests, and Django."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Start the server before the first database is made on it."""
    database.start()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Set aside what tests are given; a copy of the template has it. Transactional tests end by it."""
    from tests import loaded

    with django_db_blocker.unblock():
        loaded.set_aside()
    # Not by Django's flush, which takes ten times as long and leaves out tables without a model.
    TransactionTestCase._fixture_teardown = lambda _test: loaded.reset()


@pytest.fixture(autouse=True)
def _keys_are_proved(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin each test in a process that has proved its keys, so that tests without a database may seal."""
    monkeypatch.setattr("booking.models.key_check._proved", (settings.SEAL_KEYS, settings.SEARCH_KEY))


@pytest.fixture(autouse=True)
def _nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Facts and rendered pages outlive a test's transaction in the process; drop them around each test.

    Within one they do not grow old: a busy machine would read them anew while queries are counted.
    """
    from treatments.clinic import clinic, snapshot
    from treatments.editorial import gates
    from treatments.pages import menu
    from treatments.pages.page_cache import kept
    from treatments.timed_cache import TimedCache

    monkeypatch.setattr(TimedCache, "clock", staticmethod(lambda: 0.0))
    for remembered in (clinic, gates, menu, snapshot, kept):
        remembered.forget()
    yield
    for remembered in (clinic, gates, menu, snapshot, kept):
        remembered.forget()


@pytest.fixture(autouse=True)
def _no_worker_is_missed(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test has a worker, and its staff pages do not miss one; the tests of the banner set it."""
    monkeypatch.setattr("booking.admin.base.banners.worker_problems._known", (0.0, ()))


@pytest.fixture(autouse=True)
def _patients_take_their_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test answers six pages faster than anybody reads; the tests of that sign set it themselves."""
    monkeypatch.setattr("booking.intake.views.send.FASTEST", dt.timedelta(0))


@pytest.fixture
def fresh_sign_in_counters() -> Iterator[None]:
    """Sign-in throttles count in the cache, which outlives a test; for tests with a database."""
    from django.core.cache import cache

    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="module")
def _content(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Load the shipped content once for a module, inside a transaction that is thrown away after it."""
    from django.db import transaction

    from tests.loaded import load_shipped

    with django_db_blocker.unblock(), transaction.atomic():
        load_shipped(demo=False)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def content(_content: None, db: None) -> None:
    """The site's content as shipped, in both languages, without placeholders of a demonstration."""
