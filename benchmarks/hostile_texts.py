"""Texts that are made to be slow: the same over and over, and for each pattern what it repeats
itself.
"""

import random
import re
from collections.abc import Iterable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

FAILING = "\x01"  # no pattern asks for it, and most that are fussy fail at it
MOST_TEXTS = 60  # of one pattern
LEAST_REPETITION = 4  # times that something may be repeated, for it to be driven on
MOST_WAYS_KEPT = 20  # of matching what comes first in a pattern
MOST_ENDS_KEPT = 40  # of matching what comes next
REPETITIONS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
CATEGORIES = {  # a character of each
    codes.CATEGORY_SPACE: " ",
    codes.CATEGORY_DIGIT: "1",
    codes.CATEGORY_WORD: "a",
    codes.CATEGORY_NOT_SPACE: "a",
}


class HostileText(NamedTuple):
    """What comes before, what is repeated many times, and what comes after."""

    before: str
    unit: str
    after: str

    def grow(self, length: int) -> str:
        """Return a text of about so many characters."""
        room = length - len(self.before) - len(self.after)
        return self.before + self.unit * max(room // len(self.unit), 1) + self.after


def repeat_units(before: str, units: Iterable[str], after: str) -> list[HostileText]:
    return [HostileText(before, unit, after) for unit in units]


MARKS = ".,“”\"'’-—()[…?_"
LINES = (" ", "\t", "\u00a0", "\n", " \n")
SPACES = (" ", "\t", "\n", "\u00a0", "\u2003", " \n", "\n ", "\r\n")
WORDS = (
    *("a ", "A ", "Aa ", "Aa", "1 ", ", ", "a, ", ". ", "a. ", "A.", "a-", "a'"),
    *("'a ", '"a ', "“a ", "X and X and ", "Aa Bb and ", "only ", "newly ", "was "),
    *("the ", "of the ", "said ", "“a” said "),
)

# Texts for any pattern.
COMMON_TEXTS = (
    *repeat_units("", LINES, ""),
    *repeat_units("", LINES, "\nx"),
    *repeat_units("", SPACES, FAILING),
    *repeat_units("x", (" ", "\t", "\u00a0", " \t"), "x"),
    *repeat_units("", ("a", "A", "1", "é", *MARKS), ""),
    *repeat_units("", WORDS, FAILING),
)

# Texts for what reads whole articles.
RUNS = (" ", "\t\u00a0", "\n", " \n", "\r\n", "a", "a ", "Aa Bb and ", "1 ", ".", ". ", ", ")
QUOTATIONS = ("“", "”", '"', "'", "a'", "'a ", "“a” ", '"a" ', "„a“ ", "»a« ", "(", "“a\n")
SENTENCES = (
    "Ann Lee said it rained. ",
    "“It rained,” Ann Lee said. ",
    "ANN LEE: It rained.\n",
    "Dear Ann Lee,\n",
    "Ann Lee\n",
    "— It rained, said Ann Lee.\n",
    "It rained. — Ann Lee (@ann) ",
    "a@b.com ",
    "https://a.b/c.",
    "it rai-\nned ",
    "&amp;â€œa\u0301\u00ad",
    "• It rained.\n",
    "it rained on the town and on the sea\n",
)
ARTICLE_TEXTS = (
    *repeat_units("It rained.", RUNS, ""),
    *repeat_units("It rained.", QUOTATIONS, "\nIt rained."),
    *repeat_units("", SENTENCES, ""),
)


def list_texts_for(pattern: re.Pattern[str]) -> list[HostileText]:
    """Return texts that drive each repetition of a pattern on, and then fail."""
    parsed = _parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    texts = []
    for before, unit in dict.fromkeys(find_repetitions(parsed)):
        if unit:
            texts.append(HostileText(before, unit, FAILING))
            texts.append(HostileText(before, unit, f" {FAILING}"))
    if len(texts) > MOST_TEXTS:
        return random.Random(1).sample(texts, MOST_TEXTS)
    return texts


def find_repetitions(parsed: Any) -> Iterator[tuple[str, str]]:
    """Yield a text up to each repetition in a pattern, with each thing that it repeats."""
    before = ""
    for operation, value in parsed:
        for inner in list_inner_patterns(operation, value):
            for start, unit in find_repetitions(inner):
                yield before + start, unit
        if operation in REPETITIONS:
            _, most, repeated = value
            if most >= LEAST_REPETITION:
                for unit in dict.fromkeys(list_ways(repeated)):
                    yield before, unit
        before += match_part(operation, value)


def list_inner_patterns(operation: Any, value: Any) -> list[Any]:
    """Return the patterns within a part of a pattern."""
    if operation in REPETITIONS:
        return [value[2]]
    if operation is codes.BRANCH:
        return list(value[1])
    if operation is codes.SUBPATTERN:
        return [value[3]]
    if operation is codes.ASSERT:
        return [value[1]]
    if operation is codes.ATOMIC_GROUP:
        return [value]
    return []


def list_ways(parsed: Any) -> list[str]:
    """Return texts that a pattern matches: with each of its branches, and with each kind of
    character in its sets.
    """
    texts = [""]
    for operation, value in parsed:
        ends = list_ways_of_part(operation, value)[:MOST_ENDS_KEPT]
        texts = [text + end for text in texts[:MOST_WAYS_KEPT] for end in ends]
    return texts


def list_ways_of_part(operation: Any, value: Any) -> list[str]:
    if operation is codes.BRANCH:
        return [text for branch in value[1] for text in list_ways(branch)]
    if operation is codes.SUBPATTERN:
        return list_ways(value[3])
    if operation is codes.IN:
        return list(dict.fromkeys(list_characters(value)))
    return [match_part(operation, value)]


def match_pattern(parsed: Any) -> str:
    """Return one text that a pattern matches, or about so."""
    return "".join(match_part(operation, value) for operation, value in parsed)


def match_part(operation: Any, value: Any) -> str:
    """Return one text that a part of a pattern matches, or about so."""
    if operation is codes.LITERAL:
        return chr(value)
    if operation is codes.NOT_LITERAL:
        return "b" if chr(value) == "a" else "a"
    if operation is codes.ANY:
        return "a"
    if operation is codes.IN:
        return list_characters(value)[0]
    if operation is codes.BRANCH:
        return match_pattern(value[1][0])
    if operation is codes.SUBPATTERN:
        return match_pattern(value[3])
    if operation in REPETITIONS:
        least, _, repeated = value
        times: int = min(least, 3)
        return match_pattern(repeated) * times
    if operation is codes.ATOMIC_GROUP:
        return match_pattern(value)
    return ""


def list_characters(members: Any) -> list[str]:
    """Return some of the characters of a set."""
    is_negated = members[0][0] is codes.NEGATE
    named = list_named_characters(members[1:] if is_negated else members)
    if not is_negated:
        return named or ["a"]
    excluded = re.compile("[" + ("".join(map(re.escape, named)) or "\x00") + "]")
    allowed = [mark for mark in ("a", " ", "A", "1", ",") if not excluded.match(mark)]
    return allowed or ["é"]


def list_named_characters(members: Any) -> list[str]:
    """Return a character for each member of a set."""
    characters = []
    for operation, value in members:
        if operation is codes.LITERAL:
            characters.append(chr(value))
        elif operation is codes.RANGE:
            first, _ = value
            characters.append(chr(first))
        elif operation is codes.CATEGORY:
            characters.append(CATEGORIES.get(value, "-"))
    return characters
