"""The answers to choose from, in the patient's words, with their codes (by topic: topics.py)."""

from __future__ import annotations

from typing import Final

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

CONSENT_VERSION: Final = "2026.1"
# How a box that stands alone is stored when it is checked.
CHECKED: Final = "yes"


class WhoFor(TextChoices):
    """Who the request is for. Whoever asks for somebody else says so, and by what right."""

    SELF = "self", _("Myself")
    ADULT = "adult", _("Another adult")
    MINOR = "minor", _("Someone under 18: I am their parent or guardian")


class Relation(TextChoices):
    """How the person who asks is related to the patient."""

    PARENT = "parent", _("I am their parent")
    GUARDIAN = "guardian", _("I am their legal guardian or health care agent")
    PARTNER = "partner", _("I am their husband, wife or partner")
    CHILD = "child", _("I am their son or daughter")
    RELATIVE = "relative", _("I am another relative")
    FRIEND = "friend", _("I am a friend or neighbor")
    CAREGIVER = "caregiver", _("I care for them as my job")


# For a minor only somebody may ask who decides about their care.
RELATIONS_FOR: Final = {
    WhoFor.ADULT.value: tuple(Relation),
    WhoFor.MINOR.value: (Relation.PARENT, Relation.GUARDIAN),
}


class SameDayCare(TextChoices):
    """What is said of a sign that a doctor should check the same day, by whoever keeps their request."""

    TODAY = "today", _("I will have it checked today")
    CHECKED = "checked", _("A doctor has checked this")


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


class JawOpening(TextChoices):
    """How wide the mouth opens, in the person's own fingers (trismus: Beddis HP et al. Br Dent J 2014)."""

    THREE = "three", _("Three fingers or more")
    TWO = "two", _("Two fingers")
    UNDER_TWO = "under-two", _("Less than two fingers")
    UNSURE = "unsure", _("I am not sure")


class Imaging(TextChoices):
    """Pictures taken of what hurts."""

    XRAY = "x-ray", _("X-ray")
    CT = "ct", _("CT scan")
    MRI = "mri", _("MRI scan")
    UNSURE = "unsure", _("Yes, but I am not sure which kind")


class Referral(TextChoices):
    """Whether somebody sends the person."""

    NO = "no", _("No, I come on my own")
    YES = "yes", _("Yes, a doctor, dentist or other clinic sent me")
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
    REACTION = "reaction", _("A bad reaction to a botulinum toxin shot before")
    INFECTION = "infection", _("A skin infection where a shot might go")
    NERVE_MUSCLE = "nerve-muscle", _("ALS, myasthenia gravis or Lambert-Eaton syndrome")
    SWALLOWING = "swallowing", _("Trouble swallowing or breathing")
    BLEEDING = "bleeding", _("A bleeding problem, or you take a blood thinner")
    PREGNANCY = "pregnancy", _("Pregnant, planning to be, or breastfeeding")
    SURGERY_PLANNED = "surgery-planned", _("Surgery planned soon")
    FACE = "face", _("Surgery on your face, a droopy eyelid or a weak forehead")
    MEDICINES = (
        "medicines",
        _("You take medicine to relax muscles, to sleep, or for a cold, or get an antibiotic as a shot"),
    )


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


class HalfDay(TextChoices):
    """Half days that suit for a visit: a weekday and a part of it."""

    MON_AM = "mon-am", _("Monday morning")
    MON_PM = "mon-pm", _("Monday afternoon")
    TUE_AM = "tue-am", _("Tuesday morning")
    TUE_PM = "tue-pm", _("Tuesday afternoon")
    WED_AM = "wed-am", _("Wednesday morning")
    WED_PM = "wed-pm", _("Wednesday afternoon")
    THU_AM = "thu-am", _("Thursday morning")
    THU_PM = "thu-pm", _("Thursday afternoon")
    FRI_AM = "fri-am", _("Friday morning")
    FRI_PM = "fri-pm", _("Friday afternoon")


class Language(TextChoices):
    """The language to speak and write in."""

    ENGLISH = "en", _("English")
    SPANISH = "es", _("Spanish")


class Payment(TextChoices):
    """Insured or not: a person who pays alone has a right to a good faith estimate (45 CFR 149.610)."""

    INSURED = "insured", _("I have insurance I want to use")
    SELF_PAY = "self-pay", _("I will pay myself")
    UNSURE = "unsure", _("I am not sure yet")
