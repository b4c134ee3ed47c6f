"""Small content for tests that need no whole site."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission, User

from treatments.models import Clinic, Condition, Indication, Page, Section, Source


def make_source(key: str = "trial-2010", **fields: Any) -> Source:
    values = {"title": "A trial", "publisher": "A Journal", "year": 2010, "doi": f"10.1000/{key}"} | fields
    return Source.objects.create(key=key, **values)


def make_clinic(**fields: Any) -> Clinic:
    values = {"name": "Test Clinic", "phone": "+14805550100", "emergency_line_en": "Call 911."} | fields
    return Clinic.objects.create(**values)


def make_condition(slug: str = "migraine", **fields: Any) -> Condition:
    values = {"name_en": "Migraine", "short_name_en": "Migraine", "summary_en": "Head pain."}
    return Condition.objects.create(slug=slug, **{**values, "drawing": "migraine", **fields})


def make_indication(condition: Condition, key: str = "chronic", **fields: Any) -> Indication:
    values = {"name_en": "Chronic", "status": "off-label", "grade": 2, "grade_label_en": "weak"}
    return Indication.objects.create(
        condition=condition, key=key, **{**values, "summary_en": "Weak proof.", **fields}
    )


def make_page(key: str = "botox", **fields: Any) -> Page:
    words = {
        "title_en": "Title",
        "short_title_en": "Short",
        "lead_en": "The answer.",
        "description_en": "Words.",
    }
    return Page.objects.create(key=key, **{"kind": "treatment", "status": "published", **words, **fields})


def make_section(page: Page, anchor: str = "part", **fields: Any) -> Section:
    values = {"title_en": "Part", "body_en": "Some text."} | fields
    return Section.objects.create(page=page, anchor=anchor, **values)


def make_editor(**fields: Any) -> User:
    """Make a member of staff who may edit all public content, and nothing else."""
    user = User.objects.create_user(**{"username": "editor1", "is_staff": True, **fields})
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="treatments"))
    return user
