"""What readers see: their own words, none of the engine's, and a keyboard gets to what was found."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Quote, Wording
from claims.pages.labels import HEADINGS, PREFIXES, VALUE_LABELS
from claims.passages.marking import ROLE_NAMES
from claims.search.facets import FACET_HEADINGS
from claims.templatetags.words import ORDER_NAMES, QUOTATION_PHRASES, STATUS_PHRASES
from tests.claims.views.reading_pages import PageReader
from tests.factories import make_actor, make_article, make_detail, make_match, make_quote

pytestmark = pytest.mark.django_db

# The words of the engine and its fields, which mean nothing to a reader. “How quotes are found” has them.
ENGINES_WORDS = re.compile(
    r"\b(acts?|stances?|cues?|contents?|actors?|kinds?|extractors?|spans?|propositions?|attributed"
    r"|unattributed|orphaned|vanished|says by|probably another|no_comment|asserts|indirect|metonym)\b",
    re.I,
)
WORDS_PAGE = Path(__file__).resolve().parents[3] / "docs" / "words.md"
SECTIONS = ("Quotes", "Overview", "Speakers", "Claims", "Articles", "Add")
MOST_STOPS = 12

PAGES = {
    "front page": "/",
    "search": "/?q=bridge",
    "every filter": "/?actor=ana-bell&about=omar-reza&act=say&kind=mixed&stance=asserts&outlet=harbour-herald"
    "&speaker=named&status=unreviewed&since=2024-01-01&until=2024-12-31&q=bridge&copies=all",
    "nothing found": "/?q=ferry&act=no_comment",
    "one quote": "/quotes/{quote}/",
    "report": "/quotes/{quote}/report/",
    "speakers": "/actors/?kind=person",
    "speaker": "/actors/ana-bell/",
    "nobody to compare": "/compare/",
    "compare": "/compare/?actor=ana-bell&actor=omar-reza",
    "claims": "/claims/?stance=denies&disputed=yes",
    "claim": "/claims/{claim}/",
    "disputes": "/disputes/",
    "topics": "/topics/",
    "topic": "/topics/?q=bridge",
    "like a sentence": "/claims/alike/?text=The+bridge+will+stand+for+a+hundred+years",
    "articles": "/articles/",
    "article": "/articles/{article}/",
    "outlets": "/outlets/",
    "outlet": "/outlets/harbour-herald/",
    "add": "/add/",
    "no such page": "/nowhere/",
}


@pytest.fixture
def numbers() -> dict[str, int]:
    """The numbers of a quote, its claim and its article, with one of everything beside them."""
    for name in ("Ana Bell", "Omar Reza"):
        make_actor(name, "person")
    article = make_article(
        'Mayor Ana Bell said Omar Reza had told her that "the bridge will stand for a hundred years".\n'
        "Omar Reza denied that he was asked. A clerk accused Ana Bell of hiding the bill.",
        title="Mayor says the bridge is safe",
    )
    outer = make_quote(
        article=article,
        actor="Ana Bell",
        source="Mayor Ana Bell",
        content='Omar Reza had told her that "the bridge will stand for a hundred years"',
        kind="mixed",
    )
    make_detail(outer, "target", "Omar Reza")
    make_quote(
        article=article,
        actor="Omar Reza",
        cue="told",
        content='"the bridge will stand for a hundred years"',
        within=outer,
        actor_confidence=0.5,
    )
    denial = make_quote(
        article=article, actor="Omar Reza", cue="denied", content="that he was asked", act="deny"
    )
    make_quote(
        article=article,
        actor=None,
        source="A clerk",
        cue="accused",
        content="Ana Bell of hiding the bill",
        act="accuse",
    )
    other = make_quote(actor="Ana Bell", content="the bridge is safe")
    make_match(outer, denial)
    make_match(outer, other, kind="paraphrase", evidence=["run of 4 words", "same names"])
    Wording.objects.filter(pk=other.wording_id).update(claim=outer.wording_id)
    return {"quote": outer.pk, "claim": outer.claim_id, "article": article.pk}


def read_page(client: Client, address: str) -> PageReader:
    return PageReader(client.get(address).content.decode())


@pytest.mark.parametrize("name", PAGES)
def test_no_page_speaks_the_engines_language(
    client: Client, numbers: dict[str, int], name: str
) -> None:
    page = read_page(client, PAGES[name].format(**numbers))

    assert [words for words in page.words if ENGINES_WORDS.search(words)] == []


def read_labels() -> set[str]:
    """Return the labels that the documents have."""
    table = WORDS_PAGE.read_text(encoding="utf-8").split("## What pages call it")[1]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| ")]
    return {row[1].strip() for row in rows[1:]}


def test_every_label_is_in_the_documents_and_no_other() -> None:
    labels = {*SECTIONS, *HEADINGS.values(), *PREFIXES.values()}
    labels |= {label for name, label in FACET_HEADINGS.items() if name not in HEADINGS}
    for values in (*VALUE_LABELS.values(), ORDER_NAMES, QUOTATION_PHRASES, STATUS_PHRASES):
        labels |= set(values.values())
    labels |= set(ROLE_NAMES.values())

    assert read_labels() == labels


def test_the_sections_are_called_as_documented(client: Client) -> None:
    page = client.get("/trust/").content.decode()

    nav = page.split('aria-label="Sections"')[1].split("</nav>")[0]
    assert tuple(re.findall(r">(\w+)</a>", nav)) == SECTIONS


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/?q=bridge",
        "/?q=bridge&act=say&kind=indirect",
        "/?order=oldest&more=actor",
        "/?q=bell",
    ],
)
def test_a_keyboard_gets_to_the_first_quote_in_twelve_stops(client: Client, address: str) -> None:
    for number in range(30):
        make_quote(actor="Ana Bell", content=f"that the bridge of Bell number {number} is safe")

    stops = read_page(client, address).stops

    first = next(number for number, stop in enumerate(stops, 1) if "says" in stop["inside"])
    assert first <= MOST_STOPS
    assert stops[0]["href"] == "#first"
    assert 'id="first"' in client.get(address).content.decode()


# The front page


def make_news(number: int) -> None:
    """Quotes of so many articles, and a denial of the last."""
    for each in range(number):
        content = f"that bridge {each} is safe"
        article = make_article(f"Speaker {each} said {content}.", outlet=f"Outlet {each % 3}")
        make_quote(article=article, actor=f"Speaker {each}", content=content)
    make_quote(actor="Omar Reza", cue="denied", act="deny", content=content)


def test_the_front_page_of_an_empty_site_says_how_to_fill_it(client: Client) -> None:
    page = client.get("/").content.decode()

    assert "No quotes yet" in page
    assert 'class="front"' not in page


def test_the_front_page_of_a_small_site_has_no_more_than_its_quotes(client: Client) -> None:
    make_news(3)

    page = client.get("/").content.decode()

    assert "4 quotes from 4 articles of 4 outlets" in page
    assert "Of note" not in page
    assert "Paste a text" in page
    assert page.count('class="quote"') == 4


def test_the_front_page_tells_what_is_of_note_who_is_quoted_and_what_is_disputed(
    client: Client,
    keep_columns: Callable[[], None],
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    make_news(25)

    keep_columns()
    with django_assert_max_num_queries(8):
        page = client.get("/").content.decode()

    assert "26 quotes from 26 articles of 4 outlets" in page
    assert "Of note in the week to <time" in page
    noted = page.split('class="noted"')[1].split("</section>")[0]
    assert noted.count("<li") == 6
    assert "Omar Reza</a>" in noted  # a denial weighs
    assert "actor=speaker-0&amp;since=2024-02-28&amp;until=2024-03-05" in page
    assert "Both sides" in page
    assert 'class="front"' not in client.get("/?order=newest").content.decode()


def test_what_is_of_note_stands_within_no_denial(client: Client) -> None:
    make_news(25)
    text = "Omar Reza denied that Ana Bell warned the bridge will fall and questioned it at noon."
    for outlet in ("Port Post", "Bay Bulletin", "Coast Courier", "Delta Daily"):
        article = make_article(text, outlet=outlet)
        denial = make_quote(
            article=article,
            actor="Omar Reza",
            cue="denied",
            act="deny",
            content="that Ana Bell warned the bridge will fall",
        )
        inner: dict[str, Any] = {"cue": "warned", "content": "the bridge will fall"}
        make_quote(article=article, actor="Ana Bell", act="warn", within=denial, **inner)

    page = client.get("/").content.decode()

    noted = page.split('class="noted"')[1].split("</section>")[0]
    assert noted.count("<li") == 6
    assert ">Denied by" not in noted
    assert "Omar Reza</a>" in noted


def test_nobody_is_shown_as_of_note_who_may_not_have_said_it(client: Client) -> None:
    make_news(25)
    Quote.objects.filter(actor__name="Omar Reza").update(actor_confidence=0.4)

    page = client.get("/").content.decode()

    noted = page.split('class="noted"')[1].split("</section>")[0]
    assert noted.count("<li") == 6
    assert "Omar Reza" not in noted


def test_what_is_dated_ahead_does_not_make_the_week(client: Client) -> None:
    make_news(25)
    ahead = make_article("Ana Bell said it rains.", published_on=date(2199, 1, 1))
    make_quote(article=ahead, actor="Ana Bell", content="it rains")

    assert "Of note in the week to <time" in client.get("/").content.decode()
