"""Names made comparable: the same whatever their case, accents, apostrophes, hyphens and a leading "the".

The rule is written twice: in Python, and as an expression that PostgreSQL keeps in generated columns, which no write can
leave stale. A test holds that both say the same.
"""

import re
import unicodedata

from django.db.models import F, Func, TextField, Value

LONGEST_KEY = 300  # characters; an index takes no more than some 2,700 bytes
SPACED = '-‐‑‒–—−_,;:/\\()[]"“”«»„·&\u00a0'  # stand for a space
DROPPED = "'’‘ʼ`´."  # stand for nothing
MARKS = str.maketrans(SPACED, " " * len(SPACED), DROPPED)
ACCENTS = "[\u0300-\u036f]"
SMALL = r"(?:^| )(?:of|the|and|for|in|on|to|de)(?= |$)"  # words that initials leave out
FIRST_LETTERS = r"\s*(\S)\S*"


def name_key(name: str) -> str:
    """The words of a name, in lower case and with a space between: "Jean-Luc O’Néill, Jr." → "jean luc oneill jr"."""
    plain = re.sub(ACCENTS, "", unicodedata.normalize("NFKD", name.translate(MARKS)))
    return re.sub("^the (?=.)", "", " ".join(plain.lower().split()))[:LONGEST_KEY]


def initials_of(key: str) -> str:
    """The first letters of a key's words but the small ones: "north atlantic treaty organization" → "nato"."""
    return re.sub(FIRST_LETTERS, r"\1", re.sub(SMALL, "", key))


def text(function: str, *arguments: object, **extra: str) -> Func:
    return Func(*arguments, function=function, output_field=TextField(), **extra)


def key_column(column: str) -> Func:
    """`name_key` of a column."""
    marked = text("translate", F(column), Value(SPACED + DROPPED), Value(" " * len(SPACED)))
    decomposed = text("normalize", marked, template="%(function)s(%(expressions)s, NFKD)")
    plain = text("lower", text("regexp_replace", decomposed, Value(ACCENTS), Value(""), Value("g")))
    spaced = text("btrim", text("regexp_replace", plain, Value(r"\s+"), Value(" "), Value("g")))
    return text("left", text("regexp_replace", spaced, Value("^the (?=.)"), Value("")), Value(LONGEST_KEY))


def initials_column(column: str) -> Func:
    """`initials_of` of the key of a column."""
    kept = text("regexp_replace", key_column(column), Value(SMALL), Value(""), Value("g"))
    return text("regexp_replace", kept, Value(FIRST_LETTERS), Value(r"\1"), Value("g"))
