"""What all content tables share: the time of the last change, and bounds kept by the database too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from treatments.models.validators import validate_draft, validate_markup

LINE = 200  # characters of a title or a table cell
SUMMARY = 600  # characters of one or two sentences
ANSWER = 4_000  # characters of an answer or a note
BODY = 20_000  # characters of one section of a page
TOO_LONG = _("Keep this text to %(limit_value)s characters. It has %(show_value)s.")


class Content(models.Model):
    """A row that staff edit; its newest `updated_at` is the version of the public pages."""

    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    class Meta:
        abstract = True


class MarkdownField(models.TextField):  # type: ignore[type-arg]  # takes none when it runs
    """Markdown of at most `limit` characters, checked as treatments.text.content_checks reads it.

    The limit is a validator and not `max_length`: the browser would cut a long paste without a word.
    With `drafts`, its row can be a draft, and unknown sources are refused when it is published
    (treatments.editorial.publishing) and not before.
    """

    def __init__(self, *args: Any, limit: int = BODY, drafts: bool = False, **kwargs: Any) -> None:
        self.limit = limit
        proofread = validate_draft if drafts else validate_markup
        kwargs.setdefault("validators", [MaxLengthValidator(limit, TOO_LONG), proofread])
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, "django.db.models.TextField", args, kwargs


def english_required(*fields: str) -> models.CheckConstraint:
    """Return the constraint that each translated field has its English text; Spanish may follow later."""
    present = models.Q()
    for field in fields:
        present &= models.Q(**{f"{field}_en__isnull": False}) & ~models.Q(**{f"{field}_en": ""})
    return models.CheckConstraint(condition=present, name="%(app_label)s_%(class)s_english_required")


def text_bounds(**limits: int) -> list[models.CheckConstraint]:
    """Return constraints that hold the text of translated fields to so many characters per language."""
    return [
        models.CheckConstraint(
            condition=models.Q(**{f"{field}_{language}__isnull": True})
            | models.Q(LessThanOrEqual(Length(f"{field}_{language}"), limit)),
            name=f"%(app_label)s_%(class)s_{field}_{language}_length",
        )
        for field, limit in limits.items()
        for language in ("en", "es")
    ]


def one_of(field: str, choices: type[models.TextChoices]) -> models.CheckConstraint:
    """Return the constraint that a field holds one of its choices."""
    return models.CheckConstraint(
        condition=models.Q(**{f"{field}__in": choices.values}),
        name=f"%(app_label)s_%(class)s_{field}_known",
    )
