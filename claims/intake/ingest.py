"""Takes articles in: they are read, extracted and stored, a few new ones in one transaction.

While one article is worked out and stored, the encoder reads those after it. They are stored in the
order in which they came, each whole or not at all, so a run that is killed has stored the first of
them and can be run again. Several processes may store at once: of one document the first is new, and
the others find it stored.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pghistory
from django.db import DatabaseError, transaction
from django.db.models import Count

from claims.extraction.reading_ahead import Reading, keep_ahead, why_unread
from claims.extraction.schema import Attribution
from claims.history.writing import (
    Named,
    add_beside_others,
    lock_names,
    try_again_after_conflicts,
    wait_for_writers,
)
from claims.intake.loading import load_articles
from claims.intake.outlets import find_outlet
from claims.intake.readers import Document, Problem, SkippedFile
from claims.intake.readers.sources import ReadItem
from claims.intake.rereading import QuoteChanges
from claims.intake.storing import store_quotes
from claims.intake.versions import ArticleEdit, follow_edit
from claims.models import Article, Change, Outlet, Quote, find_unused_slug
from claims.models.refusals import Refused

# How many documents are looked up at once at most, and of how many characters or so.
DOCUMENTS_LOOKED_UP = 50
CHARACTERS_LOOKED_UP = 500_000
# The first two characters of an SQLSTATE of PostgreSQL: the server is gone (08, 57) or full (53,
# 58), or has no tables (42).
CLASSES_OF_UNUSABLE_DATABASE = ("08", "42", "53", "57", "58")

# What a document may tell beside its text: what it leaves out stays as another one told it.
OPTIONAL_FIELDS = ("author", "language", "section")

# How many documents are stored at once at most, and of how many words or so.
DOCUMENTS_STORED = 16
WORDS_STORED = 10_000

Begin = Callable[[Document], Reading]
ExtractAttributions = Callable[[Document], Sequence[Attribution]]


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What became of one document.

    `changes` are those of the quotes of an article that was read again.
    """

    document: Document
    outcome: Literal["new", "updated", "unchanged"]
    quotes: int
    changes: QuoteChanges | None = None


