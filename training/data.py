"""Corpora in, batches of windows out. Formats: see `training/README.md`."""

import csv
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claims.extraction.encoder.features import CLS, MASK, SEP, Words, read_words, split_into_windows
from claims.extraction.encoder.labels import ENTITY_LABELS, LINK_LABELS, ROLE_LABELS
from claims.extraction.lexicon.verbs import LEMMA_OF_FORM, REPORTING_VERBS
from claims.extraction.lexicon.words import word_set

Document = dict[str, Any]
IGNORE = -100
OPEN = 3  # a name that a mention may refer to, where nobody has noted which is meant
SURE = 0.6  # confidence from which a silver attribution is taught as one; below, its cue is neither taught as one nor as none
LONGEST_NAME = 6  # tokens of a mention that is a name with its title
BEFORE_VERBS = word_set(
    """has have had was were is are be been being not also did does do will would could may might never reportedly later
    then previously repeatedly already recently"""
)
PRONOUNS = frozenset(
    [
        "he",
        "him",
        "his",
        "she",
        "her",
        "hers",
        "they",
        "them",
        "their",
        "it",
        "its",
        "who",
        "whose",
        "whom",
    ]
)
SPEAKING = frozenset(["i", "me", "my", "mine", "myself", "we", "us", "our", "you", "your"])
DEFINITE = frozenset(
    ["the", "this", "that", "he", "she", "they", "its", "his", "her", "their"]
)  # lemmas
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
class Mention:
    """The head word of a pronoun or description, and the last words of names that it may (1) and that it does (2) refer to.

    Where nobody has noted which is meant, all are `OPEN`.
    """

    word: int
    names: dict[int, int]


@dataclass(slots=True)
class Content:
    """The first span of a content, in words, and the row of its text among the teacher's vectors."""

    start: int
    end: int
    row: int


@dataclass(slots=True)
class Window:
    pieces: np.ndarray
    shape: np.ndarray
    opens: np.ndarray
    first: np.ndarray  # first piece of each word, counted with [CLS]
    targets: dict[str, np.ndarray]  # one value a word
    cues: list[Cue]
    mentions: list[Mention]
    contents: list[Content]


