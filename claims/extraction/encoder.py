"""One pass of the encoder over a text: what every later step reads.

Long texts go through in overlapping windows; each word takes its values from the window in which it stands farthest from
a border. Windows are run one at a time, unpadded, so that the cost is linear in the length of the text.
"""

import itertools
import os
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claims.extraction.confidence import Confidence
from claims.extraction.encoded import Encoded, View
from claims.extraction.features import CLS, MODEL_DIR, SEP, Words, load_tokenizer, read_words, windows
from claims.extraction.links import Links
from claims.extraction.references import References
from claims.extraction.vectors import Vectors

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read at the import; it would report every use of it to its makers
import onnxruntime

WINDOW, OVERLAP = 256, 48
SIZE = 384  # of the last state
LOGITS = 3  # outputs that are; the rest, vectors by the hundred, are kept at half precision, so that a book fits in memory
FILES = ("encoder.onnx", "links.npz", "references.npz", "vectors.npz", "confidence.json", "tokenizer.json", "VERSION")
MAKE = "python -m training.export"

Floats = NDArray[np.float32]


class ModelMissing(FileNotFoundError):
    """A file of the model is not there; the message names it and the command that makes it."""


def check_files(folder: Path = MODEL_DIR) -> None:
    for name in FILES:
        if not (folder / name).is_file():
            raise ModelMissing(f"the model file {folder / name} is missing; `{MAKE}` makes it")


class Encoder:
    """The ONNX session, opened at the first text. One a process: the session is safe across threads.

    `threads` (0: one a core) windows are read at the same time, each by one thread: products as small as a window's lose by
    being shared among threads.
    """

    def __init__(self, folder: Path = MODEL_DIR, threads: int = 0):
        self.folder, self.threads = folder, threads or len(os.sched_getaffinity(0))
        check_files(folder)
        self.version = (folder / "VERSION").read_text().strip()

    @cached_property
    def tokenizer(self) -> Tokenizer:
        return load_tokenizer(self.folder)

    @cached_property
    def links(self) -> Links:
        return Links.load(self.folder / "links.npz")

    @cached_property
    def confidence(self) -> Confidence:
        return Confidence.load(self.folder / "confidence.json")

    @cached_property
    def references(self) -> References:
        return References.load(self.folder / "references.npz")

    @cached_property
    def vectors(self) -> Vectors:
        return Vectors.load(self.folder / "vectors.npz")

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.enable_mem_pattern = False  # window lengths differ
        path = str(self.folder / "encoder.onnx")
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    @cached_property
    def pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.threads, thread_name_prefix="encoder")

    def __call__(self, text: str) -> Encoded:
        return self.encode(read_words(text, self.tokenizer))

    def encode(self, words: Words) -> Encoded:
        ranges = list(windows(words, WINDOW - 2, OVERLAP))
        borders = [0, *((a + b) // 2 for (_, b), (a, _) in itertools.pairwise(ranges)), len(words)]
        roles, entities, sentences, hidden, views = [], [], [], [], []
        read = self.pool.map if len(ranges) > 1 else map
        for (start, end), own_start, own_end, outputs in zip(
            ranges, borders, borders[1:], read(lambda at: self.run(words, *at), ranges), strict=False
        ):
            role, entity, sentence, *sides, state = outputs
            own = slice(own_start - start, own_end - start)
            roles.append(role[own])
            entities.append(entity[own])
            sentences.append(sentence[own])
            hidden.append(state[own])
            views.append(View(start, end, own_start, own_end, *sides))
        parts = joined(roles, 7), joined(entities, 9), joined(sentences, 2), joined(hidden, SIZE)
        return Encoded(words, *parts, tuple(views))

    def run(self, words: Words, start: int, end: int) -> list[Any]:
        """The encoder's outputs (`training/export.py`) over words `start` to `end`, a row a word."""
        p = int(words.first[start])
        q = int(words.first[end]) if end < len(words) else len(words.piece)
        of = words.word_of[p:q]
        feed = {
            "pieces": np.concatenate([[CLS], words.piece[p:q], [SEP]])[None],
            "shape": np.concatenate([[0], words.shape[of], [0]])[None],
            "opens": np.concatenate([[0], words.opens[of], [0]])[None],
            "first": (words.first[start:end].astype(np.int64) - p + 1)[None],
        }
        outputs = [values[0] for values in self.session.run(None, feed)]
        return [*outputs[:LOGITS], *(values.astype(np.float16) for values in outputs[LOGITS:])]


def joined(parts: list[NDArray[Any]], width: int) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros((0, width), np.float32)
