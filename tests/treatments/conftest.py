"""Fixtures of the content tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.treatments.shipped import PAGES, read
from treatments.content_files import records
from treatments.loader import load


@pytest.fixture(scope="module")
def _content(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """Load the shipped content once for a module, inside a transaction that is thrown away after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(records())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def content(_content: None, db: None) -> None:
    """The site's content as shipped, English, without placeholders of a demonstration."""


@pytest.fixture(scope="module")
def pages(_content: None, django_db_blocker) -> dict[str, tuple[dict[str, Any], str]]:
    """Every page as shipped, read once: (context, HTML) by key."""
    with django_db_blocker.unblock():
        return {key: read(key) for key in PAGES}
