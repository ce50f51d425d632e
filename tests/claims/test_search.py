from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict
from pytest_django import DjangoAssertNumQueries

from claims.extraction.schema import ACTS, KINDS, STANCES
from claims.models import Quote, QuoteStatus
from claims.search import LISTS, LONGEST_QUESTION, MOST_VALUES, PARAMETERS, SHOWN, Facet, Filters, facet, facets
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db


def read(query: str, **more: Any) -> Filters:
    return Filters.read(QueryDict(query), **more)


def found(query: str) -> list[str]:
    """The contents of the quotes that a query string asks for, in its order."""
    filters = read(query)
    assert filters.problems == ()
    return [quote.content for quote in filters.quotes()]


@pytest.fixture
def varied() -> None:
    """A few quotes that differ in all that can be asked for; one is rejected."""
    rows: list[tuple[str | None, str, dict[str, Any]]] = [
        ("Veldania", "the bridge is safe", {"day": 1}),
        ("Veldania", "any part in the delay of the ferry", {"act": "deny", "day": 2, "outlet": "Northern Wire"}),
        ("Ana Bell", "the ferry is late", {"kind": "direct", "day": 3, "status": "accepted"}),
        ("Ana Bell", "Veldania will pay for the bridge", {"act": "promise", "day": 4, "status": "corrected"}),
        ("Omar Reza", "is the bridge open", {"act": "question", "day": 5, "kind": "mixed", "outlet": "Northern Wire"}),
        ("Omar Reza", "the whole bridge is a fraud", {"act": "accuse", "day": 6, "status": "rejected"}),
        (None, "the toll will rise", {"act": "predict", "day": 7, "outlet": "Evening Post"}),
    ]
    for actor, content, values in rows:
        day, outlet = values.pop("day"), values.pop("outlet", "Harbour Herald")
        source = actor or "one engineer"
        article = make_article(f"{source} said {content}.", outlet=outlet, published_on=date(2024, 3, day))
        make_quote(actor=actor, source=source, article=article, content=content, **values)


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
        pytest.param("actor=veldania", ["any part in the delay of the ferry", "the bridge is safe"], id="actor"),
        pytest.param(
            "actor=omar-reza&actor=ana-bell",
            ["is the bridge open", "Veldania will pay for the bridge", "the ferry is late"],
            id="any of two actors",
        ),
        pytest.param("about=veldania", ["Veldania will pay for the bridge"], id="about"),
        pytest.param("about=ana-bell", [], id="about one whom no content names"),
        pytest.param("about=ana-bell&about=veldania", ["Veldania will pay for the bridge"], id="about any of two"),
        pytest.param("act=deny", ["any part in the delay of the ferry"], id="act"),
        pytest.param(
            "act=question&act=deny", ["is the bridge open", "any part in the delay of the ferry"], id="any of two acts"
        ),
        pytest.param("kind=direct", ["the ferry is late"], id="kind"),
        pytest.param("kind=direct&kind=mixed", ["is the bridge open", "the ferry is late"], id="any of two kinds"),
        pytest.param("stance=denies", ["any part in the delay of the ferry"], id="stance"),
        pytest.param(
            "stance=denies&stance=questions",
            ["is the bridge open", "any part in the delay of the ferry"],
            id="any of two stances",
        ),
        pytest.param("outlet=northern-wire", ["is the bridge open", "any part in the delay of the ferry"], id="outlet"),
        pytest.param(
            "outlet=northern-wire&outlet=evening-post",
            ["the toll will rise", "is the bridge open", "any part in the delay of the ferry"],
            id="any of two outlets",
        ),
        pytest.param("status=accepted", ["the ferry is late"], id="status"),
        pytest.param("status=rejected", ["the whole bridge is a fraud"], id="the rejected, asked for"),
        pytest.param(
            "status=rejected&status=accepted", ["the whole bridge is a fraud", "the ferry is late"], id="any of two statuses"
        ),
        pytest.param("since=2024-03-05", ["the toll will rise", "is the bridge open"], id="since, that day included"),
        pytest.param(
            "until=2024-03-02", ["any part in the delay of the ferry", "the bridge is safe"], id="until, that day too"
        ),
        pytest.param("since=2024-03-03&until=2024-03-03", ["the ferry is late"], id="one day"),
        pytest.param("since=2024-03-08", [], id="since after all"),
        pytest.param(
            "actor=veldania&act=deny&q=ferry", ["any part in the delay of the ferry"], id="parameters narrow together"
        ),
        pytest.param("actor=veldania&act=promise", [], id="parameters that nothing fits"),
        pytest.param("act=deny&act=deny&act=", ["any part in the delay of the ferry"], id="twice the same, and an empty field"),
        pytest.param("actor=&q=+&since=&order=&act=question", ["is the bridge open"], id="the empty fields of a form"),
        pytest.param(
            "order=oldest&stance=asserts",
            ["the bridge is safe", "the ferry is late", "Veldania will pay for the bridge", "the toll will rise"],
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
        pytest.param("bridge", {"the bridge is safe", "the bridge is shut", "the old bridges hold"}, id="a word, in any form"),
        pytest.param("BRIDGE", {"the bridge is safe", "the bridge is shut", "the old bridges hold"}, id="in any case"),
        pytest.param("bridge safe", {"the bridge is safe"}, id="all words"),
        pytest.param("safe bridge", {"the bridge is safe"}, id="words in any order"),
        pytest.param('"bridge is safe"', {"the bridge is safe"}, id="a phrase"),
        pytest.param('"safe bridge"', set(), id="a phrase in another order"),
        pytest.param("bridge -shut", {"the bridge is safe", "the old bridges hold"}, id="not a word"),
        pytest.param('bridge -"old bridge"', {"the bridge is safe", "the bridge is shut"}, id="not a phrase"),
        pytest.param("-bridge", {"the ferry is late"}, id="nothing but not"),
        pytest.param("ferry or shut", {"the ferry is late", "the bridge is shut"}, id="one word or another"),
        pytest.param("tunnel", set(), id="a word that nobody said"),
        pytest.param("'); DROP TABLE claims_quote; --", set(), id="SQL"),
        pytest.param("bridge & | ! ( :* <->", {"the bridge is safe", "the bridge is shut", "the old bridges hold"}, id="marks"),
        pytest.param('"bridge', {"the bridge is safe", "the bridge is shut", "the old bridges hold"}, id="an open quotation"),
        pytest.param("🦊", set(), id="an emoji"),
    ],
)
def test_words_are_searched_in_the_language_of_web_searches(q: str, contents: set[str]) -> None:
    for content in ("the bridge is safe", "the bridge is shut", "the old bridges hold", "the ferry is late"):
        make_quote(content=content)

    query = QueryDict(mutable=True)
    query["q"] = q
    filters = Filters.read(query)

    assert filters.problems == ()
    assert {quote.content for quote in filters.quotes()} == contents


