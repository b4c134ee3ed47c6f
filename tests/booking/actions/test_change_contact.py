"""Patients correct how to reach them."""

from __future__ import annotations

import pytest

from booking import actions
from booking.actions import Actor
from booking.models import ConsultationRequest
from booking.models.request import search_hashes
from booking.rules.errors import NotPossible
from booking.rules.notices import Notice
from tests.factories import make_link, make_person, make_request

pytestmark = pytest.mark.django_db
OLD, NEW = "old@example.com", "new@example.com"
PHONE = "+16025550188"


def change(request, **fields):
    return actions.change_contact(request, by=Actor.patient(), **{"phone": PHONE, "email": NEW} | fields)


def test_staff_find_the_person_by_the_new_ones_and_not_by_the_old():
    request = make_request(person=make_person(email=OLD))
    old = search_hashes(request.person)
    changed = change(request)
    assert (changed.person.phone, changed.person.email) == (PHONE, NEW)
    assert ConsultationRequest.objects.matching(search_hashes(changed.person)).get() == request
    assert not ConsultationRequest.objects.matching(old).exists()
    assert changed.events.first().codes == {"fields": ["email", "phone"]}


def test_a_new_address_gets_a_link_and_the_old_ones_links_shut():
    request = make_request(person=make_person(email=OLD))
    link, used = make_link(request)
    _link, other = make_link(request)
    change(request, keep=link)
    assert actions.find_link(used) == link
    assert actions.find_link(other) is None
    assert request.messages.filter(notice=Notice.NEW_LINK).count() == 1


def test_a_new_phone_alone_leaves_the_links_alone():
    request = make_request(person=make_person(email=OLD))
    _link, token = make_link(request)
    change(request, email=OLD)
    assert actions.find_link(token)
    assert not request.messages.filter(notice=Notice.NEW_LINK).exists()


def test_the_same_again_is_no_change():
    request = make_request(person=make_person(email=NEW, phone=PHONE))
    assert change(request).version == request.version


def test_without_e_mail_the_request_is_marked_for_calls_and_gets_no_link():
    changed = change(make_request(), email="")
    assert "call" in changed.flags
    assert not changed.messages.filter(notice=Notice.NEW_LINK).exists()


def test_no_way_at_all_is_refused():
    with pytest.raises(NotPossible, match="Leave us"):
        change(make_request(), phone="", email="")
