"""The whole pipeline, with the model, on texts that are hard on programs."""

import gc
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from claims.extraction import reading_ahead
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.features import Words
from claims.extraction.encoder.session import Encoder
from claims.extraction.pipeline import QuotesComponent, load
from claims.extraction.speakers.article import ArticleContext

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
    # By `type`: `isinstance` asks what a weak reference of another test points to.
    left = [each for each in gc.get_objects() if type(each) in (ArticleContext, EncodedText)]
    assert left == []
    # Where each of these small articles stays, it is a hundred million.
    assert memory() - before < 20_000_000


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


@pytest.fixture
def begun() -> list[str]:
    return []


def list_docs(nlp: Language, texts: list[str], begun: list[str]) -> Iterator[Doc]:
    """Yield the texts as documents, each noted when it is asked for."""
    for text in texts:
        begun.append(text)
        yield nlp.make_doc(text)


@pytest.mark.parametrize("text", ["", "Ann Bell said it rained."])
def test_no_more_documents_are_begun_than_are_read_ahead(
    nlp: Language, text: str, begun: list[str]
) -> None:
    component = nlp.get_pipe("newsroom_quotes")

    next(component.pipe(list_docs(nlp, [text] * 200, begun)))  # type: ignore[attr-defined]

    assert len(begun) == reading_ahead.AHEAD + 1


def test_no_more_words_are_begun_than_are_read_ahead(
    nlp: Language, begun: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "WORDS_AHEAD", 20)
    component = nlp.get_pipe("newsroom_quotes")

    next(component.pipe(list_docs(nlp, ["Ann Bell said it rained."] * 200, begun)))  # type: ignore[attr-defined]

    assert len(begun) == 4  # of six words each, and the last of them finishes the first


def test_what_is_begun_is_let_go_with_the_stream(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading_ahead, "AHEAD", 1)
    component = nlp.get_pipe("newsroom_quotes")
    assert isinstance(component, QuotesComponent)
    run, gate = Encoder.run, Event()
    first, second = (
        nlp.make_doc(f"{name} Bell said it rained.\n" * 400) for name in ("Ann", "Omar")
    )
    windows_of_second = []

    def hold(self: Encoder, words: Words, start: int, end: int) -> list[NDArray[np.float32]]:
        if words is second._.words:
            windows_of_second.append(start)
            gate.wait(60)
        return run(self, words, start, end)

    monkeypatch.setattr(Encoder, "run", hold)
    stream = component.pipe([first, second])
    next(stream)
    stream.close()  # type: ignore[attr-defined]
    gate.set()

    for idle in [component.encoder.pool.submit(int) for _ in range(component.encoder.threads)]:
        idle.result()
    assert len(windows_of_second) <= component.encoder.threads


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
