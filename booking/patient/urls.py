"""Addresses of the patient's page. The only secret in one is the link's token, which opens nothing alone."""

from __future__ import annotations

from django.urls import path, re_path

from booking.patient import views
from booking.patient.self_service import ACTS

app_name = "patient"

_acts = "|".join(ACTS)

urlpatterns = [
    path("", views.page, name="page"),
    path("lock/", views.lock, name="lock"),
    path("new-link/", views.renew, name="renew"),
    path("new-link/asked/", views.renewed, name="renewed"),
    path("times/", views.choose, name="choose"),
    path("times/<uuid:time>/", views.accept, name="accept"),
    path("visit.ics", views.visit_calendar, name="calendar"),
    re_path(rf"^(?P<key>{_acts})/$", views.act, name="act"),
    # Whatever else stands here was meant as a link, and is answered as one that opens nothing.
    path("<str:token>/", views.open_link, name="open"),
]
