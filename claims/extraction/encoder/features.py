"""What the encoder reads: word pieces, and what its tokenizer drops, case and quotation marks.

A *word* here is a run of letters and digits or one punctuation mark (the tokenizer's own
splitting); a word has one or more *pieces*. All offsets are characters into the text as given,
half-open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claims.extraction.encoder.arrays import Integers
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.text.article_text import Text
from claims.extraction.text.quotation import PLAIN_MARKS

# The tokenizer's own pieces.
CLS = 101
SEP = 102
MASK = 103

SHAPE_COUNT = 5  # other, lower, Capital, ALLCAPS, digits
QUOTED_STATE_COUNT = 3  # outside, inside double marks, inside single marks
SHAPE_FEATURE_COUNT = SHAPE_COUNT * QUOTED_STATE_COUNT
SMALLEST_FIRST_WINDOW = 32  # pieces, whatever is left off it


@dataclass(frozen=True, slots=True)
class Words:
    """The words and pieces of one text, as parallel arrays.

    One value a word: `start` and `end`, its offsets; `shape`, a feature below
    `SHAPE_FEATURE_COUNT`; `opens`, 1 at the first word of a paragraph; `first`, its first piece.
    One value a piece: `piece`, its number in the vocabulary; `word_of`, the number of its word.
    """

    start: NDArray[np.int32]
    end: NDArray[np.int32]
    shape: Integers
    opens: Integers
    piece: Integers
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
    """Split a text into words and pieces, paragraph by paragraph."""
    text = Text.of(text)
    plain = text.translate(PLAIN_MARKS)
    lines = [plain[start:end] for start, end in text.paragraphs]
    encodings = tokenizer.encode_batch(lines, add_special_tokens=False)
    starts: list[int] = []
    ends: list[int] = []
    opens: list[int] = []
    pieces: list[int] = []
    word_of_piece: list[int] = []
    first_pieces: list[int] = []
    for offset, encoding in zip(text.paragraph_starts, encodings, strict=True):
        previous = None
        for piece, word, (start, end) in zip(
            encoding.ids, encoding.word_ids, encoding.offsets, strict=True
        ):
            if word == previous:
                ends[-1] = offset + end
            else:
                opens.append(int(previous is None))
                first_pieces.append(len(pieces))
                starts.append(offset + start)
                ends.append(offset + end)
            previous = word
            word_of_piece.append(len(starts) - 1)
            pieces.append(piece)

    return Words(
        start=np.array(starts, np.int32),
        end=np.array(ends, np.int32),
        shape=np.array(list_shape_features(text, starts, ends), np.int64),
        opens=np.array(opens, np.int64),
        piece=np.array(pieces, np.int64),
        word_of=np.array(word_of_piece, np.int32),
        first=np.array(first_pieces, np.int32),
    )


def list_shape_features(text: Text, starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """Return the feature of each word: its shape, and whether it stands inside quotation marks."""
    quoted = text.quoted_characters
    features = []
    for start, end in zip(starts, ends, strict=True):
        shape = classify_shape(text[start:end])
        features.append(shape * QUOTED_STATE_COUNT + int(quoted[start]))
    return features


def classify_shape(word: str) -> int:
    """Return the shape of a word, below `SHAPE_COUNT`."""
    if word[:1].isdigit():
        return 4
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 3
    if word[:1].isupper():
        return 2
    return 0


def split_into_windows(
    words: Words, size: int, overlap: int, shift: int = 0
) -> Iterator[tuple[int, int]]:
    """Yield ranges of words, half-open, of at most `size` pieces.

    Each shares about `overlap` pieces with the one before. `shift` pieces are left off the first,
    so that training sees other borders in every epoch.
    """
    bounds = np.append(words.first, len(words.piece))
    start = 0
    room = max(size - shift, SMALLEST_FIRST_WINDOW)
    while start < len(words):
        end = int(np.searchsorted(bounds, bounds[start] + room, side="right")) - 1
        end = max(end, start + 1)  # one word at least, though it be longer than a window
        yield start, min(end, len(words))
        if end >= len(words):
            return
        back = int(np.searchsorted(bounds, bounds[end] - overlap))
        start = max(back, start + 1)
        room = size
