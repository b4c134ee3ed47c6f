"""How the acts of patients are done: each calls its verb with what was typed on its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest, Link
from booking.models.letter import Direction
from booking.rules.errors import SomeoneWasFaster
from booking.rules.notice_period import NoticePeriod
from booking.rules.reasons import CancelReason
from booking.rules.transitions import Verb


def write(link: Link, typed: dict[str, Any], version: int | None) -> None:
    """Send a message: once, however often the button is pressed."""
    try:
        actions.reply(link.request, typed["text"], by=Actor.patient(), seen_version=version)
    except SomeoneWasFaster:
        # A second press of the button, or news meanwhile: a message is kept all the same, and only once.
        if not _is_said(link.request, typed["text"]):
            actions.reply(link.request, typed["text"], by=Actor.patient())


def _is_said(consultation: ConsultationRequest, text: str) -> bool:
    latest = consultation.letters.filter(direction=Direction.TO_CLINIC).first()
    return latest is not None and latest.text == text


def decline_times(link: Link, typed: dict[str, Any], version: int | None) -> None:
    """Let go of the offered times."""
    actions.decline_times(
        link.request,
        by=Actor.patient(),
        text=typed["text"],
        times=typed["times"] or None,
        seen_version=version,
    )


def ask_to_move(link: Link, typed: dict[str, Any], version: int | None) -> None:
    """Ask for another time."""
    actions.ask_to_move(
        link.request,
        by=Actor.patient(),
        text=typed["text"],
        times=typed["times"] or None,
        seen_version=version,
    )


def ask_earlier(link: Link, typed: dict[str, Any], version: int | None) -> None:
    """Ask for an earlier time: once, however often the button is pressed."""
    ahead = NoticePeriod(typed["ahead"])
    try:
        actions.ask_earlier(
            link.request,
            ahead=ahead,
            times=typed["times"] or None,
            by=Actor.patient(),
            seen_version=version,
        )
    except SomeoneWasFaster:
        if not _is_asked(link.request, ahead, typed["times"]):
            raise


def _is_asked(consultation: ConsultationRequest, ahead: NoticePeriod, times: Sequence[str]) -> bool:
    """Return whether the button was pressed before: the very same wish stands already."""
    latest = consultation.events.first()
    if latest is None or latest.verb != Verb.ASK_EARLIER or latest.codes.get("ahead") != ahead:
        return False
    fresh = ConsultationRequest.objects.get(pk=consultation.pk)
    return not times or set(times) == set(fresh.person.wished_times)


def stop_earlier(link: Link, _typed: dict[str, Any], version: int | None) -> None:
    """Leave the list of those who want an earlier time."""
    actions.ask_earlier(link.request, ahead=None, by=Actor.patient(), seen_version=version)


def cancel(link: Link, typed: dict[str, Any], version: int | None) -> None:
    """Cancel the visit."""
    actions.cancel_visit(
        link.request, CancelReason.PATIENT, by=Actor.patient(), text=typed["text"], seen_version=version
    )


def withdraw(link: Link, _typed: dict[str, Any], version: int | None) -> None:
    """Take the request back."""
    actions.withdraw(link.request, by=Actor.patient(), seen_version=version)


def change_contact(link: Link, typed: dict[str, Any], version: int | None) -> None:
    """Change phone or e-mail; where nothing was typed, it stays."""
    person = link.request.person
    email = "" if typed.get("remove_email") else typed.get("email") or person.email
    actions.change_contact(
        link.request,
        phone=typed["phone"] or person.phone,
        email=email,
        by=Actor.patient(),
        keep=link,
        seen_version=version,
    )
