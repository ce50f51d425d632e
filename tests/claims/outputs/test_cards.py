"""What a link to a page shows elsewhere: read by a stranger, it means what the article meant."""

import json
import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from claims.extraction.schema import Act
from claims.models import Article, Quote
from tests.claims.outputs.reading import fetch
from tests.factories import make_actor, make_article, make_nested_quotes, make_quote

pytestmark = pytest.mark.django_db

DENIAL = "that he formed an irregular channel"


def make_denial() -> Quote:
    article = make_article(
        f"Mr. Volker denied {DENIAL}. Rain fell.",
        outlet="CBS News",
        title="Envoy testifies",
        published_on=date(2019, 11, 20),
    )
    return make_quote(
        article=article,
        actor=make_actor("Kurt Volker", "person"),
        source="Mr. Volker",
        cue="denied",
        content=DENIAL,
        act="deny",
    )


def read_card(client: Client, address: str) -> dict[str, str]:
    """Return what a page says for previews, with its title."""
    page = client.get(address).content.decode()
    card = dict(re.findall(r'<meta (?:property|name)="([\w:]+)" content="([^"]*)">', page))
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    assert title
    return {name: unescape(value) for name, value in {**card, "title": title[1]}.items()}


def read_linked_data(client: Client, address: str) -> dict[str, object]:
    page = client.get(address).content.decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert found
    data: dict[str, object] = json.loads(found[1])
    return data


def test_a_link_to_a_denial_is_shown_as_a_denial(client: Client) -> None:
    quote = make_denial()

    card = read_card(client, quote.get_absolute_url())

    assert card["og:title"] == f"Kurt Volker denied {DENIAL}"
    assert card["twitter:title"] == card["og:title"]
    assert card["title"] == f"{card['og:title']} · Newsroom"
    assert card["og:description"] == "CBS News, 20 Nov 2019: “Envoy testifies”."
    assert card["og:url"] == f"http://testserver{quote.get_absolute_url()}"


def test_a_link_to_a_quote_within_another_says_who_told_it(client: Client) -> None:
    words = (
        "Mayor Ana Bell said that Omar Reza, the city engineer, had told her that"
        ' "the bridge will stand for a hundred years". Officials in Veldania denied any part in'
        " the delay."
    )
    article = make_article(words.replace("that Omar", "Omar"))
    make_nested_quotes(article)

    card = read_card(client, Quote.objects.get(within__isnull=False).get_absolute_url())

    assert card["og:title"].startswith("Omar Reza told")
    assert card["og:title"].endswith(", according to Ana Bell")


def test_a_link_to_a_claim_says_that_it_is_one_and_who_takes_which_side(client: Client) -> None:
    quote = make_denial()
    claim = f"/claims/{quote.claim_id}/"

    card = read_card(client, claim)

    assert card["og:title"] == f"Denied claim: “{DENIAL}”"
    assert card["og:description"].startswith("1 quote denies it.")
    assert read_linked_data(client, claim)["@type"] == "Claim"


@pytest.mark.parametrize(
    ("cues", "title"),
    [
        (("said",), "Claim"),
        (("denied",), "Denied claim"),
        (("questioned",), "Questioned claim"),
        (("said", "denied"), "Disputed claim"),
    ],
)
def test_the_title_of_a_claim_tells_whether_anybody_denies_it(
    client: Client, cues: tuple[str, ...], title: str
) -> None:
    acts: dict[str, Act] = {"said": "say", "denied": "deny", "questioned": "question"}
    for cue in cues:
        quote = make_quote(cue=cue, content="“the toll “doubled””", act=acts[cue])

    card = read_card(client, f"/claims/{quote.claim_id}/")

    assert card["og:title"] == f"{title}: “the toll ‘doubled’”"


def test_what_stands_within_a_denial_is_a_denial_from_its_first_word_on(client: Client) -> None:
    article = make_article("Mr. Reza denied that Ms. Bell said the bridge was unsafe.")
    reza, bell = make_actor("Omar Reza", "person"), make_actor("Ana Bell", "person")
    outer = make_quote(
        article=article,
        actor=reza,
        source="Mr. Reza",
        cue="denied",
        content="that Ms. Bell said the bridge was unsafe",
        act="deny",
    )
    inner = make_quote(
        article=article,
        actor=bell,
        source="Ms. Bell",
        content="the bridge was unsafe",
        within=outer,
    )

    card = read_card(client, inner.get_absolute_url())

    assert card["og:title"] == "Denied by Omar Reza: Ana Bell said the bridge was unsafe"


def test_an_article_is_told_as_one(client: Client) -> None:
    article: Article = make_denial().article

    card = read_card(client, article.get_absolute_url())
    data = read_linked_data(client, article.get_absolute_url())

    assert card["og:title"] == "Envoy testifies"
    assert "1 attributed quote" in card["og:description"]
    assert (data["@type"], data["datePublished"]) == ("NewsArticle", "2019-11-20")


def test_the_page_and_the_list_lead_to_a_sentence_to_print(client: Client) -> None:
    quote = make_denial()
    sentence = f"Kurt Volker denied {DENIAL} (CBS News, 20 Nov 2019)."

    page = client.get(quote.get_absolute_url()).content.decode()
    listed = client.get("/").content.decode()

    assert sentence in unescape(page)
    assert f'href="/quotes/{quote.pk}.txt"' in listed
    answer, _ = fetch(client, f"/quotes/{quote.pk}.txt")
    assert answer.decode() == f"{sentence}\n"


@pytest.mark.parametrize(
    ("address", "feed"),
    [
        ("/?act=deny", "/quotes.atom?act=deny&order=arrived"),
        ("/actors/kurt-volker/", "/quotes.atom?actor=kurt-volker&order=arrived"),
        ("/outlets/cbs-news/", "/quotes.atom?outlet=cbs-news&order=arrived"),
        ("/claims/{claim}/", "/claims/{claim}.atom?order=arrived"),
    ],
)
def test_a_page_names_its_files_and_its_feeds(client: Client, address: str, feed: str) -> None:
    claim = make_denial().claim_id
    feed = feed.format(claim=claim)

    page = unescape(client.get(address.format(claim=claim)).content.decode())

    assert (
        f'<link rel="alternate" type="application/atom+xml" title="New quotes (Atom)" href="{feed}">'
        in page
    )
    assert "<summary>Download</summary>" in page
    for part in re.findall(r'href="(/(?:quotes|claims/\d+)\.\w+[^"]*)"', page):
        fetch(client, part)
