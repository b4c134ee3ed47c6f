"""What Django's admin finds of the frame."""

from __future__ import annotations

from clinic_site.accounts import users

__all__ = ["users"]
