"""The people who treat patients."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from treatments.models.base import ANSWER, LINE, Content, MarkdownField, text_bounds


class Clinician(Content):
    """A clinician with title and licence type, which A.R.S. 32-3213 asks for wherever one is named."""

    name = models.CharField(_("name"), max_length=LINE)
    credentials = models.CharField(
        _("credentials"), max_length=100, blank=True, help_text=_("For example MD.")
    )
    licence_type = models.CharField(
        _("license type"), max_length=LINE, blank=True, help_text=_("As the Arizona board names it.")
    )
    board = models.CharField(
        _("board certification"),
        max_length=LINE,
        blank=True,
        help_text=_("The full name of the board, and only while it is current."),
    )
    languages = models.CharField(_("languages"), max_length=LINE, blank=True)
    about = MarkdownField(_("about"), limit=ANSWER, blank=True)
    portrait = models.BinaryField(_("portrait"), null=True, blank=True, editable=False)
    # SHA-256 of the portrait: its address, so that a browser may keep it for good.
    portrait_digest = models.CharField(max_length=64, blank=True, default="", editable=False)
    portrait_alt = models.CharField(
        _("portrait in words"),
        max_length=LINE,
        blank=True,
        help_text=_("What the picture shows, for people who do not see it. Blank: the name is read out."),
    )
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    is_demo = models.BooleanField(_("placeholder"), default=False, editable=False)
    published = models.BooleanField(_("shown on the site"), default=False)

    class Meta:
        verbose_name = _("clinician")
        verbose_name_plural = _("clinicians")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="%(app_label)s_clinician_name_once"),
            models.CheckConstraint(
                condition=~models.Q(is_demo=True, published=True),
                name="%(app_label)s_clinician_placeholder_stays_hidden",
                violation_error_message=_("A placeholder cannot be shown on the site."),
            ),
            models.CheckConstraint(
                condition=models.Q(published=False) | ~(models.Q(credentials="") | models.Q(licence_type="")),
                name="%(app_label)s_clinician_published_with_licence",
                violation_error_message=_(
                    "Fill in credentials and license type before you show this person."
                ),
            ),
            models.CheckConstraint(
                condition=models.Q(portrait__isnull=True, portrait_digest="")
                | models.Q(portrait__isnull=False, portrait_digest__regex=r"^[0-9a-f]{64}$"),
                name="%(app_label)s_clinician_portrait_with_digest",
            ),
            *text_bounds(about=ANSWER),
        ]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.credentials]))

    @property
    def portrait_url(self) -> str:
        """Return the address of the portrait, new with each picture, or "" without one."""
        if not self.portrait_digest:
            return ""
        return reverse("portrait", args=[self.portrait_digest])
