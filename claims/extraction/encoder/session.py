"""One pass of the encoder over a text: what every later step reads.

Long texts go through in overlapping windows; each word takes its values from the window in which
it stands farthest from a border. Windows are run one at a time, unpadded, so that the cost is
linear in the length of the text.
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

from claims.extraction.encoder.arrays import Floats, HalfFloats
from claims.extraction.encoder.confidence import ConfidenceScorer
from claims.extraction.encoder.cues import list_cues, list_linked_cues, move_labelled_words
from claims.extraction.encoder.encoded import EncodedText, EncodedWindow
from claims.extraction.encoder.features import (
    CLS,
    SEP,
    Words,
    load_tokenizer,
    read_words,
    split_into_windows,
)
from claims.extraction.encoder.labels import ENTITY_LABELS
from claims.extraction.encoder.links import LinkScorer
from claims.extraction.encoder.vectors import ContentVectorizer
from claims.extraction.model_folder import MODEL_DIR

# Read at the import of onnxruntime, which would report every use of it to its makers.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
import onnxruntime

PIECES_OF_WINDOW = 256
PIECES_OF_OVERLAP = 48
WINDOWS_AHEAD = 64  # windows of a text, at most, that wait to be read off
HIDDEN_SIZE = 384  # of the last state, which is kept at half precision: a book fits in memory
SENTENCE_LABEL_COUNT = 2
OUTPUTS = ("roles", "entities", "sentences", "word_side", "cue_side", "hidden")
MODEL_FILES = (
    "encoder.onnx",
    "links.npz",
    "vectors.npz",
    "speakers.npz",
    "acts.npz",
    "confidence.json",
    "tokenizer.json",
    "VERSION",
)
EXPORT_COMMAND = "python -m training.export"

WindowOutcome = tuple[Floats, Floats, HalfFloats, EncodedWindow]


class ModelMissing(FileNotFoundError):
    """A file of the model is not there; the message names it and the command that makes it."""


def check_model_files(folder: Path = MODEL_DIR) -> None:
    """Raise `ModelMissing` unless all files of the model are there."""
    for name in MODEL_FILES:
        path = folder / name
        if not path.is_file():
            raise ModelMissing(f"the model file {path} is missing; `{EXPORT_COMMAND}` makes it")


class Encoder:
    """The model of a folder: its ONNX session, opened at the first text, and what reads it off.

    A process needs one, as the session is safe across threads. So many `threads` (0: one a core)
    each read a window at a time: the products of a window are so small that threads which share
    one lose by it.
    """

    def __init__(self, folder: Path = MODEL_DIR, threads: int = 0):
        check_model_files(folder)
        self.folder = folder
        self.threads = threads or len(os.sched_getaffinity(0))
        self.version = (folder / "VERSION").read_text().strip()
        os.register_at_fork(after_in_child=self.forget_threads)

    def forget_threads(self) -> None:
        """Let a forked process, which has none of its parent's threads, start its own."""
        self.__dict__.pop("pool", None)

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
    def vectors(self) -> ContentVectorizer:
        return ContentVectorizer.load(self.folder / "vectors.npz")

    @cached_property
    def session(self) -> onnxruntime.InferenceSession:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.enable_mem_pattern = False  # window lengths differ
        return onnxruntime.InferenceSession(
            str(self.folder / "encoder.onnx"),
            options,
            providers=["CPUExecutionProvider"],
            # One step in place of two, but it takes twice as long as those.
            disabled_optimizers=["SkipLayerNormFusion"],
        )

    @cached_property
    def pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(self.threads, thread_name_prefix="encoder")

    def __call__(self, text: str) -> EncodedText:
        return self.encode(self.split_words(text))

    def split_words(self, text: str) -> Words:
        return read_words(text, self.tokenizer)

    def encode(self, words: Words) -> EncodedText:
        return self.begin(words)()

    def begin(self, words: Words) -> "PendingEncoding":
        """Have the words read, and return what waits for the outcome while other work goes on."""
        _ = self.session  # opened here, once, not by each thread
        return PendingEncoding(self, words, self.pool)

    def run(self, words: Words, start: int, end: int) -> list[Floats]:
        """Return the encoder's `OUTPUTS` over words `start` to `end`, one row for each word."""
        first_piece = int(words.first[start])
        end_piece = int(words.first[end]) if end < len(words) else len(words.piece)
        word_of = words.word_of[first_piece:end_piece]
        pieces = words.piece[first_piece:end_piece]
        first_of_words = words.first[start:end].astype(np.int64) - first_piece
        inputs = {
            "pieces": np.concatenate([[CLS], pieces, [SEP]])[None],
            "shape": np.concatenate([[0], words.shape[word_of], [0]])[None],
            "opens": np.concatenate([[0], words.opens[word_of], [0]])[None],
            "first": (first_of_words + 1)[None],  # after CLS
        }
        return [values[0] for values in self.session.run(OUTPUTS, inputs)]

    def read_off(
        self, words: Words, bounds: tuple[int, int], owned: tuple[int, int], outputs: list[Floats]
    ) -> WindowOutcome:
        """Return one window's part of an `EncodedText`, from the outputs of `run`.

        `bounds` are the window's words, and `owned` those on which it has the say.
        """
        roles, entities, sentences, word_side, cue_side, hidden = outputs
        start, end = bounds
        own_start, own_end = owned
        own = range(own_start - start, own_end - start)
        cues = list_cues(roles, words.opens[start:end], own)
        linked_cues = []
        for cue, parts in list_linked_cues(cues, roles, word_side, cue_side, self.links):
            moved_parts = [move_labelled_words(part, start) for part in parts]
            linked_cues.append((move_labelled_words(cue, start), moved_parts))
        window = EncodedWindow(start, end, own_start, own_end, tuple(linked_cues))
        kept = slice(own.start, own.stop)
        return entities[kept], sentences[kept], hidden[kept].astype(np.float16), window


