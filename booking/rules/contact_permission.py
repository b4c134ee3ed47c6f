"""How a person may be reached, from what they told us is safe."""

from __future__ import annotations

from booking.rules.documents import Person

YES = "yes"


def may_email(person: Person) -> bool:
    """Return whether messages may go out by e-mail: there is an address, and the person wants e-mail."""
    return bool(person.email) and getattr(person, "no_email", "") != YES


def may_open_online(person: Person) -> bool:
    """Return whether the person's page behind a private link may be used."""
    return getattr(person, "no_online_page", "") != YES
