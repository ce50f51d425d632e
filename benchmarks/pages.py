"""What each page costs: queries and server time over a corpus, and how PostgreSQL finds a page of
quotes.

    python -m benchmarks.pages DOCUMENTS.jsonl[.gz] [--out RESULT.json]

Ingests the documents into a database of its own, dropped at the end, and asks for each page through
Django's test client, so middleware and templates are in the time and the network is not.
`/healthz`, which does nothing, shows what of it is the framework's.
"""

import statistics
import time
from pathlib import Path
from typing import Any

from benchmarks.report import build_parser, report
from benchmarks.site import build_reader, ingest_file, open_site

PAGE_ROUNDS = 20


def list_addresses() -> list[str]:
    """Return an address of each kind of page, of those rows that have the most to show."""
    from claims.models import Actor, Article, Claim, Outlet

    actor, other = Actor.objects.counted().order_by("-quote_count")[:2]
    article = Article.objects.counted().order_by("-quote_count")[0]
    claim = Claim.objects.counted().order_by("-quote_count")[0]
    outlet = Outlet.objects.all()[0]
    quote = article.quotes.all()[0]
    compared = f"/compare/?actor={actor.slug}&actor={other.slug}"
    return [
        "/healthz",
        "/",
        "/?page=20",
        "/?q=tax+or+war",
        "/?act=deny&act=accuse",
        f"/?actor={actor.slug}",
        "/actors/",
        "/claims/",
        "/articles/",
        actor.get_absolute_url(),
        claim.get_absolute_url(),
        "/overview/",
        f"/overview/?actor={actor.slug}",
        "/compare/",
        compared,
        f"{compared}&q=war",
        article.get_absolute_url(),
        outlet.get_absolute_url(),
        quote.get_absolute_url(),
        "/api/v1/quotes/",
        "/api/v1/quotes/?act=deny",
        "/api/v1/actors/",
    ]


def measure_page(address: str) -> dict[str, Any]:
    """Return the queries, bytes and milliseconds (median and worst of the rounds) of one page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    queries = len(captured)  # counted here, since the next request empties the log
    assert response.status_code == 200, (address, response.status_code)
    times = []
    for _ in range(PAGE_ROUNDS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return {
        "address": address,
        "queries": queries,
        "bytes": len(response.content),
        "median_ms": round(statistics.median(times), 1),
        "worst_ms": round(max(times), 1),
    }


def explain_list_query() -> list[str]:
    """Return PostgreSQL's plan for a page of quotes, line by line."""
    from claims.search.filters import Filters

    return Filters().quotes().for_display()[:50].explain(analyze=True).splitlines()


def measure(path: Path) -> dict[str, Any]:
    from claims.intake.storing_articles import StoredDocument
    from claims.models import Article, Quote

    read = build_reader()
    began = time.perf_counter()
    results = ingest_file(path, read)
    seconds = time.perf_counter() - began
    stored = sum(isinstance(result, StoredDocument) for result in results)
    return {
        "articles": Article.objects.count(),
        "quotes": Quote.objects.count(),
        "ingest_seconds": round(seconds, 1),
        "articles_a_second": round(stored / seconds, 1),
        "pages": [measure_page(address) for address in list_addresses()],
        "plan_of_the_first_page": explain_list_query(),
    }


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with open_site():
        result = measure(options.documents)
    report(result, options.out)


if __name__ == "__main__":
    main()
