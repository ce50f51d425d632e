"""No text keeps a reader or a page busy: time grows with the length of the text, whatever it is
made of.
"""

import gc
import re
from collections.abc import Callable

import pytest
from django.test import Client

from benchmarks.hostile import list_slow_patterns, measure_excess, measure_seconds
from benchmarks.hostile_texts import ARTICLE_TEXTS, HostileText
from benchmarks.patterns import PatternFound, list_patterns, list_stale_names
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.layout import list_quotes_shown
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import Entity, PersonIndex
from claims.extraction.speakers.resolving import resolve_speakers
from claims.extraction.text.article_text import Text
from claims.extraction.text.listing import list_items
from claims.extraction.text.quotation import list_paragraphs, list_quoted_stretches
from claims.extraction.text.readable import ReadableText
from claims.intake.readers.documents import build_document
from claims.passages.differences import compare_texts
from claims.passages.quotations import TextWords, measure_quotations
from tests.factories import make_article

LENGTH = 8000  # characters; `benchmarks/hostile.py` reads more
MOST = 1.3  # times the growth of the text
LIMIT = 1.0  # seconds of work


def test_no_pattern_is_slow_on_any_text() -> None:
    patterns = list_patterns("claims")

    slow = [str(each) for each in list_slow_patterns(patterns, LENGTH, MOST, LIMIT)]

    assert len(patterns) > 250
    assert slow == []


def test_every_pattern_that_is_known_by_name_is_there() -> None:
    assert list_stale_names(list_patterns("claims")) == []


@pytest.mark.parametrize(
    ("pattern", "way"),
    [
        pytest.param(r"\bwas\s(?:(?:only|\w+ly)\s)*told\b", "search", id="a word read in two ways"),
        pytest.param(r"[^\n]*\S[^\n]*", "finditer", id="a blank line, from each of its places"),
        pytest.param(r"\s*[,;]", "search", id="white space before a mark"),
        pytest.param(r"[\w'’-]*[\w'’-]*!", "match", id="two repetitions of the same"),
        pytest.param(r"\b(?:[A-Z]\.)+\Z", "search", id="the end, from each place before it"),
    ],
)
def test_a_slow_pattern_is_seen(pattern: str, way: str) -> None:
    found = PatternFound("example", re.compile(pattern), frozenset([way]))

    assert [each.found for each in list_slow_patterns([found], LENGTH, MOST, LIMIT)] == [found]


def read_marks(text: str) -> object:
    return list(list_quoted_stretches(text))


def split(text: str) -> object:
    return list(list_paragraphs(text))


def measure(text: str) -> object:
    return measure_quotations(text, TextWords(text), set())


def compare(text: str) -> object:
    return compare_texts(text, text + "\nIt rained.")


def check(text: str) -> object:
    return build_document(
        where="here",
        title="Rain",
        text=text + "\nIt rained.",
        day="2024-03-04",
        url="https://example.org/1",
    )


def make_readable(text: str) -> object:
    return ReadableText(text).find_readable(len(text) - 1)


def read_layout(text: str) -> object:
    return [list_quotes_shown(Text(text)), list_items(text)]


@pytest.mark.parametrize(
    "work",
    [read_marks, split, measure, compare, check, make_readable, read_layout],
    ids=lambda work: work.__name__,
)
def test_what_a_page_or_a_reader_does_with_a_text_grows_with_its_length(
    work: Callable[[str], object],
) -> None:
    gc.disable()  # how often it goes over all that other tests have left is no matter of the work
    try:
        times = {text: measure_excess(work, text, 40_000, MOST, LIMIT)[0] for text in ARTICLE_TEXTS}
    finally:
        gc.enable()

    assert {text: more for text, more in times.items() if more} == {}


SAID = re.compile(r"(Ana Bell|He) (said) (it rained)")


def resolve_on_one_line(text: str) -> object:
    quotes = [
        FoundQuote(Span(*m.span(1)), Span(*m.span(2)), (Span(*m.span(3)),), 0.9)
        for m in SAID.finditer(text)
    ]
    names = [Entity(Span(*found.span()), "PER") for found in re.finditer("Ana Bell", text)]
    return resolve_speakers(ArticleContext(text, names), quotes)


def name_many_of_one_surname(text: str) -> object:
    names = [
        f"{chr(65 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}o Bell"
        for n in range(len(text) // 24)
    ]
    text = " ".join(f"{name} met Bell." for name in names)
    return PersonIndex(
        text,
        [
            Entity(Span(*found.span()), "PER")
            for found in re.finditer(r"(?:[A-Z]\w\wo )?Bell", text)
        ],
    )


@pytest.mark.parametrize(
    "work",
    [resolve_on_one_line, name_many_of_one_surname],
    ids=["a book on one line", "a surname that hundreds bear"],
)
def test_who_is_who_takes_time_as_the_text_is_long(work: Callable[[str], object]) -> None:
    text = HostileText("", "Ana Bell said it rained. He said it rained. ", "")

    assert measure_excess(work, text, 48_000, MOST, 10 * LIMIT)[0] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("unit", [" ", "\t\u00a0", " \n", "“", "'", "a'", "“a” ", "A. "])
def test_the_page_of_a_long_article_is_made_in_time(client: Client, unit: str) -> None:
    text = f"It rained.{unit * (60_000 // len(unit))}\nIt rained again."
    article = make_article(text=text)

    pages: list[bytes] = []

    took = measure_seconds(
        lambda: pages.append(client.get(article.get_absolute_url()).content), 10.0
    )

    assert took < 10
    assert b"It rained again." in pages[0]
