"""What is asked in words: searches, phrases, beginnings of names."""

import re
from functools import reduce
from operator import and_

from django.contrib.postgres.search import SearchQuery
from django.db.models import F, Func, Q, TextField, Value

from claims.models.common_words import COMMON_WORDS, TOO_COMMON_MESSAGE

# Typographic marks as plain ones, in what is searched and in what is asked.
TYPOGRAPHIC_MARKS = "“”„«»‘’‚‛`´\u00a0"
TYPEWRITER_MARKS = '"' * 5 + "'" * 6 + " "
QUOTED_PHRASE = re.compile(r'(?<![\w-])"([^"\w]*\w[^"]*)"')
MOST_DASHES = 20  # before one word: PostgreSQL has room for the 32 operators that wait for it, and fails at the next
DASHES = re.compile(rf'-(?:[^\w"-]*-){{{MOST_DASHES}}}')
TOO_MANY_DASHES = f"“q” has more than {MOST_DASHES} minus signs in a row."


def build_plain_column(column: str) -> Func:
    return Func(
        F(column),
        Value(TYPOGRAPHIC_MARKS),
        Value(TYPEWRITER_MARKS),
        function="translate",
        output_field=TextField(),
    )


def replace_typographic_marks(text: str) -> str:
    """What is asked, with plain marks."""
    return text.translate(str.maketrans(TYPOGRAPHIC_MARKS, TYPEWRITER_MARKS))


def build_search_query(text: str) -> SearchQuery:
    """Words, "phrases", -not, or: the language of web searches."""
    return SearchQuery(replace_typographic_marks(text), search_type="websearch", config="english")


def has_only_common_words(text: str) -> bool:
    """Whether the index knows none of the words that are asked for."""
    asked = [
        part
        for word in replace_typographic_marks(text).casefold().split()
        for part in word.strip("\"'-.,;:!?()").split("'")
        if part
    ]
    return bool(asked) and COMMON_WORDS.issuperset(asked)


def why_unsearchable(text: str, *, by_phrases: bool = False) -> str:
    """Return why these words cannot be searched for, in a sentence; empty if they can.

    Phrases of common words can be where the search looks for them `by_phrases`, in the texts themselves.
    """
    if DASHES.search(replace_typographic_marks(text)):
        return TOO_MANY_DASHES
    found_as_phrases = by_phrases and bool(list_phrase_patterns(text))
    if has_only_common_words(text) and not found_as_phrases:
        return TOO_COMMON_MESSAGE
    return ""


def list_phrase_patterns(text: str) -> list[str]:
    """A pattern for each phrase in quotation marks, which must stand so but for case; none where "or" leaves a choice."""
    asked = replace_typographic_marks(text).casefold()
    found = (
        [] if re.search(r"\bor\b", QUOTED_PHRASE.sub("", asked)) else QUOTED_PHRASE.findall(asked)
    )
    return [
        r"(^|\W)" + r"\s+".join(re.escape(word) for word in phrase.split()) + r"(\W|$)"
        for phrase in found
    ]


def build_beginning_condition(column: str, text: str) -> Q:
    """That a column has, for each word typed, a word that begins so."""
    asked = replace_typographic_marks(text).replace('"', " ").split()
    patterns = [r"\m" + re.escape(word).replace("'", "['’]") for word in asked]
    return reduce(and_, (Q(**{f"{column}__iregex": pattern}) for pattern in patterns), Q())
