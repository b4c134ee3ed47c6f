"""What the application's database role may do. It owns nothing, so it cannot lift the append-only guard."""

from __future__ import annotations

from typing import Final

from django.db import connection, transaction

USUAL: Final = "SELECT, INSERT, UPDATE, DELETE"
READ: Final = "SELECT"
ADD: Final = "SELECT, INSERT"
ADD_AND_CHANGE: Final = "SELECT, INSERT, UPDATE"
# 45 CFR 164.312(b) and (c): history is only added to; what was written and signed stays as it was; a request
# and what hangs on it is never deleted. No code of the site needs more; what purge deletes is not among them.
NARROWER: Final = {
    "booking_event": ADD,
    "booking_accesslog": ADD,
    "booking_accountevent": ADD,
    "booking_note": ADD,
    "booking_letter": ADD,
    "treatments_signoff": ADD,
    "reversion_revision": ADD,
    "reversion_version": ADD,
    "django_admin_log": ADD,
    "booking_consultationrequest": ADD_AND_CHANGE,
    "booking_visit": ADD_AND_CHANGE,
    "booking_message": ADD_AND_CHANGE,
    "booking_link": ADD_AND_CHANGE,
    "django_migrations": READ,
    "booking_keycheck": READ,
}


class UnfitRole(Exception):
    """This role cannot be the application's. str(error) is a sentence."""


def grant(role: str) -> None:
    """Give the role its rights, in one transaction; run again after each migration, as the owner.

    Raises UnfitRole for a role that is not there, that is the owner, or that no rights can hold back.
    """
    _check(role)
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _statements(connection.ops.quote_name(role)):
            cursor.execute(statement)


def _check(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolname = current_user FROM pg_roles WHERE rolname = %s", [role])
        found = cursor.fetchone()
    if found is None:
        raise UnfitRole(f"There is no role {role}. Make it: CREATE ROLE {role} LOGIN PASSWORD '...'")
    if any(found):
        raise UnfitRole(f"{role} owns the tables or is a superuser: it could rewrite the history.")


def _statements(role: str) -> list[str]:
    database = connection.ops.quote_name(connection.settings_dict["NAME"])
    narrower = [
        statement
        for table, rights in NARROWER.items()
        for statement in (f"REVOKE ALL ON {table} FROM {role}", f"GRANT {rights} ON {table} TO {role}")
    ]
    return [
        f"GRANT CONNECT ON DATABASE {database} TO {role}",
        # The default up to PostgreSQL 14: everybody could make tables.
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {role}",
        f"GRANT {USUAL} ON ALL TABLES IN SCHEMA public TO {role}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        f"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT {USUAL} ON TABLES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO {role}",
        *narrower,
    ]
