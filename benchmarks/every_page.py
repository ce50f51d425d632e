"""What each kind of page, each list of the API and the desk costs over very many quotes.

    python -m benchmarks.every_page [--quotes 1000000] [--only PART] [--keep] [--out RESULT.json]

Makes synthetic quotes (`benchmarks/synthetic.py`) in a database of its own, with as many persons
who are quoted in one article alone as real news brings (1.9 an article), and asks each address
several times, through Django's test client. Told are milliseconds of this process and of
PostgreSQL's, which a busy machine does not change, those of the clock, which it does, and how many
queries there were; the first asking, which fills what is remembered, is told apart. With `--keep`
the database stays for the next run, with `--only` addresses whose path has this in it are asked.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.million import create_sqlite_file, fill_databases
from benchmarks.report import build_parser, report
from benchmarks.site import open_site
from benchmarks.synthetic import SyntheticNews

TIMES_ASKED = 5
LIMIT_MS, LIMIT_WITH_WORDS_MS = 150, 300
ADMIN_LISTS = (
    "quote",
    "actor",
    "article",
    "claim",
    "match",
    "mergecandidate",
    "outlet",
    "decision",
)
API_LISTS = ("quotes", "actors", "articles", "claims", "outlets", "wordings", "matches")


class NewsWithStrangers(SyntheticNews):
    """Synthetic news in which some quotes are of persons whom no other article quotes."""

    STRANGERS_IN_TEN_ARTICLES = 19

    def __init__(self, quotes: int):
        super().__init__(quotes)
        self.number_known = len(self.actors)
        articles = quotes // 12 + 1
        for number in range(articles * self.STRANGERS_IN_TEN_ARTICLES // 10 + 2):
            self.actors.append(f"{self.make_word(2).title()} {self.make_word(3).title()} S{number}")
        self.next_stranger = self.number_known
        self.until_stranger = 0.0

    def make_quote(self, start: int, actor: int, named: int, act: Any) -> dict[str, Any]:
        self.until_stranger += self.STRANGERS_IN_TEN_ARTICLES / 120
        if self.until_stranger >= 1 and self.next_stranger < len(self.actors):
            self.until_stranger -= 1
            self.next_stranger += 1
            actor = self.next_stranger
        return super().make_quote(start, actor, named, act)


def list_addresses(news: NewsWithStrangers) -> Iterator[str]:
    """Yield addresses of every kind, beginning and end of what goes on over pages among them."""
    last_article = news.quotes // 12
    yield from (
        "/",
        "/?page=2000",
        "/?status=all",
        "/?actor=actor-1",
        f"/?actor=actor-{news.number_known}",
    )
    yield from ("/?actor=actor-1&act=deny", "/?since=2020-01-01&until=2020-12-31", "/?copies=once")
    for word in choose_words(news):
        yield f"/?q={word}"
        yield f"/topics/?q={word}"
    yield from (
        "/actors/",
        "/actors/?page=1000",
        "/actors/?q=ba",
        "/actors/actor-1/",
        "/actors/actor-9000/",
    )
    yield from (f"/actors/actor-{news.number_known + 5}/", "/compare/?actor=actor-1&actor=actor-2")
    yield from (
        "/claims/",
        "/claims/?page=1000",
        "/claims/?actor=actor-1",
        "/claims/?q=ba",
        "/claims/19000/",
    )
    yield from (
        "/articles/",
        "/articles/?page=1000",
        "/articles/?q=ba",
        f"/articles/{last_article}/",
    )
    yield from (
        "/outlets/",
        "/outlets/outlet-1/",
        "/overview/",
        "/disputes/",
        "/trust/",
        "/corrections/",
    )
    yield from (
        "/quotes/500/",
        "/quotes.atom",
        "/quotes/500/context/",
        "/sitemap.xml",
        "/sitemap-quotes-2.xml",
    )
    for name in API_LISTS:
        yield f"/api/v1/{name}/"
    yield from ("/api/v1/quotes/?actor=actor-1", "/api/v1/quotes/?page_size=100", "/api/v1/facets/")
    yield from (
        "/api/v1/timeline/",
        "/api/v1/overview/",
        "/api/v1/changes/?since=0",
        "/api/v1/actors/actor-1/",
    )
    yield from ("/api/v1/actors/?q=ba", "/api/v1/claims/?q=ba", "/api/v1/claims/19000/")
    yield from ("/healthz", "/readyz")
    yield from ("/admin/", "/admin/claims/quote/desk/", "/admin/claims/match/desk/")
    yield from ("/admin/claims/mergecandidate/desk/", "/admin/claims/decision/log/")
    for name in ADMIN_LISTS:
        yield f"/admin/claims/{name}/"
    yield from (
        "/admin/claims/quote/?q=ba",
        "/admin/claims/actor/?q=ba",
        "/admin/claims/quote/500/change/",
    )


def choose_words(news: NewsWithStrangers) -> list[str]:
    """Return words from the commonest to rare ones."""
    return [str(news.words.things[rank]) for rank in (0, 3, 20, 150, 2000, 20_000)]


def ask_all(addresses: list[str]) -> list[dict[str, Any]]:
    from django.test import Client

    client = Client()
    client.force_login(make_superuser())
    rows = [ask(client, address) for address in addresses]
    return sorted(rows, key=lambda row: -row["own_ms"] - row["postgres_ms"])


def make_superuser() -> Any:
    from django.contrib.auth.models import User

    found = User.objects.filter(username="reader").first()
    return found or User.objects.create_superuser("reader", password="x")


def ask(client: Any, address: str) -> dict[str, Any]:
    first = measure(client, address)
    again = [measure(client, address) for _ in range(TIMES_ASKED - 1)]
    told: dict[str, Any] = {"address": address, "status": first["status"], "bytes": first["bytes"]}
    for name in ("own_ms", "postgres_ms", "clock_ms", "queries"):
        told[name] = round(statistics.median(row[name] for row in again), 1)
        told[f"first_{name}"] = round(first[name], 1)
    has_words = "q=" in address
    limit = LIMIT_WITH_WORDS_MS if has_words else LIMIT_MS
    told["is_within_limit"] = told["own_ms"] + told["postgres_ms"] <= limit
    print(
        f"{told['own_ms']:8.1f} {told['postgres_ms']:8.1f} {told['queries']:4.0f}"
        f"  first {told['first_own_ms']:8.1f} {told['first_postgres_ms']:8.1f}"
        f"  {told['status']} {address}{'' if told['is_within_limit'] else '   <<<'}",
        flush=True,
    )
    return told


def measure(client: Any, address: str) -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    connection.ensure_connection()
    database, own, clock = read_backend_seconds(), time.process_time(), time.perf_counter()
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        size = sum(map(len, response)) if response.streaming else len(response.content)
    return {
        "own_ms": (time.process_time() - own) * 1000,
        "postgres_ms": (read_backend_seconds() - database) * 1000,
        "clock_ms": (time.perf_counter() - clock) * 1000,
        "queries": len(queries),
        "status": response.status_code,
        "bytes": size,
    }


def read_backend_seconds() -> float:
    """Return how long the process of PostgreSQL that serves this one has run."""
    from django.db import connection

    pid = connection.connection.info.backend_pid
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--only", default="")
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    news = NewsWithStrangers(options.quotes)
    with open_site("every_page", keep=options.keep):
        from claims.models import Quote
        from claims.search import columns

        result: dict[str, Any] = {"quotes": options.quotes}
        if not Quote.objects.exists():
            with closing(create_sqlite_file(Path(":memory:"))) as unread:
                result |= fill_databases(news, unread)
        began = time.process_time()
        columns.get_current_columns()
        result["columns_seconds"] = round(time.process_time() - began, 2)
        addresses = [each for each in list_addresses(news) if options.only in each]
        result["pages"] = ask_all(addresses)
    report(result, options.out)


if __name__ == "__main__":
    main()