class Labels:
    """One document's labels, a value a word."""

    def __init__(self, document: Document, words: Words, tags: Sequence[str]):
        self.words = words
        size = len(words)
        self.roles = (
            np.zeros(size, np.int64) if "attributions" in document else np.full(size, IGNORE)
        )
        self.entities = np.full(size, IGNORE)
        self.heads = np.full(size, IGNORE)
        self.tags = np.full(size, IGNORE)
        self.sentences = np.full(size, IGNORE)
        self.cues: list[Cue] = []
        self.verbs: list[int] = []
        self.mentions: list[Mention] = []
        self.contents: list[Content] = []
        attributions = document.get("attributions", ())
        asked = document.get("asked", False)
        for attribution in attributions:
            if asked or attribution.get("silver", 1) >= SURE:
                self._attribution(attribution)
        self._pass_over(document["text"])
        for attribution in attributions:
            for start, end in attribution.get("cue") or ():
                a, b = self.span(start, end)
                if attribution.get("silver", 1) < SURE:
                    self.roles[a:b] = IGNORE
                else:  # once more, since it may lie inside another's content
                    mark(self.roles, a, b, ROLE_LABELS.index("B-cue"))
        if document.get("tokens"):
            self._syntax(document["tokens"], tags)
            self._chains(document["tokens"], document.get("coref") or ())
        for at, names in document.get("referents", ()):
            word = {
                a: refers
                for start, end, refers in names
                if (a := self.span(start, end)[1] - 1) >= 0
            }
            self.mentions.append(Mention(self.span(at, at)[0], word))
        if "entities" in document:
            self._gold_entities(document["entities"])
        if asked:
            self._leave_open(document)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Words whose first character lies in the span."""
        return int(np.searchsorted(self.words.start, start)), int(
            np.searchsorted(self.words.start, end)
        )

    def _attribution(self, attribution: Document) -> None:
        tags = np.zeros(len(self.words), np.int64)
        first = None
        for role in ("source", "cue", "content"):
            for start, end in attribution.get(role) or ():
                a, b = self.span(start, end)
                if a == b:
                    continue
                mark(self.roles, a, b, ROLE_LABELS.index("B-" + role))
                if role == "cue":
                    first = a if first is None else first
                else:
                    mark(tags, a, b, LINK_LABELS.index("B-" + role))
        if first is not None:
            self.cues.append(Cue(first, tags))
        if "vector" in attribution and attribution.get("content"):
            a, b = self.span(*attribution["content"][0])
            if a < b:
                self.contents.append(Content(a, b, attribution["vector"]))

    def _pass_over(self, text: str) -> None:
        """Words of reporting inside a content are neither taught as cues nor as none: the corpus leaves inner cues out."""
        content = self.roles >= ROLE_LABELS.index("B-content")
        for i in np.flatnonzero(content):
            if LEMMA_OF_FORM.get(self._word(text, i)) in REPORTING_VERBS:
                at = i
                while at >= 0 and content[at] and (at == i or self._word(text, at) in BEFORE_VERBS):
                    self.roles[at] = IGNORE
                    at -= 1

    def _leave_open(self, document: Document) -> None:
        """What nobody annotated is taught by other models alone: the roles, the links of every likely cue, the pronouns."""
        self.roles[:] = IGNORE
        for cue in self.cues:
            cue.tags[:] = IGNORE
        spans = [
            self.span(start, end)
            for start, end, kind in document["entities"]
            if kind in ("Person", "Organization")
        ]
        names = {b - 1: OPEN for a, b in spans if a < b}
        self.mentions += [
            Mention(i, names)
            for i in range(len(self.words))
            if names and self._word(document["text"], i) in PRONOUNS
        ]

    def _word(self, text: str, i: int) -> str:
        return text[self.words.start[i] : self.words.end[i]].casefold()

    def _chains(self, tokens: list[list[Any]], chains: Sequence[list[list[int]]]) -> None:
        """Which name each pronoun and description of the silver chains refers to."""
        start = np.array([token[0] for token in tokens])
        last = [
            i
            for i in range(len(tokens))
            if named(tokens, i) and not (i + 1 < len(tokens) and named(tokens, i + 1))
        ]
        known = {i: self.span(tokens[i][0], tokens[i][1])[1] - 1 for i in last}
        for chain in chains:
            heads, names = [], []
            for a, b in chain:
                x, y = (int(np.searchsorted(start, at)) for at in (a, b))
                inner = [i for i in range(x, y) if i in known]
                head = next(
                    (
                        i
                        for i in range(y - 1, x - 1, -1)
                        if not x <= tokens[i][5] < y or tokens[i][5] == i
                    ),
                    None,
                )
                if head is None:
                    continue
                if inner and head in inner and y - x <= LONGEST_NAME:
                    names.append(known[head])
                elif not inner and refers_back(tokens[x], tokens[head]):
                    heads.append(self.span(tokens[head][0], tokens[head][1])[0])
            refers = dict.fromkeys(known.values(), 1) | dict.fromkeys(names, 2)
            self.mentions += [Mention(head, refers) for head in heads if head < len(self.words)]

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
                mark(self.entities, a, b, ENTITY_LABELS.index("B-" + name), goes_on=inside == name)
            inside = name

    def _gold_entities(self, entities: list[tuple[int, int, str]]) -> None:
        self.entities[:] = 0
        for start, end, kind in entities:
            if kind in GOLD_ENTITIES:
                mark(
                    self.entities,
                    *self.span(start, end),
                    ENTITY_LABELS.index("B-" + GOLD_ENTITIES[kind]),
                )


def refers_back(first: list[Any], head: list[Any]) -> bool:
    """Whether a mention is a pronoun of the third person or a description that the article has introduced."""
    if head[2] in ("PRP", "PRP$", "WP"):
        return head[4].casefold() not in SPEAKING
    return head[2] in ("NN", "NNS") and first[4].casefold() in DEFINITE


def named(tokens: Sequence[list[Any]], i: int) -> bool:
    return tokens[i][3] in ("PERSON", "ORGANIZATION")


def read_referents(path: Path) -> list[Document]:
    """GAP passages: a pronoun and two names, each of which it refers to or does not."""
    with (gzip.open if path.suffix == ".gz" else open)(
        path, "rt", encoding="utf-8", newline=""
    ) as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        {
            "text": row["Text"],
            "referents": [
                (
                    int(row["Pronoun-offset"]),
                    [
                        (
                            at := int(row[f"{name}-offset"]),
                            at + len(row[name]),
                            2 if row[f"{name}-coref"] == "TRUE" else 1,
                        )
                        for name in "AB"
                    ],
                )
            ],
        }
        for row in rows
    ]


def mark(labels: np.ndarray, a: int, b: int, begin: int, goes_on: bool = False) -> None:
    labels[a:b] = begin + 1
    if not goes_on and a < b:
        labels[a] = begin


def document_windows(
    document: Document,
    tokenizer: Tokenizer,
    tags: Sequence[str],
    size: int,
    rng: random.Random,
    overlap: int = 0,
) -> Iterator[Window]:
    words = read_words(document["text"], tokenizer)
    if not len(words):
        return
    labels = Labels(document, words, tags)
    cue_words = {cue.first for cue in labels.cues}
    plain = [
        v
        for v in labels.verbs
        if v not in cue_words and labels.roles[v] not in (ROLE_LABELS.index("I-cue"), IGNORE)
    ]
    none = np.zeros(len(words), np.int64)
    for a, b in split_into_windows(words, size - 2, overlap, rng.randrange(size // 2)):
        p, q = int(words.first[a]), int(words.first[b]) if b < len(words) else len(words.piece)
        heads = labels.heads[a:b] - a
        heads[(labels.heads[a:b] < a) | (labels.heads[a:b] >= b)] = IGNORE
        cues = [Cue(cue.first - a, cue.tags[a:b]) for cue in labels.cues if a <= cue.first < b]
        verbs = [v for v in plain if a <= v < b]
        cues += [
            Cue(v - a, none[a:b]) for v in rng.sample(verbs, min(len(verbs), 1 + len(cues) // 3))
        ]
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
            [
                Mention(
                    m.word - a,
                    {
                        at - a: refers
                        for at, refers in m.names.items()
                        if a <= at < b and at != m.word
                    },
                )
                for m in labels.mentions
                if a <= m.word < b
            ],
            [
                Content(c.start - a, c.end - a, c.row)
                for c in labels.contents
                if a <= c.start and c.end <= b
            ],
        )


def batches(all_windows: list[Window], pieces: int, rng: random.Random) -> Iterator[list[Window]]:
    """Windows of like length together, at most `pieces` word pieces a batch, in random order."""
    ordered = sorted(all_windows, key=lambda w: (len(w.pieces) // 8, rng.random()))
    made: list[list[Window]] = []
    for window in ordered:
        if (
            not made
            or (len(made[-1]) + 1) * max(len(window.pieces), len(made[-1][-1].pieces)) > pieces
        ):
            made.append([])
        made[-1].append(window)
    rng.shuffle(made)
    yield from made


def collate(batch: list[Window]) -> dict[str, NDArray[Any]]:
    """A batch as arrays, as small as they can be, since other processes make and send them."""
    length = max(len(w.pieces) for w in batch)
    width = max(len(w.first) for w in batch)

    def padded(
        values: Sequence[NDArray[Any]], size: int, fill: int, kind: type = np.int8
    ) -> NDArray[Any]:
        out = np.full((len(values), size), fill, kind)
        for row, value in zip(out, values, strict=True):
            row[: len(value)] = value
        return out

    cues = [(i, cue) for i, window in enumerate(batch) for cue in window.cues]
    mentions = [(i, mention) for i, window in enumerate(batch) for mention in window.mentions]
    refers = np.zeros((len(mentions), width), np.int8)
    for row, (_, mention) in zip(refers, mentions, strict=True):
        for at, value in mention.names.items():
            row[at] = value
    contents = [
        (i, c.start, c.end, c.row) for i, window in enumerate(batch) for c in window.contents
    ]
    return {
        "pieces": padded([w.pieces for w in batch], length, 0, np.int32),
        "mask": padded([np.ones(len(w.pieces)) for w in batch], length, 0),
        "shape": padded([w.shape for w in batch], length, 0),
        "opens": padded([w.opens for w in batch], length, 0),
        "first": padded([w.first for w in batch], width, 0, np.int16),
        "word": padded([np.ones(len(w.first)) for w in batch], width, 0),
        **{
            key: padded([w.targets[key] for w in batch], width, IGNORE)
            for key in ("roles", "entities", "tags", "sentences")
        },
        "heads": padded([w.targets["heads"] for w in batch], width, IGNORE, np.int16),
        "cue_window": np.array([i for i, _ in cues], np.int64),
        "cue_first": np.array([cue.first for _, cue in cues], np.int64),
        "mentions": np.array([(i, m.word) for i, m in mentions], np.int64).reshape(-1, 2),
        "refers": refers,
        "contents": np.array(contents, np.int64).reshape(-1, 4),
        "linked": padded([cue.tags for _, cue in cues], width, IGNORE),
    }
