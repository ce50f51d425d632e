"""Has a document read for quotes, with what its page says of it."""

from collections.abc import Callable
from functools import cache
from typing import Any

from claims.extraction.reading_ahead import Reading, begin
from claims.extraction.records import ArticleText
from claims.intake.outlets import OutletNames, find_outlet_name, read_outlet_names
from claims.intake.readers import Document

NO_OUTLETS: OutletNames = {}


def build_article_text(document: Document, outlets: OutletNames = NO_OUTLETS) -> ArticleText:
    """Return what is read of a document: its text, and what its page says of it.

    Its outlet is called as it is among these `outlets`, else as the document itself tells.
    """
    outlet = find_outlet_name(document.url, document.publisher, outlets)
    return ArticleText(
        document.text, document.published_on, outlet, document.author, document.blocks
    )


def begin_document(nlp: Any, document: Document, seconds: float) -> Reading:
    """Have a pipeline read a document, which may take `seconds` and what its length allows.

    No database is asked.
    """
    return begin(nlp, build_article_text(document), seconds)


def build_begin(nlp: Any, seconds: float) -> Callable[[Document], Reading]:
    """Return what has documents read as `begin_document` does, their outlets called as here.

    The outlets are looked up once, when the first document is read.
    """
    get_outlet_names = cache(read_outlet_names)

    def begin_with_outlets(document: Document) -> Reading:
        return begin(nlp, build_article_text(document, get_outlet_names()), seconds)

    return begin_with_outlets
