"""What the benchmarks of killing share: made-up documents, PostgreSQL killed, and all rows compared."""

import os
import random
import signal
import time
from typing import Any

LONGEST_WAIT = 600.0  # seconds, for the database to be there again, or for anything to be settled
FIRST_NAMES = ("Ana", "Omar", "Ruth", "Tom", "Eve", "Lee")
LAST_NAMES = ("Bell", "Reza", "Okafor", "Kane", "Dent", "Corbin", "Moss")
SUBJECTS = ("the bridge", "the ferry", "the toll", "the harbour", "the report")
# Quotations that are passed on whole and cut, and who says them, in some articles by surname alone:
# wordings match, and a surname is taken for the one who has it in other articles of the story.
STORY = "All of it was said when Orlen, Tamsin, Brevik and Quillon met near Lake Hodder."
SPEAKERS = ("Henrietta Vandermeer", "Casimir Oduya", "Philippa Thorne")
QUOTATIONS = (
    "the northern pillars of the old bridge have sunk by eleven centimetres since the flood",
    "the ferry company will cut every second evening sailing to the outer islands from June",
    "no councillor was told of the secret contract for the new toll booths at the harbour",
    "the harbour police seized forty crates of smuggled tobacco from a Norland trawler",
)
SHARE_OF_QUOTATIONS = 0.4  # of documents have one
SHARE_OF_SURNAMES = 0.5  # of quotations have who said them by surname
FEWEST_WORDS_CUT = 9
VERDICTS = ("is safe", "is late", "will rise", "stays open", "is wrong")


def make_documents(rng: random.Random, number: int) -> list[dict[str, str]]:
    """Return made-up documents, each with a few quotes and an address of its own."""
    documents = []
    for n in range(number):
        sentences = []
        for _ in range(rng.randint(1, 5)):
            who = f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}"
            sentences.append(f"{who} said {rng.choice(SUBJECTS)} {rng.choice(VERDICTS)}.")
        if rng.random() < SHARE_OF_QUOTATIONS:
            sentences.append(make_quotation(rng))
        text = "\n".join([*sentences, "Rain fell on the town all day, and nobody went out in it."])
        address = f"https://harbour.example/2024/03/05/{n}"
        documents.append({"url": address, "title": f"Article {n}", "text": text})
    return documents


def make_quotation(rng: random.Random) -> str:
    """Return a sentence in which somebody says what others report, too, perhaps not all of it."""
    words = rng.choice(QUOTATIONS).split()
    told = " ".join(words[: rng.randint(FEWEST_WORDS_CUT, len(words))])
    speaker = rng.choice(SPEAKERS)
    if rng.random() < SHARE_OF_SURNAMES:
        speaker = speaker.split()[-1]
    return f"{STORY}\n{speaker} said {told}."


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
    """Return all that is stored, but for numbers and times, and the order in which it came.

    First all that waits is done: texts compared, names joined, wordings related.
    """
    from claims.models import (
        Actor,
        ActorJoin,
        Article,
        Match,
        Outlet,
        Quote,
        Uncompared,
        Unjoined,
        Unrelated,
        Wording,
    )

    do_what_waits()
    articles = Article.objects.values_list("key", "title", "text", "outlet__name", "extractor")
    quotes = Quote.objects.values_list(
        "article__key", "cue_start", "cue", "source_text", "content", "actor__name", "wording__text"
    )
    spans = Quote.objects.values_list("article__key", "cue_start", "spans__start", "spans__end")
    matches = Match.objects.values_list("first__key", "second__key", "kind", "status", "score")
    return {
        "articles": sorted(articles),
        "quotes": sorted(quotes),
        "spans": sorted(spans),
        "actors": sorted(Actor.objects.values_list("kind", "name")),
        "joins": sorted(ActorJoin.objects.values_list("alias__name", "actor__name")),
        "wordings": sorted(Wording.objects.values_list("key", "text", "is_proposition")),
        "claims": list_claims(),
        "matches": sorted(matches),
        "outlets": sorted(Outlet.objects.values_list("hosts__host", "name")),
        "waiting": [
            model.__name__ for model in (Uncompared, Unjoined, Unrelated) if model.objects.exists()
        ],
    }


def count_rows(rows: dict[str, list[Any]]) -> dict[str, Any]:
    """Return how many rows there are of each sort, and of which sorts that are compared there are
    none: of these nothing is shown.
    """
    counts = {name: len(values) for name, values in rows.items()}
    nothing = [name for name, count in counts.items() if not count and name != "waiting"]
    return {"rows": counts, "nothing shown of": nothing}


def do_what_waits() -> None:
    """Do what chores would do some time later."""
    from claims.actors.joining import join_all_waiting_names
    from claims.gathering.updating import relate_all_waiting_wordings
    from claims.intake.copies import compare_all_waiting_texts

    for work in (compare_all_waiting_texts, join_all_waiting_names, relate_all_waiting_wordings):
        for _ in work():
            pass


def list_claims() -> list[list[str]]:
    """Return the claims as the keys of their wordings: which number each has is a matter of order."""
    from claims.models import Wording

    keys: dict[int, list[str]] = {}
    for claim, key in Wording.objects.order_by("key").values_list("claim", "key"):
        keys.setdefault(claim, []).append(key)
    return sorted(keys.values())


def empty() -> None:
    """Take all rows away."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "TRUNCATE claims_article, claims_actor, claims_wording, claims_outlet, claims_delivery,"
            " claims_formerclaim, claims_unrelated, claims_unjoined, procrastinate_jobs CASCADE"
        )
