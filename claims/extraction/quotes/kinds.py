"""Whether a quote's words stand inside quotation marks: all of them (direct), some (mixed), none (indirect)."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from claims.extraction.schema import Kind, Span

WORD_CHARACTERS = re.compile(r"\w+")


def classify_kind(contents: Sequence[Span], text: str, inside: NDArray[np.int8]) -> Kind:
    """`inside` is `quotation.quoted_characters(text)`."""
    words = [
        at.start()
        for span in contents
        for at in WORD_CHARACTERS.finditer(text, span.start, span.end)
    ]
    quoted = sum(bool(inside[at]) for at in words)
    if words and quoted == len(words):
        return "direct"
    return "mixed" if quoted else "indirect"
