"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import path

from treatments.pages import views
from treatments.search.views import search
from treatments.selfcheck.views import candidate

app_name = "treatments"
PAGES = {
    "home": "",
    "conditions": "conditions/",
    "botox": "botox/",
    "how-it-works": "botox/how-it-works/",
    "safety": "botox/safety/",
    "your-visit": "your-visit/",
    "costs": "costs/",
    "about": "about/",
    "evidence": "evidence/",
    "faq": "faq/",
    "contact": "contact/",
    "privacy": "privacy/",
    "notice-of-privacy-practices": "notice-of-privacy-practices/",
    "accessibility": "accessibility/",
    "nondiscrimination": "nondiscrimination/",
}
urlpatterns = [
    *(path(address, views.page, {"key": key}, name=key) for key, address in PAGES.items()),
    path("am-i-a-candidate/", candidate, name="candidate"),
    path("search/", search, name="search"),
    path("conditions/<slug:slug>/", views.condition, name="condition"),
]
