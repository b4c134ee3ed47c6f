"""Reason codes: what an event may hold in place of free text."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CloseReason(TextChoices):
    """Why a request is closed without a visit."""

    UNREACHABLE = "unreachable", _("We could not reach the patient")
    DUPLICATE = "duplicate", _("The same person sent another request")
    SPAM = "spam", _("Not a real request")
    OTHER = "other", _("Another reason")


class DeclineReason(TextChoices):
    """Why the clinic cannot take the request, with where to go instead."""

    OTHER_SPECIALTY = "other-specialty", _("Another kind of specialist fits better")
    PRIMARY_CARE = "primary-care", _("A primary care visit should come first")
    NOT_OFFERED = "not-offered", _("We do not offer what is asked for")
    AGE = "age", _("We see adults only")
    DISTANCE = "distance", _("A clinic nearer to the patient fits better")


class PriorityReason(TextChoices):
    """Why staff set another priority than the rules suggest."""

    CLINICAL = "clinical", _("Clinical judgment after reading")
    SPOKE = "spoke", _("We spoke with the patient")
    ANSWER_ERROR = "answer-error", _("An answer was given by mistake")
    ACCESS = "access", _("Access or travel needs")


class ReopenReason(TextChoices):
    """Why a finished request comes back."""

    PATIENT_CALLED = "patient-called", _("The patient got back to us")
    MISTAKE = "mistake", _("It was finished by mistake")
    NEW_INFORMATION = "new-information", _("We learned something new")


class CancelReason(TextChoices):
    """Why a visit is cancelled."""

    PATIENT = "patient", _("The patient asked")
    CLINIC = "clinic", _("The clinic has to cancel")


class ContactOutcome(TextChoices):
    """What came of a call to the patient."""

    NO_ANSWER = "no-answer", _("No answer")
    VOICEMAIL = "voicemail", _("Left a message")
    LATER = "later", _("Asked us to call later")
    REACHED = "reached", _("Reached")
