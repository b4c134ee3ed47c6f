"""What an exception of sending means for its message."""

from __future__ import annotations

import smtplib
import ssl

import pytest

from booking.delivery.failures import CODE_LENGTH, Failure, classify
from booking.delivery.messages import CannotBeSent
from booking.models import Message
from booking.models.key_check import KeysNotProved
from booking.models.sealed import SealBroken

ADDRESS = "canary@example.com"


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (CannotBeSent("no-address"), Failure("no-address", permanent=True)),
        (smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"no")}), Failure("smtp-550", permanent=True)),
        (smtplib.SMTPRecipientsRefused({ADDRESS: (451, b"later")}), Failure("smtp-451")),
        (smtplib.SMTPSenderRefused(552, b"full", ADDRESS), Failure("smtp-552", permanent=True)),
        (smtplib.SMTPDataError(554, b"no"), Failure("smtp-554", permanent=True)),
        (smtplib.SMTPDataError(452, b"later"), Failure("smtp-452")),
        # A wrong password is our mistake: the mail waits until it is mended.
        (smtplib.SMTPAuthenticationError(535, b"no"), Failure("SMTPAuthenticationError", server_away=True)),
        (smtplib.SMTPConnectError(554, b"no"), Failure("SMTPConnectError", server_away=True)),
        (smtplib.SMTPHeloError(500, b"no"), Failure("SMTPHeloError", server_away=True)),
        (smtplib.SMTPServerDisconnected(ADDRESS), Failure("SMTPServerDisconnected", server_away=True)),
        (TimeoutError(), Failure("TimeoutError", server_away=True)),
        (ConnectionRefusedError(), Failure("ConnectionRefusedError", server_away=True)),
        (
            ssl.SSLCertVerificationError("bad certificate"),
            Failure("SSLCertVerificationError", server_away=True),
        ),
        (SealBroken("place"), Failure("SealBroken", permanent=True)),
        (KeysNotProved("other keys"), Failure("KeysNotProved", server_away=True)),
        (KeyError(ADDRESS), Failure("KeyError")),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_what_it_means(error, failure):
    assert classify(error) == failure
    assert ADDRESS not in failure.code


def test_a_code_fits_its_column():
    long = type("E" * 100, (Exception,), {})()
    assert len(classify(long).code) == CODE_LENGTH == Message._meta.get_field("error").max_length
