"""No page holds up the site: what takes too long is stopped, and says so."""

from typing import Any

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from rest_framework.request import Request

from claims.api.problems import answer_with_problem
from newsroom import time_limits
from newsroom.time_limits import TimeLimitMiddleware, allow_seconds, limit_statements

pytestmark = pytest.mark.django_db


def show(name: str, of: Any = connection) -> str:
    with of.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return str(cursor.fetchone()[0])


def sleep() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20ms'")
        cursor.execute("SELECT pg_sleep(5)")


def sleep_too_long() -> OperationalError:
    """Return the error of a statement that was stopped."""
    with pytest.raises(OperationalError) as caught, transaction.atomic():
        sleep()
    return caught.value


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection of the tests is taken for one of the server."""
    monkeypatch.setattr(time_limits, "has_limits", lambda connection: True)


def answer_with_limit(request: Any) -> HttpResponse:
    return HttpResponse(show("statement_timeout"))


def test_a_connection_of_the_server_begins_with_limits() -> None:
    connected = connection.copy()
    connected.settings_dict["OPTIONS"] = {**connected.settings_dict["OPTIONS"]}

    limit_statements(connected.settings_dict)

    try:
        assert show("statement_timeout", connected) == "15s"
        assert show("lock_timeout", connected) == "10s"
        assert show("synchronous_commit", connected) == "off"  # what was set before stays
    finally:
        connected.close()


@pytest.mark.parametrize(
    ("method", "path", "headers", "expected"),
    [
        ("get", "/", {}, "0"),
        ("post", "/quotes/1/report/", {}, "0"),
        ("post", "/api/v1/articles/", {"Authorization": "Bearer x"}, "2min"),
        ("get", "/admin/claims/actor/", {}, "2min"),
    ],
)
@pytest.mark.usefixtures("limited")
def test_those_who_work_on_the_site_have_longer(
    rf: RequestFactory, method: str, path: str, headers: dict[str, str], expected: str
) -> None:
    request = getattr(rf, method)(path, headers=headers)

    told = TimeLimitMiddleware(answer_with_limit)(request).content.decode()

    assert told == expected
    assert show("statement_timeout") == "0"


@pytest.mark.usefixtures("limited")
def test_a_limit_is_set_back_after_a_failure() -> None:
    with pytest.raises(OperationalError), transaction.atomic(), allow_seconds(3):
        raise sleep_too_long()

    assert show("statement_timeout") == "0"


@pytest.mark.usefixtures("limited")
def test_what_is_allowed_within_ends_with_that() -> None:
    with allow_seconds(60):
        with allow_seconds(0):
            assert show("statement_timeout") == "0"

        assert show("statement_timeout") == "1min"


def test_without_limits_nothing_is_asked(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0), allow_seconds(3):
        pass


def test_a_page_that_takes_too_long_says_so(rf: RequestFactory) -> None:
    response = TimeLimitMiddleware(answer_with_limit).process_exception(
        rf.get("/"), sleep_too_long()
    )

    assert response
    assert response.status_code == 503
    assert "This takes too long" in response.content.decode()


def test_a_database_that_is_gone_is_told_apart(rf: RequestFactory) -> None:
    middleware = TimeLimitMiddleware(answer_with_limit)

    response = middleware.process_exception(rf.get("/"), OperationalError("gone"))

    assert response
    assert response.status_code == 503
    assert "The database does not answer" in response.content.decode()
    assert middleware.process_exception(rf.get("/"), ValueError()) is None


def test_the_api_says_what_took_too_long(rf: RequestFactory) -> None:
    response = answer_with_problem(
        sleep_too_long(), {"request": Request(rf.get("/api/v1/quotes/"))}
    )

    assert response
    assert response.status_code == 503
    assert response.data["detail"] == "This takes too long, and was stopped; ask for less."
