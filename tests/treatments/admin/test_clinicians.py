"""Portraits: what is no picture is refused at the field, all else typed is kept; the rest is redrawn."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.treatments.admin.forms import posted
from tests.treatments.factories import make_editor
from tests.treatments.pictures import bomb, picture, picture_with_place
from treatments.models import Clinician

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client) -> Clinician:
    client.force_login(make_editor())
    return Clinician.objects.create(
        name="Test Person", credentials="MD", licence_type="Test license", published=True
    )


def upload(client, person: Clinician, content: bytes, filename: str = "portrait.jpg", **changes):
    path = f"/admin/treatments/clinician/{person.pk}/change/"
    data = {key: value for key, value in posted(client, path).items() if key != "new_portrait"}
    file = SimpleUploadedFile(filename, content)
    response = client.post(path, {**data, "new_portrait": file, **changes})
    person.refresh_from_db()
    return response


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_portrait_is_redrawn_and_served_for_good(client, person, format):
    assert upload(client, person, picture(format, size=(900, 1200))).status_code == 302
    client.logout()
    response = client.get(person.portrait_url)
    assert response.headers["Content-Type"] == "image/webp"
    assert "immutable" in response.headers["Cache-Control"]
    with Image.open(io.BytesIO(response.content)) as shown:
        assert (shown.format, shown.size) == ("WEBP", (360, 480))


def test_metadata_are_gone_and_the_picture_stands_upright(client, person):
    upload(client, person, picture_with_place())
    content = client.get(person.portrait_url).content
    assert b"Secret Photographer" not in content and b"Exif" not in content
    with Image.open(io.BytesIO(content)) as shown:
        assert shown.size == (40, 60)
        assert not shown.getexif()


def test_another_picture_has_another_address(client, person):
    upload(client, person, picture())
    before = person.portrait_url
    upload(client, person, picture(size=(50, 50)))
    assert person.portrait_url != before
    assert client.get(before).status_code == 404


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<script>alert(1)</script>", "This file is no picture that we can read."),
        (b"", "This file is empty."),
        (picture()[:300], "This file is no picture that we can read."),
        (b"GIF89a" + b"\0" * 60, "This file is no picture that we can read."),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "This file is no picture"),
        (bomb(), "Choose one of at most 5000 by 5000."),
        (bomb(6_000, 5_000), "The picture has too many points."),
        (picture("PNG") + b"\0" * 1_000_000, "Choose one of at most 900 KB."),
    ],
    ids=["script", "empty", "cut off", "broken gif", "svg", "bomb", "large", "many bytes"],
)
def test_what_is_no_fit_picture_is_refused_at_the_field_and_nothing_is_lost(client, person, content, message):
    response = upload(client, person, content, about_en="Typed just now.", name="Typed Name")
    assert response.status_code == 200
    form = response.context["adminform"].form
    assert list(form.errors) == ["new_portrait"]
    assert message in form.errors["new_portrait"][0]
    assert (form["about_en"].value(), form["name"].value()) == ("Typed just now.", "Typed Name")
    assert person.portrait is None and person.name == "Test Person"


def test_the_type_is_read_from_the_file_and_not_from_its_name(client, person):
    assert upload(client, person, picture("BMP"), filename="portrait.png").status_code == 200
    assert upload(client, person, picture("PNG"), filename="portrait.txt").status_code == 302


def test_a_portrait_can_be_taken_away(client, person):
    upload(client, person, picture())
    url = person.portrait_url
    path = f"/admin/treatments/clinician/{person.pk}/change/"
    client.post(path, {**posted(client, path), "new_portrait": "", "take_portrait_away": "on"})
    person.refresh_from_db()
    assert (person.portrait, person.portrait_url) == (None, "")
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("hidden", [{"published": False}, {"published": False, "is_demo": True}])
def test_only_people_whom_the_site_shows_are_seen(client, person, hidden):
    upload(client, person, picture())
    Clinician.objects.update(**hidden)
    client.logout()
    assert client.get(person.portrait_url).status_code == 404
