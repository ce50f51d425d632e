"""Copies of a document that read like other news: other names, other quotation marks."""

import random
import re
from collections.abc import Iterable, Sequence
from typing import Any

from training.data import Document, Token

Replacement = tuple[int, int, str]

CAPITALIZED_WORD = re.compile(r"[A-Z][\w’'-]+")
PLAIN_NAME = re.compile(r"[A-Z][a-z]{2,}")
LINE_BREAK = re.compile(r"\s*\n\s*")
SINGLE_MARKS = str.maketrans('“”"', "‘’'")  # British fashion
STRAIGHT_MARKS = str.maketrans("“”‘’", "\"\"''")
GUILLEMETS = str.maketrans("“”", "«»")
# Shares of the documents.
WITH_OTHER_NAMES = 0.3
IN_ONE_LINE = 0.1
IN_SHORT_PARAGRAPHS = 0.15
WITH_SINGLE_MARKS = 0.15
WITH_GUILLEMETS = 0.03
WITH_STRAIGHT_MARKS = 0.12
SHARE_OF_SENTENCES_IN_OWN_PARAGRAPH = 0.7


def replace_stretches(document: Document, replacements: Iterable[Replacement]) -> Document:
    """Return the document with stretches of its text replaced and every offset moved along."""
    text = document["text"]
    ordered = sorted(replacements)
    parts: list[str] = []
    end_before = 0
    for start, end, new in ordered:
        parts += [text[end_before:start], new]
        end_before = end
    parts.append(text[end_before:])
    moved = move_offsets(len(text), ordered)

    def move_spans(spans: Iterable[Sequence[int]] | None) -> list[list[int]]:
        return [[moved[start], moved[end]] for start, end in spans or ()]

    attributions = []
    for attribution in document["attributions"]:
        spans = {role: move_spans(attribution.get(role)) for role in ("source", "cue", "content")}
        attributions.append(attribution | spans)
    tokens = [
        [moved[token[0]], moved[token[1]], *token[2:]] for token in document.get("tokens") or ()
    ]
    replaced = document | {
        "text": "".join(parts),
        "attributions": attributions,
        "tokens": tokens,
        "coref": [move_spans(chain) for chain in document.get("coref") or ()],
    }
    if "entities" in document:
        replaced["entities"] = [
            [moved[start], moved[end], kind] for start, end, kind in document["entities"]
        ]
    if "referents" in document:
        replaced["referents"] = [
            (moved[at], [(moved[start], moved[end], refers) for start, end, refers in names])
            for at, names in document["referents"]
        ]
    return replaced


def move_offsets(length: int, replacements: Iterable[Replacement]) -> list[int]:
    """Return for each offset into a text of this length where it is after the replacements, which
    are in order.
    """
    moved: list[int] = []
    shift = 0
    for start, end, new in replacements:
        moved += [at + shift for at in range(len(moved), start + 1)]
        last = start + shift + len(new)
        moved += [min(at + shift, last) for at in range(len(moved), end)]
        shift += len(new) - (end - start)
    moved += [at + shift for at in range(len(moved), length + 1)]
    return moved


class NamePool:
    """Names of people and places of the world's news, by their place in a full name."""

    def __init__(self, documents: Iterable[Document]):
        self.given: list[str] = []
        self.family: list[str] = []
        self.place: list[str] = []
        for document in documents:
            for start, end, kind in document["entities"]:
                self._add(document["text"][start:end].split(), kind)

    def _add(self, words: list[str], kind: str) -> None:
        if not all(CAPITALIZED_WORD.fullmatch(word) for word in words):
            return
        if kind == "Person" and len(words) == 2:
            self.given.append(words[0])
            self.family.append(words[1])
        elif kind == "Location" and len(words) == 1:
            self.place.append(words[0])

    def swap_names(self, document: Document, rng: random.Random) -> Document:
        """Return the document with each word of a person's or one-word place's name another, the
        same one throughout.
        """
        tokens = document.get("tokens") or []
        chosen: dict[str, str] = {}
        replacements: list[Replacement] = []
        for number, token in enumerate(tokens):
            word = document["text"][token[0] : token[1]]
            pool = self._find_pool(tokens, number)
            if pool is None or not PLAIN_NAME.fullmatch(word):
                continue
            other = rng.choice(pool)
            replacements.append((token[0], token[1], chosen.setdefault(word, other)))
        return remove_vectors(replace_stretches(document, replacements))

    def _find_pool(self, tokens: Sequence[Token], number: int) -> list[str] | None:
        """Return the names of which one can stand for a token: given ones for all words of a name
        but the last.
        """
        kind = tokens[number][3]
        goes_on = number + 1 < len(tokens) and tokens[number + 1][3] == kind
        has_begun = number > 0 and tokens[number - 1][3] == kind
        if kind == "PERSON":
            return self.given if goes_on else self.family
        if kind == "LOCATION" and not goes_on and not has_begun:
            return self.place
        return None


def translate_marks(document: Document, marks: dict[int, int]) -> Document:
    return document | {"text": document["text"].translate(marks)}


def remove_vectors(document: Document) -> Document:
    """Return the document without the rows of the teacher's vectors, which are of the words that
    stood there before.
    """
    attributions: list[dict[str, Any]] = []
    for attribution in document["attributions"]:
        kept = dict(attribution)
        kept.pop("vector", None)
        attributions.append(kept)
    return document | {"attributions": attributions}


def join_paragraphs(document: Document) -> Document:
    """Return the document with all paragraphs in one, as a page comes out of a poor reader."""
    breaks = [(match.start(), match.end(), " ") for match in LINE_BREAK.finditer(document["text"])]
    return replace_stretches(document, breaks)


def split_paragraphs(document: Document, rng: random.Random) -> Document:
    """Return the document with most sentences a paragraph of their own, as on the pages of
    broadcasters.
    """
    text = document["text"]
    breaks: list[Replacement] = []
    for token in document.get("tokens") or ():
        start, opens = token[0], token[7]
        if not opens or text[start - 1 : start] != " ":
            continue
        if rng.random() < SHARE_OF_SENTENCES_IN_OWN_PARAGRAPH:
            breaks.append((start - 1, start, "\n"))
    return replace_stretches(document, breaks)


def augment_document(document: Document, names: NamePool, rng: random.Random) -> Document:
    """Return the document, or by chance a copy that reads like other news."""
    if rng.random() < WITH_OTHER_NAMES:
        document = names.swap_names(document, rng)
    chance = rng.random()
    if chance < IN_ONE_LINE:
        document = join_paragraphs(document)
    elif chance < IN_ONE_LINE + IN_SHORT_PARAGRAPHS:
        document = split_paragraphs(document, rng)
    chance = rng.random()
    if chance < WITH_SINGLE_MARKS:
        return translate_marks(document, SINGLE_MARKS)
    if chance < WITH_SINGLE_MARKS + WITH_GUILLEMETS:
        return translate_marks(document, GUILLEMETS)
    if chance < WITH_SINGLE_MARKS + WITH_GUILLEMETS + WITH_STRAIGHT_MARKS:
        return translate_marks(document, STRAIGHT_MARKS)
    return document
