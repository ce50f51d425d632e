"""Two actors side by side."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.pages import comparing
from claims.pages.charts import LinkedCount
from claims.pages.choosing_actors import read_comparison
from claims.pages.comparing import Comparison
from tests.claims.query_strings import read_filters
from tests.factories import make_quote

pytestmark = pytest.mark.django_db

BOTH = "actor=veldania&actor=ana-bell"


def compared(query: str = BOTH) -> Comparison:
    found = read_comparison(QueryDict(query), read_filters(query))
    return comparing.compare_actors(found.actors[0], found.actors[1], found.filters)


def numbers(found: Comparison, key: str) -> dict[str, list[int]]:
    table = next(table for table in found.tables if table.key == key)
    return {line.label: [cell.count for cell in line.cells] for line in table.lines}


# Numbers


def test_each_side_has_its_own_numbers(talk: None) -> None:
    found = compared()

    assert numbers(found, "numbers") == {
        "Quotes": [4, 3],
        "Articles": [4, 3],
        "Outlets": [2, 2],
        "Quotes that name the other": [1, 1],
    }
    assert numbers(found, "acts") == {
        "say": [3, 1],
        "claim": [0, 1],
        "deny": [1, 0],
        "warn": [0, 1],
    }
    assert numbers(found, "outlets") == {
        "Harbour Herald": [3, 1],
        "Evening Post": [0, 2],
        "Northern Wire": [1, 0],
    }


def test_shares_are_of_each_sides_own_quotes_and_bars_of_the_largest_share(talk: None) -> None:
    lines = next(table for table in compared().tables if table.key == "acts").lines

    assert [(cell.share, cell.width) for cell in lines[0].cells] == [("75%", 100), ("33%", 44.4)]
    assert lines[1].cells[0] == LinkedCount(0)


@pytest.mark.parametrize(
    ("more", "quotes"),
    [
        ("q=ferry", [1, 2]),
        ("act=say", [3, 1]),
        ("outlet=evening-post", [0, 2]),
        ("since=2024-03-04", [1, 3]),
        ("until=2024-03-05", [4, 1]),
        ("about=ana-bell", [1, 0]),
        ("status=rejected", [0, 1]),
    ],
)
def test_filters_narrow_both_sides(talk: None, more: str, quotes: list[int]) -> None:
    found = compared(f"{BOTH}&{more}")

    assert numbers(found, "numbers")["Quotes"] == quotes
    assert [len(side.quotes) for side in found.sides] == quotes


def test_what_each_says_of_the_other_is_not_undone_by_whom_the_page_is_about(talk: None) -> None:
    found = compared(f"{BOTH}&about=ana-bell")

    assert [side.about_total for side in found.sides] == [1, 1]


# Words and claims


def test_the_newest_quotes_of_each_are_shown_in_its_order(talk: None) -> None:
    veldania, bell = compared().sides

    assert [quote.content for quote in veldania.quotes][:2] == [
        "the toll will rise",
        "that Ana Bell left the bridge",
    ]
    assert [quote.content for quote in bell.about_quotes] == ["that Veldania sells the ferry"]


def test_so_many_quotes_are_shown_and_all_are_counted() -> None:
    for number in range(comparing.QUOTES_SHOWN_OF_SIDE + 2):
        make_quote(actor="Veldania", content=f"that {number} is safe")
    make_quote(actor="Ana Bell")

    side = compared().sides[0]

    assert (len(side.quotes), side.total) == (
        comparing.QUOTES_SHOWN_OF_SIDE,
        comparing.QUOTES_SHOWN_OF_SIDE + 2,
    )


def test_claims_of_both_come_with_each_ones_stance_those_that_are_denied_first(talk: None) -> None:
    found = compared().claims

    assert [(each.claim.text, each.stances) for each in found] == [
        ("the ferry is late today", [[("denies", 1)], [("asserts", 1)]]),
        ("the bridge is safe", [[("asserts", 1)], [("asserts", 1)]]),
    ]


# The page


def test_every_number_is_the_total_of_the_list_that_it_leads_to(client: Client, talk: None) -> None:
    for more in (
        "",
        "&q=ferry+or+bridge",
        "&act=say",
        "&outlet=harbour-herald&about=ana-bell",
        "&since=2024-03-03",
    ):
        page = client.get(f"/compare/?{BOTH}{more}").content.decode()
        found = re.findall(r'<a href="(/\?[^"]+)">(?:all )?([\d,]+)(?: quotes?)?</a>', page)

        assert len(found) > 4, more
        for address, count in found:
            assert (
                f'tabindex="-1">{count} quote' in client.get(unescape(address)).content.decode()
            ), address


def test_a_row_narrows_the_page_to_it_and_widens_it_again(client: Client, talk: None) -> None:
    page = client.get(f"/compare/?{BOTH}").content.decode()
    assert f'href="?{BOTH.replace("&", "&amp;")}&amp;act=deny"' in page

    narrowed = client.get(f"/compare/?{BOTH}&act=deny").content.decode()

    assert f'<a href="?{BOTH.replace("&", "&amp;")}" aria-current="true">' in narrowed


@pytest.mark.parametrize(
    "query", ["", "&q=bridge", "&q=unsaid", "&about=omar-reza&outlet=harbour-herald"]
)
def test_a_comparison_takes_few_queries(
    client: Client,
    talk: None,
    query: str,
    keep_columns: Callable[[], None],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    keep_columns()
    with django_assert_max_num_queries(11):
        client.get(f"/compare/?{BOTH}{query}")


def test_hostile_names_and_words_are_shown_and_never_run(client: Client) -> None:
    evil = "<script>alert('said')</script>"
    slugs = [
        make_quote(actor=f"Evil {name} {evil}", content=f"{evil} is a claim").actor
        for name in ("One", "Two")
    ]
    query = "&".join(f"actor={actor.slug}" for actor in slugs if actor)

    for address in (
        f"/compare/?{query}",
        f"/compare/?{query}&q={evil}",
        f"/compare/?name={evil}",
        "/compare/?name=evil",
    ):
        page = client.get(address).content.decode()

        assert "&lt;script&gt;" in page, address
        assert "<script>alert" not in page, address
