"""Articles that were read whole, at every level of nesting, with who speaks, as training reads them.

Beside its attributions such an article teaches whom a pronoun or a description in a source means:
of the names in the article, those that are part of the speaker's.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from claims.extraction.encoder.session import Encoder
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.speakers.entities import list_labelled_entities
from training.data import MEANT, NOT_MEANT, Document, read_corpus

Name = tuple[int, int]

# What follows the noun of a description: "the head | of the agency".
AFTER_NOUN = re.compile(r",|\s(?:of|for|at|from|in|on|with|to|who|whose|and|or)\b|\s\(")
LAST_WORD = re.compile(r"\w+\W*\Z")
KINDS_OF_SPEAKERS = ("Person", "Organization")  # in gold entities
LABELS_OF_SPEAKERS = ("PER", "ORG")  # in the encoder's
KINDS_WITH_A_NAME = ("person", "organization", "document")


def is_read_whole(document: Document) -> bool:
    """Return whether an article's attributions were annotated at every level of nesting.

    The corpora that were say who speaks.
    """
    return any("speaker" in attribution for attribution in document["attributions"])


def read_gold(paths: Sequence[Path]) -> list[Document]:
    documents: list[Document] = []
    for path in paths:
        documents += read_corpus(path)
    encoder = Encoder(MODEL_DIR)
    return [prepare_document(document, encoder) for document in documents]


def prepare_document(document: Document, encoder: Encoder) -> Document:
    """Return the document with outer attributions first, those that readers doubt as silver ones
    of no confidence, and whom its sources mean.
    """
    attributions = sorted(document["attributions"], key=measure_content, reverse=True)
    prepared = [
        attribution | {"silver": 0.0} if attribution.get("doubtful") else attribution
        for attribution in attributions
    ]
    names = list_names(document, encoder)
    referents = list(list_referents(document["text"], prepared, names))
    return document | {"attributions": prepared, "referents": referents, "whole": True}


def measure_content(attribution: dict[str, Any]) -> int:
    """Return the length of an attribution's content in characters."""
    return sum(end - start for start, end in attribution.get("content") or ())


def list_names(document: Document, encoder: Encoder) -> list[Name]:
    """Return the names of persons and bodies: those annotated, else those that the encoder finds."""
    if "entities" in document:
        annotated = document["entities"]
        return [(start, end) for start, end, kind in annotated if kind in KINDS_OF_SPEAKERS]
    found = list_labelled_entities(encoder(document["text"]))
    return [
        (entity.span.start, entity.span.end)
        for entity in found
        if entity.kind in LABELS_OF_SPEAKERS
    ]


def list_referents(
    text: str, attributions: Sequence[dict[str, Any]], names: Sequence[Name]
) -> Iterator[tuple[int, list[tuple[int, int, int]]]]:
    """Yield where each source without a name has its noun or pronoun, and what each name is to it."""
    seen: set[int] = set()
    for attribution in attributions:
        source = attribution.get("source")
        if not source or attribution.get("doubtful") or "speaker" not in attribution:
            continue
        start, end = source[0]
        if any(start <= first < end for first, _ in names):
            continue
        at = find_noun(text, start, end)
        if at in seen:
            continue
        seen.add(at)
        speaker = attribution["speaker"] or ""
        if attribution.get("kind") not in KINDS_WITH_A_NAME:
            speaker = ""  # "residents": none of the names
        yield at, [(*name, judge_name(text, name, speaker)) for name in names]


def find_noun(text: str, start: int, end: int) -> int:
    """Return where the last word of a source's first part begins."""
    after = AFTER_NOUN.search(text, start + 1, end)
    stop = after.start() if after else end
    last = LAST_WORD.search(text[start:stop])
    return start + last.start() if last else start


def judge_name(text: str, name: Name, speaker: str) -> int:
    """Return whether a name is the speaker's or a part of it, its last word being the speaker's own."""
    words = text[name[0] : name[1]].casefold().split()
    words_of_speaker = speaker.casefold().split()
    if not words or not words_of_speaker:
        return NOT_MEANT
    is_part = all(word in words_of_speaker for word in words)
    holds = all(word in words for word in words_of_speaker)
    return MEANT if is_part or holds else NOT_MEANT
