"""Who acts on a request."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """A role of staff (the name of a Django group), or one of the two actors that are not staff."""

    RECEPTION = "reception", _("Reception")
    NURSE = "nurse", _("Nurse")
    CLINICIAN = "clinician", _("Clinician")
    EDITOR = "editor", _("Editor")
    MANAGER = "manager", _("Manager")
    PATIENT = "patient", _("Patient")
    SYSTEM = "system", _("System")


STAFF = frozenset({Role.RECEPTION, Role.NURSE, Role.CLINICIAN, Role.EDITOR, Role.MANAGER})
# Editors write the public pages and see no request.
SEE_REQUESTS = STAFF - {Role.EDITOR}
# Whoever sees requests through this role alone opens their own patients' ones.
OWN_ALONE = frozenset({Role.CLINICIAN})
# Reception sees contact and schedule; of the answers only what the request is about.
SEE_ANSWERS = frozenset({Role.NURSE, Role.CLINICIAN, Role.MANAGER})
# Counts without names are for those who run the work; the record of it, and copies, for the manager alone.
SEE_FIGURES = frozenset({Role.NURSE, Role.MANAGER})
AUDIT = frozenset({Role.MANAGER})
EXPORT = frozenset({Role.MANAGER})
# The whole calendar; a clinician sees their own. Hours, absences and visit types are kept by these two.
SEE_SCHEDULE = frozenset({Role.RECEPTION, Role.NURSE, Role.MANAGER})
KEEP_SCHEDULES = frozenset({Role.RECEPTION, Role.MANAGER})
# The texts that letters begin with.
KEEP_TEXTS = frozenset({Role.NURSE, Role.MANAGER})
# Invite, choose roles, reset, switch off and on.
MANAGE_ACCOUNTS = frozenset({Role.MANAGER})
