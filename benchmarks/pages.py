"""What each page costs: queries and server time over a corpus, and how PostgreSQL finds a page of quotes.

    python -m benchmarks.pages DOCUMENTS.jsonl[.gz] [--out RESULT.json]

Ingests the documents into a database of its own, dropped at the end, and asks for each page through Django's test client,
so middleware and templates are in the time and the network is not. `/healthz`, which does nothing, shows what of it is the
framework's.
"""

import argparse
import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.site import open_site

PAGE_ROUNDS = 20


def list_addresses() -> Iterator[str]:
    from claims.models import Actor, Article, Claim, Outlet

    actor, other = Actor.objects.counted().order_by("-quote_count")[:2]
    article = Article.objects.counted().order_by("-quote_count")[0]
    outlet, quote, claim = (
        Outlet.objects.all()[0],
        article.quotes.all()[0],
        Claim.objects.counted().order_by("-quote_count")[0],
    )
    yield from (
        "/healthz",
        "/",
        "/?page=20",
        "/?q=tax+or+war",
        "/?act=deny&act=accuse",
        f"/?actor={actor.slug}",
    )
    yield from (
        "/actors/",
        "/claims/",
        "/articles/",
        actor.get_absolute_url(),
        claim.get_absolute_url(),
    )
    yield from ("/overview/", f"/overview/?actor={actor.slug}", "/compare/")
    yield from (
        f"/compare/?actor={actor.slug}&actor={other.slug}",
        f"/compare/?actor={actor.slug}&actor={other.slug}&q=war",
    )
    yield from (article.get_absolute_url(), outlet.get_absolute_url(), quote.get_absolute_url())
    yield from ("/api/v1/quotes/", "/api/v1/quotes/?act=deny", "/api/v1/actors/")


def measure_page(address: str) -> dict[str, Any]:
    """Queries, bytes and milliseconds (median and worst of the rounds) of one page."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    number = len(queries)  # the next request empties the log
    assert response.status_code == 200, (address, response.status_code)
    times = []
    for _ in range(PAGE_ROUNDS):
        began = time.perf_counter()
        client.get(address)
        times.append((time.perf_counter() - began) * 1000)
    return {
        "address": address,
        "queries": number,
        "bytes": len(response.content),
        "median_ms": round(statistics.median(times), 1),
        "worst_ms": round(max(times), 1),
    }


def explain_list_query() -> list[str]:
    from claims.search.filters import Filters

    return Filters().quotes().for_display()[:50].explain(analyze=True).splitlines()


def measure(path: Path) -> dict[str, Any]:
    from claims.extraction.pipeline import load, read_article, version
    from claims.intake.ingest import StoredDocument, ingest_documents
    from claims.intake.readers import read_documents
    from claims.models import Article, Quote

    nlp = load()
    began = time.perf_counter()
    results = ingest_documents(
        read_documents([str(path)]),
        lambda document: read_article(nlp, document.text, document.published_on),
        version(),
    )
    stored = [result for result in results if isinstance(result, StoredDocument)]
    seconds = time.perf_counter() - began
    return {
        "articles": Article.objects.count(),
        "quotes": Quote.objects.count(),
        "ingest_seconds": round(seconds, 1),
        "articles_a_second": round(len(stored) / seconds, 1),
        "pages": [measure_page(address) for address in list_addresses()],
        "plan_of_the_first_page": explain_list_query(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("documents", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with open_site():
        result = json.dumps(measure(options.documents), indent=2)
    print(result)
    if options.out:
        options.out.write_text(result + "\n")


if __name__ == "__main__":
    main()
