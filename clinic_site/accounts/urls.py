"""Signing in and out: the only two of django-allauth's addresses that staff need."""

from __future__ import annotations

from django.urls import path

from clinic_site.accounts import views

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-out/", views.sign_out, name="account_logout"),
]
