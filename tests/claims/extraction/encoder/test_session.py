"""Texts that are read while others are worked out: what is begun, what is let go, what errors leave."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from claims.extraction.encoder import Encoder, session
from claims.extraction.encoder.features import Words

TEXT = "Ann Bell said it rained.\n" * 400  # many windows


@pytest.fixture(scope="module")
def encoder() -> Iterator[Encoder]:
    encoder = Encoder(threads=2)
    yield encoder
    encoder.pool.shutdown()


@pytest.fixture
def windows_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first words of the windows that the encoder has read, or is reading."""
    starts: list[int] = []
    run = Encoder.run

    def note(self: Encoder, words: Words, start: int, end: int) -> list[NDArray[np.float32]]:
        starts.append(start)
        return run(self, words, start, end)

    monkeypatch.setattr(Encoder, "run", note)
    return starts


def wait_for_threads(encoder: Encoder) -> None:
    for idle in [encoder.pool.submit(int) for _ in range(encoder.threads)]:
        idle.result()


def test_windows_are_read_as_their_outputs_are_used(
    encoder: Encoder, windows_read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = encoder.split_words(TEXT)
    whole = encoder.encode(words)
    windows_read.clear()
    monkeypatch.setattr(session, "WINDOWS_AHEAD", 2)
    encoding = encoder.begin(words)
    wait_for_threads(encoder)
    read_ahead = len(windows_read)

    outcome = encoding()

    assert read_ahead == 2
    assert len(windows_read) == len(outcome.windows) > 4
    assert np.array_equal(outcome.entities, whole.entities)


def test_each_word_belongs_to_one_window(encoder: Encoder) -> None:
    outcome = encoder(TEXT)

    owned = [(window.own_start, window.own_end) for window in outcome.windows]
    assert [start for start, _ in owned] == [0, *(end for _, end in owned[:-1])]
    assert owned[-1][1] == len(outcome.words)


def test_an_outcome_is_asked_for_once(encoder: Encoder) -> None:
    encoding = encoder.begin(encoder.split_words("Ann Bell said it rained."))
    encoding()

    with pytest.raises(RuntimeError, match="once"):
        encoding()


def test_an_error_in_a_window_is_told_and_the_rest_left(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Encoder.run
    windows_read = []

    def fail(self: Encoder, words: Words, start: int, end: int) -> list[NDArray[np.float32]]:
        windows_read.append(start)
        if start:
            raise ValueError("no window but the first")
        return run(self, words, start, end)

    monkeypatch.setattr(Encoder, "run", fail)
    monkeypatch.setattr(session, "WINDOWS_AHEAD", 2)
    encoding = encoder.begin(encoder.split_words(TEXT))

    with pytest.raises(ValueError, match="no window but the first"):
        encoding()

    wait_for_threads(encoder)
    assert len(windows_read) <= 3
    with pytest.raises(RuntimeError):
        encoding()


def test_what_is_cancelled_is_not_read(encoder: Encoder, windows_read: list[int]) -> None:
    encoding = encoder.begin(encoder.split_words(TEXT * 3))

    encoding.cancel()

    wait_for_threads(encoder)
    assert len(windows_read) < len(encoding.windows) / 2
