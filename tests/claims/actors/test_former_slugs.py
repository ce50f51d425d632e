"""Addresses of actors that were merged into others: they lead on, and nobody else gets them."""

import pytest
from django.http import QueryDict
from django.test import Client

from claims.actors.merging import merge_actors
from claims.actors.undoing import undo_merge
from claims.models import Actor, Merge, find_unused_slug
from claims.search.filters import Filters
from tests.factories import make_actor, make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def done() -> Merge:
    """Jen Psaki, who said and was told of something, has become one with Jennifer Psaki."""
    jennifer, jen = make_actor("Jennifer Psaki", "person"), make_actor("Jen Psaki", "person")
    make_quote(actor=jen, content="it rains")
    make_quote(actor="Veldania", content="Jen Psaki is late")
    return merge_actors(jennifer.pk, [jen.pk], None, "one press secretary")


def test_the_old_address_leads_to_the_survivor_for_good(client: Client, done: Merge) -> None:
    response = client.get("/actors/jen-psaki/?act=say&q=rains")

    assert response.status_code == 301
    assert response["Location"] == "/actors/jennifer-psaki/?act=say&q=rains"
    assert response["Cache-Control"] == "no-cache"
    assert client.get("/actors/nobody/").status_code == 404


def test_after_undoing_the_address_is_the_actors_own_again(client: Client, done: Merge) -> None:
    undo_merge(done.pk, None, "two people")

    assert client.get("/actors/jen-psaki/").status_code == 200
    assert Filters.read(QueryDict("actor=jen-psaki")).notices == ()


@pytest.mark.parametrize(("name", "total"), [("actor", 1), ("about", 1)])
def test_the_old_name_in_a_filter_means_the_survivor_and_the_page_says_so(
    client: Client, done: Merge, name: str, total: int
) -> None:
    filters = Filters.read(QueryDict(f"{name}=jen-psaki&{name}=jennifer-psaki"))
    page = client.get(f"/?{name}=jen-psaki").content.decode()

    assert getattr(filters, name) == ("jennifer-psaki",)
    assert filters.problems == ()
    assert "“jen-psaki” is “Jennifer Psaki” now: the two were found to be one actor." in page
    assert f"{total} quote</h2>" in page
    assert "found to be one actor" not in client.get(f"/?{name}=jennifer-psaki").content.decode()


@pytest.mark.parametrize(
    "address", ["/compare/?actor=jen-psaki&actor=veldania", "/overview/?actor=jen-psaki"]
)
def test_other_pages_say_so_too(client: Client, done: Merge, address: str) -> None:
    assert "“jen-psaki” is “Jennifer Psaki” now" in client.get(address).content.decode()


def test_the_api_answers_for_the_survivor(client: Client, done: Merge) -> None:
    listed = client.get("/api/v1/quotes/?actor=jen-psaki").json()
    one = client.get("/api/v1/actors/jen-psaki/")

    assert [quote["actor"]["slug"] for quote in listed["results"]] == ["jennifer-psaki"]
    assert listed["count"] == 1
    assert (one.status_code, one["Location"]) == (
        301,
        "http://testserver/api/v1/actors/jennifer-psaki/",
    )
    assert client.get("/api/v1/actors/nobody/").status_code == 404


def test_a_chain_of_merges_leads_to_its_end(client: Client, done: Merge) -> None:
    last = make_actor("J. Psaki", "person")
    merge_actors(last.pk, [Actor.objects.get(slug="jennifer-psaki").pk], None, "one")

    assert client.get("/actors/jen-psaki/")["Location"] == last.get_absolute_url()


def test_nobody_else_gets_the_address(done: Merge) -> None:
    assert find_unused_slug(Actor, "Jen Psaki") == "jen-psaki-2"
    assert make_actor("Jen Psaki", "group").slug == "jen-psaki-2"


def test_a_filter_that_names_nobody_is_a_problem_still(done: Merge) -> None:
    filters = Filters.read(QueryDict("actor=nobody&actor=jen-psaki&actor=unknown"))

    assert filters.actor == ("jennifer-psaki", "unknown")
    assert [problem.value for problem in filters.problems] == ["nobody"]
