"""Makes an article of a document that was read."""

from collections.abc import Mapping
from contextlib import nullcontext
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pghistory
from django.db import DatabaseError, transaction

from claims.extraction.records import read_attributions
from claims.history.writing import MOST_TRIES, is_conflict
from claims.intake.database_errors import describe_refusal, is_database_unusable
from claims.intake.known_articles import find_known_articles
from claims.intake.queueing import queue_keeping
from claims.intake.readers import Document
from claims.intake.readers.lines import read_line
from claims.intake.readers.problems import Broken
from claims.intake.storing_articles import (
    find_article,
    is_unchanged,
    store_document,
)
from claims.models import Arrival, ArrivalState, Article, Delivery
from claims.models.arrivals import LONGEST_REASON
from claims.models.refusals import Refused
from claims.passages.cutting import cut_text

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

CORRECTABLE = ("title", "date", "url", "publisher", "author", "section", "language", "licence")
NOT_READ_YET = "it has not been read yet"
KEPT_TOGETHER = 20  # documents, before others that wait have their turn


def keep_arrival(
    arrival: Arrival,
    corrections: Mapping[str, str] | None = None,
    user: "AbstractBaseUser | None" = None,
) -> Article:
    """Store a document that was read, corrected by a person, as an article; return that.

    One that is kept already is not stored again. Raises `Refused` with the reason if it cannot be
    stored: then nothing has changed.
    """
    with note_who(user), transaction.atomic():
        row = Arrival.objects.select_for_update().filter(pk=arrival.pk).first()
        if row is None:
            raise Refused("it was discarded")
        if row.article:
            return row.article
        if row.state != ArrivalState.READ:
            raise Refused(row.reason or NOT_READ_YET)
        document = correct_document(row.document or {}, corrections or {})
        article, outcome = store_as_article(row, document)
        row.state = ArrivalState.KEPT
        row.article = article
        row.outcome = outcome
        row.reason = ""
        row.document = None
        row.attributions = None
        row.save()
    arrival.refresh_from_db()
    return article


def keep_read_arrivals(
    delivery: Delivery,
    user: "AbstractBaseUser | None",
    read_before: datetime,
    after: int = 0,
) -> None:
    """Keep some of the documents of a delivery that were read, and have a worker go on with the rest.

    Those are kept that were read before a moment, each as it was read, in the order in which they
    came; `after` is the last that was seen to. One that is refused says why, and waits to be
    corrected.
    """
    waiting = delivery.arrivals.filter(state=ArrivalState.READ, changed_at__lte=read_before)
    following = waiting.filter(pk__gt=after).order_by("pk").only("pk")
    some = list(following[:KEPT_TOGETHER])
    number = user.pk if user else None
    for arrival in some:
        keep_or_note_refusal(arrival, user)
    if len(some) == KEPT_TOGETHER:
        last = some[-1].pk
        queue_keeping(delivery, user=number, read_before=read_before, after=last)


def keep_or_note_refusal(arrival: Arrival, user: "AbstractBaseUser | None") -> None:
    """Keep a document as it was read, or note why it cannot be.

    It is tried again where another writer came between.
    """
    for _ in range(MOST_TRIES):
        try:
            keep_arrival(arrival, {}, user)
            return
        except Refused as refusal:
            reason = cut_text(str(refusal), LONGEST_REASON)
            if not is_conflict(refusal.__cause__):
                break
    Arrival.objects.filter(pk=arrival.pk, state=ArrivalState.READ).change(reason=reason)


def note_who(user: "AbstractBaseUser | None") -> Any:
    """Have the history tell who keeps an article, where that is known."""
    if user is None or user.pk is None:
        return nullcontext()
    return pghistory.context(user=user.pk)


def correct_document(line: Mapping[str, Any], corrections: Mapping[str, str]) -> Document:
    """Return a document as a person says it is. Raises `Refused` if it cannot be so."""
    unknown = set(corrections) - set(CORRECTABLE)
    if unknown:
        raise Refused(f"{', '.join(sorted(unknown))} cannot be corrected here")
    try:
        return read_line({**line, **corrections})
    except Broken as error:
        raise Refused(str(error)) from None


def store_as_article(row: Arrival, document: Document) -> tuple[Article, str]:
    """Store a document with the quotes that were found in it; return its article and what it was."""
    unchanged = find_unchanged_article(document, row.extractor)
    if unchanged:
        return unchanged, "unchanged"
    try:
        attributions = read_attributions(row.attributions or [], document.text)
        with transaction.atomic():
            stored = store_document(document, attributions, row.extractor)
    except DatabaseError as error:
        if is_database_unusable(error):
            raise
        raise Refused(describe_refusal(error)) from error
    except ValueError as error:
        raise Refused(str(error)) from error
    article = find_article_of(document)
    if article is None:
        raise Refused("it was taken away in the meantime")
    return article, stored.outcome


def find_unchanged_article(document: Document, version: str) -> Article | None:
    """Return the article of a document, if it is as the document and was read by this version."""
    article = find_article_of(document)
    if article and article.extractor == version and is_unchanged(article, document):
        return article
    return None


def find_article_of(document: Document) -> Article | None:
    """Return the article that a document is, by any of its addresses."""
    return find_article(find_known_articles([document]).get_number(document))
