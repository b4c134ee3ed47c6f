"""The conditions, and what BOTOX is approved for within each."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from treatments.models.base import (
    LINE,
    SUMMARY,
    Content,
    MarkdownField,
    english_required,
    one_of,
    text_bounds,
)


class Drawing(models.TextChoices):
    MIGRAINE = "migraine", _("head from the side")
    TENSION_HEADACHE = "tension-headache", _("head from the front")
    JAW = "tmj", _("jaw from the side")
    BACK = "back-pain", _("lower back")


class ApprovalStatus(models.TextChoices):
    APPROVED = "approved", _("FDA-approved use")
    OFF_LABEL = "off-label", _("Off-label use")


class Condition(Content):
    """A condition that patients come with. Its page has the same key as its slug."""

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=100)
    short_name = models.CharField(_("short name"), max_length=60)
    summary = MarkdownField(
        _("summary"), limit=SUMMARY, help_text=_("One or two sentences for the list of conditions.")
    )
    drawing = models.CharField(_("drawing"), max_length=30, choices=Drawing)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ["position", "slug"]
        constraints = [
            english_required("name", "short_name", "summary"),
            one_of("drawing", Drawing),
            *text_bounds(summary=SUMMARY),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("treatments:condition", args=[self.slug])

    @property
    def lead_indication(self) -> Indication | None:
        """Return the indication whose badge stands for the condition in lists: the first one."""
        return next(iter(self.indications.all()), None)


class Indication(Content):
    """One use within a condition, with its FDA status and how strong the evidence is.

    Status and grade belong here and not to the page: migraine has an approved use and one that is not.
    """

    condition = models.ForeignKey(Condition, models.CASCADE, related_name="indications")
    key = models.SlugField(_("key"), max_length=60)
    name = models.CharField(_("name"), max_length=LINE)
    status = models.CharField(_("FDA status"), max_length=10, choices=ApprovalStatus)
    grade = models.PositiveSmallIntegerField(
        _("strength of the evidence"),
        validators=[MaxValueValidator(5)],
        help_text=_(
            "0 to 5 bars. 4 is good with a modest effect, 2 mixed or weak, 1 very weak, 0 not helpful."
        ),
    )
    grade_label = models.CharField(_("evidence in words"), max_length=100)
    summary = MarkdownField(_("summary"), limit=SUMMARY)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("use")
        verbose_name_plural = _("uses")
        ordering = ["position", "key"]
        constraints = [
            models.UniqueConstraint(fields=["condition", "key"], name="%(app_label)s_indication_key_once"),
            models.CheckConstraint(
                condition=models.Q(grade__range=(0, 5)), name="%(app_label)s_indication_grade_in_range"
            ),
            one_of("status", ApprovalStatus),
            english_required("name", "grade_label", "summary"),
            *text_bounds(summary=SUMMARY),
        ]

    def __str__(self) -> str:
        return f"{self.condition.slug}: {self.name}"

    @property
    def is_approved(self) -> bool:
        return self.status == ApprovalStatus.APPROVED
