"""Who put their name to which words."""

from __future__ import annotations

from typing import Any, Never

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from treatments.models.base import LINE

# Who may sign what. A qualified human translator reviews critical Spanish: 45 CFR 92.201(c)(3).
SIGN_HEALTH = "sign_health"
SIGN_SPANISH = "sign_spanish"
SIGN_FACTS = "sign_facts"


class SignOff(models.Model):
    """A named person stands behind a subject exactly as it read when they signed.

    Rows are only ever added; the newest one of a subject counts, and only for the text with its digest.
    `lines` keeps the words themselves, as signoff.SignedLine has them, to tell what changed since.
    """

    subject = models.CharField(_("subject"), max_length=100)
    digest = models.CharField(
        _("fingerprint of the text"), max_length=64, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("signed by")
    )
    signer_name = models.CharField(_("name as signed"), max_length=LINE)
    credential = models.CharField(_("credential"), max_length=LINE, help_text=_("For example MD, Arizona."))
    lines = models.JSONField(_("words as signed"), default=list, editable=False)
    signed_at = models.DateTimeField(_("signed at"), auto_now_add=True)

    class Meta:
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        ordering = ["-signed_at", "-pk"]
        default_permissions = ("add", "view")
        permissions = [
            (SIGN_HEALTH, _("Can sign off health pages and safety rules")),
            (SIGN_SPANISH, _("Can sign off Spanish as a qualified translator")),
            (SIGN_FACTS, _("Can sign off the clinic's facts")),
        ]
        indexes = [models.Index(fields=["subject", "-signed_at"], name="treatments_signoff_newest")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(digest__regex=r"^[0-9a-f]{64}$"),
                name="%(app_label)s_signoff_digest_is_sha256",
            ),
            models.CheckConstraint(
                condition=~(models.Q(subject="") | models.Q(signer_name="") | models.Q(credential="")),
                name="%(app_label)s_signoff_named",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject}: {self.signer_name}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A sign-off is never changed; add a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise TypeError("A sign-off is never deleted; a newer one replaces it.")


class SentReminder(models.Model):
    """What was missing when staff were last told which parts of the site wait for a signature.

    One row a change of what is missing: the newest says what was known already, so that no mail is repeated.
    `missing` lists treatments.editorial.gates.MissingSignature.name.
    """

    missing = models.JSONField(_("missing signatures"), default=list, editable=False)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("reminder of missing signatures")
        verbose_name_plural = _("reminders of missing signatures")
        ordering = ["-at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
