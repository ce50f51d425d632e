"""The times that a content tells, made absolute where the article's day is known."""

import re
from dataclasses import dataclass
from datetime import date

from claims.extraction.lexicon.time import MONTH_PREFIXES, WEEKDAY_PREFIXES
from claims.extraction.text.days import TIME_EXPRESSION, resolve_day
from claims.extraction.text.quotation import PLAIN_MARKS

PERIOD_PATTERN = re.compile(
    r"\b(?P<which>this|next|last|previous|past|coming)\s(?:\w+\s)?"
    r"(?P<period>week|weekend|month|year|spring|summer|autumn|fall|winter|night)s?\b"
    r"|\b(?P<day>today|yesterday|tomorrow|tonight)\b"
    r"|\b(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?P<month>january|february|march(?=\s\d|,|\s(?:and|or|of)|\.?$)|april"
    r"|may(?=\s\d)|june|july|august|september|october|november|december"
    r"|(?:jan|feb|aug|sept?|oct|nov|dec)\b)\.?(?:\s(?P<date>\d\d?)\b)?"
    r"|\b(?P<part>morning|afternoon|evening|midnight|noon)\b",
    re.I,
)
DATED = re.compile(TIME_EXPRESSION)


@dataclass(frozen=True, slots=True)
class Times:
    """What a content tells of when: absolute days, and words of each kind."""

    days: frozenset[date]
    words: frozenset[tuple[str, str]]


def read_times(content: str, published: date | None) -> Times:
    plain = content.translate(PLAIN_MARKS)
    days = set()
    for match in DATED.finditer(plain):
        day = resolve_day(match[0], published)
        if day:
            days.add(day)
    words = set()
    for match in PERIOD_PATTERN.finditer(plain):
        words.add(read_time_word(match))
    return Times(frozenset(days), frozenset(words))


def read_time_word(match: re.Match[str]) -> tuple[str, str]:
    """Return the kind of a time word, within which one rules out another, and which it is."""
    if match["which"]:
        which = match["which"].casefold()
        which = {"previous": "last", "past": "last", "coming": "next"}.get(which, which)
        return f"which {match['period'].casefold()}", which
    if match["day"]:
        return "day", match["day"].casefold().replace("tonight", "today")
    if match["weekday"]:
        prefix = match["weekday"].casefold()[:3]
        return "weekday", str(WEEKDAY_PREFIXES.index(prefix))
    if match["month"]:
        return "month", str(MONTH_PREFIXES.index(match["month"].casefold()[:3]))
    return "part", match["part"].casefold()


@dataclass(frozen=True, slots=True)
class TimeComparison:
    shared: int
    rivals: int


def compare_times(of_a: Times, of_b: Times) -> TimeComparison:
    """Return how many times two contents share, and how many rule each other out."""
    shared = len(of_a.days & of_b.days) or len(of_a.words & of_b.words)
    rivals = 0
    if of_a.days and of_b.days and not of_a.days & of_b.days:
        rivals += 1
    if of_a.days & of_b.days:
        return TimeComparison(shared, 0)
    kinds_of_a = {kind for kind, _ in of_a.words}
    kinds_of_b = {kind for kind, _ in of_b.words}
    for kind in kinds_of_a & kinds_of_b:
        values_of_a = {value for found, value in of_a.words if found == kind}
        values_of_b = {value for found, value in of_b.words if found == kind}
        if not values_of_a & values_of_b:
            rivals += 1
    return TimeComparison(shared, rivals)
