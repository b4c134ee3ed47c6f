"""The head of pages that are no content pages."""

from __future__ import annotations

from django import template

from treatments.pages import head

register = template.Library()


@register.simple_tag
def head_of(view_name: str) -> head.Head:
    """Return the addresses of a view without arguments, for components/robots.html."""
    return head.of_view(view_name)
