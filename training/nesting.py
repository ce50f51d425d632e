"""Attributions put inside other ones: the corpus leaves those out on purpose, and the news is full
of them.
"""

import random
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from training.augment import NamePool, Replacement, remove_vectors, replace_stretches
from training.data import Document, Token

SHORTEST_SENTENCE = 30  # characters
LONGEST_SENTENCE = 320  # characters
# Those that are common stand more than once.
SOURCES = (
    "{name}", "{name}", "{name}", "Mr {family}", "Ms {family}", "Mrs. {family}",
    "President {family}", "Minister {name}", "Police", "Officials", "Analysts",
    "A spokesman for {name}", "A senior official", "The ministry", "The report", "{place}",
    "{place}", "{place}'s government", "She", "He", "They", "The company", "Residents", "A source",
    "Reuters",
)  # fmt: skip
CUES = (
    "said", "said", "said", "says", "said that", "told reporters that", "told the court",
    "claimed", "claimed that", "added that", "wrote that", "insisted that", "warned that",
    "denied that", "reported that", "believes", "argued that", "confirmed that", "noted that",
    "has said that", "had told him that", "complained that", "recalled that", "suggested that",
)  # fmt: skip
ADDRESSEE_IN_CUE = re.compile(r" (?:reporters|the court|him)\b")
MARK_OR_BREAK = re.compile(r"[\"“”‘'«\n]")


def nest_attributions(
    document: Document, names: NamePool, rng: random.Random, share: float
) -> Document:
    """Return the document with `share` of its sentences that hold an attribution put into somebody
    else's mouth.
    """
    chosen = [span for span in list_sentences_to_nest(document) if rng.random() < share]
    if not chosen:
        return document
    frames = [choose_frame(names, rng) for _ in chosen]
    text = document["text"]
    insertions: list[Replacement] = []
    outer: list[dict[str, Any]] = []
    for (start, end), (source, cue) in zip(chosen, frames, strict=True):
        insertions.append((start - 1, start, f"{text[start - 1]}{source} {cue} "))
        outer.append({"source": [], "cue": [], "content": [[start, end]], "frame": [source, cue]})
    attributions = [*document["attributions"], *outer]
    moved = replace_stretches(document | {"attributions": attributions}, insertions)
    return remove_vectors(moved | finish_frames(moved))


def finish_frames(document: Document) -> Document:
    """Return text, tokens and attributions in which sentences put into another's mouth begin in
    small letters.
    """
    starts = {
        attribution["content"][0][0]
        for attribution in document["attributions"]
        if "frame" in attribution
    }
    tokens = [
        [*token[:7], 0] if token[0] in starts else token  # it opens no sentence any more
        for token in document["tokens"]
    ]
    attributions = [
        place_frame(attribution) if "frame" in attribution else attribution
        for attribution in document["attributions"]
    ]
    text = lower_first_words(document["text"], tokens, starts)
    return {"text": text, "tokens": tokens, "attributions": attributions}


def choose_frame(names: NamePool, rng: random.Random) -> tuple[str, str]:
    """Return a source and a cue with which a sentence may be told."""
    family = rng.choice(names.family)
    pattern = rng.choice(SOURCES)
    name = f"{rng.choice(names.given)} {family}"
    source = pattern.format(name=name, family=family, place=rng.choice(names.place))
    return source, rng.choice(CUES)


def place_frame(attribution: dict[str, Any]) -> dict[str, Any]:
    """Return the spans of a frame's source and cue, which stand right before the content.

    Who is told is of neither, and "that" is the content's.
    """
    source, words = attribution["frame"]
    start, end = attribution["content"][0]
    source_start = start - len(f"{source} {words} ")
    source_end = source_start + len(source)
    cue = ADDRESSEE_IN_CUE.split(words.removesuffix(" that"))[0]
    cue_start = source_end + 1
    if words.endswith(" that"):
        start -= len("that ")
    return {
        "source": [[source_start, source_end]],
        "cue": [[cue_start, cue_start + len(cue)]],
        "content": [[start, end]],
    }


def list_sentences_to_nest(document: Document) -> Iterator[tuple[int, int]]:
    """Yield sentences without quotation marks that hold a whole attribution, less their full stop."""
    text = document["text"]
    starts = [token[0] for token in document.get("tokens") or [] if token[7]]
    held = []
    for attribution in document["attributions"]:
        spans = list_spans(attribution)
        if spans:
            held.append((spans[0][0], max(end for _, end in spans)))
    for start, after in pairwise([*starts, len(text)]):
        sentence = text[start:after].rstrip()
        end = start + len(sentence) - sentence.endswith(".")
        if not SHORTEST_SENTENCE <= end - start <= LONGEST_SENTENCE:
            continue
        if MARK_OR_BREAK.search(sentence.replace("'s", "")):
            continue
        holds_attribution = any(start <= first and last <= end for first, last in held)
        if text[start - 1 : start].isspace() and holds_attribution:
            yield start, end


def list_spans(attribution: dict[str, Any]) -> list[list[int]]:
    """Return all spans, in order, of an attribution that has a source and was annotated by a
    person.
    """
    if "silver" in attribution or not attribution.get("source") or not attribution.get("cue"):
        return []
    roles = ("source", "cue", "content")
    return sorted(span for role in roles for span in attribution.get(role) or ())


def lower_first_words(text: str, tokens: list[Token], starts: set[int]) -> str:
    """Return the text with the words that begin at `starts` in lower case, unless they are names or
    "I".
    """
    letters = list(text)
    for start, end, tag, *_ in tokens:
        if start in starts and not tag.startswith("NNP") and text[start:end] != "I":
            letters[start] = letters[start].lower()
    return "".join(letters)
