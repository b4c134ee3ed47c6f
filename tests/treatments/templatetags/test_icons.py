from __future__ import annotations

import pytest
from django.template import Context, Template, TemplateSyntaxError


def render(source: str) -> str:
    return Template("{% load icons %}" + source).render(Context())


def test_an_icon_is_drawn_inline_and_hidden_from_screen_readers():
    html = render('{% icon "phone" %}')
    assert html.startswith("<svg")
    assert 'aria-hidden="true"' in html
    assert 'focusable="false"' in html


def test_an_unknown_icon_stops_the_template_and_is_named():
    with pytest.raises(TemplateSyntaxError, match="no-such-icon"):
        render('{% icon "no-such-icon" %}')
