"""Text as people type it: tidied, so that what is stored is what everyone sees."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

# Controls, and marks that turn the reading direction or cannot be seen (Unicode TR 36). The joiners
# U+200C and U+200D stay: names in some scripts, and emoji, need them.
_UNSEEN: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_BREAK: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_GAP: Final = re.compile(r"[^\S\n]+")
_JOINERS: Final = "\u200c\u200d"


def tidy(text: str, *, lines: bool = False) -> str:
    """Return the text without unseen characters and stray space, in Unicode form C; "" when none is left.

    `lines` keeps line breaks, as \\n; otherwise they become spaces.
    """
    text = _BREAK.sub("\n", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    text = _GAP.sub(" ", text if lines else text.replace("\n", " ")).strip()
    return text if text.strip(_JOINERS) else ""


class PlainTextField(forms.CharField):
    """One line of text, tidied."""

    lines = False
    default_error_messages = {"max_length": _("Your answer must be %(limit_value)d characters or fewer")}

    def __init__(self, *, max_length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        # Not passed on: a maxlength attribute would cut a pasted text without a word.
        self.validators.append(MaxLengthValidator(max_length))

    def to_python(self, value: Any) -> str:
        """Return the tidied text."""
        return tidy(super().to_python(value) or "", lines=self.lines)


class LongTextField(PlainTextField):
    """Several lines of text, tidied."""

    lines = True
    widget = forms.Textarea(attrs={"rows": 4})
