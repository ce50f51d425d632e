"""Has a document read for quotes, with what its page says of it."""

from typing import Any

from claims.extraction.reading_ahead import Reading, begin
from claims.extraction.records import ArticleText
from claims.intake.outlets import find_outlet
from claims.intake.readers import Document


def build_article_text(document: Document) -> ArticleText:
    """Return what is read of a document: its text, and what its page says of it."""
    _, outlet = find_outlet(document.url, document.publisher)
    return ArticleText(document.text, document.published_on, outlet, document.author)


def begin_document(nlp: Any, document: Document, seconds: float) -> Reading:
    """Have a pipeline read a document, which may take `seconds` and what its length allows."""
    return begin(nlp, build_article_text(document), seconds)
