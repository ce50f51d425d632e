"""What is kept in memory of the quotes is what the rows say, however they were written."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction
from django.test import Client
from psycopg.errors import QueryCanceled
from pytest_django import DjangoAssertNumQueries

from claims.extraction.schema import ACTS, KINDS
from claims.intake.copies import compare_all_waiting_texts
from claims.models import About, Actor, Article, Change, Quote
from claims.models.actors import SPEAKER_VALUES
from claims.search import columns
from claims.search.columns import ColumnValues
from claims.search.copies import build_copies_choice
from claims.search.histogram import build_histogram
from tests.claims.query_strings import list_facets_of, match_quotes, read_filters
from tests.claims.stories import make_paragraphs
from tests.factories import make_actor, make_article, make_outlet, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

PAUSE = 0.3  # seconds in which whoever does not wait is long done


def kept(columns_known: columns.Columns | None = None) -> list[dict[str, int]]:
    """The columns as rows, whom each names among them; those that the site has now, unless others are given."""
    known = columns_known or columns.get_current_columns()
    named: dict[int, list[int]] = {}
    for quote, actor in zip(known.about_quote.tolist(), known.about_actor.tolist(), strict=True):
        named.setdefault(quote, []).append(actor)
    rows = [
        {name: int(known[name][at]) for name in columns.QUOTE_COLUMNS} for at in range(len(known))
    ]
    return [{**row, "about": sorted(named.get(row["id"], []))} for row in rows]  # type: ignore[dict-item]


def stored() -> list[dict[str, int]]:
    """The same by the rows themselves."""
    return kept(columns.read_all_columns())


def change_status() -> None:
    quote = Quote.objects.order_by("pk")[3]
    quote.status = "accepted"
    quote.save()


def change_in_bulk() -> None:
    Quote.objects.filter(act="say").update(act="warn")


def delete_one() -> None:
    Quote.objects.order_by("pk")[2].delete()


def delete_an_article() -> None:
    Article.objects.order_by("pk")[1].delete()


def name_another() -> None:
    About.objects.create(
        quote=Quote.objects.order_by("pk")[0], actor=make_actor("Rui Tavares", "person")
    )


def name_nobody() -> None:
    About.objects.all().delete()


def write_by_hand() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_quote SET actor_id = NULL WHERE kind = 'indirect'")


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(
            lambda: make_quote(actor="Ana Bell", content="Veldania is far"), id="a new quote"
        ),
        pytest.param(
            lambda: make_quote(
                article=make_article("Veldania said it rains.", published_on=date(2001, 1, 1)),
                content="it rains",
            ),
            id="a new quote of an old article",
        ),
        change_status,
        change_in_bulk,
        delete_one,
        delete_an_article,
        name_another,
        name_nobody,
        write_by_hand,
        pytest.param(
            lambda: Article.objects.update(published_on=date(2019, 5, 1)), id="other dates"
        ),
        pytest.param(
            lambda: Article.objects.update(outlet=make_outlet("Evening Post")), id="another outlet"
        ),
        pytest.param(lambda: Actor.objects.filter(slug="omar-reza").delete(), id="an actor less"),
        pytest.param(
            lambda: Actor.objects.filter(slug="ana-bell").update(kind="unnamed"),
            id="an actor of another kind",
        ),
        pytest.param(lambda: Quote.objects.all().delete(), id="none left"),
        pytest.param(
            lambda: connection.cursor().execute("TRUNCATE claims_quote CASCADE"), id="emptied"
        ),
    ],
)
@pytest.mark.usefixtures("varied")
def test_whatever_is_written_is_seen_at_the_next_look(write: Callable[[], None]) -> None:
    before = kept()

    write()

    after = kept()
    assert after != before
    assert after == stored()


@pytest.mark.usefixtures("varied")
def test_looking_again_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """The second look may still bring what was logged since the oldest transaction began, which may be another worker's."""
    columns.get_current_columns()
    columns.get_current_columns()

    with django_assert_num_queries(1):
        known = columns.get_current_columns()

    assert len(known) == Quote.objects.count()


@pytest.mark.usefixtures("varied")
def test_what_is_undone_was_never_there() -> None:
    before = kept()

    with transaction.atomic():
        Quote.objects.all().delete()
        assert kept() == []
        transaction.set_rollback(True)

    assert kept() == before


@pytest.mark.usefixtures("varied")
def test_a_change_that_ends_after_a_later_one_is_not_missed() -> None:
    """A transaction that began first and is committed last has the lower number."""
    first, second = Quote.objects.order_by("pk")[:2]
    columns.get_current_columns()
    other = connection.copy()
    try:
        with transaction.atomic(), other.cursor() as late:
            late.execute("BEGIN")
            late.execute("UPDATE claims_quote SET act = 'promise' WHERE id = %s", [second.pk])
            Quote.objects.filter(pk=first.pk).update(act="demand")
        columns.get_current_columns()
        with other.cursor() as late:
            late.execute("COMMIT")
    finally:
        other.close()

    assert kept() == stored()


