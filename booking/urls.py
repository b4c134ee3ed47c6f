"""Addresses of the consultation request."""

from __future__ import annotations

urlpatterns: list = []