def test_what_was_said_of_an_actor_is_found_by_each_of_its_names() -> None:
    make_actor("Ana Bell", "person", names=("the mayor",))
    for content in ("that Ana Bell left", "that the mayor left", "that Bell rings", "that the mayors left"):
        make_quote(actor="Omar Reza", content=content)

    contents = {quote.content for quote in read("about=ana-bell").quotes()}

    assert contents == {"that Ana Bell left", "that the mayor left", "that the mayors left"}


def test_an_actor_without_a_name_in_any_article_is_what_no_quote_is_about() -> None:
    make_actor("Ana Bell", "person").names.all().delete()
    make_quote(content="that Ana Bell left")

    assert not read("about=ana-bell").quotes()


def test_a_denial_is_found_by_who_denied_it() -> None:
    make_quote(actor="Veldania", act="deny", content="any part in the delay")
    make_quote(actor="Ana Bell", act="deny", content="the delay")
    make_quote(actor="Veldania", act="say", content="the bridge is safe")

    assert found("actor=veldania&act=deny") == ["any part in the delay"]


# Order


def test_words_order_by_relevance_unless_told_otherwise() -> None:
    text = (
        "Veldania said the ferry, which nobody had seen since it left in May for a long journey to the north, met the bridge."
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

    assert [quote.cue for quote in read(f"order={order}").quotes()] == ["said", "added"]


# Problems


@pytest.mark.parametrize(
    ("query", "parameter", "told"),
    [
        pytest.param("colour=red", "colour", "There is no filter “colour”", id="an unknown parameter"),
        pytest.param("Act=deny", "Act", "There is no filter “Act”", id="a parameter in another case"),
        pytest.param("a%00b=c", "a�b", "There is no filter “a�b”", id="a parameter with NUL"),
        pytest.param("x" * 999 + "=1", "x" * 59 + "…", "There is no filter “x", id="a long parameter"),
        pytest.param("act=shout", "act", "There is no act “shout”; there are say, claim", id="an unknown act"),
        pytest.param("act=den%00y", "act", "There is no act “den�y”", id="an act with NUL"),
        pytest.param("kind=sung", "kind", "There is no kind “sung”; there are direct, mixed, indirect", id="an unknown kind"),
        pytest.param("stance=doubts", "stance", "asserts, denies, questions", id="an unknown stance"),
        pytest.param("status=lost", "status", "unreviewed, accepted, corrected, rejected", id="an unknown status"),
        pytest.param("actor=nobody", "actor", "There is no actor “nobody”", id="an unknown actor"),
        pytest.param("actor=Veldania", "actor", "There is no actor “Veldania”", id="a name for a slug"),
        pytest.param("actor=harbour-herald", "actor", "There is no actor “harbour-herald”", id="an outlet for an actor"),
        pytest.param("actor=a%00b", "actor", "There is no actor “a�b”", id="an actor with NUL"),
        pytest.param("actor=" + "a" * 5000, "actor", "There is no actor “aaa", id="a long actor"),
        pytest.param("about=nobody", "about", "There is no actor “nobody”", id="about an unknown actor"),
        pytest.param("outlet=none", "outlet", "There is no outlet “none”", id="an unknown outlet"),
        pytest.param("outlet=veldania", "outlet", "There is no outlet “veldania”", id="an actor for an outlet"),
        pytest.param("since=yesterday", "since", "should be a date as YYYY-MM-DD, not “yesterday”", id="a date in words"),
        pytest.param("until=2024-02-30", "until", "not “2024-02-30”", id="a day that there is not"),
        pytest.param("until=05/03/2024", "until", "not “05/03/2024”", id="a date in another order"),
        pytest.param("since=2024-03-05T10:00", "since", "not “2024-03-05T10:00”", id="a moment"),
        pytest.param("since=0000-01-01", "since", "not “0000-01-01”", id="a year that there is not"),
        pytest.param("since=2024-03-0%00", "since", "not “2024-03-0�”", id="a date with NUL"),
        pytest.param(
            "since=2024-03-01&until=2024-01-01", "until", "“until” (2024-01-01) is before “since” (2024-03-01)", id="reversed"
        ),
        pytest.param("q=a%00b", "q", "a character that no text has", id="words with NUL"),
        pytest.param("q=" + "a" * (LONGEST_QUESTION + 1), "q", "longer than 500 characters", id="too many words"),
        pytest.param(
            "order=best", "order", "There is no order “best”; there are newest, oldest, relevance", id="an unknown order"
        ),
        pytest.param("order=relevance", "order", "needs words to search for", id="relevance of nothing"),
    ],
)
def test_what_cannot_be_used_is_told_and_the_rest_still_works(query: str, parameter: str, told: str) -> None:
    make_quote(actor="Veldania", content="any part in the delay", act="deny")
    make_quote(actor="Veldania", content="the bridge is safe", status="rejected")
    make_quote(actor="Ana Bell", content="the ferry is late")

    filters = read(query + "&" + ("actor=veldania" if not query.startswith("actor") else "act=deny"))

    (problem,) = filters.problems
    assert problem.parameter == parameter
    assert told in problem.message
    assert len(problem.value) <= 60
    assert "\0" not in problem.value + problem.message
    assert [quote.content for quote in filters.quotes()] == ["any part in the delay"]


def test_every_problem_is_told() -> None:
    filters = read("act=shout&act=sing&kind=sung&since=x&until=y&q=%00&order=best&colour=red&actor=no&about=no&outlet=no")

    assert len(filters.problems) == 11
    assert filters == Filters(problems=filters.problems)


def test_the_known_values_beside_an_unknown_one_count() -> None:
    filters = read("act=deny&act=shout&act=say")

    assert filters.act == ("deny", "say")
    assert [problem.value for problem in filters.problems] == ["shout"]


def test_a_parameter_given_too_often_is_cut_short() -> None:
    actors = [make_actor(f"Speaker {number}", "person") for number in range(MOST_VALUES + 1)]

    filters = read("&".join(f"actor={actor.slug}" for actor in actors))

    assert len(filters.actor) == MOST_VALUES
    assert [problem.message for problem in filters.problems] == ["“actor” is given more than 50 times; the rest is left out."]


def test_a_parameter_given_too_often_with_unknown_values_is_told_once() -> None:
    filters = read("&".join(f"act={number}" for number in range(MOST_VALUES + 1)))

    assert sum("more than 50 times" in problem.message for problem in filters.problems) == 1


@pytest.mark.parametrize("order", ["newest", "oldest", "relevance"])
def test_the_order_stands_beside_words(order: str) -> None:
    filters = read(f"q=bridge&order={order}")

    assert (filters.problems, filters.order) == ((), order)


def test_words_that_are_left_out_leave_no_order_by_relevance() -> None:
    filters = read("q=a%00b")

    assert filters.order == "newest"
    assert [problem.parameter for problem in filters.problems] == ["q"]


def test_the_caller_may_read_parameters_of_its_own() -> None:
    assert read("page=2&act=deny", also=["page"]).problems == ()
    assert [problem.parameter for problem in read("page=2&act=deny").problems] == ["page"]


@pytest.mark.parametrize("query", ["q=%FF%FE", "act=%ED%A0%80", "=x", "&&&", "actor=%F0%9F%A6%8A", "q=" + "%22" * 400])
def test_reading_never_fails(query: str) -> None:
    filters = read(query)

    assert list(filters.quotes()) == []
    assert facets(filters)


# Written back


@pytest.mark.parametrize(
    "query",
    [
        "",
        "actor=veldania",
        "actor=veldania&actor=ana-bell&about=omar-reza",
        "act=deny&act=no_comment&kind=direct&stance=denies&stance=questions&status=rejected",
        "outlet=northern-wire&outlet=evening-post",
        "since=2024-03-01&until=2024-03-05",
        "q=bridge",
        "q=bridge&order=newest",
        "q=bridge&order=oldest",
        "order=oldest",
        "q=%22the+bridge%22+-ferry+or+%26%3D%23%3F%C3%BC+%F0%9F%A6%8A",
    ],
)
@pytest.mark.usefixtures("varied")
def test_a_query_string_is_written_as_it_was_read(query: str) -> None:
    filters = read(query)

    assert filters.problems == ()
    assert filters.query() == query
    assert read(filters.query()) == filters


@pytest.mark.parametrize(
    ("query", "written"),
    [
        pytest.param("order=newest", "", id="the order by default"),
        pytest.param("q=bridge&order=relevance", "q=bridge", id="the order by default with words"),
        pytest.param("q=++bridge+&act=&since=", "q=bridge", id="spaces and empty fields"),
        pytest.param("act=deny&actor=veldania&act=deny", "actor=veldania&act=deny", id="another order, and twice the same"),
        pytest.param("colour=red&act=shout&act=deny", "act=deny", id="what cannot be used"),
    ],
)
@pytest.mark.usefixtures("varied")
def test_a_query_string_is_written_in_its_one_form(query: str, written: str) -> None:
    assert read(query).query() == written
    assert read(written).query() == written


def test_a_query_string_is_written_with_changes() -> None:
    filters = read("act=deny&q=bridge&since=2024-03-01")

    assert filters.query(act=("say",)) == "act=say&since=2024-03-01&q=bridge"
    assert filters.query(order="oldest") == "act=deny&since=2024-03-01&q=bridge&order=oldest"
    assert filters.query(since=None) == "act=deny&q=bridge"


# What is active


@pytest.mark.usefixtures("varied")
def test_each_active_filter_can_be_taken_away_alone() -> None:
    filters = read("actor=veldania&act=deny&act=no_comment&outlet=northern-wire&since=2024-03-01&until=2024-03-05&q=ferry")

    chips = filters.active()

    assert [(chip.parameter, chip.label) for chip in chips] == [
        ("actor", "Veldania"),
        ("act", "deny"),
        ("act", "no comment"),
        ("outlet", "Northern Wire"),
        ("since", "2024-03-01"),
        ("until", "2024-03-05"),
        ("q", "ferry"),
    ]
    for chip in chips:
        left = read(chip.query)
        assert left.problems == ()
        assert [(c.parameter, c.value) for c in left.active()] == [
            (c.parameter, c.value) for c in chips if (c.parameter, c.value) != (chip.parameter, chip.value)
        ]


def test_nothing_is_active_without_filters() -> None:
    assert read("").active() == []
    assert read("order=oldest").active() == []


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("q=a+bridge", ""),
        ("q=bridge&order=newest", ""),
        ("q=bridge&order=oldest", "order=oldest"),
        ("q=x&act=deny", "act=deny"),
    ],
)
def test_words_taken_away_leave_an_order_that_needs_none(query: str, left: str) -> None:
    chip = next(chip for chip in read(query).active() if chip.parameter == "q")

    assert chip.query == left