class PendingEncoding:
    """A text that is being read; called, it waits for the outcome, which may be asked for once.

    Threads do no more than run the encoder: for more of Python they would wait for the thread that
    has its lock, with a core idle. At most `WINDOWS_AHEAD` windows of a text wait to be read off,
    as their outputs are large and a book has hundreds.
    """

    def __init__(self, encoder: Encoder, words: Words, pool: ThreadPoolExecutor):
        self.encoder = encoder
        self.text_words = words
        self.words = len(words)
        self.pool = pool
        self.windows = list(split_into_windows(words, PIECES_OF_WINDOW - 2, PIECES_OF_OVERLAP))
        self.not_begun = iter(self.windows)
        self.runs: deque[Future[list[Floats]]] = deque()
        self.is_over = False
        for _ in range(WINDOWS_AHEAD):
            self.run_next()

    def run_next(self) -> None:
        bounds = next(self.not_begun, None)
        if bounds is not None:
            self.runs.append(self.pool.submit(self.encoder.run, self.text_words, *bounds))

    def __call__(self) -> EncodedText:
        if self.is_over:
            raise RuntimeError(
                "a reading gives its outcome once: this one has given it, failed, or been cancelled"
            )
        self.is_over = True
        outcomes = []
        try:
            for bounds, owned in zip(self.windows, pairwise(self.list_borders()), strict=False):
                outputs = self.runs.popleft().result()
                self.run_next()
                outcomes.append(self.encoder.read_off(self.text_words, bounds, owned, outputs))
        finally:
            self.cancel()
        return merge_outcomes(self.text_words, outcomes)

    def list_borders(self) -> list[int]:
        """Return the words at which one window has the say no longer and the next one has it."""
        borders = [0]
        for (_, end), (next_start, _) in pairwise(self.windows):
            borders.append((end + next_start) // 2)
        return [*borders, self.words]

    def cancel(self) -> None:
        """Leave what has not been read."""
        self.is_over = True
        self.not_begun = iter(())
        while self.runs:
            self.runs.pop().cancel()


def merge_outcomes(words: Words, outcomes: Sequence[WindowOutcome]) -> EncodedText:
    """Return the text that its windows make."""
    return EncodedText(
        words,
        entities=merge_rows([outcome[0] for outcome in outcomes], len(ENTITY_LABELS)),
        sentences=merge_rows([outcome[1] for outcome in outcomes], SENTENCE_LABEL_COUNT),
        hidden=merge_rows([outcome[2] for outcome in outcomes], HIDDEN_SIZE),
        windows=tuple(outcome[3] for outcome in outcomes),
    )


def merge_rows(parts: Sequence[NDArray[Any]], width: int) -> NDArray[Any]:
    return np.concatenate(parts) if parts else np.zeros((0, width), np.float32)
