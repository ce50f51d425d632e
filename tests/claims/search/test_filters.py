from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from claims.extraction.schema import ACTS, KINDS, STANCES
from claims.models import Quote, QuoteStatus
from claims.models.actors import SPEAKER_VALUES
from claims.models.word_groups import COMMON_WORDS
from claims.search.filters import Filters
from claims.search.parameters import FILTER_PARAMETERS, LIST_PARAMETERS
from newsroom.embedded_postgres import find_binaries
from tests.claims.query_strings import list_facets_of, read_filters
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db


def found(query: str) -> list[str]:
    """The contents of the quotes that a query string asks for, in its order."""
    filters = read_filters(query)
    assert filters.problems == ()
    return [quote.content for quote in filters.quotes()]


# Each parameter filters


@pytest.mark.parametrize(
    ("query", "contents"),
    [
        pytest.param(
            "",
            [
                "the toll will rise",
                "is the bridge open",
                "Veldania will pay for the bridge",
                "the ferry is late",
                "any part in the delay of the ferry",
                "the bridge is safe",
            ],
            id="nothing: all but the rejected, newest first",
        ),
        pytest.param(
            "actor=veldania",
            ["any part in the delay of the ferry", "the bridge is safe"],
            id="actor",
        ),
        pytest.param(
            "actor=omar-reza&actor=ana-bell",
            ["is the bridge open", "Veldania will pay for the bridge", "the ferry is late"],
            id="any of two actors",
        ),
        pytest.param("about=veldania", ["Veldania will pay for the bridge"], id="about"),
        pytest.param("about=ana-bell", [], id="about one whom no content names"),
        pytest.param(
            "about=ana-bell&about=veldania",
            ["Veldania will pay for the bridge"],
            id="about any of two",
        ),
        pytest.param("act=deny", ["any part in the delay of the ferry"], id="act"),
        pytest.param(
            "act=question&act=deny",
            ["is the bridge open", "any part in the delay of the ferry"],
            id="any of two acts",
        ),
        pytest.param("kind=direct", ["the ferry is late"], id="kind"),
        pytest.param(
            "kind=direct&kind=mixed",
            ["is the bridge open", "the ferry is late"],
            id="any of two kinds",
        ),
        pytest.param("stance=denies", ["any part in the delay of the ferry"], id="stance"),
        pytest.param(
            "stance=denies&stance=questions",
            ["is the bridge open", "any part in the delay of the ferry"],
            id="any of two stances",
        ),
        pytest.param(
            "outlet=northern-wire",
            ["is the bridge open", "any part in the delay of the ferry"],
            id="outlet",
        ),
        pytest.param(
            "outlet=northern-wire&outlet=evening-post",
            ["the toll will rise", "is the bridge open", "any part in the delay of the ferry"],
            id="any of two outlets",
        ),
        pytest.param("status=accepted", ["the ferry is late"], id="status"),
        pytest.param(
            "status=rejected", ["the whole bridge is a fraud"], id="the rejected, asked for"
        ),
        pytest.param(
            "status=rejected&status=accepted",
            ["the whole bridge is a fraud", "the ferry is late"],
            id="any of two statuses",
        ),
        pytest.param(
            "since=2024-03-05",
            ["the toll will rise", "is the bridge open"],
            id="since, that day included",
        ),
        pytest.param(
            "until=2024-03-02",
            ["any part in the delay of the ferry", "the bridge is safe"],
            id="until, that day too",
        ),
        pytest.param("since=2024-03-03&until=2024-03-03", ["the ferry is late"], id="one day"),
        pytest.param("since=2024-03-08", [], id="since after all"),
        pytest.param(
            "actor=veldania&act=deny&q=ferry",
            ["any part in the delay of the ferry"],
            id="parameters narrow together",
        ),
        pytest.param("actor=veldania&act=promise", [], id="parameters that nothing fits"),
        pytest.param(
            "act=deny&act=deny&act=",
            ["any part in the delay of the ferry"],
            id="twice the same, and an empty field",
        ),
        pytest.param(
            "actor=&q=+&since=&order=&act=question",
            ["is the bridge open"],
            id="the empty fields of a form",
        ),
        pytest.param(
            "order=oldest&stance=asserts",
            [
                "the bridge is safe",
                "the ferry is late",
                "Veldania will pay for the bridge",
                "the toll will rise",
            ],
            id="oldest first",
        ),
    ],
)
@pytest.mark.usefixtures("varied")
def test_quotes_are_those_asked_for(query: str, contents: list[str]) -> None:
    assert found(query) == contents


