"""Articles in, rows out: read, extract, store, one article a transaction.

While one article is worked out and stored, the encoder reads those after it. They are stored in the
order in which they came, each whole or not at all, so a run that is killed has stored the first of
them and can be run again.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pghistory
from django.db import DatabaseError, transaction
from django.db.models import Count

from claims.extraction.reading_ahead import Reading, keep_ahead, why_unread
from claims.extraction.schema import Attribution
from claims.history.writing import wait_for_writers
from claims.intake.outlets import find_outlet
from claims.intake.readers import Document, Problem, SkippedFile
from claims.intake.rereading import QuoteChanges
from claims.intake.storing import store_quotes
from claims.intake.versions import ArticleEdit, follow_edit
from claims.models import Article, Change, Outlet, Quote, find_unused_slug

LOOKED_UP = 50  # documents at most that are looked up at once
CHARACTERS_LOOKED_UP = 500_000  # or so
OPTIONAL_FIELDS = ("author", "language", "section")

Begin = Callable[[Document], Reading]
ExtractAttributions = Callable[[Document], Sequence[Attribution]]
Found = Document | Problem | SkippedFile


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What became of one document; `changes`: of the quotes of an article that was read again."""

    document: Document
    outcome: Literal["new", "updated", "unchanged"]
    quotes: int
    changes: QuoteChanges | None = None


class DocumentRefused(ValueError):
    """A document that cannot be stored."""


class Later:
    """A document that is read only once its quotes are asked for."""

    words = 1

    def __init__(self, document: Document, extract: ExtractAttributions):
        self.document, self.extract = document, extract

    def __call__(self) -> Sequence[Attribution]:
        return self.extract(self.document)

    def cancel(self) -> None:
        pass


def ingest_documents(
    found: Iterable[Found], extract: ExtractAttributions, version: str, *, again: bool = False
) -> Generator[StoredDocument | Problem | SkippedFile, None, None]:
    """Store each document as `ingest_ahead` does, reading one at a time."""
    return ingest_ahead(found, lambda document: Later(document, extract), version, again=again)


def ingest_ahead(
    found: Iterable[Found], begin: Begin, version: str, *, again: bool = False
) -> Generator[StoredDocument | Problem | SkippedFile, None, None]:
    """Store each document; one that cannot be stored is a problem, and the rest goes on.

    `begin` has a document read ahead. `version` is the extractor's; an article it has read already,
    unchanged, is passed over unless asked for `again`.
    Raises `OperationalError` when the database itself is gone or full: nothing more can be stored then.
    """
    intake = Intake(begin, version, again)
    for reading, item in keep_ahead(intake.begin_each(found)):
        if not isinstance(item, Document):
            yield item
            continue
        try:
            yield intake.settle(item, reading)
        except DocumentRefused as error:
            yield Problem(item.where, str(error))
        except DatabaseError as error:
            if is_database_unusable(error):
                raise
            yield Problem(item.where, f"the database refused it: {get_first_line(error)}")
    Change.forget_old()


class Intake:
    """Documents on their way in: which of them have to be read, and what becomes of each."""

    def __init__(self, begin: Begin, version: str, again: bool):
        self.begin, self.version, self.again = begin, version, again
        self.on_their_way: Counter[str] = Counter()  # keys of documents that are not settled yet

    def begin_each(
        self, found: Iterable[Found]
    ) -> Iterator[tuple[Reading | None, Found | StoredDocument]]:
        """Have the documents read that are not stored as they are, and pass on all else, in order.

        One whose article is on its way in already waits for that, without a reading.
        """
        for batch in in_batches(found):
            waited_for = set(self.on_their_way)
            unchanged = self.find_unchanged([item for item in batch if isinstance(item, Document)])
            for item in batch:
                if not isinstance(item, Document):
                    yield None, item
                    continue
                waits = item.key in waited_for
                waited_for.add(item.key)
                if not waits and item.key in unchanged:
                    yield None, unchanged[item.key]
                    continue
                self.on_their_way[item.key] += 1
                yield None if waits else self.begin(item), item

    def find_unchanged(self, documents: Sequence[Document]) -> dict[str, StoredDocument]:
        """Return, by their keys, what is stored of these documents as it is, read by this version."""
        if self.again:
            return {}
        first = {document.key: document for document in reversed(documents)}
        same = Article.objects.filter(key__in=first, extractor=self.version).order_by()
        rows = same.only("key", "text", "title", "published_on", *OPTIONAL_FIELDS)
        articles = [article for article in rows if is_unchanged(article, first[article.key])]
        quotes = count_quotes(articles)
        return {
            a.key: StoredDocument(first[a.key], "unchanged", quotes.get(a.pk, 0)) for a in articles
        }

    def settle(self, document: Document, reading: Reading | None) -> StoredDocument:
        """Store what was read of a document; what had to wait is looked up and read only now."""
        self.on_their_way[document.key] -= 1
        if not self.on_their_way[document.key]:
            del self.on_their_way[document.key]
        if reading is None and (stored := self.find_unchanged([document])):
            return stored[document.key]
        attributions = read_out(reading or self.begin(document))
        return store_document(document, attributions, self.version)


