"""What the benchmarks of killing share: made-up documents, PostgreSQL killed, and all rows compared."""

import os
import random
import signal
import time
from typing import Any

LONGEST_WAIT = 300.0  # seconds, for the database to be there again, or for all to be settled
FIRST_NAMES = ("Ana", "Omar", "Ruth", "Tom", "Eve", "Lee")
LAST_NAMES = ("Bell", "Reza", "Okafor", "Kane", "Dent", "Corbin", "Moss")
SUBJECTS = ("the bridge", "the ferry", "the toll", "the harbour", "the report")
VERDICTS = ("is safe", "is late", "will rise", "stays open", "is wrong")


def make_documents(rng: random.Random, number: int) -> list[dict[str, str]]:
    """Return made-up documents, each with a few quotes and an address of its own."""
    documents = []
    for n in range(number):
        sentences = []
        for _ in range(rng.randint(1, 5)):
            who = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
            sentences.append(f"{who} said {rng.choice(SUBJECTS)} {rng.choice(VERDICTS)}.")
        text = "\n".join([*sentences, "Rain fell on the town all day, and nobody went out in it."])
        address = f"https://harbour.example/2024/03/05/{n}"
        documents.append({"url": address, "title": f"Article {n}", "text": text})
    return documents


def kill_postgres() -> str:
    """Kill PostgreSQL, as a lack of memory would; whoever needs it next starts it again."""
    from django.conf import settings

    from newsroom.embedded_postgres import PostgresServer

    folder = settings.EMBEDDED_POSTGRES
    assert folder
    number = PostgresServer(folder).find_process_id()
    if number:
        os.kill(number, signal.SIGKILL)
    return "PostgreSQL"


def retry(action: Any) -> Any:
    """Return what an action does, once the database lets it be done."""
    from django.db import DatabaseError, connection
    from procrastinate.exceptions import ConnectorException

    until = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            return action()
        except (DatabaseError, ConnectorException):
            connection.close()
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def list_rows() -> dict[str, list[Any]]:
    """Return all that is stored, but for numbers and times, and the order in which it came."""
    from claims.models import Actor, Article, Claim, Outlet, Quote

    articles = Article.objects.values_list("key", "title", "text", "outlet__name", "extractor")
    quotes = Quote.objects.values_list(
        "article__key", "cue_start", "cue", "source_text", "content", "actor__name", "wording__text"
    )
    spans = Quote.objects.values_list("article__key", "cue_start", "spans__start", "spans__end")
    return {
        "articles": sorted(articles),
        "quotes": sorted(quotes),
        "spans": sorted(spans),
        "actors": sorted(Actor.objects.values_list("kind", "name")),
        "claims": sorted(Claim.objects.values_list("key", "text")),
        "outlets": sorted(Outlet.objects.values_list("hosts__host", "name")),
    }


def empty() -> None:
    """Take all rows away."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE claims_article, claims_actor, claims_wording, claims_outlet, claims_delivery,"
            " procrastinate_jobs CASCADE"
        )
