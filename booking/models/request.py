"""The consultation request."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from booking.models.columns import ERASE_HEALTH, ERASE_PERSON, KEEP, KEEP_STAFF
from booking.models.request_constraints import CONSTRAINTS
from booking.models.request_indexes import INDEXES
from booking.models.sealed import SealBroken, keyed_hash, seal, unseal
from booking.rules import reference
from booking.rules.abuse import SUSPECT
from booking.rules.documents import Answers, Document, Person
from booking.rules.patient_activity import PatientActivity
from booking.rules.patient_matching import name_keys
from booking.rules.priority import Priority
from booking.rules.questions import Language
from booking.rules.safety import Topic
from booking.rules.statuses import OPEN, OWED, Status

if TYPE_CHECKING:
    from booking.models.visit import Visit

TABLE = "booking_consultationrequest"
AnyDocument = TypeVar("AnyDocument", bound=Document)
# Signs of a machine, and no person yet on either side: nobody read it or took it, and it never wrote again.
# What asks for today is never set apart: were it a person after all, nobody would read it in time.
DOUBTFUL = Q(status=Status.NEW, flags__contains=[SUSPECT], assignee=None, news="") & ~Q(
    priority=Priority.SAME_DAY
)


class Source(models.TextChoices):
    """Where a request came from."""

    WEB = "web", _("Website")
    PHONE = "phone", _("Phone call")


class RequestQuerySet(models.QuerySet["ConsultationRequest"]):
    """Ways of looking at the requests."""

    def open(self) -> RequestQuerySet:
        """Return the requests that staff still have to deal with."""
        return self.filter(status__in=OPEN)

    def owed(self) -> RequestQuerySet:
        """Return those that the clinic owes a reply: unread ones, and any with news from the patient."""
        waiting = Q(status__in=OWED) | (Q(status__in=OPEN) & ~Q(news=""))
        return self.filter(waiting, answered_at=None)

    def matching(self, hashes: list[int]) -> RequestQuerySet:
        """Return the requests that carry all of these search hashes."""
        return self.filter(search__contains=hashes)


class ConsultationRequest(models.Model):
    """A person asks for a consultation. Only booking.actions change it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, db_comment=KEEP)
    reference = models.CharField(max_length=10, unique=True, default=reference.new, db_comment=KEEP)
    idempotency_key = models.UUIDField(unique=True, default=uuid.uuid4, db_comment=KEEP)
    version = models.PositiveIntegerField(default=1, db_comment=KEEP)
    source = models.CharField(max_length=5, choices=Source, default=Source.WEB, db_comment=KEEP)
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW, db_comment=KEEP)
    news = models.CharField(
        max_length=10, choices=PatientActivity, blank=True, default="", db_default="", db_comment=KEEP
    )
    # What staff marked as read, for as long as that can be taken back.
    read_news = models.CharField(
        max_length=10, choices=PatientActivity, blank=True, default="", db_default="", db_comment=KEEP
    )
    outcome_reason = models.CharField(max_length=20, blank=True, db_comment=KEEP)

    topic = models.CharField(_("about"), max_length=20, choices=Topic, db_comment=ERASE_HEALTH)
    language = models.CharField(max_length=2, choices=Language, default=Language.ENGLISH, db_comment=KEEP)
    flags = ArrayField(models.CharField(max_length=20), default=list, blank=True, db_comment=ERASE_HEALTH)
    suggested_priority = models.CharField(max_length=10, choices=Priority, db_comment=ERASE_HEALTH)
    priority_reasons = ArrayField(models.CharField(max_length=10), default=list, db_comment=ERASE_HEALTH)
    rules_version = models.CharField(max_length=20, db_comment=KEEP)
    priority = models.CharField(_("priority"), max_length=10, choices=Priority, db_comment=ERASE_HEALTH)
    priority_set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_comment=KEEP_STAFF
    )
    # Not indexed by itself: that would mislead the planner, which has request_open_assignee.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="requests",
        db_index=False,
        db_comment=KEEP_STAFF,
    )
    # Where this one went on, when the same person had asked twice.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="merged", db_index=False, db_comment=KEEP
    )

    received_at = models.DateTimeField(_("received"), db_comment=KEEP)
    reply_by = models.DateTimeField(_("reply by"), db_comment=KEEP)
    # The first promise, as it stood when it was kept or ran out; empty: from before it was kept, and not
    # filled in yet. `reply_by` goes on to the next promise.
    first_reply_by = models.DateTimeField(null=True, db_comment=KEEP)
    first_contact_at = models.DateTimeField(null=True, db_comment=KEEP)
    # When the promise that `reply_by` states was kept; empty while a reply is owed.
    answered_at = models.DateTimeField(null=True, db_comment=KEEP)
    # When staff mean to call again; empty while nobody does.
    call_back_at = models.DateTimeField(null=True, db_comment=KEEP)
    status_changed_at = models.DateTimeField(db_comment=KEEP)
    visit = models.OneToOneField(
        "booking.Visit", models.PROTECT, null=True, related_name="agreed_request", db_comment=KEEP
    )

    sealed_person = models.BinaryField(db_comment=ERASE_PERSON)
    sealed_answers = models.BinaryField(db_comment=ERASE_HEALTH)
    search = ArrayField(models.BigIntegerField(), default=list, db_comment=ERASE_PERSON)
    person_hash = models.BigIntegerField(db_comment=ERASE_PERSON)

    objects = RequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation request")
        verbose_name_plural = _("consultation requests")
        ordering = ["reply_by"]
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        # Django's admin writes this into its own log: no name, no topic.
        return self.shown_reference

    @property
    def shown_reference(self) -> str:
        """The reference as people see it."""
        return reference.shown(self.reference)

    @property
    def person(self) -> Person:
        """The opened document about the person. Raises SealBroken, also when it is no such document."""
        return self._read(Person, self.sealed_person, "person")

    @property
    def answers(self) -> Answers:
        """The opened document of answers. Raises SealBroken, also when it is no such document."""
        return self._read(Answers, self.sealed_answers, "answers")

    def seal_person(self, person: Person) -> None:
        """Seal the document about the person and renew the hashes it is found by; the caller saves."""
        self.sealed_person = seal(person.to_bytes(), self._place("person"))
        self.search = search_hashes(person)
        self.person_hash = keyed_hash(
            "person", f"{person.birth_date}:{person.email or person.phone_number}".lower()
        )

    def seal_answers(self, answers: Answers) -> None:
        """Seal the document of answers; the caller saves."""
        self.sealed_answers = seal(answers.to_bytes(), self._place("answers"))

    @property
    def owes_a_reply(self) -> bool:
        """Whether the clinic owes a reply: of one request what `owed` says of many."""
        waiting = self.status in OWED or (self.status in OPEN and bool(self.news))
        return waiting and self.answered_at is None

    @property
    def scheduled_visit(self) -> Visit:
        """The visit that was agreed, as every SCHEDULED request has one. Raises ObjectDoesNotExist."""
        if self.visit is None:
            raise ObjectDoesNotExist("This request has no visit")
        return self.visit

    def family(self) -> RequestQuerySet:
        """Return this request and those that went on in it."""
        return ConsultationRequest.objects.filter(Q(pk=self.pk) | Q(merged_into=self.pk))

    def _read(self, kind: type[AnyDocument], sealed: bytes | memoryview, column: str) -> AnyDocument:
        opened = unseal(sealed, self._place(column))
        try:
            return kind.from_bytes(opened)
        except (ValueError, TypeError):
            # Not chained: the cause holds what was opened.
            raise SealBroken(self._place(column)) from None

    def _place(self, column: str) -> str:
        return f"{TABLE}:{self.pk}:{column}"


def search_hashes(person: Person) -> list[int]:
    """Return the hashes by which staff find a person: words of the name, birth date, e-mail, phone."""
    found = [keyed_hash("name", word) for word in name_keys(person.full_name)]
    found.append(keyed_hash("born", person.birth_date))
    if person.email:
        found.append(keyed_hash("email", person.email.casefold()))
    if person.phone:
        found.append(keyed_hash("phone", person.phone_number))
    return found
