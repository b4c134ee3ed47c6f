"""Every staff address by every role and method, as matrix.txt says; a new one fails until it is listed."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client

from booking import actions
from booking.models import ConsultationRequest, ReadyText, Schedule, VisitType
from booking.rules.roles import Role
from clinic_site import errors
from tests.booking.admin.matrix import COLUMNS, METHODS, STAFF_PATH, addresses, expected, outcome
from tests.factories import everybody, make_clinician, make_request, make_staff
from tests.treatments import factories
from treatments.editorial import history
from treatments.models import FAQ, Page


@pytest.fixture
def request_(db: None) -> ConsultationRequest:
    """One of everything that an address can be about; the request is assigned to a clinician."""
    Schedule.objects.create(clinician=make_clinician())
    VisitType.objects.create(name="First visit", minutes=60)
    ReadyText.objects.create(title="When can we call?", english="When can we call you?")
    page, source, condition = factories.make_page(), factories.make_source(), factories.make_condition()
    factories.make_clinic()
    factories.make_indication(condition)
    faq = FAQ.objects.create(anchor="pain", question_en="Does it hurt?", answer_en="A little.")
    for row in (page, source, condition, faq):
        history.keep(row, None, "")
    made = make_request()
    made = actions.assign(made, make_staff(Role.CLINICIAN), by=everybody())
    return made


@pytest.fixture(autouse=True)
def _error_pages_are_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of refusals show one and the same page."""
    real, kept = errors.page, {}

    def page(request: HttpRequest, status: int, template: str | None = None) -> HttpResponse:
        if (status, template) not in kept:
            kept[status, template] = real(request, status, template).content
        return HttpResponse(kept[status, template], status=status)

    monkeypatch.setattr(errors, "page", page)


def test_every_staff_address_is_listed() -> None:
    assert sorted(expected()) == addresses()


@pytest.mark.parametrize("column", COLUMNS)
def test_who_gets_what(column: str, request_: ConsultationRequest) -> None:
    client, place = Client(raise_request_exception=False), list(COLUMNS).index(column)
    _sign_in(client, column, request_)
    cookies, wrong = client.cookies.output(header="", sep=";"), []
    for address, wanted in expected().items():
        if column == "clinician, another's" and not address.startswith("booking/"):
            continue
        real = _filled_in(address, request_)
        for method in METHODS:
            client.cookies = SimpleCookie(cookies)
            with transaction.atomic():
                got = outcome(client, method, real)
                transaction.set_rollback(True)
            if got != wanted[method][place]:
                wrong.append(f"{method} {address}: {got}, not {wanted[method][place]}")
    assert wrong == []


def _sign_in(client: Client, column: str, request: ConsultationRequest) -> None:
    roles = COLUMNS[column]
    if roles is None:
        return
    user = make_staff(*roles, is_superuser=column == "superuser")
    client.force_login(user)
    if column == "clinician, own":
        actions.assign(request, user, by=everybody())


def _filled_in(address: str, request: ConsultationRequest) -> str:
    """Return the address with things that are there in place of its <arguments>."""
    values = {"<anything else>": "not-there", "<slug:language>": "en", "<slug:name>": "requests"}
    values["<str:token>"] = "not-a-token"
    key = _key(address, request)
    values |= dict.fromkeys(("<path:object_id>", "<uuid:pk>", "<id>"), key)
    values["<int:pk>"] = key if isinstance(key, int) else 0
    if "<int:clinician_id>" in address:
        values["<int:clinician_id>"] = Schedule.objects.get().pk
    if "<int:version_pk>" in address:
        _app, model, _rest = address.split("/", 2)
        version = history.versions(apps.get_model("treatments", model).objects.first()).first()
        values["<int:version_pk>"] = version.pk if version else 0
    if address.startswith("r/"):
        values["<path:content_type_id>"] = ContentType.objects.get_for_model(Page).pk
        values["<path:object_id>"] = Page.objects.get().pk
    path = "" if address == "/" else address
    for argument, value in values.items():
        path = path.replace(argument, str(value))
    assert "<" not in path, f"no value for an argument of {address}"
    return f"/{STAFF_PATH}{path}"


def _key(address: str, request: ConsultationRequest) -> object:
    """Return the key of the first row of the model that the address is about; 0 where there is none."""
    app, _slash, rest = address.partition("/")
    if app == "staff":
        return request.assignee_id or 0
    model = apps.all_models[app].get(rest.partition("/")[0])
    if model is ConsultationRequest:
        return request.pk
    thing = model._base_manager.first() if model else None
    return thing.pk if thing else 0
