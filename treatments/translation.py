"""Which fields patients read in their own language: English always, Spanish when it is there."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from treatments.models import (
    FAQ,
    Clinic,
    Clinician,
    Closure,
    Condition,
    Finding,
    Harm,
    Indication,
    Page,
    Section,
)
from treatments.text.statements import STATEMENTS


class EnglishRequired(TranslationOptions):
    required_languages = ("en",)


@register(Clinic)
class ClinicTranslation(EnglishRequired):
    fields = ("hours_note", "emergency_line", *STATEMENTS)


@register(Closure)
class ClosureTranslation(EnglishRequired):
    fields = ("reason",)


@register(Clinician)
class ClinicianTranslation(EnglishRequired):
    fields = ("languages", "about", "portrait_alt")


@register(Condition)
class ConditionTranslation(EnglishRequired):
    fields = ("name", "short_name", "summary")


@register(Indication)
class IndicationTranslation(EnglishRequired):
    fields = ("name", "grade_label", "summary")


@register(Finding)
class FindingTranslation(EnglishRequired):
    fields = ("measure", "unit", "note")


@register(Harm)
class HarmTranslation(EnglishRequired):
    fields = ("name",)


@register(Page)
class PageTranslation(EnglishRequired):
    fields = ("title", "short_title", "lead", "description")


@register(Section)
class SectionTranslation(EnglishRequired):
    fields = ("title", "body")


@register(FAQ)
class FAQTranslation(EnglishRequired):
    fields = ("question", "answer")
