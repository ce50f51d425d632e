"""What readers type reaches PostgreSQL as values, never within a statement."""

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from claims.api.docs import list_operations, load_schema
from tests.claims.api_client import API

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("varied")]
MARK = "zqx"
TYPED = f"{MARK}' OR 1=1 --"
CLOSED = ("enum", "format", "minimum")
READ = [each for each in list_operations(load_schema()) if each["method"] == "GET"]
ADDRESSES = {each["operationId"]: each["path"] for each in READ}
CURSORS = {
    "quotes": ["2024-03-05", "1", "1", TYPED],
    "actors": [TYPED],
    "claims": [TYPED],
    "articles": ["2024-03-05", TYPED],
    "outlets": [TYPED],
}


@contextmanager
def note_statements() -> Iterator[list[str]]:
    """Note the statements that are sent, without their values."""
    sent: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        sent.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield sent


def is_typed(parameter: dict[str, Any]) -> bool:
    """Tell whether anything may be typed for a parameter."""
    schema = parameter["schema"].get("items", parameter["schema"])
    return schema.get("type") == "string" and not any(name in schema for name in CLOSED)


@pytest.mark.parametrize("operation", READ, ids=list(ADDRESSES))
def test_no_parameter_stands_in_a_statement(client: Client, operation: dict[str, Any]) -> None:
    path = operation["path"].replace("{id}", "1").replace("{slug}", "veldania")
    asked: list[tuple[str, dict[str, str]]] = [(path.replace("{token}", TYPED), {})]
    asked.append((operation["path"].replace("{slug}", TYPED).replace("{id}", "1"), {}))
    for parameter in operation.get("parameters", []):
        if parameter["in"] == "query" and is_typed(parameter):
            asked.append((path, {parameter["name"]: TYPED}))

    with note_statements() as sent:
        statuses = [client.get(address, query).status_code for address, query in asked]

    assert not [sql for sql in sent if MARK in str(sql)]
    assert set(statuses) <= {200, 301, 302, 400, 401, 404}


@pytest.mark.parametrize("plural", CURSORS)
def test_no_cursor_stands_in_a_statement(client: Client, plural: str) -> None:
    cursor = b64encode(urlencode({"p": json.dumps(CURSORS[plural])}).encode()).decode()

    with note_statements() as sent:
        response = client.get(f"{API}/{plural}/", {"cursor": cursor})

    assert not [sql for sql in sent if MARK in str(sql)]
    assert response.status_code in (200, 404)


def test_a_statement_is_noted_as_it_is_sent(client: Client) -> None:
    with note_statements() as sent:
        client.get(f"{API}/actors/", {"q": TYPED})
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 -- {MARK}")

    assert len(sent) > 1
    assert [sql for sql in sent if MARK in str(sql)] == [f"SELECT 1 -- {MARK}"]
