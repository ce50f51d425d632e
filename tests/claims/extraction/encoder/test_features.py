import numpy as np
import pytest
from tokenizers import Tokenizer

from claims.extraction.encoder.features import load_tokenizer, read_words, split_into_windows


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer()


def test_a_word_selects_its_own_characters(tokenizer: Tokenizer) -> None:
    text = "Prime Minister Siân O’Brien:\n\n  “We’re ready…”\t🙂 done"

    words = read_words(text, tokenizer)

    assert [text[a:b] for a, b in zip(words.start, words.end, strict=True)] == [
        "Prime", "Minister", "Siân", "O", "’", "Brien", ":", "“", "We", "’", "re", "ready", "…", "”", "🙂", "done",
    ]  # fmt: skip


def test_the_first_word_of_each_paragraph_opens_it(tokenizer: Tokenizer) -> None:
    words = read_words("One two.\n\nThree four.\nFive", tokenizer)

    assert words.opens.tolist() == [1, 0, 0, 1, 0, 0, 1]


@pytest.mark.parametrize("text", ["", " \n\t\n ", "\n"])
def test_a_text_without_words_has_none(text: str, tokenizer: Tokenizer) -> None:
    assert len(read_words(text, tokenizer)) == 0


def test_windows_overlap_and_cover_every_word(tokenizer: Tokenizer) -> None:
    words = read_words("The minister said that she would resign. " * 200, tokenizer)

    ranges = list(split_into_windows(words, size=100, overlap=20))

    covered = np.zeros(len(words), int)
    for start, end in ranges:
        covered[start:end] += 1
        pieces = (words.first[end] if end < len(words) else len(words.piece)) - words.first[start]
        assert pieces <= 100
    assert covered.min() == 1
    assert covered.max() == 2


def test_a_word_longer_than_a_window_does_not_stop_the_reading(tokenizer: Tokenizer) -> None:
    words = read_words("x" * 90 + " " + "ab" * 40, tokenizer)

    assert list(split_into_windows(words, size=4, overlap=1))[-1][1] == len(words)
