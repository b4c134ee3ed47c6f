"""Signing in and out, second factors and sessions: of django-allauth's addresses those that staff need."""

from __future__ import annotations

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from clinic_site.accounts import views
from clinic_site.accounts.set_password import welcome
from clinic_site.accounts.sign_in_audit import second_step
from clinic_site.accounts.views import guarded

urlpatterns = [
    path("sign-in/", views.sign_in, name="account_login"),
    path("sign-in/code/", guarded(second_step), name="mfa_authenticate"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("welcome/<str:token>/", welcome, name="account_welcome"),
    path("awake/", views.awake, name="account_awake"),
    path("keep/", views.keep, name="account_keep"),
    path("again/", guarded(reauthenticate), name="account_reauthenticate"),
    path("again/code/", guarded(factors.reauthenticate), name="mfa_reauthenticate"),
    path("again/passkey/", guarded(passkeys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("security/", guarded(factors.index), name="mfa_index"),
    path("security/app/", guarded(app.activate_totp), name="mfa_activate_totp"),
    path("security/app/remove/", guarded(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("security/passkeys/", guarded(passkeys.list_webauthn), name="mfa_list_webauthn"),
    path("security/passkeys/add/", guarded(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/remove/", views.remove_passkey, name="mfa_remove_webauthn"),
    path("security/codes/", guarded(recovery.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "security/codes/new/", guarded(recovery.generate_recovery_codes), name="mfa_generate_recovery_codes"
    ),
    path("sessions/", views.sessions, name="usersessions_list"),
]
