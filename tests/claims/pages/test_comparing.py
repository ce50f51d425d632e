"""Two actors side by side."""

import re
from collections.abc import Callable
from datetime import date
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.extraction.schema import Act
from claims.pages import comparing
from claims.pages.charts import LinkedCount
from claims.pages.comparing import Comparison, ComparisonRequest
from tests.claims.query_strings import read_filters
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

BOTH = "actor=veldania&actor=ana-bell"


def asked(query: str) -> ComparisonRequest:
    return comparing.read_comparison(QueryDict(query), read_filters(query, also=("name",)))


def compared(query: str = BOTH) -> Comparison:
    found = asked(query)
    return comparing.compare_actors(found.actors[0], found.actors[1], found.filters)


def numbers(found: Comparison, key: str) -> dict[str, list[int]]:
    table = next(table for table in found.tables if table.key == key)
    return {line.label: [cell.count for cell in line.cells] for line in table.lines}


def told(query: str) -> str:
    return " ".join(problem.message for problem in asked(query).problems)


@pytest.fixture
def talk() -> None:
    """Quotes of two actors, of each other, and of a third; one is rejected."""
    make_actor("Veldania")
    make_actor("Ana Bell")
    rows: list[tuple[str, Act, str, int, str]] = [
        ("Veldania", "say", "the bridge is safe", 1, "Harbour Herald"),
        ("Veldania", "deny", "the ferry is late today", 2, "Northern Wire"),
        ("Veldania", "say", "that Ana Bell left the bridge", 3, "Harbour Herald"),
        ("Veldania", "say", "the toll will rise", 4, "Harbour Herald"),
        ("Ana Bell", "say", "the bridge is safe", 5, "Harbour Herald"),
        ("Ana Bell", "claim", "the ferry is late today", 6, "Evening Post"),
        ("Ana Bell", "warn", "that Veldania sells the ferry", 7, "Evening Post"),
        ("Omar Reza", "say", "that Ana Bell and Veldania agree", 8, "Evening Post"),
    ]
    for actor, act, content, day, outlet in rows:
        article = make_article(
            f"{actor} said {content}.", outlet=outlet, published_on=date(2024, 3, day)
        )
        make_quote(actor=actor, act=act, article=article, content=content)
    make_quote(actor="Ana Bell", content="that Veldania sinks", status="rejected")


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


# Whom to compare


def test_two_actors_are_taken_and_others_are_told(talk: None) -> None:
    found = asked(f"{BOTH}&actor=omar-reza")

    assert [actor.slug for actor in found.actors] == ["veldania", "ana-bell"]
    assert "Omar Reza" in told(f"{BOTH}&actor=omar-reza")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("actor=nobody&actor=veldania", "There is no actor “nobody”"),
        ("actor=unknown", "cannot be compared"),
        (f"{BOTH}&name=reza", "compared already"),
        ("name=" + "a" * 101, "longer than 100"),
        ("name=a%00b", "NUL"),
        ("name=a&name=b", "“name” is given more than once"),
    ],
)
def test_what_cannot_be_compared_is_told(talk: None, query: str, words: str) -> None:
    assert words in told(query)


@pytest.mark.parametrize(
    ("name", "found", "taken"),
    [
        pytest.param(
            "Ana Bell", ["Ana Bell", "Ana Bellamy"], "Ana Bell", id="one is called just so"
        ),
        pytest.param("the ANA bell", ["Ana Bell"], "Ana Bell", id="in another spelling"),
        pytest.param("reza", ["Omar Reza"], "Omar Reza", id="one alone is called like it"),
        pytest.param("ana", ["Ana Bell", "Ana Bellamy"], None, id="several are called like it"),
        pytest.param("nobody", [], None, id="none is"),
        pytest.param("silent", [], None, id="one of whom there is no quote"),
        pytest.param("veldania", [], None, id="the other side"),
    ],
)
def test_a_name_finds_the_actor_or_several_to_choose_from(
    talk: None, name: str, found: list[str], taken: str | None
) -> None:
    make_quote(actor="Ana Bellamy")
    make_actor("Silent Sam", "person")

    state = asked(f"actor=veldania&name={name}")

    assert [actor.name for actor, _ in state.found] == found
    assert (state.taken.name if state.taken else None) == taken


def test_a_name_that_one_actor_has_leads_to_the_comparison(client: Client, talk: None) -> None:
    response = client.get("/compare/?actor=veldania&name=Ana+Bell&since=2024-01-01&colour=red")

    assert response.status_code == 302
    assert response["Location"] == f"/compare/?{BOTH}&since=2024-01-01&colour=red"


def test_several_are_links_to_choose_from(client: Client, talk: None) -> None:
    make_quote(actor="Ana Bellamy")

    page = client.get("/compare/?actor=veldania&name=ana&act=say").content.decode()

    assert 'href="?actor=veldania&amp;actor=ana-bellamy&amp;act=say"' in page
    assert '<span class="count">3 quotes</span>' in page


def test_more_of_a_name_than_are_offered_are_told(client: Client) -> None:
    for number in range(comparing.ACTORS_OFFERED_TO_COMPARE):
        make_quote(actor=f"Ana {number}")

    several, few = (
        client.get(f"/compare/?name={name}").content.decode() for name in ("an", "an+1")
    )

    assert "There may be others" in several
    assert "Which one?" in few
    assert "There may be others" not in few


def test_a_name_that_nobody_has_is_told(client: Client, talk: None) -> None:
    assert (
        "has a name like “<bdi>&lt;b&gt;</bdi>”"
        in client.get("/compare/?name=<b>").content.decode()
    )


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
