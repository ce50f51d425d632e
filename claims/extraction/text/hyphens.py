"""Words at the ends of lines: which hyphen is the word's own, and which only cuts it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from claims.extraction.lexicon.function_words import WORDS_AFTER_HANGING_HYPHEN
from claims.extraction.lexicon.vocabulary import load_words

HYPHENS = "-\u2010\u00ad"
SOFT_HYPHEN = "\u00ad"
HYPHEN_AT_END = re.compile(rf"[^\W_][{HYPHENS}]$")
DASH_WITHIN_WORDS = re.compile(r"\w--$")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
LETTERS_AT_END = re.compile(r"(?<![^\W\d_])[^\W\d_]{1,60}$")
LETTERS_AT_START = re.compile(r"[^\W\d_]+")
FEWEST_CUT_LINES = 2
LEAST_CUT_SHARE = 0.04  # of the lines of a text whose words are cut end with a hyphen
LONGEST_WORD = 120  # characters, of which a line's end and the next one's start are read
SHORTEST_PART = 4  # letters of the second word of a compound that may be written as one, too


@dataclass(frozen=True, slots=True)
class KnownWords:
    """What is known of the words of a text: those that it has whole, and whether it cuts words."""

    whole: frozenset[str]
    cuts: bool


NOTHING_KNOWN = KnownWords(frozenset(), cuts=True)


def learn_words(lines: Sequence[str]) -> KnownWords:
    """Return what the lines of a text tell of its words."""
    whole = {word.casefold() for line in lines for word in WORD.findall(line)}
    filled = [line for line in lines if line.strip()]
    cut = sum(bool(HYPHEN_AT_END.search(line)) for line in filled)
    cuts = cut >= max(FEWEST_CUT_LINES, LEAST_CUT_SHARE * len(filled))
    return KnownWords(frozenset(whole), cuts)


class Joint(NamedTuple):
    """How two lines become one: how many characters the first one loses, and what comes between."""

    lost: int
    between: str


def join_lines(paragraph: str, line: str, known: KnownWords = NOTHING_KNOWN) -> str:
    """Return a paragraph with a line joined to it; a word that a hyphen cut is whole again."""
    lost, between = find_joint(paragraph, line, known)
    return paragraph[: len(paragraph) - lost] + between + line


def find_joint(line: str, after: str, known: KnownWords = NOTHING_KNOWN) -> Joint:
    """Return how a line is joined to the one after it."""
    end = line[-LONGEST_WORD:]
    if DASH_WITHIN_WORDS.search(end):
        return Joint(0, "")
    if not HYPHEN_AT_END.search(end):
        return Joint(0, " ")
    head = end[:-1].split()[-1]
    rest = next(iter(after[:LONGEST_WORD].split()), "")
    ends_number = head[-1:].isdigit() and rest[:1].isupper()  # "2-" before the second of a list
    if rest.casefold() in WORDS_AFTER_HANGING_HYPHEN or ends_number:
        return Joint(0, " ")
    if end.endswith(SOFT_HYPHEN) or is_cut_word(head, rest, known):
        return Joint(1, "")
    return Joint(0, "")


def is_cut_word(head: str, rest: str, known: KnownWords) -> bool:
    """Return whether a word was cut into two, and is no compound: not "self-" | "made".

    What the text has whole elsewhere tells first, then which of the words there are, then whether
    the text cuts words at all.
    """
    start, end = LETTERS_AT_END.search(head), LETTERS_AT_START.match(rest)
    if not start or not end:
        return False
    first, second = start[0].casefold(), end[0].casefold()
    is_in_one_case = rest[:1].islower() or (head.isupper() and end[0].isupper())
    if f"{first}{second}" in known.whole and is_in_one_case:
        return True
    if f"{first}-{second}" in known.whole or not is_in_one_case:
        return False
    if "-" in head or "-" in rest.strip("-"):
        return False
    words = load_words()
    count = (first in words) + (second in words)
    if f"{first}{second}" in words:
        return known.cuts or count < 2 or len(second) < SHORTEST_PART
    return count == 0 or (known.cuts and count == 1)
