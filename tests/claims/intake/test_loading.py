"""Many new articles at once: the same rows as one after the other, whoever else stores meanwhile."""

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

from claims.actors.resolution import (
    KNOWN_ACTORS_SQL,
    ReadArticle,
    resolve_actors_of_articles,
)
from claims.extraction.schema import Attribution, Detail, RunnerUp, Span, Speaker
from claims.history.writing import (
    WRITERS_LOCK,
    Named,
    compute_lock_number,
    lock_names,
    wait_for_writers,
)
from claims.intake.copies import compare_all_waiting_texts
from claims.intake.readers import Document, Problem
from claims.intake.storing_articles import (
    ReadDocument,
    StoredDocument,
    store_document,
    store_document_again,
    store_documents,
)
from claims.models import (
    About,
    Actor,
    ActorName,
    Article,
    Claim,
    MergeCandidate,
    Outlet,
    Quote,
    Wording,
)
from claims.models import (
    Detail as StoredDetail,
)
from claims.models import Span as StoredSpan
from claims.models.slugs import build_slugs_of_rows
from tests.factories import make_actor, make_article

pytestmark = pytest.mark.django_db(transaction=True)

PAUSE = 0.3  # seconds in which whoever does not wait is long done
PEOPLE = ("Ana Bell", "ana bell", "Jen Psaki", "Jennifer Psaki", "Tom Kane", "O’Néill Kane")
BODIES = ("Home Office", "the Home Office", "NATO", "North Atlantic Treaty Organization")
BARE = ("Psaki", "Kane", "report", "the minister")
SAYINGS = ("rain fell on the hills", "Rain fell on the hills!", "we wait", "nothing is decided yet")


def make_up_speaker(rng: random.Random) -> Speaker:
    sort = rng.randrange(3)
    confidence = 0.9
    if sort == 0:
        name = rng.choice(PEOPLE)
        mention = rng.choice(["", f"Press Secretary {name}", name.split()[-1]])
        return Speaker(name, "person", confidence, "name", mention=mention)
    if sort == 1:
        return Speaker(rng.choice(BODIES), "organization", confidence, "name")
    name = rng.choice(BARE)
    kind: Any = {"report": "document", "the minister": "unnamed"}.get(name, "person")
    runners_up = (RunnerUp("Eva Reza", "person", 0.2),)
    return Speaker(name, kind, confidence, "name", alone=False, runners_up=runners_up)


def make_up_read(rng: random.Random, number: int) -> ReadDocument:
    """Return a document of a few quotes, some within others, of people who come again and again."""
    text = ""
    attributions: list[Attribution] = []
    for _ in range(rng.randrange(5)):
        start = len(text)
        saying = rng.choice(SAYINGS)
        text += f"Somebody said today {saying}.\n"
        content = start + len("Somebody said today ")
        cue = Span(start + 9, start + 13)
        outer = rng.choice(attributions).cue if attributions and rng.random() < 0.4 else None
        attributions.append(
            Attribution(
                source=Span(start, start + 8),
                cue=cue,
                contents=(Span(content, content + len(saying)),),
                kind="indirect",
                act=rng.choice(["say", "deny", "question"]),
                confidence=rng.random(),
                speaker=rng.choice([None, make_up_speaker(rng), make_up_speaker(rng)]),
                details=(Detail("occasion", Span(start + 14, start + 19)),),
                said_on=rng.choice([None, date(2024, 3, 5)]),
                within=outer,
                about=tuple(make_up_speaker(rng) for _ in range(rng.randrange(3))),
            )
        )
        if rng.random() < 0.2:  # two readings of one cue
            attributions.append(replace(attributions[-1], confidence=rng.random()))
    address = f"https://outlet{number % 3}.example/{number}"
    document = Document(
        address, f"Title {number}", text or "Nobody spoke.", date(2024, 3, 5), address, "", "here"
    )
    return ReadDocument(document, attributions)


def make_up_all(seed: int, number: int = 24) -> list[ReadDocument]:
    rng = random.Random(seed)
    return [make_up_read(rng, place) for place in range(number)]


