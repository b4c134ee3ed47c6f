"""The messages that a template translates, without rendering it: it needs no context and no static files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from django.template.base import Node
from django.template.loader import get_template
from django.template.loader_tags import IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode


@cache
def messages(template: str) -> tuple[str, ...]:
    """Return the English messages of a template and of those that it includes by name, in their order.

    Raises TemplateDoesNotExist.
    """
    # A template of the Django engine holds the compiled one; its stub does not say so.
    return tuple(dict.fromkeys(_in_nodes(get_template(template).template.nodelist)))  # type: ignore[attr-defined]


def _in_nodes(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        yield from _in_node(node)
        for attribute in node.child_nodelists:
            yield from _in_nodes(getattr(node, attribute, None) or [])


def _in_node(node: Node) -> Iterator[str]:
    if isinstance(node, BlockTranslateNode):
        for tokens in (node.singular, node.plural):
            if tokens:
                yield node.render_token_list(tokens)[0]
    elif isinstance(node, TranslateNode):
        yield from filter(None, [_literal(node.filter_expression)])
    elif isinstance(node, IncludeNode):
        included = _literal(node.template)
        yield from messages(included) if included else ()


def _literal(expression: object) -> str:
    """Return the text of an expression that is one in quotes, else ""."""
    variable = getattr(expression, "var", "")
    found = getattr(variable, "literal", None) or variable
    return str(found) if isinstance(found, str) else ""
