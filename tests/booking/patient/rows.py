"""Every row of the booking tables, to see whether something changed."""

from __future__ import annotations

from typing import Any

from django.apps import apps


def rows() -> dict[str, list[Any]]:
    """Return all rows by model, in a fixed order."""
    models = apps.get_app_config("booking").get_models()
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in models}
