"""Attributions put inside other ones: the corpus leaves those out on purpose, and the news is full of them."""

import random
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from training.augment import Document, Names, replaced, without_vectors

SHORTEST, LONGEST = 30, 320  # characters
SOURCES = (
    "{name}", "{name}", "{name}", "Mr {family}", "Ms {family}", "Mrs. {family}", "President {family}", "Minister {name}",
    "Police", "Officials", "Analysts", "A spokesman for {name}", "A senior official", "The ministry", "The report",
    "{place}", "{place}", "{place}'s government", "She", "He", "They", "The company", "Residents", "A source", "Reuters",
)  # fmt: skip
CUES = (
    "said", "said", "said", "says", "said that", "told reporters that", "told the court", "claimed", "claimed that",
    "added that", "wrote that", "insisted that", "warned that", "denied that", "reported that", "believes", "argued that",
    "confirmed that", "noted that", "has said that", "had told him that", "complained that", "recalled that",
    "suggested that",
)  # fmt: skip
TOLD = re.compile(r" (?:reporters|the court|him)\b")


def nested(document: Document, names: Names, rng: random.Random, share: float) -> Document:
    """Some sentences that hold an attribution (`share` of them) become what somebody else says."""
    chosen = [at for at in sentences(document) if rng.random() < share]
    if not chosen:
        return document
    frames = [frame(names, rng) for _ in chosen]
    text, moves, outer = document["text"], [], []
    for (start, end), (source, cue) in zip(chosen, frames, strict=True):
        moves.append((start - 1, start, f"{text[start - 1]}{source} {cue} "))
        outer.append({"source": [], "cue": [], "content": [[start, end]], "frame": [source, cue]})
    moved = replaced(document | {"attributions": document["attributions"] + outer}, moves)
    lowered = {spans["content"][0][0] for spans in moved["attributions"] if "frame" in spans}
    tokens = [[*token[:7], 0] if token[0] in lowered else token for token in moved["tokens"]]
    attributions = [framed(a) if "frame" in a else a for a in moved["attributions"]]
    return without_vectors(
        moved
        | {
            "text": lower(moved["text"], tokens, lowered),
            "tokens": tokens,
            "attributions": attributions,
        }
    )


def frame(names: Names, rng: random.Random) -> tuple[str, str]:
    family = rng.choice(names.family)
    source = rng.choice(SOURCES).format(
        name=f"{rng.choice(names.given)} {family}", family=family, place=rng.choice(names.place)
    )
    return source, rng.choice(CUES)


def framed(attribution: dict[str, Any]) -> dict[str, Any]:
    """The spans of a frame's source and cue, which stand right before the content; "that" and who is told are of neither."""
    source, words = attribution["frame"]
    content = attribution["content"][0]
    begin = content[0] - len(f"{source} {words} ")
    plain = TOLD.split(words.removesuffix(" that"))[0]
    cue = begin + len(source) + 1
    start = content[0] - len("that ") if words.endswith(" that") else content[0]
    return {
        "source": [[begin, begin + len(source)]],
        "cue": [[cue, cue + len(plain)]],
        "content": [[start, content[1]]],
    }


def sentences(document: Document) -> Iterator[tuple[int, int]]:
    """Sentences without quotation marks that hold a whole attribution, less their full stop."""
    text, tokens = document["text"], document.get("tokens") or []
    starts = [token[0] for token in tokens if token[7]]
    held = sorted(
        (spans[0][0], max(b for _, b in spans))
        for a in document["attributions"]
        if (spans := whole(a))
    )
    for start, after in pairwise([*starts, len(text)]):
        sentence = text[start:after].rstrip()
        end = start + len(sentence) - sentence.endswith(".")
        plain = SHORTEST <= end - start <= LONGEST and not re.search(
            r"[\"“”‘'«\n]", sentence.replace("'s", "")
        )
        if (
            plain
            and text[start - 1 : start].isspace()
            and any(start <= a and b <= end for a, b in held)
        ):
            yield start, end


def whole(attribution: dict[str, Any]) -> list[list[int]]:
    """All spans of an attribution that has a source and was annotated by a person, in order."""
    if "silver" in attribution or not attribution.get("source") or not attribution.get("cue"):
        return []
    return sorted(
        span for role in ("source", "cue", "content") for span in attribution.get(role) or ()
    )


def lower(text: str, tokens: list[list[Any]], starts: set[int]) -> str:
    """The first words of what were sentences, in lower case unless they are names."""
    letters = list(text)
    for token in tokens:
        if (
            token[0] in starts
            and not token[2].startswith("NNP")
            and text[token[0] : token[1]] != "I"
        ):
            letters[token[0]] = letters[token[0]].lower()
    return "".join(letters)
