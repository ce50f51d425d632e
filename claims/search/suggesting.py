"""“Did you mean …?”: words that are spelled like those that were asked for and stand in more
quotes, headlines or names.

Nothing is changed by itself: a suggestion is a link, and it is made only where it finds more.
"""

from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from claims.models import Word
from claims.models.spelling import (
    FEWEST_LETTERS_CORRECTED,
    MOST_LETTERS_CORRECTED,
    WORD,
    WORD_MARKS_TABLE,
    fold_word,
    list_near_keys,
    list_words,
)
from claims.models.word_groups import COMMON_WORDS
from claims.search.columns import Columns
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters
from claims.search.places import find_places

MOST_FOUND = 5  # quotes; whoever finds more has hardly misspelled a word
MOST_WORDS_CORRECTED = 8  # of those asked for, the first
MOST_CANDIDATES = 200  # for each word, those used most
FEWEST_LETTERS_FOR_TWO_SLIPS = 7
TIMES_AS_USUAL = 5  # so much more often a word must stand somewhere than the one that was typed


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Other words to search for, how many quotes they find, and the query string that does so."""

    q: str
    total: int
    query: str
    is_partial: bool = False  # whether there may be more


def suggest_words(known: Columns, filters: Filters, total: int) -> Suggestion | None:
    """Return other words where those that were asked for find next to nothing and the others more."""
    if not filters.q or total > MOST_FOUND:
        return None
    q = correct_words(filters.q)
    if q == filters.q:
        return None
    corrected = replace(filters, q=q)
    number = MatchingQuotes(known, corrected, may_be_partial=True).total
    if number <= total:
        return None
    found = find_places(known, corrected, corrected.places, may_be_partial=True)
    is_partial = bool(found.partial.intersection(corrected.places))
    return Suggestion(q, number, corrected.query(), is_partial)


def correct_words(q: str) -> str:
    """Return what is asked for with each word that is hardly known as a known one that is near it."""
    wanted = {}
    for word in list_words(q):
        if word not in COMMON_WORDS and len(fold_word(word)) >= FEWEST_LETTERS_CORRECTED:
            wanted[word] = fold_word(word)
    words = list(wanted)[:MOST_WORDS_CORRECTED]
    corrections = {}
    for word in words:
        corrected = find_nearest_word(wanted[word])
        if corrected and corrected != word:
            corrections[word] = corrected
    return replace_words(q, corrections)


def find_nearest_word(key: str) -> str:
    """Return the word that somebody may have meant; empty where it is the one that was typed."""
    if len(key) > MOST_LETTERS_CORRECTED:
        return ""
    is_long = len(key) >= FEWEST_LETTERS_FOR_TWO_SLIPS
    near = list_near_keys(key, deepest=2 if is_long else 1)
    rows = Word.objects.filter(near__overlap=near).order_by("-uses", "word")
    candidates = list(rows.values_list("word", "key", "uses")[:MOST_CANDIDATES])
    uses_as_typed = sum(uses for _, other, uses in candidates if other == key)
    most_slips = 2 if is_long else 1
    fewest_uses = max(uses_as_typed * TIMES_AS_USUAL, 1)
    likely: list[tuple[int, int, str]] = []
    for word, other, uses in candidates:
        slips = OSA.distance(key, other, score_cutoff=most_slips)
        if 0 < slips <= most_slips and uses >= fewest_uses:
            likely.append((slips, -uses, word))
    return min(likely)[2] if likely else ""


def replace_words(q: str, corrections: dict[str, str]) -> str:
    """Return what is asked for with some words replaced, and everything else as it stands."""
    pieces: list[str] = []
    end = 0
    for match in WORD.finditer(q.translate(WORD_MARKS_TABLE)):
        typed = match[0].lower()
        if typed in corrections:
            pieces += [q[end : match.start()], corrections[typed]]
            end = match.end()
    return "".join([*pieces, q[end:]])
