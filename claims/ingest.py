"""Articles in, rows out: read, extract, store, one article a transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pghistory
from django.db import DatabaseError, transaction

from claims.extraction.schema import Attribution
from claims.locks import wait_for_writers
from claims.models import Article, Change, Outlet, Quote, unused_slug
from claims.outlets import outlet_of
from claims.readers import Document, Problem, Skipped
from claims.rereading import Changes
from claims.storing import store_quotes
from claims.versions import Edit, follow

Extract = Callable[[Document], Sequence[Attribution]]


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one document; `changes`: of the quotes of an article that was read again."""

    document: Document
    outcome: Literal["new", "updated", "unchanged"]
    quotes: int
    changes: Changes | None = None


class Refused(ValueError):
    """A document that cannot be stored."""


def ingest(
    found: Iterable[Document | Problem | Skipped], extract: Extract, version: str, *, again: bool = False
) -> Iterator[Stored | Problem | Skipped]:
    """Store each document; one that cannot be stored is a problem, and the rest goes on.

    `version` is the extractor's; an article it has read already, unchanged, is passed over unless asked for `again`.
    Raises `OperationalError` when the database itself is gone or full: nothing more can be stored then.
    """
    for item in found:
        if not isinstance(item, Document):
            yield item
            continue
        try:
            yield ingest_one(item, extract, version, again=again)
        except Refused as error:
            yield Problem(item.where, str(error))
        except DatabaseError as error:
            if unusable(error):
                raise
            yield Problem(item.where, f"the database refused it: {first_line(error)}")
    Change.forget_old()


def unusable(error: DatabaseError) -> bool:
    """Whether the server is gone (08, 57), full (53, 58) or without the tables (42): SQLSTATE classes of PostgreSQL."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state[:2] in ("08", "42", "53", "57", "58")


def first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]


def ingest_one(document: Document, extract: Extract, version: str, *, again: bool = False) -> Stored:
    known = Article.objects.filter(key=document.key).first()
    if known and unchanged(known, document) and known.extractor == version and not again:
        return Stored(document, "unchanged", Quote.objects.present().filter(article=known).count())
    try:
        attributions = extract(document)
    except Exception as error:
        raise Refused(f"it cannot be read for quotes ({type(error).__name__}: {first_line(error)})") from error
    with pghistory.context(why=f"read by extractor {version}"), transaction.atomic():
        wait_for_writers()
        article, edit = store_article(document, version)
        changes = store_quotes(article, attributions, version, edit)
    return Stored(document, "updated" if known else "new", len(attributions), changes if known else None)


def unchanged(article: Article, document: Document) -> bool:
    return (article.text, article.title, article.published_on) == (document.text, document.title, document.published_on)


def store_article(document: Document, version: str) -> tuple[Article, Edit | None]:
    """The article, and what it did to its quotes if its text was another; the database keeps the other as a version."""
    host, name = outlet_of(document.url, document.publisher)
    outlet = Outlet.objects.filter(host=host).first()
    outlet = outlet or Outlet.objects.create(host=host, name=name, slug=unused_slug(Outlet, name))
    article = Article.objects.filter(key=document.key).first() or Article(key=document.key)
    if article.pk:  # the quotes before their article, as corrections lock them: else each could wait for the other
        list(article.quotes.order_by("pk").select_for_update().values_list("pk"))
    old = article.text if article.pk else document.text
    values = {"outlet": outlet, "url": document.url, "title": document.title, "text": document.text}
    values |= {"published_on": document.published_on, "extractor": version}
    changed = [name for name, value in values.items() if article.pk is None or getattr(article, name) != value]
    for name in changed:
        setattr(article, name, values[name])
    if changed:
        article.save()
    return article, follow(article, old) if old != document.text else None