@pytest.mark.parametrize(
    ("q", "contents"),
    [
        pytest.param(
            "bridge",
            {"the bridge is safe", "the bridge is shut", "the old bridges hold"},
            id="a word, in any form",
        ),
        pytest.param(
            "BRIDGE",
            {"the bridge is safe", "the bridge is shut", "the old bridges hold"},
            id="in any case",
        ),
        pytest.param("bridge safe", {"the bridge is safe"}, id="all words"),
        pytest.param("safe bridge", {"the bridge is safe"}, id="words in any order"),
        pytest.param('"bridge is safe"', {"the bridge is safe"}, id="a phrase"),
        pytest.param('"safe bridge"', set(), id="a phrase in another order"),
        pytest.param(
            "bridge -shut", {"the bridge is safe", "the old bridges hold"}, id="not a word"
        ),
        pytest.param(
            'bridge -"old bridge"', {"the bridge is safe", "the bridge is shut"}, id="not a phrase"
        ),
        pytest.param("-bridge", {"the ferry is late"}, id="nothing but not"),
        pytest.param(
            "ferry or shut", {"the ferry is late", "the bridge is shut"}, id="one word or another"
        ),
        pytest.param("tunnel", set(), id="a word that nobody said"),
        pytest.param("'); DROP TABLE claims_quote; --", set(), id="SQL"),
        pytest.param(
            "bridge & | ! ( :* <->",
            {"the bridge is safe", "the bridge is shut", "the old bridges hold"},
            id="marks",
        ),
        pytest.param(
            '"bridge',
            {"the bridge is safe", "the bridge is shut", "the old bridges hold"},
            id="an open quotation",
        ),
        pytest.param("🦊", set(), id="an emoji"),
    ],
)
def test_words_are_searched_in_the_language_of_web_searches(q: str, contents: set[str]) -> None:
    for content in (
        "the bridge is safe",
        "the bridge is shut",
        "the old bridges hold",
        "the ferry is late",
    ):
        make_quote(content=content)

    query = QueryDict(mutable=True)
    query["q"] = q
    filters = Filters.read(query)

    assert filters.problems == ()
    assert {quote.content for quote in filters.quotes()} == contents


def test_what_was_said_of_an_actor_is_found_whether_or_not_it_says_anything() -> None:
    make_actor("Ana Bell", "person")
    for content in ("that Ana Bell left", "that Bell rings", "that the mayor left"):
        make_quote(actor="Omar Reza", content=content)

    assert found("about=ana-bell") == ["that Ana Bell left"]


def test_quotes_of_unknown_speakers_are_found_as_such() -> None:
    make_quote(actor=None, content="it rains")
    make_quote(actor="Veldania", content="it pours")
    make_quote(actor="Ana Bell", content="it snows")

    assert found("actor=unknown") == ["it rains"]
    assert set(found("actor=unknown&actor=veldania")) == {"it rains", "it pours"}


def test_a_denial_is_found_by_who_denied_it() -> None:
    make_quote(actor="Veldania", act="deny", content="any part in the delay")
    make_quote(actor="Ana Bell", act="deny", content="the delay")
    make_quote(actor="Veldania", act="say", content="the bridge is safe")

    assert found("actor=veldania&act=deny") == ["any part in the delay"]


# Order


def test_words_order_by_relevance_unless_told_otherwise() -> None:
    text = (
        "Veldania said the ferry, which nobody had seen since it left in May for a long journey to "
        "the north, met the bridge."
    )
    far = make_article(text, published_on=date(2024, 3, 9))
    make_quote(article=far, content=text.split("said ")[1].rstrip("."))
    make_quote(content="the ferry bridge")

    assert found("q=ferry+bridge")[0] == "the ferry bridge"
    assert found("q=ferry+bridge&order=relevance")[0] == "the ferry bridge"
    assert found("q=ferry+bridge&order=newest")[1] == "the ferry bridge"
    assert found("q=ferry+bridge&order=oldest")[0] == "the ferry bridge"


@pytest.mark.parametrize("order", ["newest", "oldest"])
def test_quotes_of_an_article_are_in_the_order_of_its_text(order: str) -> None:
    article = make_article("Veldania said it rains and Veldania added it pours.")
    make_quote(article=article, cue="added", content="it pours")
    make_quote(article=article, cue="said", content="it rains")

    assert [quote.cue for quote in read_filters(f"order={order}").quotes()] == ["said", "added"]


# Cost, and what there is


@pytest.mark.parametrize("rows", [1, 40])
@pytest.mark.parametrize(
    ("query", "most"),
    [
        pytest.param(
            "actor=speaker-0&outlet=harbour-herald&act=say&since=2024-01-01&q=safe", 9, id="filters"
        ),
        pytest.param("about=speaker-0&actor=speaker-0", 9, id="about"),
    ],
)
def test_reading_and_counting_take_few_queries_whatever_there_is(
    rows: int,
    query: str,
    most: int,
    keep_columns: Callable[[], None],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(rows):
        make_quote(actor=f"Speaker {number}", content=f"that Speaker 0 is safe from {number}")
    keep_columns()

    with django_assert_max_num_queries(most):
        filters = read_filters(query)
        list_facets_of(filters)
        list(filters.quotes().for_display())
        filters.list_chips()


def test_a_query_string_without_slugs_is_read_without_a_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        read_filters("act=deny&q=bridge&since=2024-01-01&colour=red").list_chips()


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("speaker", SPEAKER_VALUES),
        ("act", ACTS),
        ("kind", KINDS),
        ("stance", STANCES),
        ("status", QuoteStatus.values),
    ],
)
def test_every_value_of_a_closed_set_can_be_asked_for(name: str, values: tuple[str, ...]) -> None:
    filters = read_filters("&".join(f"{name}={value}" for value in values))

    assert filters.problems == ()
    assert getattr(filters, name) == tuple(values)


