"""Corpora in, batches of windows out. Formats: see `training/README.md`."""

import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from claims.extraction.features import CLS, MASK, SEP, Words, read_words, windows
from claims.extraction.labels import ENTITIES, LINKED, ROLES

Document = dict[str, Any]
IGNORE = -100
SILVER_ENTITIES = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC", "MISC": "MISC"}
GOLD_ENTITIES = {
    "Person": "PER",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "LOC",
    "NORP": "MISC",
    "Misc": "MISC",
    "Product": "MISC",
}


def read_corpus(path: Path) -> list[Document]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


@dataclass(slots=True)
class Cue:
    """A cue (or a verb that is none) and, for each word of the window, its part in that cue's attribution."""

    first: int
    tags: np.ndarray


@dataclass(slots=True)
class Window:
    pieces: np.ndarray
    shape: np.ndarray
    opens: np.ndarray
    first: np.ndarray  # first piece of each word, counted with [CLS]
    targets: dict[str, np.ndarray]  # one value a word
    cues: list[Cue]


class Labels:
    """One document's labels, a value a word."""

    def __init__(self, document: Document, words: Words, tags: Sequence[str]):
        self.words = words
        size = len(words)
        self.roles = np.zeros(size, np.int64) if "attributions" in document else np.full(size, IGNORE)
        self.entities = np.full(size, IGNORE)
        self.heads = np.full(size, IGNORE)
        self.tags = np.full(size, IGNORE)
        self.sentences = np.full(size, IGNORE)
        self.cues: list[Cue] = []
        self.verbs: list[int] = []
        for attribution in document.get("attributions", ()):
            self._attribution(attribution)
        if document.get("tokens"):
            self._syntax(document["tokens"], tags)
        if "entities" in document:
            self._gold_entities(document["entities"])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Words whose first character lies in the span."""
        return int(np.searchsorted(self.words.start, start)), int(np.searchsorted(self.words.start, end))

    def _attribution(self, attribution: Document) -> None:
        tags = np.zeros(len(self.words), np.int64)
        first = None
        for role in ("source", "cue", "content"):
            for start, end in attribution.get(role) or ():
                a, b = self.span(start, end)
                if a == b:
                    continue
                mark(self.roles, a, b, ROLES.index("B-" + role))
                if role == "cue":
                    first = a if first is None else first
                else:
                    mark(tags, a, b, LINKED.index("B-" + role))
        if first is not None:
            self.cues.append(Cue(first, tags))

    def _syntax(self, tokens: list[list[Any]], tags: Sequence[str]) -> None:
        at = [self.span(token[0], token[1]) for token in tokens]
        inside = None
        for (_, _, tag, entity, _, head, _, opens), (a, b) in zip(tokens, at, strict=True):
            if a == b:
                inside = None
                continue
            self.tags[a] = tags.index(tag) if tag in tags else IGNORE
            self.heads[a] = at[head][0]
            self.sentences[a:b] = 0
            self.sentences[a] = opens
            if tag.startswith("VB"):
                self.verbs.append(a)
            name = SILVER_ENTITIES.get(entity)
            self.entities[a:b] = 0
            if name:
                mark(self.entities, a, b, ENTITIES.index("B-" + name), goes_on=inside == name)
            inside = name

    def _gold_entities(self, entities: list[tuple[int, int, str]]) -> None:
        self.entities[:] = 0
        for start, end, kind in entities:
            if kind in GOLD_ENTITIES:
                mark(self.entities, *self.span(start, end), ENTITIES.index("B-" + GOLD_ENTITIES[kind]))


def mark(labels: np.ndarray, a: int, b: int, begin: int, goes_on: bool = False) -> None:
    labels[a:b] = begin + 1
    if not goes_on and a < b:
        labels[a] = begin


def document_windows(
    document: Document, tokenizer: Tokenizer, tags: Sequence[str], size: int, rng: random.Random, overlap: int = 0
) -> Iterator[Window]:
    words = read_words(document["text"], tokenizer)
    if not len(words):
        return
    labels = Labels(document, words, tags)
    cue_words = {cue.first for cue in labels.cues}
    plain = [v for v in labels.verbs if v not in cue_words and labels.roles[v] != ROLES.index("I-cue")]
    none = np.zeros(len(words), np.int64)
    for a, b in windows(words, size - 2, overlap, rng.randrange(size // 2)):
        p, q = int(words.first[a]), int(words.first[b]) if b < len(words) else len(words.piece)
        heads = labels.heads[a:b] - a
        heads[(labels.heads[a:b] < a) | (labels.heads[a:b] >= b)] = IGNORE
        cues = [Cue(cue.first - a, cue.tags[a:b]) for cue in labels.cues if a <= cue.first < b]
        verbs = [v for v in plain if a <= v < b]
        cues += [Cue(v - a, none[a:b]) for v in rng.sample(verbs, min(len(verbs), 1 + len(cues) // 3))]
        pieces = words.piece[p:q].copy()
        pieces[np.array([rng.random() < 0.05 for _ in range(q - p)], bool)] = MASK
        yield Window(
            np.concatenate([[CLS], pieces, [SEP]]),
            np.concatenate([[0], words.shape[words.word_of[p:q]], [0]]),
            np.concatenate([[0], words.opens[words.word_of[p:q]], [0]]),
            words.first[a:b] - p + 1,
            {
                "roles": labels.roles[a:b],
                "entities": labels.entities[a:b],
                "heads": heads,
                "tags": labels.tags[a:b],
                "sentences": labels.sentences[a:b],
            },
            cues,
        )


def batches(all_windows: list[Window], pieces: int, rng: random.Random) -> Iterator[list[Window]]:
    """Windows of like length together, at most `pieces` word pieces a batch, in random order."""
    ordered = sorted(all_windows, key=lambda w: (len(w.pieces) // 8, rng.random()))
    made: list[list[Window]] = []
    for window in ordered:
        if not made or (len(made[-1]) + 1) * max(len(window.pieces), len(made[-1][-1].pieces)) > pieces:
            made.append([])
        made[-1].append(window)
    rng.shuffle(made)
    yield from made


def collate(batch: list[Window]) -> dict[str, torch.Tensor]:
    length = max(len(w.pieces) for w in batch)
    width = max(len(w.first) for w in batch)

    def padded(values: list[np.ndarray], size: int, fill: int) -> torch.Tensor:
        out = np.full((len(values), size), fill, np.int64)
        for row, value in zip(out, values, strict=True):
            row[: len(value)] = value
        return torch.from_numpy(out)

    cues = [(i, cue) for i, window in enumerate(batch) for cue in window.cues]
    return {
        "pieces": padded([w.pieces for w in batch], length, 0),
        "mask": padded([np.ones(len(w.pieces)) for w in batch], length, 0),
        "shape": padded([w.shape for w in batch], length, 0),
        "opens": padded([w.opens for w in batch], length, 0),
        "first": padded([w.first for w in batch], width, 0),
        **{
            key: padded([w.targets[key] for w in batch], width, IGNORE)
            for key in ("roles", "entities", "heads", "tags", "sentences")
        },
        "cue_window": torch.tensor([i for i, _ in cues], dtype=torch.long),
        "cue_first": torch.tensor([cue.first for _, cue in cues], dtype=torch.long),
        "linked": padded([cue.tags for _, cue in cues], width, IGNORE) if cues else torch.zeros(0, width).long(),
    }
