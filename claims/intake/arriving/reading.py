"""Has the engine read a document that has arrived."""

from collections.abc import Callable
from typing import Any

from claims.extraction.records import ArticleText
from claims.intake.arriving.attempts import begin_attempt, refuse_arrival, settle_attempt
from claims.intake.arriving.keeping import find_unchanged_article
from claims.intake.outlets import find_published_at, read_outlet_names
from claims.intake.readers import Document
from claims.intake.readers.lines import read_line
from claims.intake.readers.problems import Broken
from claims.intake.reading import build_article_text
from claims.models import Arrival, ArrivalState
from claims.models.refusals import Refused

# Finds the quotes of an article, as records. Raises `Refused` with the reason if it cannot.
FindQuotes = Callable[[ArticleText], list[dict[str, Any]]]


def read_arrival(arrival: Arrival, find_quotes: FindQuotes, version: str) -> None:
    """Read a document for quotes, and note what was found and by which version of the engine.

    What keeps itself, and is an article as it is already, is not read again.
    """
    if not begin_attempt(arrival, is_opened=True):
        return
    try:
        document = read_line(arrival.document or {})
    except Broken as error:
        refuse_arrival(arrival, str(error))
        return
    article = None
    if arrival.delivery.keeps_itself:
        article = find_unchanged_article(document, version)
    if article:
        settle_attempt(
            arrival, state=ArrivalState.KEPT, article=article, outcome="unchanged", document=None
        )
        return
    try:
        records = find_quotes(build_arrived_text(document))
    except Refused as refusal:
        refuse_arrival(arrival, str(refusal))
        return
    settle_attempt(
        arrival,
        state=ArrivalState.READ,
        reason="",
        attributions=records,
        extractor=version,
    )


def build_arrived_text(document: Document) -> ArticleText:
    hosts = find_published_at(document.url, document.publisher).hosts
    return build_article_text(document, read_outlet_names(hosts))
