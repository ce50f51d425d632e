"""How long a statement of PostgreSQL may take for a page, so that none holds up the whole site.

The limits are those of the server alone. Commands and workers, which may work for hours, have none.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg.errors import LockNotAvailable, QueryCanceled

SECONDS_TO_READ = 15
SECONDS_TO_WAIT_FOR_LOCKS = 10
# To merge actors who are quoted very often, and for lists of the admin panel.
SECONDS_TO_WORK = 120
WRITING_METHODS = ("POST", "PUT", "PATCH", "DELETE")
STATUS_OF_UNAVAILABLE = 503


def limit_statements(database: dict[str, Any]) -> None:
    """Have every connection to a database of `settings.DATABASES` begin with the limits for readers."""
    options = database.setdefault("OPTIONS", {})
    limits = f"-c statement_timeout={SECONDS_TO_READ}s -c lock_timeout={SECONDS_TO_WAIT_FOR_LOCKS}s"
    options["options"] = f"{options.get('options', '')} {limits}".strip()


@contextmanager
def allow_seconds(seconds: int) -> Iterator[None]:
    """Let statements take so long meanwhile, 0: any time. Where there is no limit, there is none."""
    if not has_limits(connection):
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [f"{seconds}s"])
    try:
        yield
    finally:
        # Where the connection has failed, the next one begins with the limits.
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [before])


def has_limits(connection: BaseDatabaseWrapper) -> bool:
    options = connection.settings_dict.get("OPTIONS") or {}
    return "statement_timeout" in str(options.get("options", ""))


class TimeLimitMiddleware:
    """Gives those who work on the site longer, and says on a page what took too long."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_work(request):
            return self.get_response(request)
        try:
            with allow_seconds(SECONDS_TO_WORK):
                return self.get_response(request)
        except OperationalError as error:
            return say_unavailable(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError):
            return None
        return say_unavailable(request, error)


def is_work(request: HttpRequest) -> bool:
    """Tell whether somebody works on the site: in the admin panel, or writing by a token."""
    is_by_token = request.method in WRITING_METHODS and "Authorization" in request.headers
    return is_by_token or request.path.startswith("/admin/")


def say_unavailable(request: HttpRequest, error: OperationalError) -> HttpResponse:
    context = {"took_too_long": isinstance(error.__cause__, QueryCanceled | LockNotAvailable)}
    return render(request, "503.html", context, status=STATUS_OF_UNAVAILABLE)
