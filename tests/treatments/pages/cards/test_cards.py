from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from tests import addresses
from tests.treatments.factories import make_clinic, make_page
from tests.treatments.pages.test_head import SPANISH
from treatments.models import Page
from treatments.pages.cards import drawing

pytestmark = pytest.mark.django_db
LONG = "Aviso sobre cómo se puede usar y compartir su información de salud, y cómo puede verla"
# Readers of shared links give up on large pictures; WhatsApp does above 600 KB.
MOST_BYTES = 100_000


@pytest.fixture
def shown() -> Page:
    make_clinic()
    words = {**SPANISH, "title_en": "Can BOTOX help?", "title_es": "¿Ayuda el BOTOX?"}
    return make_page("botox", **words)


def card_of(client, path: str) -> str:
    text = client.get(path).content.decode()
    [full] = re.findall(r'<meta property="og:image" content="http://localhost(/[^"]+)">', text)
    return full


def picture(response) -> Image.Image:
    assert response.status_code == 200 and response.headers["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(response.content))


@pytest.mark.parametrize("path", ["/botox/", "/es/botox/"])
def test_a_page_has_a_card_of_the_size_that_readers_ask_for(client, shown, path):
    response = client.get(card_of(client, path))
    assert picture(response).size == (1200, 630)
    assert len(response.content) < MOST_BYTES
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not response.cookies


def test_each_language_has_its_own_title_on_it(client, shown):
    english, spanish = (client.get(card_of(client, path)).content for path in ("/botox/", "/es/botox/"))
    assert english != spanish
    assert english == drawing.draw("Can BOTOX help?", "Test Clinic")
    assert spanish == drawing.draw("¿Ayuda el BOTOX?", "Test Clinic")


def test_a_new_title_gets_a_new_address_and_the_old_one_leads_there(client, shown):
    old = card_of(client, "/botox/")
    shown.title_en = "Will BOTOX help?"
    shown.save()
    new = card_of(client, "/botox/")
    assert new != old
    assert client.get(old).headers["Location"] == f"http://localhost{new}"


def test_no_card_for_what_is_not_published(client, shown):
    address = card_of(client, "/botox/")
    shown.status = "draft"
    shown.save()
    for path in (address, "/cards/en/nothing.0123456789abcdef.png", "/cards/fr/botox.0123456789abcdef.png"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("title", ["Costs", LONG, "word " * 60, "x" * 200])
def test_a_title_stays_on_the_card(title: str) -> None:
    font, lines = drawing._fitting(title)
    assert len(lines) <= drawing.MAX_LINES
    bottom = 170 + len(lines) * font.size * 1.16
    assert bottom < 440, "the title runs into the hills"
    assert Image.open(io.BytesIO(drawing.draw(title, "Test Clinic"))).size == (1200, 630)


def test_the_fonts_have_every_letter_of_both_languages() -> None:
    for name in ("clinic-sans", "clinic-serif"):
        font = drawing._font(name, 40, 600)
        missing = font.getmask("\uffff").getbbox()
        assert [one for one in "¿¡áéíóúñüÁÉÍÓÚÑ®“”’—–%&" if font.getmask(one).getbbox() == missing] == []


@pytest.mark.usefixtures("content")
@pytest.mark.parametrize("key", addresses.KEYS)
def test_every_shipped_page_has_one(client, key):
    with_card = client.get(card_of(client, Page.objects.get(key=key).get_absolute_url()))
    assert picture(with_card).size == (1200, 630)