def dump_rows() -> dict[str, list[Any]]:
    """Return all rows by what they say, primary keys and times aside."""

    def without_key(pk: int, slug: str) -> str:
        return slug.removesuffix(f"-{pk}")

    actors = {
        actor.pk: (actor.kind, actor.name, actor.article.key if actor.article else "")
        for actor in Actor.objects.select_related("article")
    }
    quotes = {quote.pk: (quote.article.key, quote.cue_start) for quote in select_quotes()}
    rows: dict[str, list[Any]] = {
        "outlets": list(Outlet.objects.values_list("hosts__host", "name", "slug")),
        "articles": list(
            Article.objects.values_list("key", "title", "text", "outlet__name", "extractor")
        ),
        "actors": [
            (actors[actor.pk], without_key(actor.pk, actor.slug)) for actor in Actor.objects.all()
        ],
        "names": [(actors[row.actor_id], row.name) for row in ActorName.objects.all()],
        "claims": list(Claim.objects.values_list("key", "text")),
        "quotes": [
            (
                quotes[quote.pk],
                actors.get(quote.actor_id or 0),
                quote.wording.key,
                quotes.get(quote.within_id or 0),
                *(getattr(quote, name) for name in QUOTE_FIELDS),
            )
            for quote in select_quotes()
        ],
        "spans": [(quotes[row.quote_id], row.start, row.end) for row in StoredSpan.objects.all()],
        "details": [
            (quotes[row.quote_id], row.role, row.start, row.end, row.text)
            for row in StoredDetail.objects.all()
        ],
        "about": [(quotes[row.quote_id], actors[row.actor_id]) for row in About.objects.all()],
        "candidates": [
            (*sorted((actors[pair.first_id], actors[pair.second_id])), pair.score, pair.reasons)
            for pair in MergeCandidate.objects.all()
        ],
    }
    return {table: sorted(of_table, key=repr) for table, of_table in rows.items()}


QUOTE_FIELDS = (
    "stance",
    "kind",
    "act",
    "source_start",
    "source_end",
    "source_text",
    "cue_start",
    "cue_end",
    "cue",
    "content",
    "confidence",
    "actor_confidence",
    "actor_method",
    "act_confidence",
    "runners_up",
    "said_on",
    "extractor",
    "status",
)


def select_quotes() -> Any:
    return Quote.objects.select_related("article", "wording")


def empty_tables() -> None:
    Article.objects.all().delete()
    for model in (Actor, Claim, Outlet):
        model.objects.all().delete()


def count_events() -> dict[str, int]:
    """Return how many events the history of each table has."""
    tracked: Any = (Article, Actor, ActorName, Wording, Quote, StoredSpan, StoredDetail)
    return {
        model.__name__: model.pgh_event_model.objects.filter(pgh_label="insert").count()
        for model in tracked
    }


@pytest.mark.parametrize("seed", range(4))
def test_many_at_once_make_the_same_rows_as_one_after_the_other(seed: int) -> None:
    read = make_up_all(seed)
    for each in read:
        store_document_again(each.document, each.attributions, "1")
    one_by_one = dump_rows()
    empty_tables()

    outcomes = store_documents(read, "1")

    together = dump_rows()
    proposed, known = one_by_one.pop("candidates"), together.pop("candidates")
    assert together == one_by_one
    # The pairs are the same, and what speaks for one may come from an article a little later.
    assert [pair for *pair, _, _ in known] == [pair for *pair, _, _ in proposed]
    for (*_, score, reasons), (*_, more, more_reasons) in zip(proposed, known, strict=True):
        assert score <= more <= score + 0.21
        assert set(reasons) <= set(more_reasons)
    assert [
        (each.outcome, each.quotes) for each in outcomes if isinstance(each, StoredDocument)
    ] == [("new", len(each.attributions)) for each in read]


def test_what_goes_in_together_has_its_history_and_says_who_wrote_it() -> None:
    before = count_events()

    store_documents(make_up_all(1), "7")

    made = {name: number - before[name] for name, number in count_events().items()}
    events: Any = Quote.pgh_event_model.objects.all()  # type: ignore[attr-defined]
    assert made == {
        "Article": Article.objects.count(),
        "Actor": Actor.objects.count(),
        "ActorName": ActorName.objects.count(),
        "Wording": Wording.objects.count(),
        "Quote": Quote.objects.count(),
        "Span": StoredSpan.objects.count(),
        "Detail": StoredDetail.objects.count(),
    }
    assert {
        event.pgh_context.metadata["why"] for event in events.select_related("pgh_context")
    } == {"read by extractor 7"}


