"""Icons as inline SVG, so that they take the colour and the size of the text beside them."""

from __future__ import annotations

from functools import cache

from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe


def icon(name: str) -> SafeString:
    """Return the drawing of templates/icons/<name>.svg; it is hidden from screen readers.

    The words beside an icon carry its meaning. Raises TemplateSyntaxError when no such icon is kept.
    """
    return _drawing(name)


@cache
def _drawing(name: str) -> SafeString:
    try:
        source = get_template(f"icons/{name}.svg").render()
    except TemplateDoesNotExist as missing:
        raise TemplateSyntaxError(f"There is no icon named {name!r} in templates/icons/.") from missing
    # The files are ours, never a visitor's.
    return mark_safe(source.strip())  # noqa: S308
