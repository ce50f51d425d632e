"""Where words stand: in what was said, in the headline, in the article, in the speaker's name."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import ActorJoin, Article, Quote
from claims.models.places import Place
from claims.search import columns, places
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters
from claims.search.stream import QuoteStream, build_stream
from tests.claims.api_client import API, get_json, get_refusals
from tests.claims.query_strings import match_quotes, read_filters
from tests.claims.search.test_spellings import count_words
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def scattered() -> dict[str, int]:
    """One quote for each place that has the word “harbour”, and one with it nowhere."""
    texts = {
        "words": ("Ana Bell", "Strike called off", "the harbour will open"),
        "title": ("Ana Bell", "Harbour opens again", "the ships are late"),
        "article": ("Ana Bell", "Ships are late", "the wind is to blame"),
        "speaker": ("Harbour Board", "Fees", "the price will rise"),
        "nowhere": ("Omar Reza", "Trains", "the trains run"),
    }
    made = {}
    for day, (name, (actor, title, content)) in enumerate(texts.items(), 1):
        beside = "It lies by the harbour. " if name == "article" else ""
        article = make_article(
            f"{beside}{actor} said {content}.", title=title, published_on=date(2024, 3, day)
        )
        made[name] = make_quote(actor=actor, article=article, content=content).pk
    return made


def found(query: str) -> set[int]:
    filters = read_filters(query)
    assert filters.problems == (), query
    by_rows = set(filters.quotes().values_list("pk", flat=True))
    matching = match_quotes(filters)
    by_columns = set(matching.columns["id"][matching.rows].tolist())
    assert by_rows == by_columns, query
    return by_rows


@pytest.mark.parametrize(
    ("where", "names"),
    [
        ("", {"words"}),
        ("where=words", {"words"}),
        ("where=title", {"title"}),
        ("where=speaker", {"speaker"}),
        ("where=article", {"words", "title", "article", "speaker"}),
        ("where=title&where=words", {"words", "title"}),
        (
            "where=words&where=title&where=article&where=speaker",
            {"words", "title", "article", "speaker"},
        ),
    ],
)
def test_words_are_found_where_they_are_looked_for(
    scattered: dict[str, int], where: str, names: set[str]
) -> None:
    assert found(f"q=harbour&{where}") == {scattered[name] for name in names}


def test_a_place_is_counted_beside_what_else_is_asked_for(scattered: dict[str, int]) -> None:
    filters = read_filters("q=harbour&since=2024-03-02")

    counts = places.count_places(match_quotes(filters))

    assert [(each.label, each.count, each.selected) for each in counts] == [
        ("what was said", 0, True),
        ("the headline", 1, False),
        ("the article", 3, False),
        ("the speaker’s name", 1, False),
        ("any of these", 3, False),
    ]
    for each in counts:
        assert match_quotes(read_filters(each.query)).total == each.count, each


def test_quotes_with_the_words_come_first_then_those_found_elsewhere(
    scattered: dict[str, int],
) -> None:
    query = "q=harbour&where=words&where=title&where=article&where=speaker"
    filters = read_filters(query)

    shown = build_stream_of(query).quotes

    order = ["words", "title", "speaker", "article"]
    assert [quote.pk for quote in shown] == [scattered[name] for name in order]
    assert [quote.pk for quote in filters.quotes()] == [scattered[name] for name in order]
    assert [quote.why for quote in shown] == [
        [],
        [("found in the headline", [])],
        [("found in the article", []), ("found in the speaker’s name", [])],
        [("found in the article", [])],
    ]


def build_stream_of(query: str) -> QuoteStream:
    return build_stream(QueryDict(query), read_filters(query))


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest", "arrived"])
def test_the_api_has_what_the_page_has_page_by_page(
    client: Client, scattered: dict[str, int], order: str
) -> None:
    query = f"q=harbour&where=words&where=article&order={order}"
    expected = [quote.pk for quote in build_stream_of(query).quotes]

    address: str | None = f"{API}/quotes/?{query}&page_size=2"
    told = []
    while address:
        page = get_json(client, address)
        assert page["count"] == len(expected)
        told += [row["id"] for row in page["results"]]
        for row in page["results"]:
            place = "words" if row["id"] == scattered["words"] else "article"
            assert place in row["found_in"], row
        address = page["next"]

    assert told == expected


def test_a_speaker_is_found_by_every_name_and_by_those_taken_for_theirs() -> None:
    obama = make_actor("Barack Obama", "person", names=("President Obama",))
    alias = make_actor("Barry O’Bama", "person")
    ActorJoin.objects.create(alias=alias, actor=obama, reasons=[])
    quote = make_quote(actor=obama, content="it is done")
    make_quote(actor="Ana Bell", content="it is not")

    for q in ("obama", "president", "BARACK+obama", "“barack obama”", "barry", "obama+or+merkel"):
        assert found(f"q={q}&where=speaker") == {quote.pk}, q
    for q in ("oba", "obama+-obama", "michelle+obama"):
        assert found(f"q={q}&where=speaker") == set(), q


def test_a_phrase_stands_just_so_in_every_place() -> None:
    exact = make_article(
        "A “border wall” rises. Ana Bell said it is high.", title="The “Border  Walls”"
    )
    other = make_article("Borders’ walls rise. Ana Bell said it is low.", title="Walls border it")
    of_stems = make_article("A border, walled. Ana Bell said no.", title="Bordering a wall")
    quotes = {
        article: make_quote(actor="Ana Bell", article=article, content=content).pk
        for article, content in ((exact, "it is high"), (other, "it is low"), (of_stems, "no"))
    }

    assert found('q="border+walls"&where=title') == {quotes[exact]}
    assert found('q="border+wall"&where=title') == set()
    assert found('q="bordering+a+wall"&where=title') == {quotes[of_stems]}
    assert found('q="border+wall"&where=article') == {quotes[exact]}
    assert found('q="border+walls"&where=article') == {quotes[exact]}  # as its title has it
    assert found("q=border+wall&where=article") == set(quotes.values())


def test_places_need_words_and_are_four(client: Client) -> None:
    assert get_refusals(client, f"{API}/quotes/?where=title") == {
        "where": ["“where” needs words to search for (“q”)."]
    }
    assert get_refusals(client, f"{API}/quotes/?q=bridge&where=cellar") == {
        "where": ["There is no place for words “cellar”; there are words, title, article, speaker."]
    }


def test_the_page_offers_each_place_with_its_count(
    client: Client, scattered: dict[str, int]
) -> None:
    page = client.get("/?q=harbour").content.decode()

    offered = page.split('id="places"')[1].split("</p>")[0]
    assert "<strong>what was said" in offered
    assert 'href="?q=harbour&amp;where=title"' in offered
    assert 'id="places"' not in client.get("/").content.decode()


@pytest.fixture
def slow_articles(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest article takes PostgreSQL much longer to look through than anybody waits."""
    select_numbers = places.select_numbers

    def select_slowly(filters: Filters, place: Place) -> Any:
        query = select_numbers(filters, place)
        if place != "article":
            return query
        oldest = Article.objects.order_by("pk").values_list("pk", flat=True)[0]
        slow = "CASE WHEN claims_article.id = %s THEN pg_sleep(60) IS NOT NULL ELSE true END"
        return query.extra(where=[slow], params=[oldest])

    monkeypatch.setattr(places, "select_numbers", select_slowly)
    monkeypatch.setattr(places, "LONGEST_LOOK", 1000)
    monkeypatch.setattr(places, "MOST_ROWS_LOOKED_THROUGH", 4)


