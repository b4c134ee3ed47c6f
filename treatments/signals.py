"""A changed clinic fact is read afresh at once in the process that changed it."""

from __future__ import annotations

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from treatments import clinic
from treatments.models import Clinic, Closure, OpeningHours


@receiver([post_save, post_delete])
def forget_clinic_facts(sender: type, **kwargs: object) -> None:
    if sender in (Clinic, Closure, OpeningHours):
        clinic.forget()
