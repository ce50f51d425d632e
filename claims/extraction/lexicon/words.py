"""Tables of words, written as text, and what a word is."""

import re

WORD_OF_LETTERS = re.compile(r"[^\W\d_]+")  # letters alone: of "don't" there are two


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())