@pytest.fixture
def limited() -> Iterator[None]:
    """No statement may take longer than two seconds."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = '2s'")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET statement_timeout")


def read_places_line(client: Client, query: str) -> str:
    page = client.get(f"/?{query}").content.decode()
    words = re.sub(r"<[^>]+>", "", page.split('id="places">')[1].split("</p>")[0])
    return " ".join(words.split())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("scattered", "slow_articles")
def test_a_place_that_takes_too_long_takes_nothing_from_what_is_asked_for(client: Client) -> None:
    line = read_places_line(client, "q=harbour")
    page = client.get("/?q=harbour").content.decode()

    assert line == (
        "Words in what was said 1, the headline at least 1, the article at least 3,"
        " the speaker’s name at least 1, any of these at least 4"
    )
    assert "1 quote</h2>" in page
    assert "were looked through" not in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("scattered", "slow_articles")
def test_where_the_place_asked_for_takes_too_long_what_came_in_last_is_looked_through(
    client: Client,
) -> None:
    page = client.get("/?q=harbour&where=article").content.decode()

    assert "3 quotes</h2>" in page  # of four, the last of which were looked through
    assert "only the 200,000 that came in last were looked through" in page


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("slow_articles", "limited")
def test_only_the_page_is_content_with_a_part(client: Client, scattered: dict[str, int]) -> None:
    client.get("/?q=harbour&where=article")  # which keeps the part

    api = client.get(f"{API}/quotes/?q=harbour&where=article")
    table = client.get("/quotes.csv?q=harbour&where=article")
    of_words = get_json(client, f"{API}/quotes/?q=harbour")

    assert api.status_code == 503
    assert "This takes too long" in api.json()["detail"]
    assert table.status_code == 503
    assert "This takes too long" in table.content.decode()
    assert [row["id"] for row in of_words["results"]] == [scattered["words"]]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("scattered", "slow_articles")
def test_what_was_found_in_part_is_looked_for_again_by_who_wants_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = columns.get_current_columns()
    filters = read_filters("q=harbour&where=article")
    in_part = places.find_places(known, filters, may_be_partial=True)
    monkeypatch.undo()  # the article is looked through as fast as any other

    matching = MatchingQuotes(known, filters)

    assert "article" in in_part.partial
    assert matching.total == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("scattered", "slow_articles")
def test_a_suggestion_of_words_that_take_too_long_says_at_least(client: Client) -> None:
    count_words()

    page = client.get("/?q=harbuor&where=article").content.decode()

    assert "at least 3 quotes" in page.split('id="suggestion"')[1].split("</p>")[0]


@pytest.mark.django_db(transaction=True)
def test_looking_for_words_leaves_the_session_as_it_was(scattered: dict[str, int]) -> None:
    settings = ("enable_seqscan", "work_mem", "statement_timeout")
    before = [show(name) for name in settings]

    assert match_quotes(read_filters("q=harbour")).total == 1

    assert [show(name) for name in settings] == before


def show(setting: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {setting}")
        return str(cursor.fetchone()[0])


def test_what_was_found_is_asked_for_again_only_after_a_change(
    scattered: dict[str, int], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    known = columns.get_current_columns()
    filters = read_filters("q=harbour")
    assert MatchingQuotes(known, filters).total == 1

    with django_assert_num_queries(0):
        assert MatchingQuotes(known, filters).total == 1
    make_quote(content="the harbour is shut")
    assert match_quotes(read_filters("q=harbour")).total == 2
    assert Quote.objects.search("harbour").count() == 2
