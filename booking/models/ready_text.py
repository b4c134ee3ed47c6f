"""Ready texts: sentences that staff write to patients again and again, in English and in Spanish."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking.models.columns import KEEP
from booking.rules.questions import Language
from booking.rules.transitions import Verb

LONGEST_READY = 2000


class ReadyTextQuerySet(models.QuerySet["ReadyText"]):
    """Ways of looking at the texts."""

    def for_letter(self, verb: Verb, language: str) -> list[ReadyText]:
        """Return the active texts for a verb that say something in this language."""
        fitting = self.filter(Q(verb=verb) | Q(verb=""), active=True)
        return [text for text in fitting if text.in_language(language)]


class ReadyText(models.Model):
    """A text to begin a letter with. It names no patient; whoever uses it reads and changes it first."""

    VERBS = ((Verb.ASK_PATIENT, Verb.ASK_PATIENT.label), (Verb.ANSWER, Verb.ANSWER.label))

    id = models.BigAutoField(primary_key=True, db_comment=KEEP)
    title = models.CharField(
        _("title"), max_length=60, unique=True, help_text=_("Only staff see it."), db_comment=KEEP
    )
    verb = models.CharField(
        _("for"),
        max_length=20,
        choices=VERBS,
        blank=True,
        help_text=_("Blank: wherever staff write to a patient."),
        db_comment=KEEP,
    )
    english = models.CharField(
        _("English"), max_length=LONGEST_READY, blank=True, help_text=_("Name no patient."), db_comment=KEEP
    )
    spanish = models.CharField(
        _("Spanish"),
        max_length=LONGEST_READY,
        blank=True,
        help_text=_("Blank: not offered for patients who read Spanish."),
        db_comment=KEEP,
    )
    active = models.BooleanField(_("can be used"), default=True, db_comment=KEEP)

    objects = ReadyTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("ready text")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(english="") | ~Q(spanish=""),
                name="ready_text_says_something",
                violation_error_message=_("Write the text in English, in Spanish, or both."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def in_language(self, language: str) -> str:
        """Return the text in this language, "" when it has none."""
        return self.spanish if language == Language.SPANISH else self.english
