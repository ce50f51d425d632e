"""Search terms as SQL: web searches, exact phrases and beginnings of names, and why some terms
find nothing.
"""

import re
from typing import Any, cast

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Regex

from claims.models.names import build_name_key, strip_accents
from claims.models.spelled_query import SpelledSearchQuery, Spellings, list_spellings
from claims.models.spelling import LETTER_FORMS, WORD_MARKS_TABLE, fold_word, list_words
from claims.models.word_groups import COMMON_WORDS

TOO_COMMON_MESSAGE = "“q” has only words too common to search for."

# PostgreSQL has room for the 32 operators that wait for a word, and fails at the next. Some of
# that is left for other marks.
MOST_DASHES = 20
TOO_MANY_DASHES = re.compile(rf'-(?:[^\w"-]*-){{{MOST_DASHES}}}')
TOO_MANY_DASHES_MESSAGE = f"“q” has more than {MOST_DASHES} minus signs in a row."

# Typographic marks count as plain ones, in what is searched and in what is asked.
TYPOGRAPHIC_MARKS = "“”„«»‘’‚‛`´\u00a0"
TYPEWRITER_MARKS = '"' * 5 + "'" * 6 + " "
PLAIN_MARKS_TABLE = str.maketrans(TYPOGRAPHIC_MARKS, TYPEWRITER_MARKS)
HYPHEN_WITHIN = re.compile(r"(?<=\w)-(?=\w)")
QUOTED_PHRASE = re.compile(r'(?<![\w-])"([^"\w]*\w[^"]*)"')


def replace_typographic_marks(text: str) -> str:
    """Return what is asked with plain marks."""
    return text.translate(PLAIN_MARKS_TABLE)


def build_plain_column(column: str | F) -> Func:
    """Return the SQL of a column with plain marks.

    A replacement for each mark is three times as fast as `translate`, which compares each character
    of the text with each mark.
    """
    plain: Any = F(column) if isinstance(column, str) else column
    for mark, plain_mark in zip(TYPOGRAPHIC_MARKS, TYPEWRITER_MARKS, strict=True):
        plain = Func(
            plain, Value(mark), Value(plain_mark), function="replace", output_field=TextField()
        )
    return cast("Func", plain)


# The words of a name, with apostrophes and accents and without.
NAME_WORDS = SearchVector("key", build_plain_column("name"), config="simple")


def build_search_query(text: str, spellings: Spellings | None = None) -> SearchQuery:
    """Return a query of the index in the language of web searches: words, "phrases", -not, or.

    Without `spellings` PostgreSQL looks them up itself.
    """
    if spellings is None:
        spellings = list_spellings(text)
    plain = replace_typographic_marks(text).translate(WORD_MARKS_TABLE)
    return SpelledSearchQuery(plain, spellings)


def list_phrase_patterns(text: str) -> list[str]:
    """Return a pattern for each phrase in quotation marks, which must stand as typed except
    for its case.

    There is none where an "or" outside of the phrases leaves a choice.
    """
    asked = replace_typographic_marks(text).casefold()
    beside_phrases = QUOTED_PHRASE.sub("", asked)
    if re.search(r"\bor\b", beside_phrases):
        return []
    patterns = []
    for phrase in QUOTED_PHRASE.findall(asked):
        words = r"\s+".join(build_accented_pattern(word) for word in phrase.split())
        patterns.append(rf"(^|\W){words}(\W|$)")
    return patterns


def build_phrase_condition(column: str, pattern: str) -> Q:
    """Return the condition that a column has a phrase, as `list_phrase_patterns` gives it.

    The index knows stems alone: this tells which of the texts that it finds have the words as typed.
    """
    return Q(Regex(Lower(build_plain_column(column)), pattern))


def build_accented_pattern(word: str) -> str:
    """Return a pattern that a word meets with accents and without."""
    pattern = ""
    for letter in word:
        forms = LETTER_FORMS.get(fold_word(letter), "")
        pattern += f"[{letter}{forms}]" if forms else re.escape(letter)
    return pattern


def build_beginning_query(text: str) -> SearchQuery | None:
    """Return a query for names that have, for each word typed, a word that begins with it; None
    where no word is typed.
    """
    words = []
    for word in text.split():
        key = build_name_key(word)
        if key:
            words.append(f"'{key}':*")
    if not words:
        return None
    return SearchQuery(" & ".join(words), search_type="raw", config="simple")


def has_beginning(text: str) -> bool:
    """Tell whether a word is typed by whose letters a name can begin: not of "...", nor of nothing."""
    return build_beginning_query(text) is not None


def build_name_query(text: str) -> SearchQuery | None:
    """Return a query for names that have the words of a web search; None where it has none but
    common ones.
    """
    plain = strip_accents(replace_typographic_marks(text)).lower()
    words = []
    for word in HYPHEN_WITHIN.sub(" ", plain).split():
        letters = word.strip("\"'-.,;:!?()")
        if letters == "or" or letters not in COMMON_WORDS:
            words.append(word)
    if has_only_common_words(" ".join(words)) or not list_words(plain):
        return None
    return SearchQuery(" ".join(words), search_type="websearch", config="simple")


def has_only_common_words(text: str) -> bool:
    """Return whether the index knows none of the words that are asked for."""
    asked: set[str] = set()
    for word in replace_typographic_marks(text).casefold().split():
        asked.update(word.strip("\"'-.,;:!?()").split("'"))
    asked.discard("")
    return bool(asked) and asked <= COMMON_WORDS


def why_unsearchable(text: str, *, by_phrases: bool = False) -> str:
    """Return why these words cannot be searched for, in a sentence; empty if they can.

    Phrases of common words can be where the search looks for them `by_phrases`, in the texts
    themselves.
    """
    if TOO_MANY_DASHES.search(replace_typographic_marks(text)):
        return TOO_MANY_DASHES_MESSAGE
    found_as_phrases = by_phrases and bool(list_phrase_patterns(text))
    if has_only_common_words(text) and not found_as_phrases:
        return TOO_COMMON_MESSAGE
    return ""