def in_batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    """Yield what is found in lists of so many items, and of texts that together are not long."""
    batch: list[Found] = []
    characters = 0
    for item in found:
        batch.append(item)
        characters += len(item.text) if isinstance(item, Document) else 0
        if len(batch) >= LOOKED_UP or characters > CHARACTERS_LOOKED_UP:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch


def count_quotes(articles: Sequence[Article]) -> dict[int, int]:
    """Return how many quotes each article has that has any, by its number."""
    if not articles:
        return {}
    numbers = [article.pk for article in articles]
    quotes = Quote.objects.present().filter(article__in=numbers).order_by()
    return dict(quotes.values_list("article").annotate(Count("pk")))


def read_out(reading: Reading) -> Sequence[Attribution]:
    try:
        return reading()
    except Exception as error:
        raise DocumentRefused(why_unread(error)) from error


def is_database_unusable(error: DatabaseError) -> bool:
    """Whether the server is gone (08, 57), full (53, 58) or without the tables (42): SQLSTATE classes of PostgreSQL."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state[:2] in ("08", "42", "53", "57", "58")


def get_first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]


def store_document(
    document: Document, attributions: Sequence[Attribution], version: str
) -> StoredDocument:
    """Store an article and its quotes, in one transaction."""
    with pghistory.context(why=f"read by extractor {version}"), transaction.atomic():
        wait_for_writers()
        article, edit, known = store_article(document, version)
        changes = store_quotes(article, attributions, version, edit)
    return StoredDocument(
        document, "updated" if known else "new", len(attributions), changes if known else None
    )


def is_unchanged(article: Article, document: Document) -> bool:
    stored = (article.text, article.title, article.published_on)
    if stored != (document.text, document.title, document.published_on):
        return False
    return all(getattr(article, name) == value for name, value in list_optional_values(document))


def list_optional_values(document: Document) -> list[tuple[str, str]]:
    """Return what a document tells beside its text; what it does not tell stays as another told it."""
    values = [(name, str(getattr(document, name))) for name in OPTIONAL_FIELDS]
    return [(name, value) for name, value in values if value]


def store_article(document: Document, version: str) -> tuple[Article, ArticleEdit | None, bool]:
    """Store the article; return it, and whether it was there before.

    Between them stands what a new text did to its quotes; the database keeps the other one as a version.
    """
    host, name = find_outlet(document.url, document.publisher)
    outlet = Outlet.objects.filter(host=host).first()
    outlet = outlet or Outlet.objects.create(
        host=host, name=name, slug=find_unused_slug(Outlet, name)
    )
    article = Article.objects.filter(key=document.key).first() or Article(key=document.key)
    if article.pk:  # the quotes before their article, as corrections lock them: else each could wait for the other
        list(article.quotes.order_by("pk").select_for_update().values_list("pk"))
    known = bool(article.pk)
    old = article.text if known else document.text
    values = {"outlet": outlet, "url": document.url, "title": document.title, "text": document.text}
    values |= {"published_on": document.published_on, "extractor": version}
    values |= dict(list_optional_values(document))
    changed = [
        name
        for name, value in values.items()
        if article.pk is None or getattr(article, name) != value
    ]
    for name in changed:
        setattr(article, name, values[name])
    if changed:
        article.save()
    return article, follow_edit(article, old) if old != document.text else None, known
