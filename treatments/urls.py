"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import path

from treatments import views

app_name = "treatments"
urlpatterns = [
    path("", views.page, {"key": "home"}, name="home"),
    path("conditions/", views.page, {"key": "conditions"}, name="conditions"),
    path("conditions/<slug:slug>/", views.condition, name="condition"),
    path("botox/", views.page, {"key": "botox"}, name="botox"),
    path("faq/", views.page, {"key": "faq"}, name="faq"),
    path("contact/", views.page, {"key": "contact"}, name="contact"),
    path("privacy/", views.page, {"key": "privacy"}, name="privacy"),
    path("accessibility/", views.page, {"key": "accessibility"}, name="accessibility"),
    path("nondiscrimination/", views.page, {"key": "nondiscrimination"}, name="nondiscrimination"),
]
