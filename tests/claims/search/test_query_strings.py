import pytest

from claims.search.parameters import FILTER_PARAMETERS
from tests.claims.query_strings import read_filters
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


# Written back


@pytest.mark.parametrize(
    "query",
    [
        "",
        "actor=veldania",
        "actor=veldania&actor=ana-bell&about=omar-reza",
        "actor=veldania&speaker=named&speaker=unknown&about=omar-reza",
        "act=deny&act=no_comment&kind=direct&stance=denies&stance=questions&status=rejected",
        "outlet=northern-wire&outlet=evening-post",
        "since=2024-03-01&until=2024-03-05",
        "q=bridge",
        "q=bridge&order=newest",
        "q=bridge&order=oldest",
        "q=bridge&where=title",
        "act=deny&status=accepted&q=bridge&where=article&where=words&order=newest",
        "order=oldest",
        "copies=all&order=oldest",
        "outlet=evening-post&copies=once",
        "q=%22the+bridge%22+-ferry+or+%26%3D%23%3F%C3%BC+%F0%9F%A6%8A",
    ],
)
@pytest.mark.usefixtures("varied")
def test_a_query_string_is_written_as_it_was_read(query: str) -> None:
    filters = read_filters(query)

    assert filters.problems == ()
    assert filters.query() == query
    assert read_filters(filters.query()) == filters


@pytest.mark.parametrize(
    ("query", "written"),
    [
        pytest.param("order=newest", "", id="the order by default"),
        pytest.param("q=bridge&order=relevance", "q=bridge", id="the order by default with words"),
        pytest.param("where=words&q=bridge", "q=bridge", id="the place by default"),
        pytest.param("q=&where=title", "", id="places for words that are taken away"),
        pytest.param("q=++bridge+&act=&since=", "q=bridge", id="spaces and empty fields"),
        pytest.param(
            "act=deny&actor=veldania&act=deny",
            "actor=veldania&act=deny",
            id="another order, and twice the same",
        ),
        pytest.param("colour=red&act=shout&act=deny", "act=deny", id="what cannot be used"),
    ],
)
@pytest.mark.usefixtures("varied")
def test_a_query_string_is_written_in_its_one_form(query: str, written: str) -> None:
    assert read_filters(query).query() == written
    assert read_filters(written).query() == written


def test_a_query_string_is_written_with_changes() -> None:
    filters = read_filters("act=deny&q=bridge&since=2024-03-01")

    assert filters.query(act=("say",)) == "act=say&since=2024-03-01&q=bridge"
    assert filters.query(order="oldest") == "act=deny&since=2024-03-01&q=bridge&order=oldest"
    assert filters.query(since=None) == "act=deny&q=bridge"


# What is active


@pytest.mark.usefixtures("varied")
def test_each_active_filter_can_be_taken_away_alone() -> None:
    filters = read_filters(
        "actor=veldania&act=deny&act=no_comment&outlet=northern-wire&since=2024-03-01&until=2024-03-05&q=ferry"
    )

    chips = filters.list_chips()

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
        left = read_filters(chip.query)
        assert left.problems == ()
        assert [(c.parameter, c.value) for c in left.list_chips()] == [
            (c.parameter, c.value)
            for c in chips
            if (c.parameter, c.value) != (chip.parameter, chip.value)
        ]


def test_nothing_is_active_without_filters() -> None:
    assert read_filters("").list_chips() == []
    assert read_filters("order=oldest").list_chips() == []


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("q=a+bridge", ""),
        ("q=bridge&order=newest", ""),
        ("q=bridge&order=oldest", "order=oldest"),
        ("q=x&act=deny", "act=deny"),
        ("q=x&where=title&act=deny", "act=deny"),
    ],
)
def test_words_taken_away_leave_an_order_that_needs_none(query: str, left: str) -> None:
    chip = next(chip for chip in read_filters(query).list_chips() if chip.parameter == "q")

    assert chip.query == left


def test_every_parameter_that_narrows_can_be_taken_away() -> None:
    make_quote(actor="Veldania")
    values = {
        "actor": "veldania",
        "speaker": "named",
        "about": "veldania",
        "act": "deny",
        "kind": "direct",
        "stance": "denies",
        "outlet": "harbour-herald",
        "since": "2024-03-01",
        "until": "2024-03-01",
        "q": "bridge",
        "status": "accepted",
        "copies": "once",
    }
    assert {*values, "order", "where"} == set(FILTER_PARAMETERS)

    for name, value in values.items():
        (chip,) = read_filters(f"{name}={value}").list_chips()
        assert (chip.parameter, chip.value, chip.query) == (name, value, "")
