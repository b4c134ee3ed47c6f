"""Addresses of the consultation request. None of them holds an answer."""

from __future__ import annotations

from django.urls import path, re_path

from booking.intake import views
from booking.intake.steps import STEPS

app_name = "intake"

_steps = "|".join(step.key for step in STEPS)

urlpatterns = [
    path("", views.start, name="start"),
    path("about/<slug:slug>/", views.about, name="about"),
    path("get-help-now/", views.stop, name="stop"),
    path("same-day/", views.same_day, name="same-day"),
    path("under-18/", views.under_18, name="under-18"),
    path("sent/", views.sent, name="sent"),
    path("record/", views.record, name="record"),
    path("clear/", views.clear, name="clear"),
    re_path(rf"^(?P<step>{_steps})/$", views.step, name="step"),
]
