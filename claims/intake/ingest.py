"""Takes articles in: they are read, extracted and stored, a few new ones in one transaction.

While one article is worked out and stored, the encoder reads those after it. They are stored in the
order in which they came, each whole or not at all, so a run that is killed has stored the first of
them and can be run again. Several processes may store at once: of one document the first is new, and
the others find it stored.
"""

from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass

from claims.extraction.reading_ahead import Reading, keep_ahead, why_unread
from claims.extraction.schema import Attribution
from claims.intake.batches import split_into_batches
from claims.intake.earlier_texts import (
    MOST_SIGHTINGS,
    StoredText,
    ToldValues,
    is_of_later_day,
    list_values_told,
    look_up_texts,
)
from claims.intake.known_articles import list_names
from claims.intake.readers import Document, Problem, SkippedFile
from claims.intake.readers.sources import ReadItem
from claims.intake.storing_articles import (
    OPTIONAL_FIELDS,
    ReadDocument,
    StoredDocument,
    count_quotes,
    get_told_values,
    is_unchanged,
    store_documents,
)
from claims.models import Article, Change
from claims.models.refusals import Refused

# How many documents are looked up at once at most, and of how many characters or so.
DOCUMENTS_LOOKED_UP = 50
CHARACTERS_LOOKED_UP = 500_000
# How many documents are stored at once at most, and of how many words or so.
DOCUMENTS_STORED = 16
WORDS_STORED = 10_000

Begin = Callable[[Document], Reading]
ExtractAttributions = Callable[[Document], Sequence[Attribution]]


Outcome = StoredDocument | Problem | SkippedFile


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
        # How many of these were read, and how many words they have.
        self.number_read = 0
        self.words_read = 0

    def begin_each(
        self, items: Iterable[ReadItem]
    ) -> Iterator[tuple[Reading | None, ReadItem | StoredDocument]]:
        """Have the documents read that are not stored as they are, and pass on all else, in order.

        One whose article is on its way in already waits for that, without a reading. One with an
        earlier text of its article comes last: another may yet have the text of now.
        """
        held_back = []
        for batch in split_documents(items):
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
            self.number_read += 1
            self.words_read += read.words

    def note_settled(self, document: Document) -> None:
        names = list_names(document)
        self.on_their_way.subtract(names)
        for name in names:
            if not self.on_their_way[name]:
                del self.on_their_way[name]

    def is_batch_full(self) -> bool:
        """Return whether enough has been read, or nothing waits to be stored."""
        return (
            not self.number_read
            or self.number_read >= self.together
            or self.words_read >= WORDS_STORED
        )

    def store_batch(self) -> list[Outcome]:
        """Store what waits, and return what came of it all."""
        batch = self.batch
        self.batch = []
        self.number_read = 0
        self.words_read = 0
        read = [each for each in batch if isinstance(each, ReadDocument)]
        for each in read:
            self.note_settled(each.document)
        stored = store_documents(read, self.version)
        for outcome in stored:
            if isinstance(outcome, StoredDocument) and outcome.changes and outcome.changes.edited:
                self.named_with_text_of_now.update(list_names(outcome.document))
        waiting = iter(stored)
        return [next(waiting) if isinstance(each, ReadDocument) else each for each in batch]


def split_documents(items: Iterable[ReadItem]) -> Iterator[list[ReadItem]]:
    """Yield the items in lists of so many, and of texts that together are not long."""
    return split_into_batches(
        items, DOCUMENTS_LOOKED_UP, measure=count_characters, largest=CHARACTERS_LOOKED_UP
    )


def count_characters(item: ReadItem) -> int:
    return len(item.text) if isinstance(item, Document) else 0


def finish_reading(reading: Reading) -> Sequence[Attribution]:
    """Return what was read. Raises `DocumentRefused`, whatever went wrong."""
    try:
        return reading()
    except Exception as error:
        raise DocumentRefused(why_unread(error)) from error


def was_told_before(document: Document, before: Iterable[ToldValues]) -> bool:
    """Return whether a document tells what one before it told of its article."""
    told = get_told_values(document)
    return any(all(values[name] == told[name] for name in told) for values in before)
