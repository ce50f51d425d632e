"""What the encoder reads: word pieces with the two things its tokenizer drops, case and quotation marks.

A *word* here is a run of letters and digits or one punctuation mark (the tokenizer's own splitting); a word has one
or more *pieces*. All offsets are characters into the text as given, half-open.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claims.extraction.text.quotation import PLAIN_MARKS, list_paragraphs, mark_quoted_characters

MODEL_DIR = Path(__file__).resolve().parent.parent / "model"
CLS, SEP, MASK = 101, 102, 103
SHAPE_COUNT = 5  # other, lower, Capital, ALLCAPS, digits
QUOTED_STATE_COUNT = 3  # outside, inside double marks, inside single marks
SHAPE_FEATURE_COUNT = SHAPE_COUNT * QUOTED_STATE_COUNT


@dataclass(frozen=True, slots=True)
class Words:
    """The words and pieces of one text, as parallel arrays.

    `start`, `end`, `shape`, `opens`: one value a word (offsets; feature id below `SHAPE_FEATURES`; 1 at the first word of
    a paragraph). `piece`, `word_of`: one value a piece (vocabulary id; index of its word). `first`: the first piece of
    each word.
    """

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    shape: NDArray[np.int64]
    opens: NDArray[np.int64]
    piece: NDArray[np.int64]
    word_of: NDArray[np.int32]
    first: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.start)


def load_tokenizer(folder: Path = MODEL_DIR) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def read_words(text: str, tokenizer: Tokenizer) -> Words:
    lines = list(list_paragraphs(text))
    plain = text.translate(PLAIN_MARKS)
    encodings = tokenizer.encode_batch([plain[a:b] for a, b in lines], add_special_tokens=False)
    start: list[int] = []
    end: list[int] = []
    opens: list[int] = []
    piece: list[int] = []
    word_of: list[int] = []
    first: list[int] = []
    for (offset, _), encoding in zip(lines, encodings, strict=True):
        previous = None
        for vocabulary_id, word, (a, b) in zip(
            encoding.ids, encoding.word_ids, encoding.offsets, strict=True
        ):
            if word == previous:
                end[-1] = offset + b
            else:
                opens.append(int(previous is None))
                first.append(len(piece))
                start.append(offset + a)
                end.append(offset + b)
            previous = word
            word_of.append(len(start) - 1)
            piece.append(vocabulary_id)
    inside = mark_quoted_characters(text)
    shape = [
        word_shape(text[a:b]) * QUOTED_STATE_COUNT + int(inside[a])
        for a, b in zip(start, end, strict=True)
    ]
    return Words(
        np.array(start, np.int32),
        np.array(end, np.int32),
        np.array(shape, np.int64),
        np.array(opens, np.int64),
        np.array(piece, np.int64),
        np.array(word_of, np.int32),
        np.array(first, np.int32),
    )


def word_shape(word: str) -> int:
    if word[:1].isdigit():
        return 4
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    return 2 if word[:1].isupper() else 0


def split_into_windows(
    words: Words, size: int, overlap: int, shift: int = 0
) -> Iterator[tuple[int, int]]:
    """Ranges of words (half-open) of at most `size` pieces, each sharing about `overlap` pieces with the one before.

    `shift` pieces are left off the first window, so that training sees other borders in every epoch.
    """
    bounds = np.append(words.first, len(words.piece))
    at, room = 0, max(size - shift, 32)
    while at < len(words):
        stop = int(np.searchsorted(bounds, bounds[at] + room, side="right")) - 1
        stop = max(stop, at + 1)
        yield at, min(stop, len(words))
        if stop >= len(words):
            return
        back = int(np.searchsorted(bounds, bounds[stop] - overlap))
        at, room = max(back, at + 1), size
