"""The words right before "who", "which" or "that", which it means."""

import re

from claims.extraction.lexicon.function_words import (
    DETERMINERS_OF_ANTECEDENT,
    WORDS_OUTSIDE_ANTECEDENT,
)
from claims.extraction.schema import Span
from claims.extraction.speakers.article import ArticleContext

WORD_OF_ANTECEDENT = re.compile(r"[\w'’.-]*[\w'’]")
REACH_TO_ANTECEDENT = 120  # characters before "who" in which the words that it means begin


def find_antecedent(article: ArticleContext, at: int) -> Span | None:
    """Return the noun and what belongs to it before `at`, in its paragraph.

    That is back to its article, or else as far as words have capitals.
    """
    text = article.text
    paragraph, _ = article.paragraphs[article.get_paragraph_number(at)]
    start = max(paragraph, at - REACH_TO_ANTECEDENT)
    words = list(WORD_OF_ANTECEDENT.finditer(text, min(start, at), at))
    if not words or text[words[-1].end() : at].strip(" ,"):
        return None
    first = after = words[-1]
    end_of_noun = words[-1].end()
    for word in reversed(words[:-1]):
        plain = word[0].casefold()
        if text[word.end() : after.start()].strip() or plain in WORDS_OUTSIDE_ANTECEDENT:
            break
        if plain in DETERMINERS_OF_ANTECEDENT:
            return Span(word.start(), end_of_noun)
        if first is after and word[0][:1].isupper():
            first = word
        after = word
    return Span(first.start(), end_of_noun)
