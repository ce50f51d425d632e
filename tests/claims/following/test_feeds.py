"""Feeds of topics, disputes and corrections, by arrival and by publication."""

from datetime import date
from typing import Any

import feedparser
import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.actors.merging import merge_actors
from claims.models import Actor, Decision, Quote
from tests.claims.desk_client import decide_quote
from tests.factories import make_actor, make_article, make_match, make_quote

pytestmark = pytest.mark.django_db

FEEDS = ["atom", "rss", "jsonfeed"]


def read_entries(client: Client, address: str) -> list[dict[str, Any]]:
    """Return the entries of a feed, whatever its format, as JSON Feed names their parts."""
    response = client.get(address)
    assert response.status_code == 200, response.content[:500]
    if ".jsonfeed" in address:
        entries: list[dict[str, Any]] = response.json()["items"]
        return entries
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    return [
        {"id": each.id, "url": each.link, "title": each.title, "content_html": each.summary}
        for each in parsed.entries
    ]


def read_titles(client: Client, address: str) -> list[str]:
    return [entry["title"] for entry in read_entries(client, address)]


def make_dated(day: int, **values: Any) -> Quote:
    actor, content = values.get("actor", "Veldania"), values["content"]
    article = make_article(
        f"{actor} {values.get('cue', 'said')} {content}.", published_on=date(2024, 3, day)
    )
    return make_quote(article=article, **values)


@pytest.mark.parametrize("ending", FEEDS)
def test_a_topic_has_the_denials_in_other_words_by_arrival_and_by_publication(
    client: Client, ending: str
) -> None:
    said = make_dated(9, actor="Ana Bell", content="the ferry is always late in winter")
    denial = make_dated(2, actor="Omar Reza", content="our boats never miss a minute of their plan")
    make_match(said, denial)
    make_quote(content="the toll will rise")

    address = f"/topics.{ending}?q=ferry"
    found = [
        [title.partition(" said")[0] for title in read_titles(client, f"{address}{order}")]
        for order in ("&order=newest", "&order=arrived")
    ]

    assert found == [["Ana Bell", "Omar Reza"], ["Omar Reza", "Ana Bell"]]


def make_disputes() -> list[Quote]:
    """Return what is denied of two claims: of an old one that came in last, and of a new one."""
    denied = []
    for day, content in ((9, "the ferry is always late in winter"), (1, "the toll will rise soon")):
        make_dated(day, actor="Ana Bell", content=content)
        denial: dict[str, Any] = {"act": "deny", "cue": "denied", "content": content}
        denied.append(make_dated(day, actor="Omar Reza", **denial))
    return denied


@pytest.mark.parametrize("ending", FEEDS)
def test_disputes_are_told_with_both_sides_by_arrival_and_by_publication(
    client: Client, ending: str
) -> None:
    first, second = make_disputes()

    published = read_entries(client, f"/disputes.{ending}")
    arrived = read_titles(client, f"/disputes.{ending}?order=arrived&kind=denied")

    assert [each["title"] for each in published] == [
        "Denied: the ferry is always late in winter",
        "Denied: the toll will rise soon",
    ]
    assert arrived == [each["title"] for each in reversed(published)]
    assert "Ana Bell said" in published[0]["content_html"]
    assert "Omar Reza denied" in published[0]["content_html"]
    assert published[0]["id"].endswith(f"/claims/{first.claim_id}/#denied")
    assert second.claim_id != first.claim_id


def log_in_curator() -> Client:
    curator = Client()
    curator.force_login(User.objects.get(username="Clara"))
    return curator


@pytest.fixture
def corrected(client: Client) -> Client:
    """A reader's browser, after a curator has withdrawn a quote and given another to somebody else."""
    User.objects.create_superuser("Clara")
    curator = log_in_curator()
    late = make_dated(9, actor="Ana Bell", content="the ferry is late", confidence=0.4)
    toll = make_dated(1, actor="Ana Bell", content="the toll will rise", confidence=0.4)
    make_actor("Omar Reza", "person")
    decide_quote(curator, make_quote(content="all is well", confidence=0.4), "accept")
    decide_quote(curator, late, "reject")
    decide_quote(curator, toll, "actor", actor=str(Actor.objects.get(name="Omar Reza").pk))
    return client


@pytest.mark.parametrize("ending", FEEDS)
def test_corrections_are_told_by_arrival_and_by_publication(corrected: Client, ending: str) -> None:
    arrived = read_titles(corrected, f"/corrections.{ending}?order=arrived")
    published = read_titles(corrected, f"/corrections.{ending}?order=published")

    assert arrived == [
        "Said by Omar Reza, not by Ana Bell: Omar Reza said the toll will rise"
        " (Harbour Herald, 1 Mar 2024)",
        "Withdrawn: Ana Bell said the ferry is late (Harbour Herald, 9 Mar 2024)",
    ]
    assert published == arrived[::-1]
    assert read_titles(corrected, f"/corrections.{ending}?kind=withdrawn") == arrived[1:]


LONG = "the council " + "very " * 60 + "often paid for the ferry"


def make_denied() -> list[Quote]:
    """A long denial whose verb stands after its words, and a long quote within somebody’s denial."""
    denial = make_article(f"“{LONG},” Kurt Volker denied.")
    within = make_article(f"Donald Trump denied Ana Bell said {LONG}.")
    outer = make_quote(
        article=within,
        actor="Donald Trump",
        cue="denied",
        act="deny",
        content=f"Ana Bell said {LONG}",
        confidence=0.4,
    )
    inner = make_quote(article=within, actor="Ana Bell", content=LONG, within=outer, confidence=0.4)
    denied = make_quote(
        article=denial,
        actor="Kurt Volker",
        cue="denied",
        act="deny",
        kind="direct",
        content=f"“{LONG},”",
        confidence=0.4,
    )
    return [denied, inner]


