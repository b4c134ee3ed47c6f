"""manage.py demo_data: some fifty clearly fictional requests in all states, for trying the queue out."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandParser

from booking.actions import Actor, forget_tallies
from booking.management.demo import only_in_a_demonstration
from booking.management.demo_cases import CASES
from booking.management.demo_schedules import make_schedules
from booking.management.demo_story import Story
from booking.management.demo_texts import make_texts
from booking.models import ConsultationRequest
from booking.models.sealed import keyed_hash
from booking.rules.patient_matching import name_words
from booking.rules.roles import SEE_REQUESTS, Role


class Command(BaseCommand):
    help = "Makes fictional requests (“Test Patient 01” ...) in all states; does nothing when they are there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--more", action="store_true", help="Make another set beside the ones there.")

    def handle(self, *args: Any, more: bool, verbosity: int, **options: Any) -> None:
        only_in_a_demonstration()
        there = test_patients()
        if there and not more:
            self.stdout.write(f"{there} test patients are there already. --more adds another set.")
            return
        make_schedules()
        make_texts()
        staff = {role: Actor.staff(_member(role)) for role in SEE_REQUESTS}
        for number, case in enumerate(CASES, start=there + 1):
            Story(case, number, staff).tell()
        # The stories are told as if days had passed.
        forget_tallies()
        self.stdout.write(f"Made {len(CASES)} requests of fictional people.")


def test_patients() -> int:
    """Return how many requests of test patients there are."""
    words = [keyed_hash("name", word) for word in name_words("Test Patient")]
    return ConsultationRequest.objects.matching(words).count()


def _member(role: Role) -> User:
    # Named by their role, and nobody can sign in as them: they only stand in the history.
    user, made = User.objects.get_or_create(
        username=f"demo-{role.value}",
        defaults={"is_staff": True, "first_name": "Demo", "last_name": str(role.label)},
    )
    if made:
        user.set_unusable_password()
        user.save()
    user.groups.set(Group.objects.filter(name=role.value))
    return user
