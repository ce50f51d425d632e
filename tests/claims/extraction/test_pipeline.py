"""The whole pipeline, with the model, on texts that are hard on programs."""

import gc
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from spacy.language import Language

from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.pipeline import add_names_in_labels, load
from claims.extraction.quotes.finding import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import Entity

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("", [], id="empty"),
        pytest.param("said", [], id="one word"),
        pytest.param(" \n\t\n ", [], id="white space"),
        pytest.param(".,;:!?" * 200, [], id="punctuation alone"),
        pytest.param("😀 said Ann 👨‍👩‍👧‍👦: “🇬🇧 it rained 🇫🇷”.", ["“🇬🇧 it rained 🇫🇷”"], id="emoji"),
        pytest.param('Ann said: "It\0rained." \0', ['"It\0rained."'], id="NUL"),
        pytest.param('قال الرئيس "نعم" وأضاف. שלום אמר "כן".', [], id="right to left"),
        pytest.param(
            "Ann said\r\n\u2028“it rained\u00a0”.\r", ["“it rained\u00a0”"], id="odd line ends"
        ),
        pytest.param("a" * 100_000, [], id="one long word"),
        pytest.param('"' * 3000 + "Ann said" + "'" * 3000, [], id="unbalanced marks"),
        pytest.param(
            "“" * 3000 + "\nAnn said that it rained.",
            ["that it rained"],
            id="after unbalanced marks",
        ),
        pytest.param(
            " " * 60_000 + "\nAnn said that it rained." + " " * 60_000,
            ["that it rained"],
            id="blank lines",
        ),
    ],
)
def test_odd_texts_are_read_and_kept_as_they_are(nlp: Language, text: str, told: list[str]) -> None:
    doc = nlp(text)

    assert doc.text == text
    assert [quote.contents[0].of(text) for quote in doc._.quotes] == told


def test_every_content_has_a_word(nlp: Language) -> None:
    text = 'Rui Tavares laughed. "Don\'t print that."\n"He is always wrong about me," she says.'

    contents = [span.of(text) for quote in nlp(text)._.quotes for span in quote.contents]

    assert contents
    assert all(any(char.isalnum() for char in content) for content in contents)


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("Ann Lee said it rained today. ", id="one line of one speaker"),
        pytest.param("Ann Lee said it rained. He said it was cold. ", id="a pronoun on one line"),
        pytest.param(
            "Ann Lee met Bo Lee.\nLee said it rained today.\nThe mayors denied it.\n",
            id="a surname of two",
        ),
    ],
)
def test_the_cost_is_linear_in_the_length_of_the_text(nlp: Language, line: str) -> None:
    """Many short quotes: what compares every quote or name with every other takes minutes here."""
    nlp(line)
    began = time.process_time()
    few = nlp(line * 100)._.quotes
    first = time.process_time() - began

    many = nlp(line * 1000)._.quotes

    assert len(many) > 9 * len(few) > 0
    assert time.process_time() - began < 25 * first  # 11 where it is linear


def test_articles_that_are_read_leave_nothing_behind(nlp: Language) -> None:
    texts = [
        f"The NHB said it rained. Ann Lee of the Northern Harbour Board, number {n}, agreed."
        for n in range(50)
    ]
    quotes = sum(len(doc._.quotes) for doc in nlp.pipe(texts))
    before = memory()

    again = sum(len(doc._.quotes) for _ in range(8) for doc in nlp.pipe(texts))

    assert again == 8 * quotes > 0
    gc.collect()
    assert [
        each for each in gc.get_objects() if isinstance(each, (ArticleContext, EncodedText))
    ] == []
    assert (
        memory() - before < 20_000_000
    )  # where each of these small articles stays, it is a hundred million


def memory() -> int:
    """Bytes that the process has in memory."""
    gc.collect()
    resident = Path("/proc/self/statm").read_text().split()[1]
    return int(resident) * resource.getpagesize()


def test_many_texts_at_once_are_read_as_one_by_one(nlp: Language) -> None:
    texts = [
        f"It rained, {name} said.\n" * times
        for times, name in enumerate(["Ann Lee", "Rui Reza", "Jo Bell"] * 3)
    ]

    together = [(doc.text, doc._.quotes) for doc in nlp.pipe(texts)]

    assert together == [(text, nlp(text)._.quotes) for text in texts]
    assert [bool(quotes) for _, quotes in together] == [False, *[True] * 8]


def test_nothing_is_written_or_reported_by_the_libraries_underneath(tmp_path: Path) -> None:
    code = "from claims.extraction.pipeline import load; load()('Ann said it rained.')"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))
    }

    subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment | {"HOME": str(tmp_path)},
        check=True,
    )

    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    ("label", "named"),
    [("ANA BELL", True), ("Bell", True), ("Poll", False), ("Caption", False), ("Minister", False)],
)
def test_a_label_is_a_name_unless_it_is_a_part_or_a_thing(label: str, named: bool) -> None:
    text = f"{label}: the pier is liked"
    end = len(label)
    quote = FoundQuote(Span(0, end), Span(end, end + 1), (Span(end + 2, len(text)),), 0.9)

    names = add_names_in_labels([], [quote], text)

    assert names == ([Entity(Span(0, end), "PER")] if named else [])