@pytest.mark.parametrize(
    ("query", "contents"),
    [
        ("speaker=named", ["the bridge is safe"]),
        ("speaker=unnamed", ["the ferry is late"]),
        ("speaker=unknown", ["the toll will rise"]),
        ("speaker=unknown&speaker=unnamed", ["the toll will rise", "the ferry is late"]),
        ("speaker=unnamed&actor=veldania", []),
    ],
)
def test_speakers_have_a_name_or_none_or_are_not_clear(query: str, contents: list[str]) -> None:
    make_quote(content="the bridge is safe")
    make_quote(actor=make_actor("two officials", "unnamed"), content="the ferry is late")
    make_quote(actor=None, content="the toll will rise")

    assert sorted(found(query)) == sorted(contents)
    assert found("speaker=unknown") == found("actor=unknown")


def test_every_parameter_is_a_field_of_the_filters() -> None:
    assert set(FILTER_PARAMETERS) == set(Filters.__dataclass_fields__) - {
        "problems",
        "notices",
        "rows",
    }
    assert set(LIST_PARAMETERS) < set(FILTER_PARAMETERS)


@pytest.mark.usefixtures("varied")
def test_the_filters_are_the_verbs_of_the_rows() -> None:
    verbs = (
        Quote.objects.standing()
        .by("veldania")
        .doing("deny")
        .search("delay")
        .published(until=date(2024, 3, 5))
    )

    assert list(read_filters("actor=veldania&act=deny&q=delay&until=2024-03-05").quotes()) == list(
        verbs
    )
    assert verbs.count() == 1


@pytest.mark.parametrize(
    ("q", "hit"),
    [
        pytest.param('"on our guard"', True, id="as it stands"),
        pytest.param('"ON OUR Guard"', True, id="another case"),
        pytest.param("“on our guard”", True, id="typographic marks"),
        pytest.param('"off our guard"', False, id="another small word, which the index leaves out"),
        pytest.param('"on our guards"', False, id="another form of a word"),
        pytest.param('"n our guard"', False, id="from the middle of a word"),
        pytest.param("guards ours", True, id="words alone may differ in form"),
        pytest.param('"on our guard" -brother', False, id="with a word that must not be there"),
        pytest.param('"off our guard" or brother', True, id="or"),
        pytest.param("brother's", True, id="a plain apostrophe for a typographic one"),
        pytest.param("brother’s", True, id="a typographic apostrophe"),
        pytest.param('"our brother\'s guard (.*)"', False, id="signs of a pattern"),
    ],
)
def test_a_phrase_stands_exactly_as_it_is_asked_for(q: str, hit: bool) -> None:
    make_quote(content="we have to be on our guard, at our brother’s side")

    assert bool(found(urlencode({"q": q}))) is hit


@pytest.mark.parametrize(
    ("q", "contents"),
    [
        pytest.param(
            '"to be"',
            {"it is to be shut", "we have yet To  be told"},
            id="two words, in any case and spacing",
        ),
        pytest.param('"it is"', {"it is to be shut"}, id="two others"),
        pytest.param('"is it"', set(), id="in another order"),
        pytest.param('"don\'t"', {"they don’t know"}, id="with an apostrophe"),
        pytest.param('"to be" "it is"', {"it is to be shut"}, id="two phrases"),
        pytest.param('"to be" told', {"we have yet To  be told"}, id="beside another word"),
        pytest.param(
            '"to be" the',
            {"it is to be shut", "we have yet To  be told"},
            id="beside another such word",
        ),
    ],
)
def test_a_phrase_of_words_that_the_index_leaves_out_is_found_just_so(
    q: str, contents: set[str]
) -> None:
    for content in (
        "it is to be shut",
        "we have yet To  be told",
        "they don’t know",
        "the bridge is safe",
    ):
        make_quote(content=content)

    assert set(found(urlencode({"q": q}))) == contents


def test_such_a_phrase_is_looked_for_in_the_quotes_that_came_in_last(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("claims.models.places.MOST_QUOTES_SCANNED", 2)
    for content in ("it is to be shut", "it is to be sold", "it is to be saved"):
        make_quote(content=content)

    assert set(found(urlencode({"q": '"to be"'}))) == {"it is to be sold", "it is to be saved"}


def test_the_words_too_common_to_search_for_are_those_that_the_index_leaves_out() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(numnode(to_tsquery('english', word))) FROM unnest(%s::text[]) word",
            [sorted(COMMON_WORDS)],
        )
        assert cursor.fetchone() == (0,)

    kept = (
        (find_binaries().parent / "share" / "postgresql" / "tsearch_data" / "english.stop")
        .read_text()
        .split()
    )
    assert set(kept) == COMMON_WORDS
