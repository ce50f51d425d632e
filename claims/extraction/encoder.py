"""One pass of the encoder over a text: what every later step reads.

Long texts go through in overlapping windows; each word takes its values from the window in which it stands farthest from
a border. Windows are run one at a time, unpadded, so that the cost is linear in the length of the text.
"""

import itertools
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claims.extraction.features import CLS, MODEL_DIR, SEP, Words, load_tokenizer, read_words, windows
from claims.extraction.links import Links

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read at the import; it would report every use of it to its makers
import onnxruntime

WINDOW, OVERLAP = 256, 48
FILES = ("encoder.onnx", "links.npz", "tokenizer.json", "VERSION")
MAKE = "python -m training.export"

Floats = NDArray[np.float32]


class ModelMissing(FileNotFoundError):
    """A file of the model is not there; the message names it and the command that makes it."""


@dataclass(frozen=True, slots=True)
class View:
    """One window: words `start` to `end`, of which it owns `own_start` to `own_end`; their two sides for linking."""

    start: int
    end: int
    own_start: int
    own_end: int
    word_side: Floats
    cue_side: Floats


@dataclass(frozen=True, slots=True)
class Encoded:
    """Logits a word: `roles` (words, 7), `entities` (words, 9), `sentences` (words, 2); label orders in `labels.py`."""

    words: Words
    roles: Floats
    entities: Floats
    sentences: Floats
    views: tuple[View, ...]


def check_files(folder: Path = MODEL_DIR) -> None:
    for name in FILES:
        if not (folder / name).is_file():
            raise ModelMissing(f"the model file {folder / name} is missing; `{MAKE}` makes it")


class Encoder:
    """The ONNX session, opened at the first text. One a process: the session is safe across threads."""

    def __init__(self, folder: Path = MODEL_DIR, threads: int = 0):
        self.folder, self.threads = folder, threads
        check_files(folder)
        self.version = (folder / "VERSION").read_text().strip()

    @cached_property
    def tokenizer(self) -> Tokenizer:
        return load_tokenizer(self.folder)

    @cached_property
    def links(self) -> Links:
        return Links.load(self.folder / "links.npz")

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.enable_mem_pattern = False  # window lengths differ
        path = str(self.folder / "encoder.onnx")
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def __call__(self, text: str) -> Encoded:
        return self.encode(read_words(text, self.tokenizer))

    def encode(self, words: Words) -> Encoded:
        ranges = list(windows(words, WINDOW - 2, OVERLAP))
        borders = [0, *((a + b) // 2 for (_, b), (a, _) in itertools.pairwise(ranges)), len(words)]
        roles, entities, sentences, views = [], [], [], []
        for (start, end), own_start, own_end in zip(ranges, borders, borders[1:], strict=False):
            role, entity, sentence, word_side, cue_side = self.run(words, start, end)
            own = slice(own_start - start, own_end - start)
            roles.append(role[own])
            entities.append(entity[own])
            sentences.append(sentence[own])
            views.append(View(start, end, own_start, own_end, word_side, cue_side))
        return Encoded(words, joined(roles, 7), joined(entities, 9), joined(sentences, 2), tuple(views))

    def run(self, words: Words, start: int, end: int) -> list[Floats]:
        """The encoder's five outputs over words `start` to `end`, a row a word."""
        p = int(words.first[start])
        q = int(words.first[end]) if end < len(words) else len(words.piece)
        of = words.word_of[p:q]
        feed = {
            "pieces": np.concatenate([[CLS], words.piece[p:q], [SEP]])[None],
            "shape": np.concatenate([[0], words.shape[of], [0]])[None],
            "opens": np.concatenate([[0], words.opens[of], [0]])[None],
            "first": (words.first[start:end].astype(np.int64) - p + 1)[None],
        }
        return [values[0] for values in self.session.run(None, feed)]


def joined(parts: list[Floats], width: int) -> Floats:
    return np.concatenate(parts) if parts else np.zeros((0, width), np.float32)
