"""Whether the process runs (`/healthz`) and whether it can serve (`/readyz`)."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    missing = list_missing_files()
    if problem := find_database_problem():
        missing.insert(0, problem)
    return JsonResponse({"ready": not missing, "missing": missing}, status=503 if missing else 200)


def find_database_problem() -> str | None:
    """Return why the database cannot be used, if so, in words."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "the database does not answer"
    return f"{len(plan)} migrations are not applied" if plan else None


def list_missing_files() -> list[str]:
    """Return what is wrong with the files that the site needs, in words."""
    missing = [path.name for path in settings.NEEDED_FILES if not path.is_file()]
    return [f"the file {name} is missing" for name in missing]