@pytest.mark.usefixtures("varied")
def test_a_quote_that_is_being_given_to_an_actor_is_not_missed_when_the_actor_changes() -> None:
    actor, quote = Actor.objects.get(slug="ana-bell"), Quote.objects.get(actor=None)
    columns.get_current_columns()

    def lose_its_name() -> None:
        Actor.objects.filter(pk=actor.pk).update(kind="unnamed")
        connection.close()

    with ThreadPoolExecutor(1) as aside:
        with transaction.atomic():
            Quote.objects.filter(pk=quote.pk).update(actor=actor)
            connection.check_constraints()
            changing = aside.submit(lose_its_name)
            with pytest.raises(TimeoutError):
                changing.result(PAUSE)
        columns.get_current_columns()
        changing.result()

    assert kept() == stored()


def age_the_log() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_change SET at = at - interval '2 days'")


@pytest.mark.usefixtures("varied")
def test_the_log_is_forgotten_and_whoever_slept_through_it_reads_all_anew() -> None:
    columns.get_current_columns()
    change_status()
    age_the_log()

    Change.forget_old()

    assert list(Change.objects.values_list("quote_id", flat=True)) == [None]
    assert kept() == stored()
    Change.forget_old()
    assert Change.objects.count() == 1


def wait_until_all_writers_have_ended() -> None:
    """Wait for transactions that are still open, in other databases of the server too.

    While one is open, a reader may not take for read what was written after it began.
    """
    ended = "SELECT max(written) < pg_snapshot_xmin(pg_current_snapshot()) FROM claims_change"
    deadline = time.monotonic() + 120
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(ended)
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    pytest.fail("a transaction stayed open for two minutes")


@pytest.mark.usefixtures("varied")
def test_forgetting_under_a_reader_that_keeps_up_reloads_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    change_status()
    wait_until_all_writers_have_ended()
    known = columns.get_current_columns()
    with monkeypatch.context() as watched:
        watched.setattr(
            columns, "read_all_columns", lambda: pytest.fail("all columns were read anew")
        )
        for _ in range(3):
            age_the_log()
            Change.forget_old()
            assert columns.get_current_columns().rows is known.rows
        change_status()
        told = kept()

    assert told == stored()


@pytest.mark.django_db(transaction=True)
def test_what_is_found_in_the_columns_stays_found_while_others_write() -> None:
    make_quote()
    columns.get_current_columns()
    before = columns.get_current_columns()
    User.objects.create(username="bell")  # a transaction that changes no quote

    assert columns.get_current_columns() is before

    make_quote(content="Another quote")
    assert columns.get_current_columns() is not before


