"""What the public pages say about the evidence, as a request keeps it."""

from __future__ import annotations

from django.utils.translation import override

from treatments.models import Indication


def labels_of(topic: str) -> tuple[str, ...]:
    """Return, in English, each use on the page about a topic with its FDA status and evidence, as now."""
    uses = Indication.objects.filter(condition__slug=topic).order_by("position", "key")
    with override("en"):
        return tuple(f"{use.name}: {use.get_status_display()}. {use.grade_label}" for use in uses)
