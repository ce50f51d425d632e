"""Takes articles in: they are read, extracted and stored, a few new ones in one transaction.

While one article is worked out and stored, the encoder reads those after it. They are stored in the
order in which they came, each whole or not at all, so a run that is killed has stored the first of
them and can be run again. Several processes may store at once: of one document the first is new, and
the others find it stored.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import pghistory
from django.db import DatabaseError, transaction
from django.db.models import Count
from django.utils import timezone

from claims.extraction.reading_ahead import Reading, keep_ahead, why_unread
from claims.extraction.schema import Attribution
from claims.history.writing import (
    Named,
    add_beside_others,
    lock_names,
    try_again_after_conflicts,
    wait_for_writers,
)
from claims.intake.addresses import canonicalize_address, clean_address
from claims.intake.copies import compare_when_stored
from claims.intake.earlier_texts import (
    MOST_SIGHTINGS,
    StoredText,
    ToldValues,
    has_given_way_for_good,
    is_of_later_day,
    list_values_told,
    look_up_texts,
)
from claims.intake.known_articles import (
    find_known_articles,
    list_names,
    note_addresses,
    select_new_places,
)
from claims.intake.loading import load_articles
from claims.intake.outlets import (
    find_or_create_outlet,
    find_outlets_to_add,
    find_published_at,
    rename_outlet,
)
from claims.intake.readers import Document, Problem, SkippedFile
from claims.intake.readers.sources import ReadItem
from claims.intake.rereading import QuoteChanges
from claims.intake.storing import store_quotes
from claims.intake.versions import ArticleEdit, follow_edit
from claims.models import Article, Change, Outlet, Quote
from claims.models.copying import copy_rows, reserve_keys
from claims.models.refusals import Refused

# How many documents are looked up at once at most, and of how many characters or so.
DOCUMENTS_LOOKED_UP = 50
CHARACTERS_LOOKED_UP = 500_000
# The first two characters of an SQLSTATE of PostgreSQL: the server is gone (08, 57) or full (53,
# 58), or has no tables (42).
CLASSES_OF_UNUSABLE_DATABASE = ("08", "42", "53", "57", "58")

# The state of one that has no room for more locks: it may have room for those of one document.
TOO_MANY_LOCKS = "53200"

# What a document may tell beside its text: what it leaves out stays as another one told it.
OPTIONAL_FIELDS = ("author", "language", "section", "licence")

ARTICLE_COLUMNS = (
    "id",
    "key",
    "outlet_id",
    "url",
    "title",
    "text",
    "published_on",
    "author",
    "language",
    "section",
    "licence",
    "extractor",
    "added_at",
)

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


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What is stored already of a document.

    `unchanged` is what becomes of it if nothing does; None if its article is not there.
    `has_to_be_read` is false if it is stored as it is, or has a text that does not come back.
    `has_earlier_text` is true if it has a text that its article had before, and may have again.
    """

    unchanged: StoredDocument | None = None
    has_to_be_read: bool = True
    has_earlier_text: bool = False


