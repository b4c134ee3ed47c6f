"""Numbers from studies: what BOTOX did beside placebo, and how often it did harm."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from treatments.models.base import LINE, SUMMARY, Content, MarkdownField, english_required, text_bounds
from treatments.models.conditions import Indication
from treatments.models.sources import Source


class Finding(Content):
    """One result of one study, always with the figure for placebo beside it."""

    indication = models.ForeignKey(Indication, models.CASCADE, related_name="findings", verbose_name=_("use"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="findings", verbose_name=_("source"))
    key = models.SlugField(_("key"), max_length=60)
    measure = models.CharField(_("what was measured"), max_length=LINE)
    with_botox = models.DecimalField(_("with BOTOX"), max_digits=6, decimal_places=1)
    with_placebo = models.DecimalField(_("with placebo"), max_digits=6, decimal_places=1)
    unit = models.CharField(_("unit"), max_length=60, help_text=_("For example days, or in 100 people."))
    participants = models.PositiveIntegerField(_("people in the study"), validators=[MinValueValidator(1)])
    note = MarkdownField(_("what else to know"), limit=SUMMARY, blank=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["indication", "key"], name="%(app_label)s_finding_key_once"),
            models.CheckConstraint(
                condition=models.Q(with_botox__gte=0, with_placebo__gte=0, participants__gte=1),
                name="%(app_label)s_finding_numbers_in_range",
            ),
            english_required("measure", "unit"),
            *text_bounds(note=SUMMARY),
        ]

    def __str__(self) -> str:
        return self.measure

    @property
    def difference(self) -> Decimal:
        """Return the figure with BOTOX minus the one with placebo, in the finding's unit."""
        return self.with_botox - self.with_placebo


class Harm(Content):
    """How many people in 100 had one side effect in one study."""

    indication = models.ForeignKey(Indication, models.CASCADE, related_name="harms", verbose_name=_("use"))
    source = models.ForeignKey(Source, models.PROTECT, related_name="harms", verbose_name=_("source"))
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("side effect"), max_length=LINE)
    percent = models.DecimalField(
        _("people in 100"),
        max_digits=4,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(100)],
    )
    one_in = models.PositiveSmallIntegerField(
        _("about 1 in"),
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text=_("The same figure in plain words: 12.6 in 100 is about 1 in 8."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("side effect")
        verbose_name_plural = _("side effects")
        ordering = ["position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["indication", "key"], name="%(app_label)s_harm_key_once"),
            models.CheckConstraint(
                condition=models.Q(percent__gt=0, percent__lte=100, one_in__range=(1, 1000)),
                name="%(app_label)s_harm_numbers_in_range",
            ),
            english_required("name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def per_100(self) -> int:
        """Return the whole number of people in 100, halves rounded up."""
        return int(self.percent + Decimal("0.5"))

    def clean(self) -> None:
        if not self.percent or not self.one_in:
            return
        # "About" covers rounding to an easy number, not another number.
        if abs(100 / self.one_in - float(self.percent)) > 0.15 * float(self.percent):
            nearest = round(100 / self.percent)
            raise ValidationError(
                {
                    "one_in": _("%(percent)s in 100 is about 1 in %(nearest)s.")
                    % {"percent": self.percent, "nearest": nearest}
                }
            )