@pytest.mark.parametrize("ending", FEEDS)
def test_a_long_title_keeps_who_said_it_and_who_denied_it(client: Client, ending: str) -> None:
    make_denied()

    titles = read_titles(client, f"/quotes.{ending}")

    begun = [title for title in titles if title.startswith("Kurt Volker denied “the council very")]
    within = [
        t for t in titles if t.startswith("Denied by Donald Trump: Ana Bell said the council")
    ]
    assert (len(begun), len(within)) == (1, 1)
    assert begun[0].endswith("…” (Harbour Herald, 5 Mar 2024)")
    assert within[0].endswith("… (Harbour Herald, 5 Mar 2024)")


@pytest.mark.parametrize("ending", FEEDS)
def test_a_long_correction_keeps_who_said_it_and_who_denied_it(client: Client, ending: str) -> None:
    curator = Client()
    curator.force_login(User.objects.create_superuser("Clara"))
    for quote in make_denied():
        decide_quote(curator, quote, "reject")

    titles = read_titles(client, f"/corrections.{ending}")

    assert [title.partition("the council")[0] for title in titles] == [
        "Withdrawn: Denied by Donald Trump: Ana Bell said ",
        "Withdrawn: Kurt Volker denied “",
    ]


def test_a_correction_that_is_taken_back_says_so_and_names_no_curator(corrected: Client) -> None:
    quote = Quote.objects.get(content="the ferry is late")
    decision = quote.decisions.get()
    decision.undone_at = decision.made_at
    decision.save()

    page = corrected.get("/corrections/").content.decode()

    assert "Withdrawn (taken back)" in page
    assert "Said by Omar Reza, not by Ana Bell" in page
    assert "Clara" not in page


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/topics.atom", 400),
        ("/topics.atom?q=a&act=shout", 400),
        ("/topics.atom?q=ferry&page=9", 404),
        ("/topics.zip?q=ferry", 404),
        ("/disputes.csv", 404),
        ("/disputes.atom?kind=odd", 400),
        ("/disputes.atom?order=newest", 400),
        ("/disputes.atom?actor=nobody", 400),
        ("/corrections.xlsx", 404),
        ("/corrections.atom?kind=odd", 400),
        ("/corrections.rss?page=2", 404),
    ],
)
def test_what_is_no_feed_is_refused(client: Client, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_pages_offer_their_feeds_and_mails(client: Client) -> None:
    make_disputes()

    topic = client.get("/topics/?q=ferry&act=deny").content.decode()
    disputes = client.get("/disputes/?kind=denied").content.decode()

    assert 'href="/topics.atom?act=deny&amp;q=ferry&amp;order=arrived"' in topic
    assert 'href="/follow/?topic=1&amp;act=deny&amp;q=ferry"' in topic
    assert 'href="/disputes.rss?kind=denied&amp;order=arrived"' in disputes


def test_a_quote_that_was_corrected_and_later_withdrawn_is_told_without_its_words(
    corrected: Client,
) -> None:
    curator = log_in_curator()
    decide_quote(curator, Quote.objects.get(content="the toll will rise"), "reject")

    page = corrected.get("/corrections/?kind=attributed").content.decode()
    (entry,) = read_entries(corrected, "/corrections.jsonfeed?kind=attributed")

    done = "Said by Omar Reza, not by Ana Bell (since withdrawn)"
    assert done in page
    assert "the toll will rise" not in page
    assert entry["title"] == done
    assert "the toll will rise" not in str(entry)


def test_a_quote_that_was_withdrawn_and_then_accepted_is_withdrawn_no_more(
    corrected: Client,
) -> None:
    curator = log_in_curator()
    decide_quote(curator, Quote.objects.get(content="the ferry is late"), "accept")

    (entry,) = read_entries(corrected, "/corrections.jsonfeed?kind=withdrawn")

    assert entry["title"].startswith("Withdrawn (taken back): ")
    assert entry["_newsroom"]["is_taken_back"] is True


def test_after_a_merge_a_correction_tells_who_they_are_now(corrected: Client) -> None:
    omar, ana = Actor.objects.get(name="Omar Reza"), Actor.objects.get(name="Ana Bell")
    for old, name in ((omar, "Omar J. Reza"), (ana, "Ana M. Bell")):
        survivor = make_actor(name, "person")
        merge_actors(survivor.pk, [old.pk], None, "one and the same")

    told = read_titles(corrected, "/corrections.jsonfeed?kind=attributed")

    assert told[0].startswith("Said by Omar J. Reza, not by Ana M. Bell: ")


def test_a_speaker_who_is_gone_is_not_named_and_two_who_are_one_are_no_correction(
    corrected: Client,
) -> None:
    omar, ana = Actor.objects.get(name="Omar Reza"), Actor.objects.get(name="Ana Bell")
    decision = Quote.objects.get(content="the toll will rise").decisions.get()
    assert decision.before is not None
    gone = {**decision.before, "quote": {**decision.before["quote"], "actor_id": 10**9}}
    Decision.objects.filter(pk=decision.pk).update(before=gone)
    address = "/corrections.jsonfeed?kind=attributed"
    assert read_titles(corrected, address)[0].startswith("Given to another speaker: ")
    Decision.objects.filter(pk=decision.pk).update(before=decision.before)

    merge_actors(omar.pk, [ana.pk], None, "one and the same")

    assert read_titles(corrected, address) == []


def test_a_dispute_whose_quotes_are_all_gone_meanwhile_is_left_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_disputes()
    monkeypatch.setattr("claims.following.dispute_feed.read_rows_by_id", lambda ids, site: [])

    assert read_entries(client, "/disputes.jsonfeed") == []
