"""Texts that are read while others are worked out: what is begun, what is let go, and what errors leave behind."""

from collections.abc import Iterator
from threading import Event

import numpy as np
import pytest
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from claims.extraction import pipeline
from claims.extraction.encoder import session as encoders
from claims.extraction.encoder.features import Words
from claims.extraction.encoder.session import Encoder, PendingEncoding
from claims.extraction.pipeline import QuotesComponent, load


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


@pytest.fixture
def component(nlp: Language) -> QuotesComponent:
    found = nlp.get_pipe("newsroom_quotes")
    assert isinstance(found, QuotesComponent)
    return found


def taken(nlp: Language, texts: list[str], into: list[str]) -> Iterator[Doc]:
    for text in texts:
        into.append(text)
        yield nlp.make_doc(text)


@pytest.mark.parametrize("text", ["", "Ann Bell said it rained."])
def test_no_more_documents_are_begun_than_are_read_ahead(
    nlp: Language, component: QuotesComponent, text: str
) -> None:
    begun: list[str] = []

    next(component.pipe(taken(nlp, [text] * 200, begun)))

    assert len(begun) == pipeline.DOCS_AHEAD + 1


def test_no_more_words_are_begun_than_are_read_ahead(
    nlp: Language, component: QuotesComponent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "WORDS_AHEAD", 20)
    begun: list[str] = []

    next(component.pipe(taken(nlp, ["Ann Bell said it rained."] * 200, begun)))

    assert len(begun) == 4  # of six words each, and the last of them finishes the first


def test_what_is_begun_is_let_go_with_the_stream(
    component: QuotesComponent, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "DOCS_AHEAD", 1)
    run, gate = Encoder.run, Event()
    first, second = (
        nlp.make_doc(f"{name} Bell said it rained.\n" * 400) for name in ("Ann", "Omar")
    )
    begun: list[PendingEncoding] = []

    def held(self: Encoder, words: Words, start: int, end: int) -> list[NDArray[np.float32]]:
        if words is second._.words:
            gate.wait(60)
        return run(self, words, start, end)

    def noted(doc: Doc) -> PendingEncoding:
        begun.append(component.encoder.begin(doc._.words))
        return begun[-1]

    monkeypatch.setattr(Encoder, "run", held)
    monkeypatch.setattr(component, "begin", noted)
    stream = component.pipe([first, second])
    next(stream)
    waiting = list(begun[1].runs)
    stream.close()  # type: ignore[attr-defined]
    gate.set()

    assert len(waiting) > component.encoder.threads
    assert sum(future.cancelled() for future in waiting) >= len(waiting) - component.encoder.threads


def test_windows_are_read_as_their_outputs_are_used(
    component: QuotesComponent, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = nlp.make_doc("Ann Bell said it rained.\n" * 400)._.words
    whole = component.encoder.begin(words)()
    monkeypatch.setattr(encoders, "WINDOWS_AHEAD", 2)
    reading = component.encoder.begin(words)

    assert len(reading.runs) == 2
    outcome = reading()
    assert len(outcome.views) == len(reading.ranges) > 4
    assert np.array_equal(outcome.entities, whole.entities)
    owned = [(view.own_start, view.own_end) for view in outcome.views]
    assert [start for start, _ in owned] == [0, *(end for _, end in owned[:-1])]
    assert owned[-1][1] == len(words)


def test_an_outcome_is_asked_for_once(component: QuotesComponent, nlp: Language) -> None:
    reading = component.begin(nlp.make_doc("Ann Bell said it rained."))
    reading()

    with pytest.raises(RuntimeError, match="once"):
        reading()


def test_an_error_in_a_window_is_told_and_the_rest_left(
    component: QuotesComponent, nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Encoder.run

    def failing(self: Encoder, words: Words, start: int, end: int) -> list[NDArray[np.float32]]:
        if start:
            raise ValueError("no window but the first")
        return run(self, words, start, end)

    monkeypatch.setattr(Encoder, "run", failing)
    reading = component.begin(nlp.make_doc("Ann Bell said it rained.\n" * 400))

    with pytest.raises(ValueError, match="no window but the first"):
        reading()
    assert not reading.runs
    with pytest.raises(RuntimeError):
        reading()
