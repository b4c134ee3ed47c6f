"""The product's settings, with Django's own admin templates in place of ours."""

from __future__ import annotations

from bench.queue_settings import *  # noqa: F403
from bench.queue_settings import TEMPLATES

TEMPLATES[0]["DIRS"] = []
