"""Search terms as SQL: web searches, exact phrases and beginnings of names, and why some terms
find nothing.
"""

import re
from functools import reduce
from operator import and_
from typing import Any, cast

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Func, Q, TextField, Value

# The words that the index of English leaves out: PostgreSQL's own list, `english.stop`. No search
# by index finds them.
COMMON_WORDS_TEXT = """
i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its
itself they them their theirs themselves what which who whom this that these those am is are was were be been being have
has had having do does did doing a an the and but if or because as until while of at by for with about against between
into through during before after above below to from up down in out on off over under again further then once here there
when where why how all any both each few more most other some such no nor not only own same so than too very s t can will
just don should now
"""
COMMON_WORDS = frozenset(COMMON_WORDS_TEXT.split())
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


def build_search_query(text: str) -> SearchQuery:
    """Return a query of the index in the language of web searches: words, "phrases", -not, or."""
    return SearchQuery(replace_typographic_marks(text), search_type="websearch", config="english")


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
        words = r"\s+".join(re.escape(word) for word in phrase.split())
        patterns.append(rf"(^|\W){words}(\W|$)")
    return patterns


def build_beginning_condition(column: str, text: str) -> Q:
    """Return the condition that a column has, for each word typed, a word that begins with it."""
    conditions = []
    for word in replace_typographic_marks(text).replace('"', " ").split():
        pattern = r"\m" + re.escape(word).replace("'", "['’]")
        conditions.append(Q(**{f"{column}__iregex": pattern}))
    return reduce(and_, conditions, Q())


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
