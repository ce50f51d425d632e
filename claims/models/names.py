"""Names made comparable: the same whatever their case, accents, apostrophes, hyphens and a leading
"the".

The rule is written twice: in Python, and as an expression that PostgreSQL keeps in generated
columns, which no write can leave stale. A test holds that both say the same.
"""

import re
import unicodedata
from functools import lru_cache

from django.db.models import F, Func, Q, TextField, Value

NAMES_REMEMBERED = 30_000  # with their keys, as articles name the same actors again and again
LONGEST_NAME_KEY = 300  # characters; an index takes no more than about 2,700 bytes
CHARACTERS_SPACED = '-‐‑‒–—−_,;:/\\()[]"“”«»„·&\u00a0'  # stand for a space
CHARACTERS_DROPPED = "'’‘ʼ`´."  # stand for nothing
NAME_MARKS_TABLE = str.maketrans(
    CHARACTERS_SPACED, " " * len(CHARACTERS_SPACED), CHARACTERS_DROPPED
)
ACCENTS_PATTERN = "[\u0300-\u036f]"
# Words that initials leave out.
SMALL_WORDS_PATTERN = r"(?:^| )(?:of|the|and|for|in|on|to|de)(?= |$)"
FIRST_LETTERS_PATTERN = r"\s*(\S)\S*"


@lru_cache(NAMES_REMEMBERED)
def build_name_key(name: str) -> str:
    """Return the words of a name, in lower case and with a space between: "Jean-Luc O’Néill,
    Jr." → "jean luc oneill jr".
    """
    return re.sub("^the (?=.)", "", fold_name(name))[:LONGEST_NAME_KEY]


def fold_name(name: str) -> str:
    """Return the words of a name, as its key has them, with a leading "the"."""
    without_accents = strip_accents(name.translate(NAME_MARKS_TABLE))
    return " ".join(without_accents.lower().split())


def strip_accents(text: str) -> str:
    return re.sub(ACCENTS_PATTERN, "", unicodedata.normalize("NFKD", text))


@lru_cache(NAMES_REMEMBERED)
def build_initials(key: str) -> str:
    """Return the first letters of a key's words but the small ones: "north atlantic treaty
    organization" → "nato".
    """
    large_words = re.sub(SMALL_WORDS_PATTERN, "", key)
    return re.sub(FIRST_LETTERS_PATTERN, r"\1", large_words)


def build_key_column(column: str) -> Func:
    """Return the SQL of `build_name_key` of a column."""
    marks = Value(CHARACTERS_SPACED + CHARACTERS_DROPPED)
    spaces = Value(" " * len(CHARACTERS_SPACED))
    marked = build_text_function("translate", F(column), marks, spaces)
    decomposed = build_text_function(
        "normalize", marked, template="%(function)s(%(expressions)s, NFKD)"
    )
    without_accents = replace_everywhere(decomposed, ACCENTS_PATTERN, "")
    lowered = build_text_function("lower", without_accents)
    words = build_text_function("btrim", replace_everywhere(lowered, r"\s+", " "))
    without_the = build_text_function("regexp_replace", words, Value("^the (?=.)"), Value(""))
    return build_text_function("left", without_the, Value(LONGEST_NAME_KEY))


def build_holding_condition(text: str) -> Q:
    """Return the condition that a name holds these letters, as its key has them.

    Letters that no key has, such as a dash alone, are looked for in the name itself.
    """
    letters = fold_name(text)
    if not letters:
        return Q(name__icontains=text)
    holds = Q(key__contains=letters)
    if letters.startswith("the "):
        holds |= Q(key__startswith=letters.removeprefix("the "))
    return holds


def build_initials_column(column: str) -> Func:
    """Return the SQL of `build_initials` of the key of a column."""
    large_words = replace_everywhere(build_key_column(column), SMALL_WORDS_PATTERN, "")
    return replace_everywhere(large_words, FIRST_LETTERS_PATTERN, r"\1")


def build_text_function(function: str, *arguments: object, **extra: str) -> Func:
    return Func(*arguments, function=function, output_field=TextField(), **extra)


def replace_everywhere(text: Func, pattern: str, replacement: str) -> Func:
    """Return the SQL of a text with every match of a pattern replaced."""
    return build_text_function(
        "regexp_replace", text, Value(pattern), Value(replacement), Value("g")
    )