def test_one_that_the_database_refuses_is_named_and_the_others_go_in() -> None:
    read = [each for each in make_up_all(2) if each.attributions]
    bad = replace(read[3].attributions[0], source=Span(5, 5000))
    read[3] = ReadDocument(read[3].document, [bad])

    outcomes = store_documents(read, "1")

    assert [place for place, each in enumerate(outcomes) if isinstance(each, Problem)] == [3]
    assert "outside the text" in str(outcomes[3])
    assert Article.objects.count() == len(read) - 1


def test_one_that_the_database_refuses_leaves_the_others_together() -> None:
    read = [make_up_read(random.Random(place), place) for place in range(64)]
    text = read[40].document.text
    outside = Span(0, len(text) + 1)
    bad = Attribution(outside, Span(0, 2), (Span(3, 5),), "indirect", "say", 0.9, None)
    read[40] = ReadDocument(read[40].document, [bad])

    with CaptureQueriesContext(connection) as queries:
        outcomes = store_documents(read, "1")

    assert [place for place, each in enumerate(outcomes) if isinstance(each, Problem)] == [40]
    assert len(queries) < 10 * len(read)  # one by one it is thrice as many


def test_of_two_documents_of_one_article_the_first_is_new_and_the_second_an_update() -> None:
    first, second = make_up_all(3, 2)
    again = ReadDocument(replace(second.document, key=first.document.key), second.attributions)

    outcomes = store_documents([first, again], "1")

    assert [each.outcome for each in outcomes if isinstance(each, StoredDocument)] == [
        "new",
        "updated",
    ]
    assert Article.objects.get().text == second.document.text


def test_the_number_of_statements_does_not_grow_with_the_articles() -> None:
    store_documents(make_up_all(4), "1")

    def cost(number: int) -> int:
        rng = random.Random(number)
        read = [make_up_read(rng, 1000 * number + place) for place in range(number)]
        with CaptureQueriesContext(connection) as queries:
            store_documents(read, "1")
        return len(queries)

    assert max(cost(10), cost(40), cost(90)) <= 34


# Others at the same time


def store_in_thread(read: Sequence[ReadDocument]) -> list[StoredDocument | Problem]:
    try:
        return store_documents(read, "1")
    finally:
        connection.close()


def test_several_that_store_at_once_end_as_one_alone() -> None:
    read = make_up_all(5, 60)
    store_documents(read, "1")
    alone = dump_rows()
    empty_tables()
    parts = [read[place : place + 6] for place in range(0, 60, 6)]
    random.Random(1).shuffle(parts)

    with ThreadPoolExecutor(4) as threads:
        outcomes = [each for part in threads.map(store_in_thread, parts) for each in part]

    together = dump_rows()
    assert [str(each) for each in outcomes if isinstance(each, Problem)] == []
    for table in ("articles", "quotes", "spans", "details", "about", "claims", "outlets"):
        assert len(together[table]) == len(alone[table])
    # A name is one actor, whoever comes first; only how it is written is up to that one.
    assert {build_identity(row) for row in together["actors"]} == {
        build_identity(row) for row in alone["actors"]
    }
    assert len(together["actors"]) == len(alone["actors"])


def build_identity(row: Any) -> tuple[str, str, str]:
    (kind, name, article), _ = row
    return kind, name.casefold().removeprefix("the "), article


def test_one_document_that_several_store_at_once_is_stored_once() -> None:
    read = make_up_all(6, 8)

    with ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(store_in_thread, [read] * 4))

    stored = [
        each.outcome for part in outcomes for each in part if isinstance(each, StoredDocument)
    ]
    assert stored.count("new") == Article.objects.count() == 8
    assert len(stored) == 32


@pytest.fixture
def other() -> Iterator[BaseDatabaseWrapper]:
    """Another connection to the same database, in a transaction, which any thread may use."""
    made = connection.copy()
    made.inc_thread_sharing()
    made.set_autocommit(False)
    yield made
    made.rollback()
    made.close()


def lock_through(other: BaseDatabaseWrapper, *statements: tuple[str, list[Any]]) -> None:
    with other.cursor() as cursor:
        for statement, values in statements:
            cursor.execute(statement, values)


def make_read(number: int, name: str) -> ReadDocument:
    text = f"{name} said it rains."
    start = len(name) + 6
    attribution = Attribution(
        source=Span(0, len(name)),
        cue=Span(len(name) + 1, len(name) + 5),
        contents=(Span(start, start + 8),),
        kind="indirect",
        act="say",
        confidence=0.9,
        speaker=Speaker(name, "person", 0.9, "name"),
    )
    address = f"https://news.example/{number}"
    document = Document(address, "Rain", text, date(2024, 3, 5), address, "", "here")
    return ReadDocument(document, [attribution])


