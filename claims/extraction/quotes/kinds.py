"""How a quote is quoted: all of it in quotation marks (direct), some (mixed), none (indirect)."""

import re
from collections.abc import Sequence

from claims.extraction.schema import Kind, Span
from claims.extraction.text.article_text import Text

WORD_CHARACTERS = re.compile(r"\w+")


def classify_kind(contents: Sequence[Span], text: Text) -> Kind:
    word_count = 0
    quoted_count = 0
    for content in contents:
        for word in WORD_CHARACTERS.finditer(text, content.start, content.end):
            word_count += 1
            quoted_count += bool(text.quoted_characters[word.start()])
    if quoted_count == 0:
        return "indirect"
    return "direct" if quoted_count == word_count else "mixed"
