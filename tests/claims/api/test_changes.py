"""The changes that a copy of the rows is kept up to date by."""

from collections.abc import Iterator
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from django.db import connections, transaction
from django.test import Client
from django.utils import timezone

from claims.actors import merging
from claims.models import Actor, ChangedRow, ExternalId, FormerClaim, Outlet, Quote, Wording
from tests.claims.api_client import API, get_json
from tests.factories import make_actor, make_outlet, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

CHANGES = f"{API}/changes/"


def get_now(client: Client) -> str:
    return str(get_json(client, CHANGES)["since"])


def follow(client: Client, since: str, size: int = 500) -> Iterator[dict[str, Any]]:
    """Yield all changes since a place, page by page."""
    address = f"{CHANGES}?since={since}&page_size={size}"
    while address:
        page = get_json(client, address)
        yield from page["results"]
        address = page["next"]


def test_every_row_written_is_told_by_its_address(client: Client) -> None:
    since = get_now(client)
    quote = make_quote(actor="Veldania")

    changes = list(follow(client, since))

    told = {(each["resource"], each["key"]) for each in changes}
    assert told == {
        ("quote", str(quote.pk)),
        ("actor", "veldania"),
        ("article", str(quote.article_id)),
        ("outlet", quote.article.outlet.slug),
        ("wording", str(quote.wording_id)),
        ("claim", str(quote.claim_id)),
    }
    for each in changes:
        assert each["change"] == "present"
        get_json(client, each["address"])


def test_a_row_that_is_gone_leaves_a_tombstone_and_one_that_was_merged_leads_on(
    client: Client,
) -> None:
    gone, kept = (
        make_quote(actor="Omar Reza"),
        make_quote(actor=make_actor("Ruth Okafor", "person")),
    )
    other = make_actor("R. Okafor", "person")
    since = get_now(client)

    Quote.objects.filter(pk=gone.pk).delete()
    Quote.objects.filter(pk=kept.pk).update(act="deny")
    merging.merge_actors(kept.actor_id or 0, [other.pk], None, "one person")

    told = {(each["resource"], each["key"]): each for each in follow(client, since)}
    assert told["quote", str(gone.pk)]["change"] == "gone"
    assert told["quote", str(kept.pk)]["change"] == "present"
    moved = told["actor", "r-okafor"]
    assert moved["change"] == "moved"
    assert moved["moved_to"].endswith("/actors/ruth-okafor/")


def test_an_outlet_with_another_slug_is_told_under_both(client: Client) -> None:
    outlet = make_outlet("Harbour Herald")
    since = get_now(client)

    Outlet.objects.filter(pk=outlet.pk).update(slug="herald")

    told = {each["key"]: each["change"] for each in follow(client, since)}
    assert told == {"herald": "present", "harbour-herald": "gone"}


def test_nothing_is_passed_over_while_others_write(client: Client) -> None:
    since = get_now(client)
    with transaction.atomic():
        make_actor("Early Writer", "person")
        late = Thread(target=make_actor_elsewhere, args=("Late Writer",))
        late.start()
        late.join()
        page = read_elsewhere(since)
        seen = [each["key"] for each in page["results"]]
        since = page["since"]
    seen += [each["key"] for each in follow(client, since)]

    assert sorted(set(seen)) == ["early-writer", "late-writer"]


@pytest.fixture
def old_log() -> None:
    """The log begins long ago, and not when the tests' database was made."""
    ChangedRow.objects.filter(resource="").delete()


@pytest.mark.usefixtures("old_log")
def test_who_begins_at_a_time_passes_over_nobody_who_is_at_work(client: Client) -> None:
    hour_ago = (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    with transaction.atomic():
        make_actor("Early Writer", "person")
        late = Thread(target=make_actor_elsewhere, args=("Late Writer",))
        late.start()
        late.join()
        since = read_elsewhere(hour_ago)["since"]

    assert "early-writer" in [each["key"] for each in follow(client, since)]


def test_an_actor_is_told_again_when_it_gets_an_item(client: Client) -> None:
    actor = make_actor("Veldania")
    since = get_now(client)

    ExternalId.objects.create(actor=actor, value="Q7747")

    assert [each["key"] for each in follow(client, since)] == ["veldania"]


def test_a_claim_whose_first_wording_is_gone_leads_to_what_took_its_place(client: Client) -> None:
    first, second = make_quote(content="it is safe"), make_quote(content="it is sound")
    since = get_now(client)
    number = first.wording_id
    first.delete()
    Wording.objects.filter(pk=number).delete()
    FormerClaim.objects.create(number=number, wording=second.wording_id)

    changes = {(each["resource"], each["key"]): each for each in follow(client, since)}

    told = changes["claim", str(number)]
    assert told["change"] == "moved"
    assert told["moved_to"].endswith(f"/claims/{second.claim_id}/")


def make_actor_elsewhere(name: str) -> None:
    make_actor(name, "person")
    connections.close_all()


def read_elsewhere(since: str) -> Any:
    """Return a page of changes as somebody else sees them."""
    pages: list[Any] = []

    def read() -> None:
        pages.append(get_json(Client(), f"{CHANGES}?since={since}"))
        connections.close_all()

    reader = Thread(target=read)
    reader.start()
    reader.join()
    return pages[0]


@pytest.mark.parametrize("size", [1, 2, 500])
def test_pages_of_any_size_tell_the_same(client: Client, size: int) -> None:
    since = get_now(client)
    for number in range(5):
        make_actor(f"Speaker {number}", "person")

    told = [each["key"] for each in follow(client, since, size)]

    assert sorted(set(told)) == [f"speaker-{number}" for number in range(5)]


def test_what_was_before_the_log_is_said_not_to_be_kept(client: Client) -> None:
    ChangedRow.objects.create(resource="", key="")
    make_actor("Veldania")

    get_json(client, f"{CHANGES}?since=2020-01-01T00:00:00Z", status=410)


@pytest.mark.usefixtures("old_log")
def test_one_may_begin_at_a_time(client: Client) -> None:
    make_actor("Veldania")
    hour_ago = (timezone.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")

    told = [each["key"] for each in follow(client, hour_ago)]

    assert "veldania" in told


def test_what_is_no_longer_kept_is_said_to_be(client: Client) -> None:
    since = get_now(client)
    make_actor("Veldania")
    ChangedRow.objects.update(at=timezone.now() - timedelta(days=31))
    ChangedRow.forget_old()
    make_actor("Norland")
    after = get_now(client)

    problem = get_json(client, f"{CHANGES}?since={since}", status=410)

    assert problem["type"] == "/api/docs/#too-old"
    assert list(follow(client, after)) == []
    assert Actor.objects.count() == 2


@pytest.mark.parametrize("since", ["", "x", "1", "-1-1", "9" * 30 + "-1", "0001-01-01T00:00:00Z"])
def test_a_since_that_is_none_is_refused(client: Client, since: str) -> None:
    (error,) = get_json(client, f"{CHANGES}?since={since}", status=400)["errors"]

    assert error["name"] == "since"