def test_every_parameter_that_narrows_can_be_taken_away() -> None:
    make_quote(actor="Veldania")
    values = {
        "actor": "veldania",
        "about": "veldania",
        "act": "deny",
        "kind": "direct",
        "stance": "denies",
        "outlet": "harbour-herald",
        "since": "2024-03-01",
        "until": "2024-03-01",
        "q": "bridge",
        "status": "accepted",
    }
    assert {*values, "order"} == set(PARAMETERS)

    for name, value in values.items():
        (chip,) = read(f"{name}={value}").active()
        assert (chip.parameter, chip.value, chip.query) == (name, value, "")


# Facets


def status_facet(filters: Filters) -> Facet:
    return facet(filters, "status", "Review", "status", "status")


def shown(found: Iterable[Facet], name: str) -> dict[str, int]:
    (only,) = (each for each in found if each.parameter == name)
    return {value.value: value.count for value in only.values}


@pytest.mark.usefixtures("varied")
def test_facets_count_what_readers_see() -> None:
    counted = facets(read(""))

    assert [each.parameter for each in counted] == ["actor", "act", "kind", "outlet"]
    assert shown(counted, "actor") == {"ana-bell": 2, "veldania": 2, "omar-reza": 1}
    assert shown(counted, "act") == {"say": 2, "deny": 1, "predict": 1, "promise": 1, "question": 1}
    assert shown(counted, "kind") == {"indirect": 4, "direct": 1, "mixed": 1}
    assert shown(counted, "outlet") == {"harbour-herald": 3, "northern-wire": 2, "evening-post": 1}


