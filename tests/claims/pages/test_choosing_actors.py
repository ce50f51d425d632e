"""Which two actors are compared, by the address or by a name that is typed."""

import pytest
from django.http import QueryDict
from django.test import Client

from claims.pages.choosing_actors import (
    ACTORS_OFFERED_TO_COMPARE,
    ComparisonRequest,
    read_comparison,
)
from tests.claims.query_strings import read_filters
from tests.factories import make_actor, make_quote

pytestmark = pytest.mark.django_db


def asked(query: str) -> ComparisonRequest:
    return read_comparison(QueryDict(query), read_filters(query, also=("name",)))


def told(query: str) -> str:
    return " ".join(problem.message for problem in asked(query).problems)


def test_two_actors_are_taken_and_others_are_told(talk: None) -> None:
    found = asked("actor=veldania&actor=ana-bell&actor=omar-reza")

    assert [actor.slug for actor in found.actors] == ["veldania", "ana-bell"]
    assert "Omar Reza" in told("actor=veldania&actor=ana-bell&actor=omar-reza")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("actor=nobody&actor=veldania", "There is no actor “nobody”"),
        ("actor=unknown", "cannot be compared"),
        ("actor=veldania&actor=ana-bell&name=reza", "compared already"),
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
    assert (
        response["Location"]
        == "/compare/?actor=veldania&actor=ana-bell&since=2024-01-01&colour=red"
    )


def test_several_are_links_to_choose_from(client: Client, talk: None) -> None:
    make_quote(actor="Ana Bellamy")

    page = client.get("/compare/?actor=veldania&name=ana&act=say").content.decode()

    assert 'href="?actor=veldania&amp;actor=ana-bellamy&amp;act=say"' in page
    assert '<span class="count">3 quotes</span>' in page


def test_more_of_a_name_than_are_offered_are_told(client: Client) -> None:
    for number in range(ACTORS_OFFERED_TO_COMPARE):
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
