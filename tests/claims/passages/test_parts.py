"""A long article is shown in parts, each as a page that takes no longer than that of an ordinary article."""

import random
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Article, Quote
from claims.passages.parts import SHORTEST_PART, find_part_at, split_into_parts
from tests.factories import make_article, make_long_article, make_quote

pytestmark = pytest.mark.django_db


def page_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def anchors(page: str) -> list[tuple[int, int]]:
    """The quotes that begin on a page, each with its number."""
    return [
        (int(pk), int(number))
        for pk, number in re.findall(r'id="quote-(\d+)" href="[^"]*" data-quotes="(\d+)"', page)
    ]


# Where a part ends


@pytest.mark.parametrize(
    "text",
    ["", "Rain fell.", "Rain fell.\n" * 5000, "x" * (SHORTEST_PART + SHORTEST_PART // 2)],
    ids=len,
)
def test_an_ordinary_text_is_one_part(text: str) -> None:
    assert [(part.number, part.count, part.start, part.end) for part in split_into_parts(text)] == [
        (1, 1, 0, len(text))
    ]


@pytest.mark.parametrize("between", ["\n", " ", ""], ids=["paragraphs", "words", "neither"])
def test_the_parts_of_a_text_are_all_of_it(between: str) -> None:
    rng = random.Random(5)
    text = between.join("x" * rng.randint(1, 900) for _ in range(2000))

    parts = split_into_parts(text)

    assert len(parts) > 5
    assert all(SHORTEST_PART <= part.end - part.start <= 2 * SHORTEST_PART for part in parts[:-1])
    assert (
        "".join(text[part.start : part.end] + between * (between == "\n") for part in parts).rstrip(
            "\n"
        )
        == text
    )
    assert all(
        find_part_at(parts, place) == part for part in parts for place in (part.start, part.end - 1)
    )


def test_a_part_ends_with_a_paragraph() -> None:
    parts = split_into_parts("A paragraph of a long article.\n" * 10_000)

    assert all(part.start % 31 == 0 and part.end % 31 == 30 for part in parts[:-1])


# Pages


def test_an_ordinary_article_has_no_parts_to_choose(client: Client) -> None:
    quote = make_quote()

    page = page_of(client, quote.article.get_absolute_url())

    assert "part" not in re.sub("particular|depart", "", page.lower().split("<main")[1])
    assert quote.address_in_article == f"/articles/{quote.article_id}/#quote-{quote.pk}"


def test_the_parts_of_an_article_have_all_its_quotes_by_their_numbers(client: Client) -> None:
    article = make_long_article(1600)
    parts = split_into_parts(article.text)

    found = [
        anchors(page_of(client, f"/articles/{article.pk}/?part={part.number}")) for part in parts
    ]

    assert len(parts) > 2
    assert all(found)
    every = article.quotes.order_by("cue_start").values_list("pk", flat=True)
    assert [each for page in found for each in page] == [
        (pk, number) for number, pk in enumerate(every, 1)
    ]


def test_a_part_leads_to_the_one_before_and_the_one_after(client: Client) -> None:
    article = make_long_article(1600)

    first, second = (
        page_of(client, f"{article.get_absolute_url()}{query}") for query in ("", "?part=2")
    )

    assert '<a rel="next" href="?part=2">Next part</a>' in first
    assert 'rel="prev"' not in first
    assert '<a rel="prev" href="?part=1">Previous part</a>' in second
    assert '<a rel="next" href="?part=3">Next part</a>' in second


def test_the_address_of_a_quote_leads_to_the_part_that_has_it(client: Client) -> None:
    article = make_long_article(1600)
    first, *_, last = article.quotes.order_by("cue_start")

    assert last.address_in_article == f"/articles/{article.pk}/?quote={last.pk}#quote-{last.pk}"
    for quote in (first, last):
        assert f'id="quote-{quote.pk}"' in page_of(client, quote.address_in_article)
        assert quote.address_in_article in page_of(client, quote.get_absolute_url())


def test_a_quote_that_goes_on_in_the_next_part_is_on_both_pages(client: Client) -> None:
    content = "the bridge is safe, " * (SHORTEST_PART // 8)
    article = make_article(f"Rain fell.\nVeldania said {content}. Rain fell.")
    quote = make_quote(article=article, content=content)

    pages = [
        page_of(client, f"/articles/{article.pk}/?part={part.number}")
        for part in split_into_parts(article.text)
    ]

    assert [anchors(page) for page in pages] == [[(quote.pk, 1)]] * len(pages)
    assert len(pages) > 1


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("part=0", "no part “0”"),
        ("part=99", "no part “99”"),
        ("part=x", "no part “x”"),
        ("quote=0", "no quote “0”"),
        ("quote=x", "no quote “x”"),
        (f"quote={9**30}", "no quote"),
        ("part=1&part=2", "part"),
    ],
)
def test_a_part_or_quote_that_an_article_has_not_is_told(
    client: Client, query: str, told: str
) -> None:
    article = make_quote().article

    assert told in page_of(client, f"{article.get_absolute_url()}?{query}")


def cost(client: Client, article: Article) -> tuple[int, int]:
    """Queries and bytes of the page of an article's second part."""
    with CaptureQueriesContext(connection) as queries:
        page = page_of(client, f"{article.get_absolute_url()}?part=2")
    return len(queries), len(page)


def test_the_page_of_a_part_costs_the_same_however_long_the_article_is(client: Client) -> None:
    queries, size = cost(client, make_long_article(1000))
    of_four_times_the_length = cost(client, make_long_article(4000))

    assert of_four_times_the_length[0] == queries
    assert of_four_times_the_length[1] < 1.2 * size < 1_000_000
    assert Quote.objects.count() == 5000
