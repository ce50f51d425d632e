"""How a quote is quoted: all of it in quotation marks (direct), some (mixed), none (indirect)."""

import re
from collections.abc import Sequence

from claims.extraction.schema import Kind, Span
from claims.extraction.text.article_text import Text

WORD_CHARACTERS = re.compile(r"\w+")


def classify_kind(contents: Sequence[Span], text: Text) -> Kind:
    word_count = 0
    quoted_count = 0
    if not any(text.quoted_characters[span.start : span.end].any() for span in contents):
        return "indirect"
    for content in contents:
        marks = text.quoted_characters[content.start : content.end].tobytes()
        for word in WORD_CHARACTERS.finditer(text, content.start, content.end):
            word_count += 1
            quoted_count += marks[word.start() - content.start] > 0
    if quoted_count == 0:
        return "indirect"
    return "direct" if quoted_count == word_count else "mixed"
