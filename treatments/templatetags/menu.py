"""Items of menus and footers."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context

from treatments.pages.menu import Menu
from treatments.text.links import page_url

register = template.Library()


@register.inclusion_tag("components/menu_item.html", takes_context=True)
def menu_item(context: Context, key: str, label: str, link_class: str = "") -> dict[str, Any]:
    """Link a page while it is published, with a mark where it is the one that is shown."""
    menu: Menu = context.get("menu") or Menu()
    page = context.get("page")
    return {
        "url": page_url(key) if menu.links_to(key) else "",
        "label": label,
        "link_class": link_class,
        "current": bool(link_class) and getattr(page, "key", None) == key,
    }
