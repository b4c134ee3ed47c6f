"""A change by staff is read afresh at once in the process that made it; others ask within seconds."""

from __future__ import annotations

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import Signal, receiver

from treatments.clinic import clinic
from treatments.models import SignOff
from treatments.models.base import Content
from treatments.models.version import content_version
from treatments.pages import menu

# Somebody saved the clinic's facts, hours and closures in the admin; sent with the `request`.
clinic_saved = Signal()


@receiver([post_save, post_delete])
def forget_what_was_read(sender: type, **kwargs: object) -> None:
    if not issubclass(sender, Content | SignOff):
        return
    forget()
    # Another thread may have read the old rows once more before these were committed.
    transaction.on_commit(forget)


def forget() -> None:
    """Read the clinic's facts, the menu and the version of pages and signatures again."""
    clinic.forget()
    menu.forget()
    content_version.forget()
