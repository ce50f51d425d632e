"""What reading the REST API over many quotes costs: pages at any depth, and many readers at once."""

import json
import random
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import httpx

from benchmarks.million import summarize_seconds
from benchmarks.processes import measure_cpu

ROUNDS = 15  # of each page
DEEPEST = 0.9  # of all quotes, where the deepest page begins
ORDERS = ("newest", "oldest", "arrived")
LISTS = ("quotes", "actors", "claims", "articles", "outlets")
PORT = 8941


# Pages


def measure_pages() -> dict[str, Any]:
    """Return what the first page of the quotes and one at depth cost, in each order."""
    from django.test import Client

    client = Client()
    return {order: measure_order(client, order) for order in ORDERS}


def measure_order(client: Any, order: str) -> dict[str, Any]:
    first = f"/api/v1/quotes/?order={order}"
    depth, deep = find_deep_page(client, order)
    costs: dict[str, list[float]] = {first: [], deep: []}
    for address in costs:
        client.get(address)  # plans and blocks are there, as for any reader but the first
    for _ in range(ROUNDS):
        for address, seconds in costs.items():
            seconds.append(measure_request(client, address))
    of_first, of_deep = (statistics.median(seconds) for seconds in costs.values())
    return {
        "depth": depth,
        "first_cpu_ms": round(of_first * 1000, 1),
        "deep_cpu_ms": round(of_deep * 1000, 1),
        "deep_by_first": round(of_deep / of_first, 2),
        "deep_blocks_by_first": round(count_blocks(client, deep) / count_blocks(client, first), 2),
    }


def find_deep_page(client: Any, order: str) -> tuple[int, str]:
    """Return how deep a page begins, and its address, as the page before leads to it."""
    from django.db.models import F

    from claims.api.paging import CountedCursorPagination
    from claims.api.views.quotes import QuoteViewSet
    from claims.models import Quote
    from claims.search import columns
    from claims.search.facets import MatchingQuotes
    from claims.search.filters import Filters
    from claims.search.stream import select_ids_in_order

    filters = Filters(order=order)  # type: ignore[arg-type] # one of ORDERS
    matching = MatchingQuotes(columns.get_current_columns(), filters)
    depth = int(matching.total * DEEPEST)
    number = int(select_ids_in_order(matching, depth + 1)[depth])
    view = QuoteViewSet()
    view.filters = filters
    pages = CountedCursorPagination()
    pages.order = view.cursor_ordering(client)
    pages.base_url = f"/api/v1/quotes/?order={order}"
    row = Quote.objects.annotate(published_on=F("article__published_on")).get(pk=number)
    return depth, pages.build_link(row, back=False)


def measure_request(client: Any, address: str) -> float:
    """Return the CPU seconds of this process and of PostgreSQL for a request."""
    before = measure_cpu_finely()
    response = client.get(address)
    assert response.status_code == 200, response.content
    assert len(response.json()["results"]) == 50
    return measure_cpu_finely() - before


def measure_cpu_finely() -> float:
    """Return the CPU seconds of this process and of its connection's process, to the nanosecond."""
    from django.db import connection

    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    with open(f"/proc/{pid}/schedstat") as file:
        return time.process_time() + int(file.read().split()[0]) / 1e9


def count_blocks(client: Any, address: str) -> int:
    """Return how many blocks PostgreSQL looks at for the largest statement of a request."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    blocks = 0
    for query in captured.captured_queries:
        if query["sql"].startswith("SELECT"):
            with connection.cursor() as cursor:
                cursor.execute(
                    "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) " + query["sql"].replace("%", "%%")
                )
                told = cursor.fetchone()[0]
            plan = (json.loads(told) if isinstance(told, str) else told)[0]["Plan"]
            blocks += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return blocks


# Readers


def measure_readers(database: str, readers: int, seconds: float) -> dict[str, Any]:
    """Return how long lists, rows, counts and files take when many read at once."""
    from benchmarks.api_site import serve_site

    addresses = list(list_addresses())
    with serve_site(database, PORT) as site:
        end = time.monotonic() + seconds
        read = partial(read_until, site, addresses, end)
        began = measure_cpu()
        with ThreadPoolExecutor(readers) as pool:
            found = list(pool.map(read, range(readers)))
        took = measure_cpu() - began
    times = [each for seconds_of_one, _ in found for each in seconds_of_one]
    errors = [error for _, errors_of_one in found for error in errors_of_one]
    return {
        "readers": readers,
        "requests": len(times),
        "requests_a_second": round(len(times) / seconds, 1),
        "errors": errors[:10],
        "cpu_seconds_of_postgresql": round(took.postgresql, 1),
        **summarize_seconds(times),
    }


def list_addresses() -> Iterator[str]:
    """Yield what readers ask for: lists, rows, counts of the quotes of somebody, and their files."""
    from claims.models import Actor, Article, Quote

    for name in LISTS:
        yield f"/api/v1/{name}/"
    for actor in Actor.objects.order_by("pk").values_list("slug", flat=True)[100:140]:
        yield f"/api/v1/quotes/?actor={actor}"
        yield f"/api/v1/facets/?actor={actor}"
        yield f"/api/v1/actors/{actor}/"
        yield f"/quotes.csv?actor={actor}&act=deny"
    for number in Quote.objects.order_by("pk").values_list("pk", flat=True)[1000:1040]:
        yield f"/api/v1/quotes/{number}/"
    for number in Article.objects.order_by("pk").values_list("pk", flat=True)[1000:1040]:
        yield f"/api/v1/articles/{number}/"


def read_until(
    site: str, addresses: list[str], end: float, reader: int
) -> tuple[list[float], list[str]]:
    """Ask for one thing after the other until the end; return the seconds of each, and what failed."""
    rng = random.Random(reader)
    times = []
    errors = []
    with httpx.Client(base_url=site, timeout=60) as client:
        while time.monotonic() < end:
            address = rng.choice(addresses)
            began = time.perf_counter()
            try:
                status = client.get(address).status_code
            except httpx.HTTPError as error:
                errors.append(f"{address}: {error!r}")
                continue
            times.append(time.perf_counter() - began)
            if status != 200:
                errors.append(f"{address}: {status}")
    return times, errors
