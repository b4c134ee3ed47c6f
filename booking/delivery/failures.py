"""What became of an attempt that did not succeed, as a short code that never holds an address."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from typing import Final

from booking.models.key_check import KeysNotProved
from booking.models.sealed import SealBroken

# RFC 5321, 4.2.1: the server will say the same next time.
PERMANENT: Final = range(500, 600)
# Refusals of the whole session (greeting, HELO, login) say nothing about the one message.
SESSION: Final = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)
CODE_LENGTH: Final = 40


OVERTAKEN: Final = "overtaken"


class CannotBeSent(Exception):
    """This message will never go out; `code` says why, without an address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Failure:
    """Why a message did not go out. `server_away`: nothing else can go out now either."""

    code: str
    permanent: bool = False
    server_away: bool = False

    @property
    def overtaken(self) -> bool:
        """Whether the message is no longer true, so that nobody needs to hear it in another way."""
        return self.code == OVERTAKEN


def code_of(error: Exception) -> str:
    """Return the code of an exception: its type alone, for its text may hold an address."""
    return type(error).__name__[:CODE_LENGTH]


def classify(error: Exception) -> Failure:
    """Tell what an exception of rendering or sending means for the message."""
    name = code_of(error)
    match error:
        case CannotBeSent():
            return Failure(error.code, permanent=True)
        case SealBroken():
            # Wrong keys are told apart before: nothing will ever open it.
            return Failure(name, permanent=True)
        case KeysNotProved():
            return Failure(name, server_away=True)
        case smtplib.SMTPRecipientsRefused():
            return _reply(next((code for code, _text in error.recipients.values()), 0))
        case smtplib.SMTPResponseException() if not isinstance(error, SESSION):
            return _reply(error.smtp_code)
        case OSError():
            # smtplib's errors are OSErrors too: no connection, no answer in time, connection lost.
            return Failure(name, server_away=True)
    return Failure(name)


def _reply(code: int) -> Failure:
    return Failure(f"smtp-{code}", permanent=code in PERMANENT)
