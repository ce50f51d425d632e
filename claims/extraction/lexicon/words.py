"""How tables of words are written, and how patterns are made of them."""

import re
from collections.abc import Iterable

WORD_OF_LETTERS = re.compile(r"[^\W\d_]+")  # letters alone: of "don't" there are two


def word_set(text: str) -> frozenset[str]:
    """Return the words of a table in which white space stands between them."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """Return the entries of a table in which commas stand between them; some have several words."""
    return frozenset(" ".join(entry.split()) for entry in text.split(","))


def add_plurals(nouns: Iterable[str]) -> frozenset[str]:
    """Return nouns and, with an "s" added, their plurals."""
    singulars = frozenset(nouns)
    return singulars | {f"{noun}s" for noun in singulars}


def build_alternation(entries: Iterable[str]) -> str:
    """Return the text of a pattern that matches one of the entries of a table.

    The longest come first, so that none is cut short; a space may be any white space.
    """
    longest_first = sorted(entries, key=lambda entry: (-len(entry), entry))
    patterns = [re.escape(entry).replace(r"\ ", r"\s") for entry in longest_first]
    return f"(?:{'|'.join(patterns)})"