class Intake:
    """Documents on their way in: which of them have to be read, and what becomes of each."""

    def __init__(self, begin: Begin, version: str, again: bool, together: int):
        self.begin = begin
        self.version = version
        self.again = again
        self.together = together
        # How many documents of each name of an article are not settled yet.
        self.on_their_way: Counter[str] = Counter()
        # The names of articles with several texts, of which the text of now came in this run.
        self.named_with_text_of_now: set[str] = set()
        # What is to be stored next, together, with what needs not be between it.
        self.batch: list[ReadDocument | Outcome] = []

    def begin_each(
        self, items: Iterable[ReadItem]
    ) -> Iterator[tuple[Reading | None, ReadItem | StoredDocument]]:
        """Have the documents read that are not stored as they are, and pass on all else, in order.

        One whose article is on its way in already waits for that, without a reading. One with an
        earlier text of its article comes last: another may yet have the text of now.
        """
        held_back = []
        for batch in split_into_batches(items):
            looked_up = self.look_up([item for item in batch if isinstance(item, Document)])
            waited_for = set(self.on_their_way)
            for item in batch:
                if not isinstance(item, Document):
                    yield None, item
                    continue
                found = next(looked_up)
                if found.has_earlier_text:
                    held_back.append(item)
                    continue
                names = list_names(item)
                has_to_wait = not waited_for.isdisjoint(names)
                waited_for.update(names)
                if not has_to_wait and found.unchanged and not found.has_to_be_read:
                    yield None, found.unchanged
                    continue
                self.on_their_way.update(names)
                reading = None if has_to_wait else self.begin(item)
                yield reading, item
        for item in held_back:
            self.on_their_way.update(list_names(item))
            yield None, item

    def look_up(self, documents: Sequence[Document]) -> Iterator[LookedUp]:
        """Yield what is stored already of each document, looked up with four queries for all."""
        fields = ("title", "extractor", *OPTIONAL_FIELDS)
        texts = look_up_texts(documents, fields)
        articles = [text.article for text in texts if text.article]
        counts = count_quotes(articles)
        told_before = self.list_told_before(documents, texts)
        for document, text in zip(documents, texts, strict=True):
            if text.article is None:
                yield LookedUp()
                continue
            if text.has_versions and text.article.text == document.text:
                self.named_with_text_of_now.update(list_names(document))
            quotes = counts.get(text.article.pk, 0)
            unchanged = StoredDocument(document, "unchanged", quotes)
            is_stored = text.has_all_names and self.is_stored(document, text.article)
            is_told_before = was_told_before(document, told_before.get(text.article.pk, []))
            if is_stored or is_told_before or text.sightings >= MOST_SIGHTINGS:
                yield LookedUp(unchanged, has_to_be_read=False)
            else:
                yield LookedUp(unchanged, has_earlier_text=text.sightings > 0)

    def list_told_before(
        self, documents: Sequence[Document], texts: Sequence[StoredText]
    ) -> dict[int, list[ToldValues]]:
        """Return what was told before of the articles of which documents tell the same text alone.

        Two lines of one address, text and different titles do not undo each other either.
        """
        told_otherwise = []
        for document, text in zip(documents, texts, strict=True):
            article = text.article
            if article is None or self.again or article.extractor != self.version:
                continue
            is_of_now = article.text == document.text and text.has_all_names
            is_later = is_of_later_day(document, article)
            if is_of_now and not is_later and not is_unchanged(article, document):
                told_otherwise.append(article)
        return list_values_told(told_otherwise, OPTIONAL_FIELDS)

    def is_stored(self, document: Document, article: Article) -> bool:
        """Return whether a document is stored as it is, read by this version."""
        if self.again or article.extractor != self.version:
            return False
        return is_unchanged(article, document)

    def settle(self, document: Document, reading: Reading | None) -> None:
        """Have what was read of a document stored; what had to wait is looked up and read only now."""
        if reading is None:
            found = next(self.look_up([document]))
            name = list_names(document)[0]
            stands_beside = found.has_earlier_text and name in self.named_with_text_of_now
            if found.unchanged and (stands_beside or not found.has_to_be_read):
                self.batch.append(found.unchanged)
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
        names = list_names(document)
        self.on_their_way.subtract(names)
        for name in names:
            if not self.on_their_way[name]:
                del self.on_their_way[name]

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
        stored = store_documents(read, self.version)
        for outcome in stored:
            if isinstance(outcome, StoredDocument) and outcome.changes and outcome.changes.edited:
                self.named_with_text_of_now.update(list_names(outcome.document))
        waiting = iter(stored)
        return [next(waiting) if isinstance(each, ReadDocument) else each for each in batch]


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
    state = get_state(error)
    return state is None or state[:2] in CLASSES_OF_UNUSABLE_DATABASE


def get_state(error: DatabaseError) -> str | None:
    """Return the SQLSTATE of an error, None if it comes from the connection."""
    return getattr(error.__cause__, "sqlstate", None)


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
            if is_database_unusable(error) and get_state(error) != TOO_MANY_LOCKS:
                raise
            return store_in_halves(read, version)
    outcomes: list[StoredDocument | Problem] = []
    for place, each in enumerate(read):
        outcomes.append(new.get(place) or store_or_tell_why_not(each, version))
    return outcomes


def store_in_halves(read: Sequence[ReadDocument], version: str) -> list[StoredDocument | Problem]:
    """Store the first half of documents and then the others, as they cannot be stored together."""
    middle = len(read) // 2
    first = store_documents(read[:middle], version)
    return [*first, *store_documents(read[middle:], version)]


