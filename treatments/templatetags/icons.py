"""`{% icon "phone" %}`: an icon as inline SVG."""

from __future__ import annotations

from django import template

from treatments.text.icons import icon

register = template.Library()
register.simple_tag(icon)
