"""The literature that the pages cite."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from treatments.models.base import LINE, Content
from treatments.models.validators import validate_doi, validate_pmid


class Source(Content):
    """One article, label or guideline. Pages cite it as [@key]."""

    key = models.SlugField(
        _("key"),
        max_length=60,
        unique=True,
        help_text=_("Cite it in a text as [@key]. Do not change it later."),
    )
    authors = models.CharField(_("authors"), max_length=LINE, blank=True)
    title = models.CharField(_("title"), max_length=300)
    publisher = models.CharField(_("journal or agency"), max_length=LINE)
    locator = models.CharField(
        _("volume and pages"), max_length=60, blank=True, help_text=_("For example 30(7):804-814.")
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1950), MaxValueValidator(2100)]
    )
    doi = models.CharField("DOI", max_length=120, blank=True, validators=[validate_doi])
    pmid = models.CharField(_("PubMed number"), max_length=9, blank=True, validators=[validate_pmid])
    url = models.URLField(_("web address"), max_length=500, blank=True)
    checked_on = models.DateField(_("checked at the source on"), null=True, blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(doi="", pmid="", url=""),
                name="%(app_label)s_source_can_be_found",
                violation_error_message=_("Give a DOI, a PubMed number or a web address."),
            ),
            models.CheckConstraint(
                condition=models.Q(year__isnull=True) | models.Q(year__range=(1950, 2100)),
                name="%(app_label)s_source_year_in_range",
            ),
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(publisher=""), name="%(app_label)s_source_named"
            ),
            models.UniqueConstraint(
                fields=["doi"], condition=~models.Q(doi=""), name="%(app_label)s_source_doi_once"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def text(self) -> str:
        """Return the reference as one line: Authors. Title. Journal year;volume:pages."""
        where = " ".join(str(part) for part in (self.publisher, self.year) if part)
        if self.locator:
            where = f"{where};{self.locator}"
        return " ".join(f"{part.rstrip('.')}." for part in (self.authors, self.title, where) if part)

    @property
    def link(self) -> str:
        """Return the address readers are sent to: the DOI, else PubMed, else the page."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        if self.pmid:
            return f"https://pubmed.ncbi.nlm.nih.gov/{self.pmid}/"
        return self.url