def store_or_tell_why_not(read: ReadDocument, version: str) -> StoredDocument | Problem:
    try:
        return store_document(read.document, read.attributions, version)
    except DatabaseError as error:
        if is_database_unusable(error):
            raise
        reason = f"the database refused it: {get_first_line(error)}"
        return Problem(read.document.where, reason)


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
    documents = [each.document for each in read]
    names = {name for document in documents for name in (document.key, *list_names(document))}
    with transaction.atomic(), pghistory.context(why=f"read by extractor {version}"):
        add_beside_others()
        lock_names(Named.ARTICLE, names)
        known = find_known_articles(documents)
        places = select_new_places(documents, known)
        if not places:
            # Gives the locks back, also where a transaction around this one goes on.
            transaction.set_rollback(True)
            return {}
        new = [read[place] for place in places]
        articles = store_articles([each.document for each in new], version)
        note_addresses(list(zip(articles, (each.document for each in new), strict=True)), known)
        attributions = [each.attributions for each in new]
        load_articles(list(zip(articles, attributions, strict=True)), version)
        compare_when_stored()
    outcomes = {}
    for place, each in zip(places, new, strict=True):
        outcomes[place] = StoredDocument(each.document, "new", len(each.attributions))
    return outcomes


def store_articles(documents: Sequence[Document], version: str) -> list[Article]:
    """Store articles that are not there yet, without their quotes."""
    published = [find_published_at(document.url, document.publisher) for document in documents]
    outlets = find_outlets_to_add(published)
    keys = reserve_keys(Article, len(documents))
    articles = []
    for document, number in zip(documents, keys, strict=True):
        article = Article(key=document.key, added_at=timezone.now())
        assign_document(article, document, version, outlets)
        article.pk = number
        articles.append(article)
    rows = [[getattr(article, column) for column in ARTICLE_COLUMNS] for article in articles]
    copy_rows(Article, ARTICLE_COLUMNS, rows)
    return articles


def store_document_again(
    document: Document, attributions: Sequence[Attribution], version: str
) -> StoredDocument:
    """Bring an article that is there to what was read of it, in one transaction.

    What is no more goes, so nobody else writes meanwhile.
    """
    with transaction.atomic(), pghistory.context(why=f"read by extractor {version}"):
        wait_for_writers()
        known = find_known_articles([document])
        article = find_article(known.get_number(document))
        if article and has_given_way_for_good(document, article):
            quotes = count_quotes([article]).get(article.pk, 0)
            return StoredDocument(document, "unchanged", quotes)
        stored = store_article(article, document, version)
        note_addresses([(stored.article, document)], known)
        changes = store_quotes(
            stored.article, attributions, version, stored.edit, has_quotes=stored.has_quotes
        )
        compare_when_stored()
    if stored.is_new:
        return StoredDocument(document, "new", len(attributions))
    return StoredDocument(document, "updated", len(attributions), changes)


def find_article(number: int | None) -> Article | None:
    if number is None:
        return None
    return Article.objects.select_related("outlet").filter(pk=number).first()


def is_unchanged(article: Article, document: Document) -> bool:
    told = {"text": document.text, **get_told_values(document)}
    return all(getattr(article, name) == value for name, value in told.items())


def was_told_before(document: Document, before: Iterable[ToldValues]) -> bool:
    """Return whether a document tells what one before it told of its article."""
    told = get_told_values(document)
    return any(all(values[name] == told[name] for name in told) for values in before)


def get_told_values(document: Document) -> ToldValues:
    """Return what a document tells beside its text."""
    return {
        "title": document.title,
        "published_on": document.published_on,
        **get_optional_values(document),
    }


def get_optional_values(document: Document) -> dict[str, str]:
    """Return those of the optional fields that a document tells."""
    values = {name: str(getattr(document, name)) for name in OPTIONAL_FIELDS}
    return {name: value for name, value in values.items() if value}


def store_article(article: Article | None, document: Document, version: str) -> StoredArticle:
    """Store the article, a new one where there is none.

    Of one that was there before, the database keeps a text that gives way as a version.
    """
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
    article: Article, document: Document, version: str, outlets: dict[str, Outlet] | None = None
) -> bool:
    """Give an article the values of a document, and return whether any of them differed.

    `outlets` are those that have been looked up already, by their hosts.
    """
    values = {
        "outlet": choose_outlet(article, document, outlets),
        "url": choose_url(article, document),
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


def choose_outlet(
    article: Article, document: Document, outlets: dict[str, Outlet] | None
) -> Outlet:
    """Return the outlet of a document, which is mostly that which its article has already."""
    found = find_published_at(document.url, document.publisher)
    if article.pk:
        before = find_published_at(article.url, document.publisher)
        if found.host == before.host:
            rename_outlet(article.outlet, found.name)
            return article.outlet
    return find_or_create_outlet(found, outlets)


def choose_url(article: Article, document: Document) -> str:
    """Return the address to follow: of several spellings of one the first that came."""
    before = canonicalize_address(article.url)
    if before == canonicalize_address(document.url):
        return article.url
    return clean_address(document.url)
