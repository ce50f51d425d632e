"""Reads which offices an article gives those whom it names: "president", of which place. No database.

An office is told before a name ("Iranian Foreign Minister Hossein Amir-Abdollahian", "Sen. Bernie
Sanders of Vermont") or after one ("Ana Bell, the mayor of Orlen,"). Who held it, or is a deputy of
whoever does, does not hold it on that day.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from claims.actors.common_bodies import PLACES, write_place
from claims.extraction.lexicon.offices import NOT_IN_OFFICE, TITLE_OF_OFFICE, WORDS_BEFORE_NAMES
from claims.extraction.lexicon.words import build_alternation, word_set

TEXTS_REMEMBERED = 16
CHARACTERS_BEFORE = 60  # of a title that are read for a place or a name
LONGEST_TITLE = 60  # characters
LONGEST_PLACE = 80
DETERMINERS = ("the", "its", "their")
OFFICES_READ = 300  # in one article

_KNOWN_PLACE = build_alternation(write_place(name) for name in PLACES)
_NAME_OF_PLACE = rf"(?:{_KNOWN_PLACE}\b|[A-Z][\w’'-]+(?: (?:of )?[A-Z][\w’'-]+){{0,2}})"
TITLE = re.compile(rf"\b({build_alternation(TITLE_OF_OFFICE)})(?![\w’'-])", re.IGNORECASE)
PLACE_AFTER = re.compile(rf"\s+(?:of|for|to)\s+(?:the\s+)?({_NAME_OF_PLACE})")
WORD_AFTER = re.compile(r"\s+(\S+)")
PLACE_BEFORE = re.compile(rf"\b({_KNOWN_PLACE})(?:['’]s?)?\s+$")
PLACE_AFTER_NAME = re.compile(rf"(?:['’]s)?,? of ({_NAME_OF_PLACE})")
# Between a name and the title that follows it: "Ana Bell, the current mayor".
WORDS_BEFORE_TITLES = word_set("the a an its his her who is current acting")


@dataclass(frozen=True, slots=True)
class OfficeTold:
    """An office that an article gives somebody; the place is "" where it is not told."""

    title: str
    place: str


@dataclass(frozen=True, slots=True)
class TitleFound:
    """A title in a text: where it begins, and where it may end, each with the place that is told then.

    After "ambassador to Qatar Ana Bell" the place may end before or after "Ana": the longest first.
    """

    start: int
    ends: tuple[tuple[int, str], ...]
    title: str
    is_definite: bool  # after "the", or a place


def find_offices(name: str, text: str, mentions: Iterable[str] = ()) -> list[OfficeTold]:
    """Return the offices that a text gives a person of this name, each once, in order.

    `mentions` are what the article calls the person, among them what has the title before a name.
    """
    names = sorted({name, *mentions} - {""}, key=len, reverse=True)
    offices: dict[OfficeTold, None] = {}
    for found in find_titles_of_offices(text):
        office = find_holder(found, text, names)
        if office:
            offices[office] = None
    for mention in mentions:
        for found in find_titles_of_offices(mention):
            end, place = found.ends[-1]
            if mention[end:].strip():  # a name follows
                offices[OfficeTold(found.title, place)] = None
    told_of_place = {office.title for office in offices if office.place}
    return [office for office in offices if office.place or office.title not in told_of_place]


def find_holder(found: TitleFound, text: str, names: Iterable[str]) -> OfficeTold | None:
    """Return the office if the title stands beside one of the names, else None."""
    before = text[max(0, found.start - CHARACTERS_BEFORE) : found.start]
    name_before = read_name_before(before)
    for name in names:
        if name_before.endswith(name):
            return OfficeTold(found.title, found.ends[0][1])
        for end, place in found.ends:
            begin = skip_words_before_name(text, end)
            is_apposition = found.is_definite and text.startswith(f", {name},", end)
            if is_apposition or (text.startswith(name, begin) and begin > end):
                after = PLACE_AFTER_NAME.match(text, begin + len(name))
                if after and not place:
                    place = spell_place(after.group(1))
                return OfficeTold(found.title, place)
    return None


def read_name_before(before: str) -> str:
    """Return what stands before a comma and the small words that lead to a title, else ""."""
    text, comma, words = before.rpartition(",")
    is_apposition = comma and words[:1].isspace()
    if is_apposition and WORDS_BEFORE_TITLES.issuperset(words.casefold().split()):
        return text
    return ""


def read_word_before(before: str) -> str:
    """Return the word before a title, in lower case: of "ex-president" it is "ex"."""
    words = before.casefold().replace("-", " ").split()
    return words[-1] if words else ""


def skip_words_before_name(text: str, start: int) -> int:
    """Return where a name would begin after a title: after a space, and "Dr" or the like."""
    word = WORD_AFTER.match(text, start)
    while word and word.group(1).casefold() in WORDS_BEFORE_NAMES:
        start = word.end()
        word = WORD_AFTER.match(text, start)
    return word.start(1) if word else start


@lru_cache(TEXTS_REMEMBERED)
def find_titles_of_offices(text: str) -> tuple[TitleFound, ...]:
    """Return the titles of those who hold an office in a text, of too many the first."""
    titles = []
    for found in TITLE.finditer(text):
        before = text[max(0, found.start() - CHARACTERS_BEFORE) : found.start()]
        place_before = PLACE_BEFORE.search(before)
        start = found.start()
        if place_before:
            start -= len(before) - place_before.start()
            before = before[: place_before.start()]
        word = read_word_before(before)
        if word in NOT_IN_OFFICE:
            continue
        title = TITLE_OF_OFFICE[" ".join(found.group(1).casefold().split())]
        place = spell_place(place_before.group(1)) if place_before else ""
        is_possessive = word.endswith(("'s", "’s"))
        is_definite = bool(place) or is_possessive or word in DETERMINERS
        ends = list_ends(text, found.end(), place)
        titles.append(TitleFound(start, ends, title[:LONGEST_TITLE], is_definite))
        if len(titles) == OFFICES_READ:
            break
    return tuple(titles)


def list_ends(text: str, end: int, place: str) -> tuple[tuple[int, str], ...]:
    """Return where a title may end, with the place that it is of then; `place` is told before it."""
    ends = [(end, place)]
    after = PLACE_AFTER.match(text, end)
    if after:
        for word in re.finditer(r"\S+", after.group(1)):
            told = place or spell_place(after.group(1)[: word.end()])
            ends.append((after.start(1) + word.end(), told))
    return tuple(reversed(ends))


def spell_place(name: str) -> str:
    """Return a place in one spelling: "France" of "French", others as they are written."""
    words = " ".join(name.split())[:LONGEST_PLACE]
    return PLACES.get(words.casefold(), words)
