"""Whoever sent a request finds My request from the public pages, and learns there how to open it."""

from __future__ import annotations

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
PAGES = ("/", "/contact/", "/consultation/", "/conditions/migraine/", "/search/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("prefix", ["", "/es"])
def test_public_pages_lead_to_my_request(content: None, page: str, prefix: str) -> None:
    text = Client().get(f"{prefix}{page}").text
    assert f'href="{prefix}/my-request/"' in text.partition("<footer")[2]
    if page in ("/", "/contact/", "/consultation/"):
        assert f'href="{prefix}/my-request/"' in text.partition("<main")[2].partition("<footer")[0]


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", ("My request", "Lost your link?", "Send me a new link", "Enter your birth date", "No request")),
        ("/es", ("Mi solicitud", "¿Perdió su enlace?", "enlace nuevo", "fecha de nacimiento", "consulta")),
    ],
)  # fmt: skip
def test_without_a_link_the_page_says_what_it_is_and_how_to_open_it(
    content: None, prefix: str, words: tuple[str, ...]
) -> None:
    response = Client().get(f"{prefix}/my-request/")
    assert response.status_code == 200
    main = response.text.partition("<main")[2].partition("<footer")[0]
    assert all(one in main for one in words)
    assert f'href="{prefix}/my-request/new-link/"' in main and f'href="{prefix}/consultation/"' in main