@pytest.mark.parametrize(
    "query",
    [
        "",
        "actor=veldania",
        "actor=veldania&actor=omar-reza",
        "act=deny",
        "act=deny&act=say&kind=indirect",
        "kind=direct",
        "stance=asserts&stance=questions",
        "outlet=northern-wire",
        "outlet=northern-wire&actor=ana-bell",
        "about=veldania",
        "since=2024-03-02&until=2024-03-06",
        "q=bridge",
        "q=bridge&order=oldest&act=question",
        "status=rejected",
        "status=rejected&status=accepted&actor=ana-bell",
        "act=confirm",
        "q=tunnel",
    ],
)
@pytest.mark.usefixtures("varied")
def test_each_count_is_the_number_of_quotes_that_its_link_leads_to(query: str) -> None:
    filters = read(query)

    for each in [*facets(filters), status_facet(filters)]:
        name, chosen = each.parameter, getattr(filters, each.parameter)
        for value in each.values:
            followed, alone = read(value.query), filters.changed(name, (value.value,))
            assert followed.problems == (), value
            assert value.selected is (value.value in chosen)
            assert (value.value in getattr(followed, name)) is not value.selected, value
            assert value.count == alone.quotes().count(), (name, value)
            if not chosen:
                assert value.count == followed.quotes().count(), (name, value)


