"""Texts as records, letters, posts and archives set them, read by the whole engine."""

import json
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from claims.extraction.pipeline import load
from claims.extraction.reading_ahead import read_each
from claims.extraction.records import ArticleText
from claims.extraction.schema import Attribution

CASES = Path(__file__).with_name("layouts.jsonl")
LEAST_ALIKE = 0.7  # of the letters of what was said
SURE = 0.7
LEAST_RIGHT = 0.95  # of the cases: no model reads every sentence


def fold(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def is_alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, fold(one), fold(other), autojunk=False).ratio() >= LEAST_ALIKE


def list_told(quotes: Iterable[Attribution], text: str) -> list[tuple[Attribution, str]]:
    return [(quote, " ".join(part.of(text) for part in quote.contents)) for quote in quotes]


def find_fault(case: dict[str, Any], quotes: Sequence[Attribution]) -> str:
    """Return what is wrong with the quotes of a case; "" if nothing is."""
    told = list_told(quotes, case["text"])
    used = []
    for name, words in case["told"]:
        near = [(quote, said) for quote, said in told if is_alike(said, words)]
        used += near
        speakers = [quote.speaker for quote, _ in near if quote.speaker]
        if not near:
            return f"not told: {words}"
        if name is None and any(speaker.confidence >= SURE for speaker in speakers):
            return f"told as sure: {words}"
        names = name.split("|") if name else []
        if names and not any(
            fold(speaker.name).endswith(fold(each)) for speaker in speakers for each in names
        ):
            return f"not {name}: {words}"
    if not case.get("others"):
        for quote, said in told:
            if (quote, said) not in used and quote.within is None:
                return f"nobody said: {said}"
    return ""


def test_texts_of_every_layout_are_read_as_they_are_set() -> None:
    nlp = load()
    cases = [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]

    faults = []
    articles = ((ArticleText(case["text"], None), case) for case in cases)
    for case, quotes in read_each(nlp, articles):
        assert not isinstance(quotes, Exception), quotes
        fault = find_fault(case, quotes)
        if fault:
            faults.append((case["kind"], fault))

    assert len(cases) > 100
    assert len(faults) <= (1 - LEAST_RIGHT) * len(cases), faults
