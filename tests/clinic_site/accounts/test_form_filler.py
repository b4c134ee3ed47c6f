"""A page comes back filled in, and everything else on it stays byte by byte."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinic_site.accounts.form_filler import FormFiller

PAGE = """<body><svg viewBox="0 0 1 1"><linearGradient/></svg>
<form method="post" action="/elsewhere/"><input name="who" value="kept"></form>
<main id="content" class="x">
<form method="post">
<input type="hidden" name="seen_version" value="7"><input name="who" value="old" id="who">
<input type="password" name="secret"><textarea name="text" rows="3">
as it was</textarea>
<input type="checkbox" name="day" value="mon" checked><input type="checkbox" name="day" value="tue"/>
<input type="radio" name="how" value="a" checked=""><input type="radio" name="how" value="b">
<select name="why"><option value="x" selected>X</option><option value="y">Y</option></select>
</form></main></body>"""


def filled(values: dict[str, list[str]], *, action: str = "/here/") -> tuple[str, list[str]]:
    filler = FormFiller(PAGE, "/here/", action, values)
    return filler.text("<p>note</p>"), filler.left


def test_each_kind_of_field_takes_what_was_typed() -> None:
    text, left = filled(
        {"who": ['A "b" <c>'], "text": ["1 < 2\n& 3"], "day": ["tue"], "how": ["b"], "why": ["y"]}
    )
    for found in (
        '<input name="who" id="who" value="A &quot;b&quot; &lt;c&gt;">',
        '<textarea name="text" rows="3">\n1 &lt; 2\n&amp; 3</textarea>',
        '<input type="checkbox" name="day" value="mon">',
        '<input type="checkbox" name="day" value="tue" checked/>',
        '<input type="radio" name="how" value="a"><input type="radio" name="how" value="b" checked>',
        '<option value="x">X</option><option value="y" selected>Y</option>',
        '<main id="content" class="x"><p>note</p>',
        '<input name="who" value="kept">',
    ):
        assert found in text
    assert left == []


def test_what_the_page_brings_fresh_is_left_alone() -> None:
    text, left = filled({"seen_version": ["3"], "secret": ["a password"], "gone": ["a long sentence"]})
    assert 'name="seen_version" value="7"' in text and "a password" not in text
    assert left == ["a long sentence"]


def test_no_form_no_change_and_nothing_is_lost() -> None:
    text, left = filled({"who": ["Somebody"]}, action="/another/")
    assert text == PAGE.replace('class="x">', 'class="x"><p>note</p>')
    assert left == ["Somebody"]


@given(st.text(alphabet=st.characters(exclude_characters="\r\0", exclude_categories=("Cs",)), max_size=60))
def test_whatever_was_typed_comes_back(typed: str) -> None:
    html5lib = pytest.importorskip("html5lib")
    text, _left = filled({"who": [typed], "text": [typed]})
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    assert tree.find(".//main//input[@name='who']").get("value") == typed
    assert (tree.find(".//textarea").text or "") == typed
    assert len(tree.findall(".//form")) == 2
