"""A page deep in a list costs what the first one costs: PostgreSQL reads it in an index, from where it
begins.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.claims.api_client import API, LISTS, get_json
from tests.factories import make_article, make_factcheck, make_match, make_outlet, make_quote

pytestmark = pytest.mark.django_db
PAGE_END = re.compile(r" ORDER BY .+ LIMIT \d+$")
DATED = (f"{API}/quotes/?order=newest", f"{API}/quotes/?order=oldest", f"{API}/articles/")
ORDERED = (
    *LISTS,
    *DATED,
    f"{API}/quotes/?order=arrived",
    f"{API}/articles/?ordering=-id",
    f"{API}/articles/?ordering=published",
)


@pytest.fixture(autouse=True)
def rows() -> None:
    """Some rows of each list, over which PostgreSQL sorts and reads nothing but what it must."""
    quotes = []
    for number in (1, 2, 3):
        article = make_article(f"Veldania said {number}.", published_on=date(2024, 3, number))
        quotes.append(
            make_quote(
                article=article, content=str(number), source="Veldania", actor=f"Speaker {number}"
            )
        )
        make_outlet(f"Outlet {number}")
        make_factcheck(quotes[-1])
    make_match(quotes[0], quotes[1])
    make_match(quotes[1], quotes[2])
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")


def explain_list(client: Client, address: str) -> list[dict[str, Any]]:
    """Return the nodes of the plan by which the rows of a list are read."""
    with CaptureQueriesContext(connection) as captured:
        get_json(client, address)
    ordered = [each["sql"] for each in captured if PAGE_END.search(each["sql"])]
    nodes: list[dict[str, Any]] = []
    for sql in ordered:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {sql.replace('%', '%%')}")
            (told,) = cursor.fetchone()
        (plan,) = json.loads(told) if isinstance(told, str) else told
        nodes += list_nodes(plan["Plan"])
    assert nodes
    return nodes


def list_nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for part in node.get("Plans", []):
        yield from list_nodes(part)


def find_second_page(client: Client, address: str) -> str:
    joined = "&" if "?" in address else "?"
    following = urlsplit(get_json(client, f"{address}{joined}page_size=1")["next"])
    return f"{following.path}?{following.query}"


@pytest.mark.parametrize("address", ORDERED)
def test_no_page_sorts_all_rows(client: Client, address: str) -> None:
    for page in (address, find_second_page(client, address)):
        kinds = [node["Node Type"] for node in explain_list(client, page)]

        assert "Sort" not in kinds, page


@pytest.mark.parametrize("address", DATED)
def test_a_page_is_read_from_the_day_on_where_it_begins(client: Client, address: str) -> None:
    second = find_second_page(client, address)

    conditions = [node.get("Index Cond", "") for node in explain_list(client, second)]

    assert any("published_on" in condition and "=" in condition for condition in conditions)
