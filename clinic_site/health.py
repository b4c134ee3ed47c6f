"""Health checks: live (the process answers) and ready (it can serve a request)."""

from __future__ import annotations

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from booking.models.key_check import KeysNotProved, require_proof

_applied: set[str] = set()


@require_safe
@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """Answer 200 without asking anything else, so that a database outage never restarts the web process."""
    return JsonResponse({"status": "live"})


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database answers, all migrations are applied and the keys are proved, else 503."""
    try:
        problem = _problem()
    except KeysNotProved as error:
        problem = str(error)
    except Error:
        problem = "database does not answer"
    status = {"status": "not ready", "reason": problem} if problem else {"status": "ready"}
    return JsonResponse(status, status=503 if problem else 200)


def _problem() -> str:
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    if not _applied and not _migrations_applied():
        return "migrations are not applied"
    require_proof()
    return ""


def _migrations_applied() -> bool:
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    # Asked once: migrations do not come undone while a process runs.
    _applied.add("all")
    return True
