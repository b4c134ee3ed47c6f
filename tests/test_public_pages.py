"""What every public page owes: valid HTML, its language, one heading, and links that arrive."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

import html5lib
import pytest
from django.test import Client

from tests import addresses

XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.mark.parametrize("address", addresses.everywhere())
def test_html_is_valid(content: None, client: Client, address: str) -> None:
    parser = html5lib.HTMLParser(namespaceHTMLElements=True)
    tree = parser.parse(client.get(address, follow=True).text)
    assert [(place, code) for place, code, _about in parser.errors] == []
    ids = [element.get("id") for element in tree.iter() if isinstance(element.tag, str) and element.get("id")]
    assert len(ids) == len(set(ids)), "an id stands twice"
    assert len(tree.findall(f".//{XHTML}h1")) == 1
    assert tree.get("lang") == ("es" if address.startswith("/es/") else "en")


@pytest.mark.parametrize("language", addresses.LANGUAGES)
def test_every_link_arrives(content: None, client: Client, language: str) -> None:
    @cache
    def page(path: str) -> tuple[int, frozenset[str]]:
        answer = client.get(path, follow=True)
        kind = answer.headers.get("Content-Type", "")
        tree = html5lib.parse(answer.text) if kind.startswith("text/html") else None
        elements = tree.iter() if tree is not None else ()
        return answer.status_code, frozenset(
            e.get("id") for e in elements if isinstance(e.tag, str) and e.get("id")
        )

    lost = []
    for address in addresses.content(language):
        for link in html5lib.parse(client.get(address).text).iter(f"{XHTML}a"):
            target = urlsplit(link.get("href", ""))
            if target.scheme or target.netloc or target.path.startswith("/admin/"):
                continue
            status, ids = page(target.path or address)
            if status != 200 or (target.fragment and target.fragment not in ids):
                lost.append(f"{address} -> {link.get('href')}")
    assert lost == []
