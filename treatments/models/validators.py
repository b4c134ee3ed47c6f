"""Checks of single values; each message says what to type instead."""

from __future__ import annotations

from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from treatments.models.references import check, check_draft

# ITU-T E.164: a plus sign, the country code and the number, 15 digits at most.
validate_e164 = RegexValidator(
    r"^\+[1-9][0-9]{7,14}$", _("Write the number with its country code, for example +14805550100.")
)
# Crossref's own advice for modern DOIs: https://www.crossref.org/blog/dois-and-matching-regular-expressions/
validate_doi = RegexValidator(r"^10\.[0-9]{4,9}/\S+$", _("A DOI looks like 10.1177/0333102410364677."))
validate_pmid = RegexValidator(
    r"^[1-9][0-9]{0,8}$", _("A PubMed number has digits only, for example 20647171.")
)
validate_zip = RegexValidator(r"^[0-9]{5}(-[0-9]{4})?$", _("A ZIP code looks like 85255 or 85255-1234."))
validate_state = RegexValidator(r"^[A-Z]{2}$", _("Write the two letters of the state, for example AZ."))


def validate_time_zone(name: str) -> None:
    """Refuse a name that the time zone database (IANA) does not hold."""
    if name not in available_timezones():
        raise ValidationError(_("Write a time zone as the IANA names it, for example America/Phoenix."))


def validate_markup(text: str) -> None:
    """Refuse Markdown that a page could not show: an unknown source, page, box or clinic note, HTML."""
    check(text)


def validate_draft(text: str) -> None:
    """Refuse the same, except a source that is still to be added: publishing asks for that."""
    check_draft(text)