Outcome = StoredDocument | Problem | SkippedFile


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article just stored, whether it had quotes, and what a new text did to these."""

    article: Article
    is_new: bool
    has_quotes: bool = False
    edit: ArticleEdit | None = None


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """A document of so many words, and what quotes were read in it."""

    document: Document
    attributions: Sequence[Attribution]
    words: int = 0


class DocumentRefused(Refused):
    """Why a document cannot be stored, in words."""


class LaterReading:
    """A document that is read only once its quotes are asked for."""

    words = 1

    def __init__(self, document: Document, extract: ExtractAttributions):
        self.document = document
        self.extract = extract

    def __call__(self) -> Sequence[Attribution]:
        return self.extract(self.document)

    def cancel(self) -> None:
        pass


def ingest_documents(
    items: Iterable[ReadItem], extract: ExtractAttributions, version: str, *, again: bool = False
) -> Generator[Outcome, None, None]:
    """Store each document as `ingest_ahead` does, reading one at a time."""

    def begin(document: Document) -> Reading:
        return LaterReading(document, extract)

    return ingest_ahead(items, begin, version, again=again)


def ingest_ahead(
    items: Iterable[ReadItem],
    begin: Begin,
    version: str,
    *,
    again: bool = False,
    together: int = DOCUMENTS_STORED,
) -> Generator[Outcome, None, None]:
    """Store each document; one that cannot be stored is a problem, and the rest goes on.

    `begin` has a document read ahead. `version` is the extractor's; an article it has read already,
    unchanged, is passed over unless asked for `again`. So many at most are stored `together`, and
    what came of the items is told in their order. Raises `OperationalError` when the database
    itself is gone or full: nothing more can be stored then.
    """
    intake = Intake(begin, version, again, together)
    try:
        for reading, item in keep_ahead(intake.begin_each(items)):
            if isinstance(item, Document):
                if reading is None:  # it waited for those before it
                    yield from intake.store_batch()
                intake.settle(item, reading)
            else:
                intake.batch.append(item)
            if intake.is_batch_full():
                yield from intake.store_batch()
    except BaseException:
        intake.store_batch()  # what was read before
        raise
    yield from intake.store_batch()
    Change.forget_old()


class Intake:
    """Documents on their way in: which of them have to be read, and what becomes of each."""

    def __init__(self, begin: Begin, version: str, again: bool, together: int):
        self.begin = begin
        self.version = version
        self.again = again
        self.together = together
        # How many documents of each key are not settled yet.
        self.on_their_way: Counter[str] = Counter()
        # What is to be stored next, together, with what needs not be between it.
        self.batch: list[ReadDocument | Outcome] = []

    def begin_each(
        self, items: Iterable[ReadItem]
    ) -> Iterator[tuple[Reading | None, ReadItem | StoredDocument]]:
        """Have the documents read that are not stored as they are, and pass on all else, in order.

        One whose article is on its way in already waits for that, without a reading.
        """
        for batch in split_into_batches(items):
            unchanged = self.find_unchanged([item for item in batch if isinstance(item, Document)])
            waited_for = set(self.on_their_way)
            for item in batch:
                if not isinstance(item, Document):
                    yield None, item
                    continue
                has_to_wait = item.key in waited_for
                waited_for.add(item.key)
                if not has_to_wait and item.key in unchanged:
                    yield None, unchanged[item.key]
                    continue
                self.on_their_way[item.key] += 1
                reading = None if has_to_wait else self.begin(item)
                yield reading, item

    def find_unchanged(self, documents: Sequence[Document]) -> dict[str, StoredDocument]:
        """Return, by key, those documents that are stored as they are, read by this version."""
        if self.again:
            return {}
        first = {document.key: document for document in reversed(documents)}
        same_version = Article.objects.filter(key__in=first, extractor=self.version).order_by()
        rows = same_version.only("key", "text", "title", "published_on", *OPTIONAL_FIELDS)
        articles = [article for article in rows if is_unchanged(article, first[article.key])]
        counts = count_quotes(articles)
        unchanged = {}
        for article in articles:
            document = first[article.key]
            quotes = counts.get(article.pk, 0)
            unchanged[article.key] = StoredDocument(document, "unchanged", quotes)
        return unchanged

    def settle(self, document: Document, reading: Reading | None) -> None:
        """Have what was read of a document stored; what had to wait is looked up and read only now."""
        if reading is None:
            unchanged = self.find_unchanged([document])
            if unchanged:
                self.batch.append(unchanged[document.key])
                self.note_settled(document)
                return
            reading = self.begin(document)
        try:
            read = ReadDocument(document, finish_reading(reading), reading.words)
        except DocumentRefused as error:
            self.batch.append(Problem(document.where, str(error)))
            self.note_settled(document)
        else:
            self.batch.append(read)

    def note_settled(self, document: Document) -> None:
        self.on_their_way[document.key] -= 1
        if not self.on_their_way[document.key]:
            del self.on_their_way[document.key]

    def is_batch_full(self) -> bool:
        """Return whether enough has been read, or nothing waits to be stored."""
        read = [each for each in self.batch if isinstance(each, ReadDocument)]
        words = sum(each.words for each in read)
        return not read or len(read) >= self.together or words >= WORDS_STORED

    def store_batch(self) -> list[Outcome]:
        """Store what waits, and return what came of it all."""
        batch = self.batch
        self.batch = []
        read = [each for each in batch if isinstance(each, ReadDocument)]
        for each in read:
            self.note_settled(each.document)
        stored = iter(store_documents(read, self.version))
        return [next(stored) if isinstance(each, ReadDocument) else each for each in batch]


def split_into_batches(items: Iterable[ReadItem]) -> Iterator[list[ReadItem]]:
    """Yield the items in lists of so many, and of texts that together are not long."""
    batch: list[ReadItem] = []
    characters = 0
    for item in items:
        batch.append(item)
        if isinstance(item, Document):
            characters += len(item.text)
        if len(batch) >= DOCUMENTS_LOOKED_UP or characters > CHARACTERS_LOOKED_UP:
            yield batch
            batch = []
            characters = 0
    if batch:
        yield batch


def count_quotes(articles: Sequence[Article]) -> dict[int, int]:
    """Return how many quotes each article has, by its primary key; one without any has no row."""
    if not articles:
        return {}
    keys = [article.pk for article in articles]
    quotes = Quote.objects.present().filter(article__in=keys).order_by()
    return dict(quotes.values_list("article").annotate(Count("pk")))


def finish_reading(reading: Reading) -> Sequence[Attribution]:
    """Return what was read. Raises `DocumentRefused`, whatever went wrong."""
    try:
        return reading()
    except Exception as error:
        raise DocumentRefused(why_unread(error)) from error


def is_database_unusable(error: DatabaseError) -> bool:
    """Return whether nothing more can be stored, by the error's SQLSTATE.

    An error without one comes from the connection.
    """
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state[:2] in CLASSES_OF_UNUSABLE_DATABASE


def get_first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]


def store_documents(read: Sequence[ReadDocument], version: str) -> list[StoredDocument | Problem]:
    """Store documents, those that are new together, and return what came of each.

    If one cannot be stored, it is a problem and the others are stored without it.
    """
    new: dict[int, StoredDocument] = {}
    if len(read) > 1:
        try:
            new = store_new_documents(read, version)
        except DatabaseError as error:
            if is_database_unusable(error):
                raise
    outcomes: list[StoredDocument | Problem] = []
    for place, each in enumerate(read):
        if place in new:
            outcomes.append(new[place])
            continue
        try:
            outcomes.append(store_document(each.document, each.attributions, version))
        except DatabaseError as error:
            if is_database_unusable(error):
                raise
            reason = f"the database refused it: {get_first_line(error)}"
            outcomes.append(Problem(each.document.where, reason))
    return outcomes


def store_document(
    document: Document, attributions: Sequence[Attribution], version: str
) -> StoredDocument:
    """Store an article and its quotes, in one transaction."""
    read = ReadDocument(document, attributions)

    def store() -> StoredDocument:
        new = store_new_documents([read], version)
        return new[0] if new else store_document_again(document, attributions, version)

    return try_again_after_conflicts(store)


def store_new_documents(read: Sequence[ReadDocument], version: str) -> dict[int, StoredDocument]:
    """Store those of the documents whose articles are not there yet, in one transaction.

    Return what came of them by their places. Of several of one article the first is stored.
    """
    places: dict[str, int] = {}
    for place, each in enumerate(read):
        places.setdefault(each.document.key, place)
    with pghistory.context(why=f"read by extractor {version}"), transaction.atomic():
        add_beside_others()
        lock_names(Named.ARTICLE, places)
        stored = Article.objects.filter(key__in=places).order_by()
        known = set(stored.values_list("key", flat=True))
        new = [place for key, place in places.items() if key not in known]
        if not new:
            return {}
        articles = store_articles([read[place].document for place in new], version)
        attributions = [read[place].attributions for place in new]
        load_articles(list(zip(articles, attributions, strict=True)), version)
    outcomes = {}
    for place in new:
        each = read[place]
        outcomes[place] = StoredDocument(each.document, "new", len(each.attributions))
    return outcomes


def store_articles(documents: Sequence[Document], version: str) -> list[Article]:
    """Store articles that are not there yet, without their quotes."""
    outlets = find_outlets(documents)
    articles = []
    for document in documents:
        article = Article(key=document.key)
        assign_document(article, document, version, outlets)
        outlets[article.outlet.host] = article.outlet
        articles.append(article)
    return Article.objects.bulk_create(articles)


def find_outlets(documents: Sequence[Document]) -> dict[str, Outlet]:
    """Return the outlets of documents by their hosts; nobody else makes those that are missing."""
    hosts = {find_outlet(document.url, document.publisher)[0] for document in documents}
    outlets = {outlet.host: outlet for outlet in Outlet.objects.filter(host__in=hosts).order_by()}
    missing = hosts - outlets.keys()
    if missing:
        lock_names(Named.OUTLET, missing)
        for outlet in Outlet.objects.filter(host__in=missing).order_by():
            outlets[outlet.host] = outlet
    return outlets


def store_document_again(
    document: Document, attributions: Sequence[Attribution], version: str
) -> StoredDocument:
    """Bring an article that is there to what was read of it, in one transaction.

    What is no more goes, so nobody else writes meanwhile.
    """
    with pghistory.context(why=f"read by extractor {version}"), transaction.atomic():
        wait_for_writers()
        stored = store_article(document, version)
        changes = store_quotes(
            stored.article, attributions, version, stored.edit, has_quotes=stored.has_quotes
        )
    if stored.is_new:
        return StoredDocument(document, "new", len(attributions))
    return StoredDocument(document, "updated", len(attributions), changes)


def is_unchanged(article: Article, document: Document) -> bool:
    told = {
        "text": document.text,
        "title": document.title,
        "published_on": document.published_on,
        **get_optional_values(document),
    }
    return all(getattr(article, name) == value for name, value in told.items())


def get_optional_values(document: Document) -> dict[str, str]:
    """Return those of the optional fields that a document tells."""
    values = {name: str(getattr(document, name)) for name in OPTIONAL_FIELDS}
    return {name: value for name, value in values.items() if value}


def store_article(document: Document, version: str) -> StoredArticle:
    """Store the article.

    Of one that was there before, the database keeps a text that gives way as a version.
    """
    article = Article.objects.select_related("outlet").filter(key=document.key).first()
    if article is None:
        article = Article(key=document.key)
        assign_document(article, document, version)
        article.save()
        return StoredArticle(article, is_new=True)

    # The quotes before their article, as corrections lock them: else each could wait for the other.
    quotes = article.quotes.order_by("pk").select_for_update()
    has_quotes = bool(list(quotes.values_list("pk")))
    old_text = article.text
    if assign_document(article, document, version):
        article.save()
    edit = None
    if old_text != document.text:
        edit = follow_edit(article, old_text)
    return StoredArticle(article, is_new=False, has_quotes=has_quotes, edit=edit)


def assign_document(
    article: Article, document: Document, version: str, outlets: Mapping[str, Outlet] | None = None
) -> bool:
    """Give an article the values of a document, and return whether any of them differed.

    `outlets` are those that have been looked up already, by their hosts.
    """
    values = {
        "outlet": find_or_create_outlet(article, document, outlets or {}),
        "url": document.url,
        "title": document.title,
        "text": document.text,
        "published_on": document.published_on,
        "extractor": version,
        **get_optional_values(document),
    }
    is_changed = False
    for name, value in values.items():
        if article.pk is None or getattr(article, name) != value:
            setattr(article, name, value)
            is_changed = True
    return is_changed


def find_or_create_outlet(
    article: Article, document: Document, outlets: Mapping[str, Outlet]
) -> Outlet:
    """Return the outlet of a document, which is mostly that which its article has already."""
    host, name = find_outlet(document.url, document.publisher)
    if article.pk and article.outlet.host == host:
        return article.outlet
    if host in outlets:
        return outlets[host]
    outlet = Outlet.objects.filter(host=host).first()
    if outlet is None:
        slug = find_unused_slug(Outlet, name)
        outlet = Outlet.objects.create(host=host, name=name, slug=slug)
    return outlet
