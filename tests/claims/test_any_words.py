"""Whatever is typed into a search: it is answered, or said to be too much, on every page that searches."""

import random
from urllib.parse import urlencode

import pytest
from django.test import Client

from claims.search.reading import LONGEST_SEARCH_TEXT
from tests.claims.api_client import API, get_refusals
from tests.factories import make_quote

pytestmark = pytest.mark.django_db

PAGES = ["/", "/overview/", "/claims/", "/articles/", "/actors/", "/actors/veldania/", "/compare/"]
LISTS = [f"{API}/{name}/" for name in ("quotes", "claims", "articles", "actors")]
PARTS = (
    *("-\"()&|!:*<>\\'.,/@%_~#"),
    " ",
    "\n",
    "\t",
    "\u00a0",
    "\x01",
    "\x7f",
    "—",
    "“",
    "”",
    "é",
    "ß",
    "İ",
    "🦊",
    "\u202e",
)
WORDS = (
    "a",
    "the",
    "or",
    "OR",
    "bridge",
    "ferry",
    "bridges-ferries",
    "<->",
    "2024",
    "not",
    "x" * 60,
)
EXTREME = {
    "33 dashes": "-" * 33,
    "dashes before a word": "-" * 40 + "bridge",
    "dashes with spaces": "- " * 40 + "bridge",
    "dashes and brackets": "-(" * 40 + "bridge" + ")" * 40,
    "dashes after a word": "bridge " + "-" * 60,
    "dashes within marks": '"' + "-" * 60 + ' bridge"',
    "dashes beside each other's marks": '-"' * 60,
    "nothing but or": "or " * 60,
    "not or": "-or " * 50,
    "many words": "bridge or " * 19,
    "many phrases": '"ab" ' * 39,
    "many negations": "-bridge " * 24,
    "marks alone": '"' * 199,
    "one long word": "bridge" * 33,
    "control characters": "".join(map(chr, range(1, 32))) * 6,
    "brackets": "(" * 199,
    "patterns": ".*[^a]{2,}|(?:x)+$" * 10,
    "back strokes": "\\" * 199,
}


def random_words(chance: random.Random, most: int) -> str:
    """Return up to `most` characters of a few kinds, often dashes: the fewer kinds, the longer the runs of one."""
    kinds = [
        *chance.sample(PARTS, chance.randint(0, 3)),
        *chance.sample(WORDS, chance.randint(0, 2)),
        "-",
    ]
    return "".join(chance.choice(kinds) for _ in range(chance.randint(1, most)))[:most]


@pytest.mark.parametrize("words", EXTREME.values(), ids=EXTREME)
def test_extreme_words_are_answered_or_refused_everywhere(client: Client, words: str) -> None:
    make_quote(actor="Veldania", content="the bridge is safe")

    assert answers(client, words) <= {200, 400}


def test_any_words_are_answered_or_refused_everywhere(client: Client) -> None:
    chance = random.Random(7)
    make_quote(actor="Veldania", content="the bridge is safe")

    for _ in range(40):
        words = random_words(chance, 199)

        assert answers(client, words) <= {200, 400}, words


def test_any_longer_words_are_answered_by_the_front_page(client: Client) -> None:
    chance = random.Random(8)
    make_quote(actor="Veldania", content="the bridge is safe")

    for _ in range(40):
        query = urlencode({"q": random_words(chance, LONGEST_SEARCH_TEXT)})

        assert client.get(f"/?{query}").status_code == 200, query


def answers(client: Client, words: str) -> set[int]:
    """Return the statuses of every page and list asked for these words; a page never refuses as a whole."""
    query = urlencode({"q": words})
    shown = {client.get(f"{page}?{query}").status_code for page in PAGES}
    assert shown == {200}
    named = client.get(f"/compare/?{urlencode({'name': words})}", follow=True)
    listed = {client.get(f"{address}?{query}").status_code for address in LISTS}
    return {named.status_code} | listed


def test_too_many_dashes_are_said_on_pages_and_refused_by_the_api(client: Client) -> None:
    query = urlencode({"q": "bridge " + "-" * 33})
    told = "“q” has more than 20 minus signs in a row."

    for page in ("/", "/overview/", "/claims/", "/articles/", "/compare/"):
        assert told in client.get(f"{page}?{query}").content.decode(), page
    for name in ("quotes", "claims", "articles"):
        assert get_refusals(client, f"{API}/{name}/?{query}") == {"q": [told]}, name


@pytest.mark.parametrize(
    "words", ["bridge -" + "-" * 19 + "ferry", "-ferry " * 27 + "bridge", "a-b-" * 40]
)
def test_dashes_that_can_be_read_are_searched_for(client: Client, words: str) -> None:
    assert client.get(f"{API}/quotes/?{urlencode({'q': words})}").status_code == 200


@pytest.mark.parametrize("words", EXTREME.values(), ids=EXTREME)
def test_extreme_words_are_filled_in_or_refused_where_news_comes_in(
    client: Client, words: str
) -> None:
    filled_in = client.get("/add/", {"url": words})
    sent = client.post("/add/", {"what": "link", "url": words})
    pasted = client.post("/add/", {"what": "text", "text": words, "title": words})

    assert filled_in.status_code == 200
    assert sent.status_code in (302, 400)
    assert pasted.status_code in (302, 400)
