"""What hangs on a request, a few rows of several tables: one query, with the figures of the sidebar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from uuid import UUID

from django.contrib.auth.models import User
from django.http import HttpRequest

from booking.admin.base.access import actor_of, sees_answers
from booking.admin.base.paging import cut
from booking.admin.consultation.earlier_visits import LAST_VISIT
from booking.admin.consultation.live_updates import opened_lately
from booking.admin.lists.bounded_counts import figures
from booking.admin.lists.filters import Filters
from booking.admin.lists.sidebar import counted, keep_counts
from booking.admin.lists.unstaffed import visits_to_move
from booking.admin.queue import to_count
from booking.admin.reading.duplicates import alike
from booking.admin.reading.timeline import assigned
from booking.models import AccessLog, ConsultationRequest, Event, Letter, Link, Message, Note, Visit
from booking.models.rows import rows_as
from booking.rules.documents import Person

LATEST: Final = 8
# What the page shows of each; anything else is deferred, so that to need more shows as a query more.
MESSAGE: Final = (
    "id", "notice", "state", "attempts", "next_try_at", "error", "created_at", "sent_at", "told_at",
)  # fmt: skip
LINK: Final = ("id", "expires_at", "revoked_at", "rests_until", "last_used_at")
OFFER: Final = ("id", "starts_at", "held_until", "clinician__name", "clinician__credentials")
NAMES: Final = ("id", "first_name", "last_name", "username")
BY: Final = tuple(f"user__{name}" for name in NAMES)
LOOK: Final = ("id", "at", *BY)
AUTHOR: Final = tuple(f"author__{name}" for name in NAMES)
WRITTEN: Final = ("id", "at", "sealed_text", *AUTHOR)
OTHER: Final = (
    "id", "reference", "topic", "status", "outcome_reason", "received_at", "merged_into_id", "sealed_person",
)  # fmt: skip
EVENT: Final = ("id", "at", "verb", "from_status", "to_status", "actor", "codes", *BY)


@dataclass(frozen=True)
class RelatedRows:
    """Messages, events, letters and notes, the newest first; held visits by time, and which visits to come
    cannot be kept; looks, the latest last.

    Of messages, letters and notes it is the stretch that the address asks for, and one row more; `to_tell`
    are all the messages that a call must make good.

    `people` are those whom the events name; `alike` are requests that may be of the same person, each with
    its `last_visit`. Letters, notes and their answers are read for whoever may read answers. `listed` is the
    size of the list that the person came from.
    """

    messages: list[Message]
    to_tell: list[Message]
    links: list[Link]
    offers: list[Visit]
    lost: set[UUID]
    looks: list[AccessLog]
    events: list[Event]
    people: list[User]
    letters: list[Letter]
    notes: list[Note]
    alike: list[ConsultationRequest]
    listed: int


def related_rows(
    request: HttpRequest, consultation: ConsultationRequest, person: Person, now: datetime
) -> RelatedRows:
    """Return what hangs on a request; what was written in its whole family, looks of the last ten minutes."""
    family = consultation.family()
    messages = Message.objects.filter(request__in=family)
    looks = opened_lately(consultation, cast("User", request.user), now)
    lists = {
        "messages": cut(request, "messages", messages, "created_at").values(*MESSAGE),
        "to_tell": messages.to_tell().values(*MESSAGE),
        "links": consultation.links.values(*LINK),
        "offers": consultation.visits.on_offer().values(*OFFER),
        "lost": visits_to_move(now, request=consultation).values("id"),
        "looks": looks.order_by("at").values(*LOOK),
        "events": consultation.events.values(*EVENT)[:LATEST],
        "people": assigned(consultation.events.all()).values(*NAMES),
    }
    others = alike(consultation, person, actor_of(request)).annotate(last_visit=LAST_VISIT)
    lists["alike"] = others.values(*OTHER, "last_visit")
    if sees_answers(request):
        lists["alike"] = others.values(*OTHER, "last_visit", "sealed_answers")
        letters, notes = (model.objects.filter(request__in=family) for model in (Letter, Note))
        lists["letters"] = cut(request, "letters", letters).values("direction", *WRITTEN)
        lists["notes"] = cut(request, "notes", notes).values(*WRITTEN)
    found = figures(
        counted(request), counted=to_count(Filters.read(request.GET), actor_of(request), now), lists=lists
    )
    keep_counts(request, found)
    return RelatedRows(
        messages=rows_as(Message, found["messages"]),
        to_tell=rows_as(Message, found["to_tell"]),
        links=rows_as(Link, found["links"]),
        offers=rows_as(Visit, found["offers"]),
        lost={one.pk for one in rows_as(Visit, found["lost"])},
        looks=rows_as(AccessLog, found["looks"]),
        events=rows_as(Event, found["events"]),
        people=rows_as(User, found["people"]),
        letters=rows_as(Letter, found.get("letters")),
        notes=rows_as(Note, found.get("notes")),
        alike=rows_as(ConsultationRequest, found["alike"]),
        listed=found.get("chosen", found["open"]),
    )
