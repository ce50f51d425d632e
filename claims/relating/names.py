"""The names in a content, and which of them two contents share."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from claims.extraction.lexicon.persons import PERSON_TITLES
from claims.extraction.lexicon.places import STATE_OF_DEMONYM, STATE_OF_NAME
from claims.extraction.lexicon.time import MONTHS, WEEKDAYS
from claims.extraction.text.quotation import PLAIN_MARKS
from claims.relating.wording import Word, mark_quoted, read_words
from claims.relating.words import SMALL_WORDS

NO_NAMES = (
    SMALL_WORDS
    | PERSON_TITLES
    | frozenset(day.casefold() for day in (*WEEKDAYS, *MONTHS))
    | {
        "sept",
        "oct",
        "nov",
        "dec",
        "jan",
        "feb",
        "aug",
        "yes",
        "inc",
        "corp",
        "ltd",
        "co",
        "company",
    }
)
SHARE_OF_CAPITALS_IN_TITLES = 0.6
WORDS_TO_TELL_A_TITLE = 4

OTHER_NAMES_OF_STATES = {"uk": "United Kingdom", "koreas": "Korea"}
PARTS_OF_STATES = {"=North Korea": "=Korea", "=South Korea": "=Korea"}

ARTICLES_REMEMBERED = 256
PARAGRAPH = re.compile(r"[^\n]+")

Name = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Capitals:
    """The words that an article writes with a capital inside its sentences, and those without."""

    of_names: frozenset[str]
    plain: frozenset[str]


@dataclass(frozen=True, slots=True)
class NameComparison:
    """The names that two contents share, and those that stand in one alone."""

    shared: int
    alone_in_a: tuple[Name, ...]
    alone_in_b: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of an article: where it stands, and its letters to look words up in."""

    start: int
    end: int
    letters: str


@lru_cache(ARTICLES_REMEMBERED)
def list_paragraphs(text: str) -> tuple[Paragraph, ...]:
    paragraphs = []
    for match in PARAGRAPH.finditer(text):
        paragraphs.append(Paragraph(match.start(), match.end(), fold_letters(match[0])))
    return tuple(paragraphs)


def fold_letters(text: str) -> str:
    """Return a text in lower case and without accents, nor what may stand inside a word."""
    folded = unicodedata.normalize("NFKD", text.translate(PLAIN_MARKS).casefold())
    if not folded.isascii():
        folded = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return folded.replace("'", "").replace(".", "")


@lru_cache(4 * ARTICLES_REMEMBERED)
def read_capitals(text: str, start: int, end: int) -> Capitals:
    """Return which words a paragraph writes with a capital inside its sentences, and which without."""
    of_names, plain = set(), set()
    for word in read_words(text, start, end, mark_quoted(text)):
        if not word.is_capitalized:
            plain.add(word.form)
        elif not word.begins_sentence:
            of_names.add(word.form)
    return Capitals(frozenset(of_names), frozenset(plain))


def is_written_as_name(form: str, text: str) -> bool | None:
    """Return whether an article writes a word with a capital inside its sentences and never without
    one; None where it does neither, and so tells nothing.

    Only the paragraphs that have its letters are read: articles are long, and quotes many.
    """
    is_name = None
    for paragraph in list_paragraphs(text):
        if form not in paragraph.letters:
            continue
        capitals = read_capitals(text, paragraph.start, paragraph.end)
        if form in capitals.plain:
            return False
        if form in capitals.of_names:
            is_name = True
    return is_name


def list_names(text: str, words: Sequence[Word]) -> list[Name]:
    """Return the names among the words of a content, each as its words without titles."""
    capitalized = sum(word.is_capitalized for word in words)
    is_title = len(
        words
    ) >= WORDS_TO_TELL_A_TITLE and capitalized >= SHARE_OF_CAPITALS_IN_TITLES * len(words)
    runs: list[list[str]] = []
    last_end = -1
    for word in words:
        if not is_part_of_name(text, word, is_title):
            continue
        is_next = bool(runs) and text[last_end : word.start].strip("-–'’ ") == ""
        if is_next:
            runs[-1].append(word.form)
        else:
            runs.append([word.form])
        last_end = word.end
    names = [name for run in runs for name in split_states(run)]
    return list(dict.fromkeys(names))


def split_states(run: Sequence[str]) -> Iterator[Name]:
    """Yield the names in words that stand together: states apart from whom they come before."""
    rest: list[str] = []
    at = 0
    while at < len(run):
        for length in (2, 1):
            state = find_state(" ".join(run[at : at + length]))
            if state and len(run) - at >= length:
                break
        else:
            rest.append(run[at])
            at += 1
            continue
        if rest:
            yield tuple(rest)
        rest = []
        yield (f"={state}",)
        at += length
    if rest:
        yield tuple(rest)


def is_part_of_name(text: str, word: Word, is_title: bool) -> bool:
    if not word.is_capitalized or word.form in NO_NAMES or not word.form.isalpha():
        return False
    if len(word.form) < 2:
        return False
    if not word.begins_sentence and not is_title:
        return True
    is_name = is_written_as_name(word.form, text)
    return find_state(word.form) is not None if is_name is None else is_name


def find_state(form: str) -> str | None:
    """Return the state that a word or two name, or whose people they are."""
    if form in OTHER_NAMES_OF_STATES:
        return OTHER_NAMES_OF_STATES[form]
    for known in (form, form.removesuffix("s")):
        state = STATE_OF_NAME.get(known) or STATE_OF_DEMONYM.get(known)
        if state:
            return state
    return None


def are_alike(one: Name, other: Name) -> bool:
    """Return whether two names may be one: the shorter's words are in the longer, or initials."""
    shorter, longer = sorted((one, other), key=len)
    if set(shorter) <= set(longer):
        return True
    if "=Korea" in (PARTS_OF_STATES.get(one[0]), PARTS_OF_STATES.get(other[0])) and (
        "=Korea" in (one[0], other[0])
    ):
        return True
    if len(shorter) > 1 and shorter[-1] == longer[-1] and shorter[0][0] == longer[0][0]:
        return True
    initials = "".join(word.strip("=")[:1].casefold() for word in longer)
    return len(shorter) == 1 and len(longer) > 1 and shorter[0] == initials


def compare_names(of_a: Sequence[Name], of_b: Sequence[Name]) -> NameComparison:
    alone_in_a = tuple(name for name in of_a if not has_alike(name, of_b))
    alone_in_b = tuple(name for name in of_b if not has_alike(name, of_a))
    shared = min(len(of_a) - len(alone_in_a), len(of_b) - len(alone_in_b))
    return NameComparison(shared, alone_in_a, alone_in_b)


def has_alike(name: Name, others: Sequence[Name]) -> bool:
    return any(are_alike(name, other) for other in others)