@pytest.mark.usefixtures("varied")
def test_a_link_of_a_facet_keeps_everything_else() -> None:
    filters = read("actor=veldania&act=deny&since=2024-03-01&q=ferry&order=oldest")

    for each in facets(filters):
        for value in each.values:
            followed = read(value.query)
            for name in (name for name in PARAMETERS if name != each.parameter):
                assert getattr(followed, name) == getattr(filters, name)


@pytest.mark.usefixtures("varied")
def test_a_facet_shows_what_else_could_be_chosen_beside_its_own_selection() -> None:
    counted = facets(read("actor=veldania"))

    assert shown(counted, "actor") == {"ana-bell": 2, "veldania": 2, "omar-reza": 1}
    assert shown(counted, "act") == {"deny": 1, "say": 1}


@pytest.mark.usefixtures("varied")
def test_a_value_that_is_chosen_is_shown_even_when_nothing_fits_it() -> None:
    (act,) = (each for each in facets(read("act=no_comment&actor=veldania")) if each.parameter == "act")

    (value,) = (value for value in act.values if value.selected)
    assert (value.value, value.label, value.count, value.query) == ("no_comment", "no comment", 0, "actor=veldania")


def test_a_facet_shows_its_most_frequent_values_and_how_many_more_there_are() -> None:
    for number in range(SHOWN + 3):
        make_quote(actor=f"Speaker {number:02}")
    make_quote(actor="Speaker 14")

    actor, *_ = facets(read("actor=speaker-13"))

    assert actor.values[0].value == "speaker-14"
    assert [value.value for value in actor.values if value.selected] == ["speaker-13"]
    assert (len(actor.values), actor.more) == (SHOWN + 1, 2)


