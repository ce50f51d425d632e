"""How much a reader on a slow line waits for, compressed: a first page with all it loads, and what each click brings."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db

FIRST_PAGE, FRAGMENT, STYLESHEET = 60 * 1024, 15 * 1024, 40 * 1024
WORDS = [
    "bridge",
    "harbour",
    "ferry",
    "toll",
    "council",
    "winter",
    "engineer",
    "hundred",
    "years",
    "promise",
    "report",
    "island",
]


@pytest.fixture(autouse=True)
def many_quotes() -> None:
    """A full page of long quotes, no two of them the same."""
    for number in range(30):
        words = " ".join(
            WORDS[(number * step) % len(WORDS)] + str(number * step) for step in range(1, 60)
        )
        article = make_article(
            f"Speaker {number} said {words}. And more.", outlet=f"Outlet {number}"
        )
        make_quote(article=article, actor=f"Speaker {number}", content=words)


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def loaded(page: str) -> list[str]:
    """The static files that a page names."""
    return sorted(set(re.findall(r'(?:src|href)="/static/([^"]+)"', page)))


def test_a_first_page_is_light_with_all_that_it_loads(client: Client) -> None:
    page = client.get("/").content
    files = loaded(page.decode())
    assert {"newsroom.css", "newsroom.js", "django_htmx/htmx-2.min.js"} <= set(files)

    contents = [Path(str(finders.find(name))).read_bytes() for name in files]

    assert compressed(page) + sum(map(compressed, contents)) <= FIRST_PAGE


@pytest.mark.parametrize(
    ("query", "target"),
    [
        ("q=bridge1", "results"),
        ("", "results"),
        ("page=1-2", "quotes"),
        ("more=actor", "values-actor"),
    ],
    ids=["search", "all", "more quotes", "more names"],
)
def test_what_a_click_brings_is_lighter(client: Client, query: str, target: str) -> None:
    fragment = client.get(f"/?{query}", headers={"HX-Request": "true", "HX-Target": target}).content

    assert fragment
    assert compressed(fragment) <= FRAGMENT


def test_the_one_stylesheet_is_small() -> None:
    assert len(Path(str(finders.find("newsroom.css"))).read_bytes()) <= STYLESHEET
