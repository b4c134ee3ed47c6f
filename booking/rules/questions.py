"""The answers to choose from, in the patient's words, with their codes."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from booking.rules.safety import Topic

CONSENT_VERSION: Final = "2026.1"
HEADACHE: Final = frozenset({Topic.MIGRAINE.value, Topic.TENSION_HEADACHE.value})


class Duration(TextChoices):
    """How long it has been like this."""

    WEEKS = "weeks", _("Less than 3 months")
    MONTHS = "months", _("3 to 12 months")
    YEARS = "years", _("More than a year")
    UNSURE = "unsure", _("I am not sure")


class HeadacheHours(TextChoices):
    """How long a headache lasts without medicine. The label's threshold is 4 hours a day."""

    UNDER_4 = "under-4", _("Less than 4 hours")
    OVER_4 = "over-4", _("4 hours or more")
    UNSURE = "unsure", _("I am not sure")


class Tried(TextChoices):
    """Treatments tried so far."""

    PAIN_MEDICINE = "pain-medicine", _("Pain medicine from the store")
    PREVENTIVE = "preventive", _("A daily medicine to prevent pain")
    PRESCRIPTION = "prescription", _("Other prescription medicine")
    PHYSICAL_THERAPY = "physical-therapy", _("Physical therapy or exercise")
    COUNSELING = "counseling", _("Counseling, relaxation or biofeedback")
    MOUTH_GUARD = "mouth-guard", _("A mouth guard or splint")
    INJECTION = "injection", _("Shots, such as a nerve block")
    BOTULINUM = "botulinum", _("BOTOX or another botulinum toxin")
    SURGERY = "surgery", _("Surgery")


class Health(TextChoices):
    """What staff must know before anybody speaks of a shot (BOTOX label, sections 4, 5 and 8)."""

    ALLERGY = "allergy", _("An allergy to a botulinum toxin product or to albumin")
    INFECTION = "infection", _("A skin infection where a shot might go")
    NERVE_MUSCLE = "nerve-muscle", _("ALS, myasthenia gravis or Lambert-Eaton syndrome")
    SWALLOWING = "swallowing", _("Trouble swallowing or breathing")
    BLEEDING = "bleeding", _("A bleeding problem, or you take a blood thinner")
    PREGNANCY = "pregnancy", _("Pregnant, planning to be, or breastfeeding")
    SURGERY_PLANNED = "surgery-planned", _("Surgery planned soon")
    FACE = "face", _("Surgery on your face, a droopy eyelid or a weak forehead")


class LastToxin(TextChoices):
    """When the last botulinum toxin shot was (units of brands are not interchangeable)."""

    NEVER = "never", _("Never")
    RECENT = "recent", _("In the last 4 months")
    EARLIER = "earlier", _("More than 4 months ago")
    UNSURE = "unsure", _("I am not sure")


class BeenHere(TextChoices):
    """Whether the person is already known to the clinic."""

    NEW = "new", _("No, this is my first time")
    RETURNING = "returning", _("Yes, I have been here before")
    UNSURE = "unsure", _("I am not sure")


class Channel(TextChoices):
    """How to reach the person: only what the clinic really does."""

    PHONE = "phone", _("Phone call")
    EMAIL = "email", _("Email")


class YesNo(TextChoices):
    """A plain yes or no."""

    YES = "yes", _("Yes")
    NO = "no", _("No")


class Weekday(TextChoices):
    """Days that suit."""

    MONDAY = "mon", _("Monday")
    TUESDAY = "tue", _("Tuesday")
    WEDNESDAY = "wed", _("Wednesday")
    THURSDAY = "thu", _("Thursday")
    FRIDAY = "fri", _("Friday")


class DayPart(TextChoices):
    """Times of day that suit."""

    MORNING = "am", _("Morning")
    AFTERNOON = "pm", _("Afternoon")


class Language(TextChoices):
    """The language to speak and write in."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")


class Payment(TextChoices):
    """Insured or not: a person who pays alone has a right to a good faith estimate (45 CFR 149.610)."""

    INSURED = "insured", _("I have insurance I want to use")
    SELF_PAY = "self-pay", _("I will pay myself")
    UNSURE = "unsure", _("I am not sure yet")