SHARE = ("SELECT pg_advisory_xact_lock_shared(%s)", [WRITERS_LOCK])


def test_who_stores_waits_for_one_that_makes_the_same_name_and_for_no_other(
    other: BaseDatabaseWrapper,
) -> None:
    number = compute_lock_number("ana bell")
    name = ("SELECT pg_advisory_xact_lock(%s, %s)", [int(Named.ACTOR), number])
    lock_through(other, SHARE, name)

    with ThreadPoolExecutor(2) as threads:
        different = threads.submit(store_in_thread, [make_read(1, "Tom Kane")])
        assert different.result(10)
        same = threads.submit(store_in_thread, [make_read(2, "ANA Bell")])
        with pytest.raises(TimeoutError):
            same.result(PAUSE)
        other.commit()
        same.result(10)

    assert set(Actor.objects.values_list("name", flat=True)) == {"Tom Kane", "ANA Bell"}


def test_a_name_that_is_known_is_waited_for_by_nobody(other: BaseDatabaseWrapper) -> None:
    store_documents([make_read(1, "Ana Bell")], "1")
    number = compute_lock_number("ana bell")
    lock_through(other, SHARE, ("SELECT pg_advisory_xact_lock(%s, %s)", [int(Named.ACTOR), number]))

    with ThreadPoolExecutor(1) as threads:
        threads.submit(store_in_thread, [make_read(2, "Ana Bell")]).result(10)

    assert Actor.objects.get().quotes.count() == 2


def test_who_changes_what_is_there_waits_for_those_who_store_and_they_for_it(
    other: BaseDatabaseWrapper,
) -> None:
    def change() -> None:
        from django.db import transaction

        try:
            with transaction.atomic():
                wait_for_writers()
        finally:
            connection.close()

    lock_through(other, SHARE)
    with ThreadPoolExecutor(1) as threads:
        changing = threads.submit(change)
        with pytest.raises(TimeoutError):
            changing.result(PAUSE)
        other.commit()
        changing.result(10)

    lock_through(other, ("SELECT pg_advisory_xact_lock(%s)", [WRITERS_LOCK]))
    with ThreadPoolExecutor(1) as threads:
        storing = threads.submit(store_in_thread, [make_read(1, "Ana Bell")])
        with pytest.raises(TimeoutError):
            storing.result(PAUSE)
        other.commit()
        storing.result(10)


def test_names_have_few_locks_of_32_bits_and_the_same_in_every_process() -> None:
    numbers = {compute_lock_number(f"name {number}") for number in range(1000)}

    assert len(numbers) == 1000
    assert all(-(2**31) <= number < 2**31 for number in numbers)
    assert compute_lock_number("ana bell") == -218332012
    lock_names(Named.ACTOR, [])


# What does not grow


def test_a_slug_that_many_have_gets_the_number_of_its_row_in_one_query(
    django_assert_num_queries: Any,
) -> None:
    make_actor("Report", "document")
    make_actor("Wind 12", "document")

    with django_assert_num_queries(1):
        slugs = build_slugs_of_rows(
            Actor, {10: "Report", 11: "Rain", 13: "Rain", 14: "王毅", 15: "Unknown"}
        )

    assert slugs == {10: "report-10", 11: "rain", 13: "rain-13", 14: "unnamed", 15: "unknown-15"}
    assert build_slugs_of_rows(Actor, {12: "Wind", 16: "Wind"}) == {12: "wind", 16: "wind-16"}
    make_actor("Wind", "document")
    assert build_slugs_of_rows(Actor, {12: "Wind"}) == {12: "wind-12-2"}


BEARERS = 300


def test_a_bare_name_that_hundreds_have_is_looked_up_without_reading_them() -> None:
    article = make_article()
    bearers = [
        Actor(name="report", kind="document", slug=f"report-{number}", article=make_article())
        for number in range(BEARERS)
    ]
    called = [ActorName(actor=actor, name="report") for actor in Actor.objects.bulk_create(bearers)]
    ActorName.objects.bulk_create(called)
    speaker = Speaker("report", "document", 0.9, "description", alone=False)
    found = [Attribution(None, Span(0, 1), (Span(2, 3),), "indirect", "say", 0.9, speaker)]
    with CaptureQueriesContext(connection) as queries:
        resolve_actors_of_articles([ReadArticle(article.pk, found)])
    (asked,) = [
        query["sql"] for query in queries if KNOWN_ACTORS_SQL.split("\n")[1] in query["sql"]
    ]

    with connection.cursor() as cursor:
        # So that no rows of earlier tests are left, and PostgreSQL knows what there is.
        cursor.execute("VACUUM ANALYZE claims_actor, claims_actorname, claims_formerslug")
        cursor.execute("SET enable_seqscan = off")
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {asked}")
        ((plan,),) = cursor.fetchall()
        cursor.execute("RESET enable_seqscan")

    read = sum(
        node["Actual Rows"] * node["Actual Loops"] for node in list_plan_nodes(plan[0]["Plan"])
    )
    assert read < 10


