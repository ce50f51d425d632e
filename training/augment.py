"""Copies of a document that read like other news: other names, other quotation marks."""

import random
import re
from collections.abc import Iterable
from typing import Any

Document = dict[str, Any]
Replacement = tuple[int, int, str]


def replaced(document: Document, replacements: Iterable[Replacement]) -> Document:
    """The document with stretches of its text replaced and every offset moved along."""
    text, parts, at = document["text"], [], 0
    moved = list(range(len(text) + 1))
    shift = 0
    for start, end, new in sorted(replacements):
        parts += [text[at:start], new]
        for i in range(at, start + 1):
            moved[i] = i + shift
        for i in range(start + 1, end):
            moved[i] = min(i + shift, start + shift + len(new))
        shift += len(new) - (end - start)
        at = end
    for i in range(at, len(text) + 1):
        moved[i] = i + shift
    parts.append(text[at:])

    def spans(values: Any) -> Any:
        return [[moved[a], moved[b]] for a, b in values or ()]

    attributions = [
        a | {role: spans(a.get(role)) for role in ("source", "cue", "content")}
        for a in document["attributions"]
    ]
    coref = [spans(chain) for chain in document.get("coref") or ()]
    tokens = [[moved[t[0]], moved[t[1]], *t[2:]] for t in document.get("tokens") or ()]
    return document | {
        "text": "".join(parts),
        "attributions": attributions,
        "tokens": tokens,
        "coref": coref,
    }


class Names:
    """Names of people and places of the world's news, by their place in a full name."""

    def __init__(self, documents: Iterable[Document]):
        self.given, self.family, self.place = [], [], []
        for document in documents:
            for start, end, kind in document["entities"]:
                parts = document["text"][start:end].split()
                if not all(re.fullmatch(r"[A-Z][\w’'-]+", part) for part in parts):
                    continue
                if kind == "Person" and len(parts) == 2:
                    self.given.append(parts[0])
                    self.family.append(parts[1])
                elif kind == "Location" and len(parts) == 1:
                    self.place.append(parts[0])

    def swapped(self, document: Document, rng: random.Random) -> Document:
        """Each word of a person's or one-word place's name becomes another, the same one throughout the document."""
        tokens, text = document.get("tokens") or [], document["text"]
        chosen: dict[str, str] = {}
        found: list[Replacement] = []
        for i, token in enumerate(tokens):
            word = text[token[0] : token[1]]
            kind = token[3]
            if kind not in ("PERSON", "LOCATION") or not re.fullmatch(r"[A-Z][a-z]{2,}", word):
                continue
            more = i + 1 < len(tokens) and tokens[i + 1][3] == kind
            before = i > 0 and tokens[i - 1][3] == kind
            if kind == "LOCATION" and (more or before):
                continue
            pool = self.place if kind == "LOCATION" else self.given if more else self.family
            found.append((token[0], token[1], chosen.setdefault(word, rng.choice(pool))))
        return without_vectors(replaced(document, found))


def single_marks(document: Document) -> Document:
    """Double quotation marks as single ones, British fashion."""
    marks = str.maketrans('“”"', "‘’'")
    return document | {"text": document["text"].translate(marks)}


def straight_marks(document: Document) -> Document:
    return document | {"text": document["text"].translate(str.maketrans("“”‘’", "\"\"''"))}


def guillemets(document: Document) -> Document:
    return document | {"text": document["text"].translate(str.maketrans("“”", "«»"))}


def without_vectors(document: Document) -> Document:
    """Without the rows of the teacher's vectors, which are of the words that stood there before."""
    return document | {
        "attributions": [
            {k: v for k, v in a.items() if k != "vector"} for a in document["attributions"]
        ]
    }


def one_line(document: Document) -> Document:
    """All paragraphs in one, as a page comes out of a poor reader."""
    breaks = [(m.start(), m.end(), " ") for m in re.finditer(r"\s*\n\s*", document["text"])]
    return replaced(document, breaks)


def short_paragraphs(document: Document, rng: random.Random) -> Document:
    """Most sentences a paragraph of their own, as on the pages of broadcasters."""
    text = document["text"]
    starts = [token[0] for token in document.get("tokens") or () if token[7]]
    breaks = [
        (at - 1, at, "\n") for at in starts if text[at - 1 : at] == " " and rng.random() < 0.7
    ]
    return replaced(document, breaks)


def augmented(document: Document, names: Names, rng: random.Random) -> Document:
    if rng.random() < 0.3:
        document = names.swapped(document, rng)
    dice = rng.random()
    if dice < 0.1:
        document = one_line(document)
    elif dice < 0.25:
        document = short_paragraphs(document, rng)
    dice = rng.random()
    if dice < 0.15:
        return single_marks(document)
    if dice < 0.18:
        return guillemets(document)
    return straight_marks(document) if dice < 0.3 else document
