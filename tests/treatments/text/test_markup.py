from __future__ import annotations

import pytest

from treatments.text.icons import icon
from treatments.text.markup import Citations, cited_keys, figures, render, render_line


def html(text: str) -> str:
    return render(text, Citations())


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<div data-slot="findings"></div>',
        '::: weird"><script>alert(1)</script>\ntext\n:::',
        "::: note <script>alert(1)</script>\ntext\n:::",
        "<svg/onload=alert(1)>",
        '<span data-icon="phone"></span>',
        "| <script> |\n|---|\n| x |",
        "![x](https://example.com/tracker.gif)",
        '[x](https://example.com "onmouseover=alert(1)")',
    ],
)
def test_nothing_typed_becomes_active(attack):
    shown = html(attack)
    for live in (
        "<script",
        "<img",
        "<svg",
        "<span data-icon",
        "<div data-slot",
        'javascript:alert(1)"',
        "data:text",
    ):
        assert f'<a href="{live}' not in shown
        if live.startswith("<"):
            assert live not in shown
    assert 'href="javascript' not in shown
    assert 'href="data' not in shown


def test_citations_are_numbered_in_order_of_first_use_and_lead_both_ways():
    citations = Citations()
    text = render("One.[@b-2010] Two.[@a-2011; @b-2010]", citations)
    assert '<sup class="cite"><a id="ref-b-2010-1" href="#source-b-2010">[1]</a></sup>' in text
    assert '<sup class="cite"><a id="ref-a-2011-1" href="#source-a-2011">[2]</a></sup>' in text
    assert '<sup class="cite"><a id="ref-b-2010-2" href="#source-b-2010">[1]</a></sup>' in text
    assert citations.places == {"b-2010": ["ref-b-2010-1", "ref-b-2010-2"], "a-2011": ["ref-a-2011-1"]}


def test_numbering_goes_on_across_the_texts_of_a_page():
    citations = Citations()
    render_line("Lead.[@first]", citations)
    assert ">[2]<" in render("Body.[@second]", citations)


def test_cited_keys_ignore_code():
    assert cited_keys("A.[@one] `[@two]` **B.[@three]**") == ["one", "three"]


def test_a_line_has_no_paragraph():
    assert render_line("Plain **bold**.", Citations()) == "Plain <strong>bold</strong>."


def test_steps():
    shown = html("::: steps\n1. **Talk** first\n2. **Then** act\n:::").replace("\n", "")
    assert shown == (
        '<div class="steps"><ol><li><strong>Talk</strong> first</li>'
        "<li><strong>Then</strong> act</li></ol></div>"
    )


@pytest.mark.parametrize(
    ("name", "classes", "prefix", "sign"),
    [
        ("call-911", "care care--emergency", "Immediate action required: ", "siren"),
        ("call-today", "care care--urgent", "Urgent advice: ", "phone-call"),
        ("call-clinic", "care care--routine", "Non-urgent advice: ", "phone"),
    ],
)
def test_care_cards_say_their_urgency_in_words(name, classes, prefix, sign):
    shown = html(f"::: {name} Call if:\n- it hurts\n:::").replace("\n", "")
    assert shown == (
        f'<section class="{classes}"><h3 class="care__title">{icon(sign)}'
        f'<span><span class="visually-hidden">{prefix}</span>Call if:</span></h3>'
        '<div class="care__body"><ul><li>it hurts</li></ul></div></section>'
    )


@pytest.mark.parametrize(
    ("name", "classes", "heading"),
    [
        ("warning", "fda-warning", "A title"),
        ("do-not", "list-card list-card--no", f"{icon('octagon-x')}<span>A title</span>"),
        ("tell-first", "list-card list-card--ask", f"{icon('message-circle-warning')}<span>A title</span>"),
        ("do", "list-card list-card--yes", f"{icon('circle-check')}<span>A title</span>"),
        ("note", "callout", "A title"),
    ],
)
def test_titled_boxes(name, classes, heading):
    shown = html(f"::: {name} A title\ntext\n:::").replace("\n", "")
    assert shown == f'<section class="{classes}"><h3>{heading}</h3><p>text</p></section>'


def test_a_figure_is_filled_in_by_the_page():
    shown = render("Before.\n\n::: harms\n:::\n", Citations(), lambda name: f"<figure>{name}</figure>")
    assert shown.replace("\n", "") == "<p>Before.</p><figure>harms</figure>"


def test_the_figures_of_a_text_are_known_with_the_condition_that_they_name():
    text = "::: harms migraine\n:::\n\n::: note A note\ntext\n:::\n\n::: sites\n:::\n\n::: clinic visit\n:::"
    assert figures(text) == [("harms", "migraine"), ("sites", "")]


def test_a_figures_sources_are_numbered_where_it_stands():
    citations = Citations()
    text = "Before.[@first]\n\n::: harms\n:::\n\nAfter.[@third]"
    shown = render(text, citations, lambda name: f"<i>{citations.number('second')}</i>")
    assert "<i>2</i>" in shown
    assert list(citations.places) == ["first", "second", "third"]


def test_headings_start_below_those_of_the_page():
    assert html("# One\n\n## Two\n\n#### Four") == "<h3>One</h3>\n<h3>Two</h3>\n<h4>Four</h4>"


def test_tables_carry_their_class_and_name_their_columns():
    shown = html("| A | B |\n|---|---|\n| 1 | 2 |")
    assert '<table class="table">' in shown
    assert '<th scope="col">A</th>' in shown


def test_words_of_another_language_say_so() -> None:
    html = render("[Llame al 911]{lang=es} {onclick=x} [x]{onclick=alert(1)}", Citations())
    assert '<span lang="es">Llame al 911</span>' in html
    assert "<span onclick" not in html