def make_namesakes(first: int, last: int) -> None:
    """Make actors who share words and surnames, and articles that know somebody of one alone."""
    article = make_article()
    actors = []
    for number in range(first, last):
        actors.append(Actor(name=f"N{number} Kane", kind="person", slug=f"kane-{number}"))
        name = f"Office {number} of Wind"
        actors.append(Actor(name=name, kind="organization", slug=f"office-{number}"))
        own = make_article() if number % 10 == 0 else article
        name = "Kane" if number % 10 == 0 else f"report {number}"
        kind = "person" if number % 10 == 0 else "document"
        actors.append(Actor(name=name, kind=kind, slug=f"alone-{number}", article=own))
    stored = Actor.objects.bulk_create(actors)
    ActorName.objects.bulk_create([ActorName(actor=actor, name=actor.name) for actor in stored])


def count_rows_read(number: int) -> int:
    """Store an article with new namesakes of others, and return how many rows its questions read."""
    speakers = [
        Speaker(f"Zed{number} Kane", "person", 0.9, "name"),
        Speaker(f"Office Zed{number} of Wind", "organization", 0.9, "name"),
        Speaker("Kane", "person", 0.9, "name", alone=False),
        Speaker("report", "document", 0.9, "description", alone=False),
    ]
    text = "It rained, she said. " * len(speakers)
    found = []
    for place, speaker in enumerate(speakers):
        start = 21 * place
        content, cue = Span(start, start + 9), Span(start + 15, start + 19)
        found.append(Attribution(None, cue, (content,), "indirect", "say", 0.9, speaker))
    address = f"https://wind.example/{number}"
    document = Document(address, "Wind", text, date(2024, 3, 5), address, "", "here")
    with CaptureQueriesContext(connection) as queries:
        store_documents([ReadDocument(document, found)], "1")
    rows = 0
    with connection.cursor() as cursor:
        cursor.execute("SET enable_seqscan = off")
        for query in queries:
            # What history is told goes before a statement.
            asked = query["sql"].rpartition("true); ")[2].lstrip(" (\n")
            if asked.startswith(QUESTIONS):
                rows += count_rows_of_question(cursor, asked)
        cursor.execute("RESET enable_seqscan")
    return rows


QUESTIONS = ("SELECT", "WITH quoted", "WITH telling")


def count_rows_of_question(cursor: Any, asked: str) -> int:
    """Return how many rows all steps of a question read.

    An entry of an index of words is no row: thousands are read with a few pages.
    """
    cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {asked}")
    ((plan,),) = cursor.fetchall()
    rows = 0
    for node in list_plan_nodes(plan[0]["Plan"]):
        if node["Node Type"] != "Bitmap Index Scan":
            rows += count_rows_of_node(node)
    return rows


def count_rows_of_node(node: dict[str, Any]) -> int:
    kinds = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Index Recheck")
    rows: float = sum(node.get(kind, 0) for kind in kinds) * node["Actual Loops"]
    return round(rows)


def test_storing_an_article_reads_no_more_rows_where_there_are_more() -> None:
    rows = []
    for few, many in ((0, 200), (200, 1600)):
        make_namesakes(few, many)
        list(compare_all_waiting_texts())
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE claims_actor, claims_actorname, claims_article")
        rows.append(count_rows_read(many))

    assert rows[1] <= rows[0] * 1.1


def list_plan_nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", []):
        yield from list_plan_nodes(inner)


def test_a_document_is_stored_by_itself_in_the_same_way() -> None:
    read = make_up_all(7, 6)
    store_documents(read, "1")
    together = dump_rows()
    empty_tables()

    for each in read:
        store_document(each.document, each.attributions, "1")

    alone = dump_rows()
    assert {table: rows for table, rows in alone.items() if table != "candidates"} == {
        table: rows for table, rows in together.items() if table != "candidates"
    }