@pytest.mark.usefixtures("varied")
def test_the_rejected_are_counted_when_they_are_asked_for() -> None:
    assert shown([status_facet(read(""))], "status") == {"unreviewed": 4, "accepted": 1, "corrected": 1}
    assert shown([status_facet(read("status=rejected"))], "status")["rejected"] == 1


@pytest.mark.usefixtures("varied")
def test_labels_of_facets_are_names_and_words() -> None:
    make_quote(actor="no_comment Ltd", act="no_comment")

    labels = {(each.parameter, value.value): value.label for each in facets(read("")) for value in each.values}

    assert labels["actor", "ana-bell"] == "Ana Bell"
    assert labels["outlet", "northern-wire"] == "Northern Wire"
    assert labels["act", "no_comment"] == "no comment"
    assert labels["actor", "no_comment-ltd"] == "no_comment Ltd"


# Cost, and what there is


@pytest.mark.parametrize("rows", [1, 40])
@pytest.mark.parametrize(
    ("query", "most"),
    [
        pytest.param("actor=speaker-0&outlet=harbour-herald&act=say&since=2024-01-01&q=safe", 8, id="filters"),
        pytest.param("about=speaker-0&actor=speaker-0", 12, id="about: the names, once a list"),
    ],
)
def test_reading_and_counting_take_few_queries_whatever_there_is(
    rows: int, query: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        make_quote(actor=f"Speaker {number}", content=f"that Speaker 0 is safe from {number}")

    with django_assert_max_num_queries(most):
        filters = read(query)
        facets(filters)
        list(filters.quotes().for_display())
        filters.active()


def test_a_query_string_without_slugs_is_read_without_a_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        read("act=deny&q=bridge&since=2024-01-01&colour=red").active()


@pytest.mark.parametrize(
    ("name", "values"), [("act", ACTS), ("kind", KINDS), ("stance", STANCES), ("status", QuoteStatus.values)]
)
def test_every_value_of_a_closed_set_can_be_asked_for(name: str, values: tuple[str, ...]) -> None:
    filters = read("&".join(f"{name}={value}" for value in values))

    assert filters.problems == ()
    assert getattr(filters, name) == tuple(values)


def test_every_parameter_is_a_field_of_the_filters() -> None:
    assert set(PARAMETERS) == set(Filters.__dataclass_fields__) - {"problems", "names"}
    assert set(LISTS) < set(PARAMETERS)


@pytest.mark.usefixtures("varied")
def test_the_filters_are_the_verbs_of_the_rows() -> None:
    verbs = Quote.objects.standing().by("veldania").denying().search("delay").published(until=date(2024, 3, 5))

    assert list(read("actor=veldania&act=deny&q=delay&until=2024-03-05").quotes()) == list(verbs)
    assert verbs.count() == 1
