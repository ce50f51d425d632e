"""The parts of a person's name as an article writes it: words, titles, suffixes, and what stands
right before.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

from claims.extraction.lexicon.function_words import PREPOSITIONS_BEFORE_KIN
from claims.extraction.lexicon.given_names import (
    GENDER_OF_NOUN,
    GIVEN_NAMES_OF_MEN,
    GIVEN_NAMES_OF_WOMEN,
)
from claims.extraction.lexicon.persons import (
    GENERATION_SUFFIXES,
    LETTERS_AFTER_NAMES,
    PERSON_TITLES,
    RELATIVES,
    TITLES_OF_MEN,
    TITLES_OF_SINGLE_NAMES,
    TITLES_OF_WOMEN,
    WORDS_WITHIN_TITLES,
)
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Gender, Span

KIN_BEFORE_NAME = re.compile(
    r"\b(?:his|her|their|whose|\w+['’]s?)\s(?:[a-z-]+\s){0,2}"
    rf"(?P<kin>{build_alternation(RELATIVES)})(?P<comma>,?)\s\Z",
    re.I,
)
PREPOSITION_BEFORE_KIN = re.compile(
    rf"\b{build_alternation(PREPOSITIONS_BEFORE_KIN)}\s\Z",
    re.I,
)
# "Robert "Bobby" Kane"
NICKNAME_WITHIN_NAME = re.compile(r"(?<=[\w.])\s[\"“‘'(][A-Z][\w'’ -]{0,20}[\"”’')](?=\s[A-Z])")
END_OF_CLAUSE_BEFORE_NAME = re.compile(r"[\n,;:!?“”\"()]|(?<=[a-z]{4})\.\s")
WORD_OF_NAME = re.compile(r"[^\W_][\w'’.-]*")
POSSESSIVE_AT_END = re.compile(r"['’]s?$")
ARTICLE_AT_START = re.compile(r"^(?:the|a|an)\s+", re.I)
REACH_BEFORE_NAME = 40  # characters in which titles and relatives are looked for
MOST_WORDS_OF_TITLES = 4  # words right before a name


@lru_cache(4096)
def fold_word(word: str) -> str:
    """Return the word in small letters without accents: one article writes "César" and "Cesar"."""
    decomposed = unicodedata.normalize("NFKD", word)
    letters = [letter for letter in decomposed if not unicodedata.combining(letter)]
    return "".join(letters).casefold()


def fold_title(word: str) -> str:
    """Return a title as the tables have it: in small letters and without its full stop."""
    return word.rstrip(".").casefold()


def list_words_of_person(mention: str) -> tuple[str, ...]:
    """Return the words of a person's name: "Gen Sir Nick Carter" → Nick, Carter.

    Titles, initials in the middle, nicknames, suffixes and letters of honour are left out.
    """
    words = list_words_shown(mention)
    inner = [word for word in words[1:-1] if not is_initial(word)]
    return (*words[:1], *inner, *words[1:][-1:])


def list_words_shown(mention: str) -> tuple[str, ...]:
    """Return the words of a person's name with all its initials: "Mr A. P. J. Karim" → A., P., J.,
    Karim.
    """
    without_nickname = NICKNAME_WITHIN_NAME.sub("", mention)
    words = [POSSESSIVE_AT_END.sub("", word) for word in WORD_OF_NAME.findall(without_nickname)]
    while len(words) > 1 and follows_name(words[-1]):
        words.pop()
    while len(words) > 1 and fold_title(words[0]) in PERSON_TITLES:
        if len(words) == 2 and words[0].casefold() in TITLES_OF_SINGLE_NAMES:
            break
        words.pop(0)
    return tuple(words)


def is_initial(word: str) -> bool:
    return len(word.rstrip(".")) <= 1


def read_middle_initials(words: Sequence[str]) -> str:
    """Return the initials between the first and the last word of a name, "" where other words stand
    there: George H. W. Bale → HW.
    """
    inner = words[1:-1]
    return "".join(word[0] for word in inner) if all(map(is_initial, inner)) else ""


def follows_name(word: str) -> bool:
    """Return whether a last word is a suffix ("Jr.") or letters of honour ("QC")."""
    return fold_title(word) in GENERATION_SUFFIXES or word in LETTERS_AFTER_NAMES


def find_generation_suffix(mention: str) -> str:
    """Return the suffix that tells a son from a father, as written: "Martin Luther King Jr." → Jr."""
    words = POSSESSIVE_AT_END.sub("", mention.strip()).split()
    if words and fold_title(words[-1]) in GENERATION_SUFFIXES:
        return words[-1]
    return ""


def is_in_capitals(words: Iterable[str]) -> bool:
    """Return whether a name is in capitals, as transcripts have it: "ANA BELL", but not "JD Vance"."""
    return all(word.isupper() and len(word) > 2 for word in words)


def find_gender_of_titles(titles: Collection[str]) -> Gender | None:
    """Return the gender that the titles tell; None where they tell none or both."""
    of_man = not TITLES_OF_MEN.isdisjoint(titles)
    of_woman = not TITLES_OF_WOMEN.isdisjoint(titles)
    if of_man == of_woman:
        return None
    return "he" if of_man else "she"


def find_gender_of_given_name(given: str) -> Gender | None:
    """Return the gender of a folded given name.

    None where it is not known, or is both men's and women's.
    """
    of_man = given in GIVEN_NAMES_OF_MEN
    of_woman = given in GIVEN_NAMES_OF_WOMEN
    if of_man == of_woman:
        return None
    return "he" if of_man else "she"


def find_kin_before_name(text: str, name: Span) -> str:
    """Return as whose relative somebody is introduced right before the name.

    For example "his son Minh Tran" → son. In "after the death of his wife, Hugo Bell" and "like his
    mother, Sven Dahl" the name is another's.
    """
    start = max(name.start - REACH_BEFORE_NAME, 0)
    before = KIN_BEFORE_NAME.search(text, start, name.start)
    if before is None:
        return ""
    if before["comma"] and not is_apposition_to_kin(text, before.start(), name):
        return ""
    kin = before["kin"].casefold()
    gender_of_kin = GENDER_OF_NOUN.get(kin)
    given = fold_word(list_words_of_person(name.of(text))[0])
    gender_of_name = find_gender_of_given_name(given)
    if gender_of_kin and gender_of_name and gender_of_kin != gender_of_name:
        return ""
    return kin


def is_apposition_to_kin(text: str, kin_start: int, name: Span) -> bool:
    """Return whether a name after "his wife," is hers: it ends in a comma, and no preposition
    stands before.
    """
    if text[name.end : name.end + 1] != ",":
        return False
    return PREPOSITION_BEFORE_KIN.search(text, max(kin_start - 20, 0), kin_start) is None


def list_titles_before(text: str, name: Span) -> set[str]:
    """Return the words of titles in a name and right before it.

    None where it is what the title is of. "The mayor of Stoneham" gives Stoneham no title.
    """
    inside = [fold_title(word) for word in WORD_OF_NAME.findall(name.of(text))]
    titles = {word for word in inside[:-1] if word in PERSON_TITLES}
    before = text[max(0, name.start - REACH_BEFORE_NAME) : name.start]
    clause = END_OF_CLAUSE_BEFORE_NAME.split(before)[-1]
    words = WORD_OF_NAME.findall(clause)[-MOST_WORDS_OF_TITLES:]
    if words and words[-1] in WORDS_WITHIN_TITLES:
        return titles
    for word in reversed(words):
        title = fold_title(word)
        if title in PERSON_TITLES:
            titles.add(title)
        elif word.islower() and word not in WORDS_WITHIN_TITLES:
            break
    return titles


def strip_article_and_possessive(mention: str) -> str:
    """Return a name without its article and possessive: "the CIA's" → CIA."""
    return ARTICLE_AT_START.sub("", POSSESSIVE_AT_END.sub("", mention.strip()))


def list_initials(name: str) -> set[str]:
    """Return the first letters of a name's words, in the ways in which they are put together.

    For example "Bank of the North" → bn, botn. Words in capitals may count with all letters:
    "Auditor-General of SA" → agsa.
    """
    words = re.findall(r"\w+", name)
    capitalized = [word for word in words if word[0].isupper()]
    ways = [
        [word[0] for word in capitalized],
        [word[0] for word in words],
        [word if word.isupper() else word[0] for word in capitalized],
    ]
    return {"".join(letters).casefold() for letters in ways if letters}
