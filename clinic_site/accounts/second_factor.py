"""The second factor of staff: an authenticator app or a passkey, with recovery codes."""

from __future__ import annotations

import base64
from typing import ClassVar

import qrcode
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import User
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from booking.models.sealed import seal, unseal
from treatments.clinic.clinic import clinic_facts

# Recovery codes stand in for one of these; alone they are no second factor.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
PLACE = "mfa_authenticator:secret:data"
QUIET_ZONE = 4  # modules: ISO/IEC 18004, 9.1


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Secrets are sealed, the last factor stays where one is required, and the sentences are ours."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code does not match. Wait for the next one, then type it."),
        "cannot_delete_authenticator": _("This is your only second step. Set up another one first."),
    }

    def get_totp_issuer(self) -> str:
        """Return what an authenticator app shows: the clinic, as everybody knows where one works."""
        facts = clinic_facts()
        return facts.name if facts else settings.SITE_HOST

    def _get_user_identifier(self, user: User) -> str:
        return user.get_username()

    def generate_authenticator_name(self, user: User, type: str) -> str:
        """Return a name for the next passkey of somebody."""
        there = Authenticator.objects.filter(user=user, type=type).count()
        return gettext("Passkey %(number)d") % {"number": there + 1}

    def build_totp_svg(self, url: str) -> SafeString:
        """Return the square code as a drawing without a style in it, which the policy would refuse."""
        code = qrcode.QRCode(border=QUIET_ZONE)
        code.add_data(url)
        rows = code.get_matrix()
        dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, on in enumerate(row) if on)
        return format_html(
            '<svg viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges">'
            '<path fill="#fff" d="M0 0h{0}v{0}H0z"/><path d="{2}"/></svg>',
            len(rows),
            _("Square code for your authenticator app"),
            mark_safe(dark),  # noqa: S308 (numbers of ours)
        )

    def encrypt(self, text: str) -> str:
        """Seal a secret of an authenticator."""
        return base64.b64encode(seal(text.encode(), PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it. Raises SealBroken."""
        return unseal(base64.b64decode(encrypted_text), PLACE).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Return whether something else is left, where a second factor is required."""
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS)
        return not settings.SECOND_FACTOR_REQUIRED or others.exclude(pk=authenticator.pk).exists()


def lacks_second_factor(request: HttpRequest) -> bool:
    """Return whether somebody who is signed in must set up a second factor before anything else."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    if any(record["method"] == "mfa" for record in get_authentication_records(request, request.user)):
        return False
    return not is_mfa_enabled(request.user, FACTORS)


@receiver(authenticator_added)
def end_what_began_without(sender: object, request: HttpRequest, user: User, **kwargs: object) -> None:
    """End the other sessions of somebody who adds a factor: they were opened without it."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()
