"""One pass of the encoder over a text: what every later step reads.

Long texts go through in overlapping windows; each word takes its values from the window in which it stands farthest from
a border. Windows are run one at a time, unpadded, so that the cost is linear in the length of the text.
"""

import os
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claims.extraction.encoder.confidence import ConfidenceScorer
from claims.extraction.encoder.cues import list_cues, list_linked_cues, move_labelled_words
from claims.extraction.encoder.encoded import EncodedText, EncodedWindow
from claims.extraction.encoder.features import (
    CLS,
    MODEL_DIR,
    SEP,
    Words,
    load_tokenizer,
    read_words,
    split_into_windows,
)
from claims.extraction.encoder.links import LinkScorer
from claims.extraction.encoder.references import ReferenceScorer
from claims.extraction.encoder.vectors import ContentVectorizer

os.environ["ORT_DISABLE_TELEMETRY"] = (
    "1"  # read at the import; it would report every use of it to its makers
)
import onnxruntime

PIECES_OF_WINDOW, PIECES_OF_OVERLAP = 256, 48
WINDOWS_AHEAD = 64
HIDDEN_SIZE = (
    384  # of the last state, which is kept at half precision, so that a book fits in memory
)
MODEL_FILES = (
    "encoder.onnx",
    "links.npz",
    "references.npz",
    "vectors.npz",
    "confidence.json",
    "tokenizer.json",
    "VERSION",
)
EXPORT_COMMAND = "python -m training.export"

Floats = NDArray[np.float32]
WindowOutcome = tuple[Floats, Floats, NDArray[np.float16], EncodedWindow]


class ModelMissing(FileNotFoundError):
    """A file of the model is not there; the message names it and the command that makes it."""


def check_model_files(folder: Path = MODEL_DIR) -> None:
    for name in MODEL_FILES:
        if not (folder / name).is_file():
            raise ModelMissing(
                f"the model file {folder / name} is missing; `{EXPORT_COMMAND}` makes it"
            )


class Encoder:
    """The ONNX session, opened at the first text. One a process: the session is safe across threads.

    `threads` (0: one a core) windows are read at the same time, each by one thread: products as small as a window's lose by
    being shared among threads.
    """

    def __init__(self, folder: Path = MODEL_DIR, threads: int = 0):
        self.folder, self.threads = folder, threads or len(os.sched_getaffinity(0))
        check_model_files(folder)
        self.version = (folder / "VERSION").read_text().strip()
        os.register_at_fork(after_in_child=self.without_threads)

    def without_threads(self) -> None:
        """A forked process has none of the threads of the one it came from, and starts its own."""
        for pool in ("pool", "urgent_pool"):
            self.__dict__.pop(pool, None)

    @cached_property
    def tokenizer(self) -> Tokenizer:
        return load_tokenizer(self.folder)

    @cached_property
    def links(self) -> LinkScorer:
        return LinkScorer.load(self.folder / "links.npz")

    @cached_property
    def confidence(self) -> ConfidenceScorer:
        return ConfidenceScorer.load(self.folder / "confidence.json")

    @cached_property
    def references(self) -> ReferenceScorer:
        return ReferenceScorer.load(self.folder / "references.npz")

    @cached_property
    def vectors(self) -> ContentVectorizer:
        return ContentVectorizer.load(self.folder / "vectors.npz")

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.enable_mem_pattern = False  # window lengths differ
        path = str(self.folder / "encoder.onnx")
        slow = [
            "SkipLayerNormFusion"
        ]  # one step in place of two, but it takes twice as long as those
        return onnxruntime.InferenceSession(
            path, options, providers=["CPUExecutionProvider"], disabled_optimizers=slow
        )

    @cached_property
    def pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.threads, thread_name_prefix="encoder")

    @cached_property
    def urgent_pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.threads, thread_name_prefix="encoder-urgent")

    def __call__(self, text: str) -> EncodedText:
        return self.encode(self.words(text))

    def words(self, text: str) -> Words:
        return read_words(text, self.tokenizer)

    def encode(self, words: Words) -> EncodedText:
        return self.begin(words)()

    def begin(self, words: Words, *, urgent: bool = False) -> "PendingEncoding":
        """Have the words read; what comes back waits for the outcome. Other work can be done meanwhile.

        What is `urgent` does not wait its turn behind what was begun before.
        """
        _ = self.session  # opened here, once, not by each thread
        return PendingEncoding(self, words, self.urgent_pool if urgent else self.pool)

    def window(
        self, words: Words, bounds: tuple[int, int], owned: tuple[int, int], outputs: list[Floats]
    ) -> WindowOutcome:
        """One window's part of what `Encoded` has."""
        roles, entities, sentences, word_side, cue_side, mention_side, name_side, hidden = outputs
        start, end = bounds
        own = range(owned[0] - start, owned[1] - start)
        found = list_cues(roles, words.opens[start:end], own)
        tied = tuple(
            (move_labelled_words(cue, start), [move_labelled_words(part, start) for part in parts])
            for cue, parts in list_linked_cues(found, roles, word_side, cue_side, self.links)
        )
        halves = (side.astype(np.float16) for side in (mention_side, name_side))
        view = EncodedWindow(start, end, *owned, tied, *halves)
        kept = slice(own.start, own.stop)
        return entities[kept], sentences[kept], hidden[kept].astype(np.float16), view

    def run(self, words: Words, start: int, end: int) -> list[Floats]:
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
        return [values[0] for values in self.session.run(None, feed)]


class PendingEncoding:
    """A text that is being read. Called, it waits for what comes of it; that may be asked for once.

    Threads do no more than run the encoder: for more of Python they would wait for the thread that has its lock, with a core
    idle. At most `RUNS_AHEAD` windows of a text wait to be read off, as their outputs are large and a book has hundreds.
    """

    def __init__(self, reader: Encoder, words: Words, pool: ThreadPoolExecutor):
        self.reader, self.words, self.pool = reader, words, pool
        self.ranges = list(split_into_windows(words, PIECES_OF_WINDOW - 2, PIECES_OF_OVERLAP))
        self.later = iter(self.ranges)
        self.runs: deque[Future[list[Floats]]] = deque()
        self.asked = False
        for _ in range(WINDOWS_AHEAD):
            self.run_next()

    def run_next(self) -> None:
        if bounds := next(self.later, None):
            self.runs.append(self.pool.submit(self.reader.run, self.words, *bounds))

    def __call__(self) -> EncodedText:
        if self.asked:
            raise RuntimeError(
                "a reading gives its outcome once: this one has given it, failed, or been cancelled"
            )
        self.asked = True
        borders = [0, *((a + b) // 2 for (_, b), (a, _) in pairwise(self.ranges)), len(self.words)]
        parts = []
        try:
            for bounds, own in zip(self.ranges, pairwise(borders), strict=False):
                outputs = self.runs.popleft().result()
                self.run_next()
                parts.append(self.reader.window(self.words, bounds, own, outputs))
        finally:
            self.cancel()
        entities, sentences, hidden, views = zip(*parts, strict=True) if parts else ((), (), (), ())
        return EncodedText(
            self.words,
            merge_windows(entities, 9),
            merge_windows(sentences, 2),
            merge_windows(hidden, HIDDEN_SIZE),
            views,
        )

    def cancel(self) -> None:
        """Leave what has not been read."""
        self.asked, self.later = True, iter(())
        while self.runs:
            self.runs.pop().cancel()


def merge_windows(parts: Sequence[NDArray[Any]], width: int) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros((0, width), np.float32)
