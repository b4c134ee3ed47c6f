"""A mail server for the outbox, and facts of the clinic."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.booking.delivery import sink
from treatments.clinic.clinic import forget
from treatments.models import Clinic


@pytest.fixture(autouse=True)
def _fresh_facts() -> Iterator[None]:
    forget()
    yield
    forget()


@pytest.fixture
def clinic(db: None) -> Clinic:
    """The clinic under its telling name, with a phone number."""
    return Clinic.objects.create(
        name="Sonoran Pain and Spine", phone="+14805550100", emergency_line="In an emergency, call 911."
    )


@pytest.fixture
def smtp(settings) -> Iterator[sink.Behaviour]:
    """A mail server that takes what it is given, until told otherwise."""
    behaviour = sink.Behaviour()
    server = sink.start(behaviour)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = server.hostname, server.port
    settings.EMAIL_TIMEOUT = 2
    yield behaviour
    server.stop()