def test_many_changes_at_once_are_sorted_in(monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        make_quote(
            content=f"that {number} is safe",
            article=make_article(f"Veldania said that {number} is safe."),
        )
    columns.get_current_columns()
    for many in (1000, 5):  # one by one, and all together
        monkeypatch.setattr(columns, "MANY_CHANGED_ROWS", many)
        Article.objects.filter(pk__in=Article.objects.order_by("?")[:10]).update(
            published_on=date(2020, 1, 1) + timedelta(random.randrange(300))
        )

        assert kept() == stored()


# Totals agree


def populate(rng: random.Random) -> None:
    """A hundred quotes that differ in everything, some of unknown speakers, some rejected."""
    people = ["Ana Bell", "Omar Reza", "Veldania", "Rui Tavares"]
    words = [
        "the bridge is safe",
        "the ferry is late",
        "no toll will rise",
        "it rains on the harbour",
    ]
    for number in range(100):
        actor, about = rng.choice([*people, "one official", None]), rng.choice(people)
        content = f"{about} knows that {rng.choice(words)}"
        article = make_article(
            f"{actor or 'Somebody'} said {content} {number}.",
            outlet=rng.choice(["Harbour Herald", "Northern Wire", "Evening Post"]),
            published_on=date(2019, 1, 1) + timedelta(rng.randrange(900)),
        )
        make_quote(
            actor=make_actor(actor, "unnamed" if actor == "one official" else "state")
            if actor
            else None,
            source=actor or "Somebody",
            article=article,
            content=content,
            act=rng.choice(ACTS),
            kind=rng.choice(KINDS),
            status=rng.choice(["unreviewed", "accepted", "corrected", "rejected"]),
        )
    populate_copies(rng)


def populate_copies(rng: random.Random) -> None:
    """Twelve reports of three quotes, each in two to four articles, some without one of the quotes."""
    for _ in range(12):
        said = {
            "Ana Bell": f"the bridge is {rng.choice(['safe', 'late'])}",
            "Rui Tavares": f"Ana Bell is {rng.choice(['safe', 'late'])}",
            "Omar Reza": "no",
        }
        lines = [f"{actor} said {content}." for actor, content in said.items()]
        body = "\n".join([*lines, *make_paragraphs(rng, 6)])
        for _ in range(rng.randint(2, 4)):
            article = make_article(
                body,
                outlet=rng.choice(["Harbour Herald", "Northern Wire", "Evening Post"]),
                published_on=date(2019, 1, 1) + timedelta(rng.randrange(900)),
            )
            for actor, content in rng.sample(sorted(said.items()), rng.randint(2, 3)):
                make_quote(
                    actor=actor,
                    article=article,
                    content=content,
                    act=rng.choice(ACTS),
                    status=rng.choice(["unreviewed", "accepted", "rejected"]),
                )
    assert sum(compare_all_waiting_texts())


def some_state(rng: random.Random) -> str:
    choices: dict[str, list[str]] = {
        "actor": ["ana-bell", "omar-reza", "veldania", "unknown"],
        "speaker": list(SPEAKER_VALUES),
        "about": ["ana-bell", "omar-reza", "rui-tavares"],
        "act": list(ACTS),
        "kind": list(KINDS),
        "stance": ["asserts", "denies", "questions"],
        "outlet": ["harbour-herald", "northern-wire", "evening-post"],
        "status": ["unreviewed", "accepted", "rejected"],
    }
    chosen = [
        (name, value)
        for name in rng.sample(sorted(choices), rng.randint(0, 3))
        for value in rng.sample(choices[name], rng.randint(1, 2))
    ]
    if rng.random() < 0.3:
        chosen.append(("q", rng.choice(["bridge", "ferry or toll", '"is safe"', "-rains"])))
    if rng.random() < 0.3:
        chosen.append(("since", f"2019-0{rng.randint(1, 9)}-01"))
    if rng.random() < 0.3:
        chosen.append(("until", f"2021-0{rng.randint(1, 5)}-01"))
    if rng.random() < 0.5:
        chosen.append(("copies", rng.choice(["once", "all"])))
    return "&".join(f"{name}={value}" for name, value in chosen)


def test_the_total_the_facets_the_histogram_and_the_api_agree_for_any_filters(
    client: Client,
) -> None:
    rng = random.Random(5)
    populate(rng)
    nonzero, differing, states = 0, 0, set[str]()
    while len(states) < 200:
        states.add(some_state(rng))
    for query in states:
        filters = read_filters(query)
        total = match_quotes(filters).total

        assert filters.problems == (), query
        assert total == filters.quotes().count(), query
        assert total == client.get(f"/?{query}").context["stream"].total, query
        assert total == client.get(f"/api/v1/quotes/?{query}").json()["count"], query
        assert total == sum(bar.count for bar in build_histogram(match_quotes(filters)).bars), query
        for facet in list_facets_of(filters):
            if facet.parameter == "outlet" and not (filters.outlet or filters.copies):
                # An outlet that is asked for has all that it published, whoever did so before.
                for value in facet.values:
                    assert value.count == match_quotes(read_filters(value.query)).total, value
            elif facet.parameter != "about":  # a quote may name nobody, or several
                values = [
                    value
                    for value in facet.values
                    if value.selected or not getattr(filters, facet.parameter)
                ]
                assert total == sum(value.count for value in values), (query, facet.parameter)
        nonzero += total > 0
        differing += build_copies_choice(match_quotes(filters)).once != total
    assert nonzero > 100
    assert differing > 30


def test_whom_a_quote_names_counts_once_the_quote_itself_is_known(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A quote may be stored between the reading of the quotes and that of whom they name."""
    make_actor("Omar Reza")
    make_quote(actor="Ana Bell", content="Omar Reza is late")
    copied = columns.copy_columns

    def with_one_between(
        described: dict[str, columns.ColumnDescription], tables: str, *which: Any
    ) -> dict[str, ColumnValues]:
        if tables == columns.ABOUT_SQL:
            make_quote(actor="Veldania", content="Omar Reza is early")
        return copied(described, tables, *which)

    monkeypatch.setattr(columns, "copy_columns", with_one_between)
    read = columns.read_all_columns()

    assert len(read) == len(read.about_quote) == 1
    assert read.mask_naming(read.about_actor.tolist()).sum() == 1


def copy_too_long() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = '20ms'")
    columns.read_binary_copy("SELECT 1 FROM pg_sleep(60)", {"one": ">i4"})


def test_a_copy_that_is_stopped_is_an_error_like_that_of_any_statement() -> None:
    with pytest.raises(OperationalError) as caught, transaction.atomic():
        copy_too_long()

    assert isinstance(caught.value.__cause__, QueryCanceled)
