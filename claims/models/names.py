"""Names made comparable: the same whatever their case, accents, apostrophes, hyphens and a leading "the".

The rule is written twice: in Python, and as an expression that PostgreSQL keeps in generated columns, which no write can
leave stale. A test holds that both say the same.
"""

import re
import unicodedata

from django.db.models import F, Func, TextField, Value

LONGEST_NAME_KEY = 300  # characters; an index takes no more than some 2,700 bytes
CHARACTERS_SPACED = '-‐‑‒–—−_,;:/\\()[]"“”«»„·&\u00a0'  # stand for a space
CHARACTERS_DROPPED = "'’‘ʼ`´."  # stand for nothing
NAME_MARKS_TABLE = str.maketrans(
    CHARACTERS_SPACED, " " * len(CHARACTERS_SPACED), CHARACTERS_DROPPED
)
ACCENTS_PATTERN = "[\u0300-\u036f]"
SMALL_WORDS_PATTERN = (
    r"(?:^| )(?:of|the|and|for|in|on|to|de)(?= |$)"  # words that initials leave out
)
FIRST_LETTERS_PATTERN = r"\s*(\S)\S*"


def build_name_key(name: str) -> str:
    """The words of a name, in lower case and with a space between: "Jean-Luc O’Néill, Jr." → "jean luc oneill jr"."""
    plain = re.sub(
        ACCENTS_PATTERN, "", unicodedata.normalize("NFKD", name.translate(NAME_MARKS_TABLE))
    )
    return re.sub("^the (?=.)", "", " ".join(plain.lower().split()))[:LONGEST_NAME_KEY]


def build_initials(key: str) -> str:
    """The first letters of a key's words but the small ones: "north atlantic treaty organization" → "nato"."""
    return re.sub(FIRST_LETTERS_PATTERN, r"\1", re.sub(SMALL_WORDS_PATTERN, "", key))


def build_text_function(function: str, *arguments: object, **extra: str) -> Func:
    return Func(*arguments, function=function, output_field=TextField(), **extra)


def build_key_column(column: str) -> Func:
    """`name_key` of a column."""
    marked = build_text_function(
        "translate",
        F(column),
        Value(CHARACTERS_SPACED + CHARACTERS_DROPPED),
        Value(" " * len(CHARACTERS_SPACED)),
    )
    decomposed = build_text_function(
        "normalize", marked, template="%(function)s(%(expressions)s, NFKD)"
    )
    plain = build_text_function(
        "lower",
        build_text_function(
            "regexp_replace", decomposed, Value(ACCENTS_PATTERN), Value(""), Value("g")
        ),
    )
    spaced = build_text_function(
        "btrim", build_text_function("regexp_replace", plain, Value(r"\s+"), Value(" "), Value("g"))
    )
    return build_text_function(
        "left",
        build_text_function("regexp_replace", spaced, Value("^the (?=.)"), Value("")),
        Value(LONGEST_NAME_KEY),
    )


def build_initials_column(column: str) -> Func:
    """`initials_of` of the key of a column."""
    kept = build_text_function(
        "regexp_replace",
        build_key_column(column),
        Value(SMALL_WORDS_PATTERN),
        Value(""),
        Value("g"),
    )
    return build_text_function(
        "regexp_replace", kept, Value(FIRST_LETTERS_PATTERN), Value(r"\1"), Value("g")
    )
