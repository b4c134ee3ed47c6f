"""Why an email did not arrive, for people who call instead."""

from __future__ import annotations

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# RFC 5321, 4.2.3, in the words of somebody who has the patient on the phone.
_WORDS: Final[dict[str, Promise]] = {
    "smtp-550": gettext_lazy("no such mailbox"),
    "smtp-551": gettext_lazy("no such mailbox"),
    "smtp-552": gettext_lazy("the mailbox is full"),
    "smtp-553": gettext_lazy("the address is not accepted"),
    "bad-address": gettext_lazy("the address is not accepted"),
    "no-address": gettext_lazy("there is no address"),
    "no-e-mail": gettext_lazy("the patient wants no email"),
    "SealBroken": gettext_lazy("what we stored cannot be opened"),
}


def why_failed(code: str) -> str:
    """Return what an error code of a message means; the code itself stays for whoever runs the mail."""
    words = _WORDS.get(code) or (gettext_lazy("the mail server refused it") if code[:6] == "smtp-5" else "")
    return _("%(words)s (%(code)s)") % {"words": words, "code": code} if words else code
