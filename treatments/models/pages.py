"""Pages, their sections, and the questions of the FAQ page."""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from treatments.models.base import (
    ANSWER,
    BODY,
    LINE,
    SUMMARY,
    Content,
    MarkdownField,
    english_required,
    one_of,
    text_bounds,
)
from treatments.models.conditions import Condition


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class PublishedQuerySet(models.QuerySet[Any]):
    def published(self) -> PublishedQuerySet:
        return self.filter(status=Status.PUBLISHED)


class Kind(models.TextChoices):
    HOME = "home", _("Home")
    INDEX = "index", _("List of conditions")
    CONDITION = "condition", _("Condition")
    TREATMENT = "treatment", _("Treatment")
    FAQ = "faq", _("Questions and answers")
    CONTACT = "contact", _("Contact")
    CLINIC = "clinic", _("About the clinic")
    LEGAL = "legal", _("Legal notice")


HEALTH_KINDS = frozenset({Kind.HOME, Kind.INDEX, Kind.CONDITION, Kind.TREATMENT, Kind.FAQ})


class Page(Content):
    """One address of the site. `key` names it in code and in links written as [text](page:key)."""

    key = models.SlugField(_("key"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    condition = models.OneToOneField(
        Condition, models.PROTECT, null=True, blank=True, related_name="page", verbose_name=_("condition")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    title = models.CharField(_("title"), max_length=LINE)
    short_title = models.CharField(
        _("short title"), max_length=60, help_text=_("For menus and the path above.")
    )
    lead = MarkdownField(
        _("answer"), limit=SUMMARY, drafts=True, help_text=_("The answer in one or two sentences.")
    )
    description = models.CharField(
        _("description"), max_length=LINE, help_text=_("One sentence that search engines may show.")
    )
    is_template = models.BooleanField(
        _("template to complete"),
        default=False,
        help_text=_("Set for legal texts that the clinic must still complete. The page says so."),
    )
    review_every_months = models.PositiveSmallIntegerField(
        _("review again after so many months"),
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(36)],
    )

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["key"]
        constraints = [
            one_of("kind", Kind),
            one_of("status", Status),
            # PIF TICK: health information is reviewed at least every three years.
            models.CheckConstraint(
                condition=models.Q(review_every_months__range=(1, 36)),
                name="%(app_label)s_page_review_within_three_years",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="condition", condition__isnull=False)
                | (~models.Q(kind="condition") & models.Q(condition__isnull=True)),
                name="%(app_label)s_page_condition_with_its_kind",
                violation_error_message=_("Choose a condition for a condition page, and for no other."),
            ),
            english_required("title", "short_title", "lead", "description"),
            *text_bounds(lead=SUMMARY),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_health(self) -> bool:
        """Whether a clinician must review the page."""
        return self.kind in HEALTH_KINDS

    def get_absolute_url(self) -> str:
        if self.kind == Kind.CONDITION:
            return reverse("treatments:condition", args=[self.key])
        return reverse(f"treatments:{self.key}")


class Section(Content):
    """A part of a page under its own heading, in Markdown (treatments/text/markup.py)."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="sections")
    anchor = models.SlugField(
        _("anchor"), max_length=60, help_text=_("The end of the address, for links: /botox/#safety.")
    )
    title = models.CharField(_("heading"), max_length=LINE)
    body = MarkdownField(
        _("text"), limit=BODY, drafts=True, help_text=_("Markdown. Cite a source as [@key].")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "anchor"], name="%(app_label)s_section_anchor_once"),
            english_required("title", "body"),
            *text_bounds(body=BODY),
        ]

    def __str__(self) -> str:
        return self.title


class FAQ(Content):
    """A question as a patient would ask it, with its answer."""

    anchor = models.SlugField(_("anchor"), max_length=60, unique=True)
    question = models.CharField(_("question"), max_length=LINE)
    answer = MarkdownField(_("answer"), limit=ANSWER, drafts=True)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)

    objects = PublishedQuerySet.as_manager()

    class Meta:
        verbose_name = _("question and answer")
        verbose_name_plural = _("questions and answers")
        ordering = ["position", "pk"]
        constraints = [
            one_of("status", Status),
            english_required("question", "answer"),
            *text_bounds(answer=ANSWER),
        ]

    def __str__(self) -> str:
        return self.question
