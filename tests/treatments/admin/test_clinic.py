from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from tests.treatments.factories import make_clinic, make_editor
from treatments.models import Clinic

pytestmark = pytest.mark.django_db

HOURS = {
    f"{prefix}-{name}": value
    for prefix in ("opening_hours", "closures")
    for name, value in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"))
}


def save(client, **changes: str):
    client.force_login(make_editor())
    data = {
        "name": "Test Clinic",
        "phone": "+14805550100",
        "state": "AZ",
        "time_zone": "America/Phoenix",
        "reply_business_days": "2",
        "emergency_line_en": "Call 911.",
    }
    path = "/admin/treatments/clinic/1/change/"
    opened = {"opened_as": client.get(path).context["opened_as"]}
    return client.post(path, {**data, **opened, **HOURS, **changes})


@pytest.mark.parametrize("typed", ["(602) 555-0142", "602.555.0142", "+1 602 555 0142", "16025550142"])
def test_a_phone_number_is_typed_in_any_form(client, typed):
    make_clinic()
    assert save(client, phone=typed).status_code == 302
    assert Clinic.objects.get().phone == "+16025550142"


@pytest.mark.parametrize("typed", ["call us", "12", "602-555-014", "\x01"])
def test_what_is_no_phone_number_is_explained(client, typed):
    make_clinic()
    response = save(client, phone=typed)
    assert response.status_code == 200
    assert response.context["adminform"].form.errors["phone"]


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("time_zone", "Arizona", "Write a time zone as the IANA names it, for example America/Phoenix."),
        ("zip_code", "8525", "A ZIP code looks like 85255 or 85255-1234."),
        ("state", "az", "Write the two letters of the state, for example AZ."),
    ],
)
def test_errors_say_what_to_type(client, field, typed, message):
    make_clinic()
    response = save(client, **{field: typed})
    assert response.context["adminform"].form.errors == {field: [message]}


def test_there_is_no_second_clinic_and_no_deletion(client):
    make_clinic()
    client.force_login(make_editor())
    assert client.get("/admin/treatments/clinic/add/").status_code == 403
    assert client.post("/admin/treatments/clinic/1/delete/", {"post": "yes"}).status_code == 403


def test_hours_that_close_too_early_are_explained(client):
    make_clinic()
    response = save(
        client,
        **{
            "opening_hours-TOTAL_FORMS": "1",
            "opening_hours-0-clinic": "1",
            "opening_hours-0-weekday": "0",
            "opening_hours-0-opens": "17:00",
            "opening_hours-0-closes": "08:00",
        },
    )
    assert response.status_code == 200
    assert "The closing time must come after the opening time." in response.content.decode()


def test_staff_see_what_is_missing(client):
    make_clinic()
    client.force_login(make_editor())
    assert "/admin/treatments/clinic/gaps/" in client.get("/admin/treatments/clinic/").content.decode()
    page = client.get("/admin/treatments/clinic/gaps/").content.decode()
    assert "The phone number (480) 555-0100 is a placeholder." in page


def test_the_list_is_for_staff(client):
    assert client.get("/admin/treatments/clinic/gaps/").status_code == 302
    client.force_login(User.objects.create_user("patient1"))
    assert client.get("/admin/treatments/clinic/gaps/").status_code in (302, 403)
