"""Fixtures of the content tests."""

from __future__ import annotations

from typing import Any

import pytest

from tests.treatments.shipped.shipped import PAGES, read


@pytest.fixture(scope="module")
def pages(_content: None, django_db_blocker) -> dict[str, tuple[dict[str, Any], str]]:
    """Every page as shipped, read once: (context, HTML) by key."""
    with django_db_blocker.unblock():
        return {key: read(key) for key in PAGES}
