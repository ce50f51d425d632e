import pytest

from claims.search.filters import Filters
from claims.search.reading import LONGEST_SEARCH_TEXT, MOST_VALUES_OF_PARAMETER
from tests.claims.query_strings import list_facets_of, read_filters
from tests.factories import make_actor, make_quote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "parameter", "told"),
    [
        pytest.param(
            "colour=red", "colour", "There is no filter “colour”", id="an unknown parameter"
        ),
        pytest.param(
            "Act=deny", "Act", "There is no filter “Act”", id="a parameter in another case"
        ),
        pytest.param("a%00b=c", "a�b", "There is no filter “a�b”", id="a parameter with NUL"),
        pytest.param(
            "x" * 999 + "=1", "x" * 59 + "…", "There is no filter “x", id="a long parameter"
        ),
        pytest.param(
            "act=shout", "act", "There is no act “shout”; there are say, claim", id="an unknown act"
        ),
        pytest.param("act=den%00y", "act", "There is no act “den�y”", id="an act with NUL"),
        pytest.param(
            "kind=sung",
            "kind",
            "There is no kind “sung”; there are direct, mixed, indirect",
            id="an unknown kind",
        ),
        pytest.param(
            "stance=doubts", "stance", "asserts, denies, questions", id="an unknown stance"
        ),
        pytest.param(
            "status=lost",
            "status",
            "unreviewed, accepted, corrected, rejected",
            id="an unknown status",
        ),
        pytest.param("actor=nobody", "actor", "There is no actor “nobody”", id="an unknown actor"),
        pytest.param(
            "actor=Veldania", "actor", "There is no actor “Veldania”", id="a name for a slug"
        ),
        pytest.param(
            "actor=harbour-herald",
            "actor",
            "There is no actor “harbour-herald”",
            id="an outlet for an actor",
        ),
        pytest.param("actor=a%00b", "actor", "There is no actor “a�b”", id="an actor with NUL"),
        pytest.param("actor=" + "a" * 5000, "actor", "There is no actor “aaa", id="a long actor"),
        pytest.param(
            "about=nobody", "about", "There is no actor “nobody”", id="about an unknown actor"
        ),
        pytest.param("outlet=none", "outlet", "There is no outlet “none”", id="an unknown outlet"),
        pytest.param(
            "outlet=veldania",
            "outlet",
            "There is no outlet “veldania”",
            id="an actor for an outlet",
        ),
        pytest.param(
            "since=yesterday",
            "since",
            "should be a date as YYYY-MM-DD, not “yesterday”",
            id="a date in words",
        ),
        pytest.param("until=2024-02-30", "until", "not “2024-02-30”", id="a day that there is not"),
        pytest.param("until=05/03/2024", "until", "not “05/03/2024”", id="a date in another order"),
        pytest.param("since=2024-03-05T10:00", "since", "not “2024-03-05T10:00”", id="a moment"),
        pytest.param("since=20240305", "since", "not “20240305”", id="a date without hyphens"),
        pytest.param("until=2016-W10-1", "until", "not “2016-W10-1”", id="a day of a week"),
        pytest.param(
            "since=２０２４-03-05", "since", "should be a date", id="a date in other digits"
        ),
        pytest.param(
            "since=2024-03-01&since=2024-03-02",
            "since",
            "“since” is given more than once",
            id="two dates",
        ),
        pytest.param("q=ferry&q=part", "q", "“q” is given more than once", id="words twice"),
        pytest.param(
            "order=oldest&order=oldest",
            "order",
            "“order” is given more than once",
            id="the same order twice",
        ),
        pytest.param(
            "since=0000-01-01", "since", "not “0000-01-01”", id="a year that there is not"
        ),
        pytest.param("since=2024-03-0%00", "since", "not “2024-03-0�”", id="a date with NUL"),
        pytest.param(
            "since=2024-03-01&until=2024-01-01",
            "until",
            "“until” (2024-01-01) is before “since” (2024-03-01)",
            id="reversed",
        ),
        pytest.param("q=a%00b", "q", "a character that no text has", id="words with NUL"),
        pytest.param(
            "q=" + "a" * (LONGEST_SEARCH_TEXT + 1),
            "q",
            "longer than 500 characters",
            id="too many words",
        ),
        pytest.param("q=the", "q", "only words too common to search for", id="a common word"),
        pytest.param(
            "q=Don’t+-it+or+%22the",
            "q",
            "only words too common to search for",
            id="common words, however asked for",
        ),
        pytest.param(
            "q=%22to+be%22+or+%22it+is%22",
            "q",
            "only words too common",
            id="common phrases of which any would do",
        ),
        pytest.param(
            "order=best",
            "order",
            "There is no order “best”; there are newest, oldest, arrived, relevance",
            id="an unknown order",
        ),
        pytest.param(
            "order=relevance", "order", "needs words to search for", id="relevance of nothing"
        ),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_still_works(
    query: str, parameter: str, told: str
) -> None:
    make_quote(actor="Veldania", content="any part in the delay", act="deny")
    make_quote(actor="Veldania", content="the bridge is safe", status="rejected")
    make_quote(actor="Ana Bell", content="the ferry is late")

    filters = read_filters(
        query + "&" + ("actor=veldania" if not query.startswith("actor") else "act=deny")
    )

    (problem,) = filters.problems
    assert problem.parameter == parameter
    assert told in problem.message
    assert len(problem.value) <= 60
    assert "\0" not in problem.value + problem.message
    assert [quote.content for quote in filters.quotes()] == ["any part in the delay"]


def test_every_problem_is_told() -> None:
    filters = read_filters(
        "act=shout&act=sing&kind=sung&since=x&until=y&q=%00&order=best&colour=red&actor=no&about=no&outlet=no"
    )

    assert len(filters.problems) == 11
    assert filters == Filters(problems=filters.problems)


def test_the_known_values_beside_an_unknown_one_count() -> None:
    filters = read_filters("act=deny&act=shout&act=say")

    assert filters.act == ("deny", "say")
    assert [problem.value for problem in filters.problems] == ["shout"]


def test_a_parameter_given_too_often_is_cut_short() -> None:
    actors = [
        make_actor(f"Speaker {number}", "person") for number in range(MOST_VALUES_OF_PARAMETER + 1)
    ]

    filters = read_filters("&".join(f"actor={actor.slug}" for actor in actors))

    assert len(filters.actor) == MOST_VALUES_OF_PARAMETER
    assert [problem.message for problem in filters.problems] == [
        "“actor” is given more than 50 times; the rest is left out."
    ]


def test_a_parameter_given_too_often_with_unknown_values_is_told_once() -> None:
    filters = read_filters(
        "&".join(f"act={number}" for number in range(MOST_VALUES_OF_PARAMETER + 1))
    )

    assert sum("more than 50 times" in problem.message for problem in filters.problems) == 1


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
def test_the_order_stands_beside_words(order: str) -> None:
    filters = read_filters(f"q=bridge&order={order}")

    assert (filters.problems, filters.order) == ((), order)


def test_words_that_are_left_out_leave_no_order_by_relevance() -> None:
    filters = read_filters("q=a%00b")

    assert filters.order == "newest"
    assert [problem.parameter for problem in filters.problems] == ["q"]


def test_the_caller_may_read_parameters_of_its_own() -> None:
    assert read_filters("page=2&act=deny", also=["page"]).problems == ()
    assert [
        problem.parameter for problem in read_filters("page=2&page=3", also=["page"]).problems
    ] == ["page"]
    assert [problem.parameter for problem in read_filters("page=2&act=deny").problems] == ["page"]


@pytest.mark.parametrize(
    "query", ["q=%FF%FE", "act=%ED%A0%80", "=x", "&&&", "actor=%F0%9F%A6%8A", "q=" + "%22" * 400]
)
def test_reading_never_fails(query: str) -> None:
    filters = read_filters(query)

    assert list(filters.quotes()) == []
    assert list_facets_of(filters)
