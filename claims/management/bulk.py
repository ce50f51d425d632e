"""What several processes do with documents: read and store them, load them, annotate them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice

from django.db import connection

from claims.extraction.reading_ahead import Reading
from claims.extraction.time_limits import SECONDS_PER_ARTICLE
from claims.intake.annotating import DoneShard, Shard, annotate_shard
from claims.intake.attributed import AttributedDocument, PlacedLine, list_names_of_line, load_lines
from claims.intake.ingest import Outcome, ingest_ahead, split_documents
from claims.intake.known_articles import list_names
from claims.intake.readers import Document, Problem, SkippedFile
from claims.intake.readers.lines import build_line
from claims.intake.readers.sources import ReadItem
from claims.intake.reading import begin_document, build_begin
from claims.intake.storing_articles import StoredDocument
from claims.management.processes import Chunk, Processes, count_cores, share_work

LINES_OF_CHUNK = 200
# The first chunks are short: the others wait for what makes the names that all have.
LINES_OF_FIRST_CHUNK = 25

LinesOfChunk = Sequence[PlacedLine | Problem | SkippedFile]


def get_database() -> str:
    return str(connection.settings_dict["NAME"])


def use_database(name: str) -> None:
    """Have this process use the database that the one uses which started it."""
    connection.settings_dict["NAME"] = name


def drop_text(outcome: Outcome) -> Outcome:
    """Return an outcome without what of its document would be much to send to another process: its
    text, and what was found in it.
    """
    if not isinstance(outcome, StoredDocument):
        return outcome
    document = replace(outcome.document, text="")
    if isinstance(document, AttributedDocument):
        document = replace(document, attributions=())
    return replace(outcome, document=document)


# Reading and storing


@dataclass(frozen=True, slots=True)
class IngestWork:
    """Documents are read for quotes and stored; so many `threads` are the encoder's."""

    database: str
    threads: int
    again: bool
    limit: float = SECONDS_PER_ARTICLE

    def prepare(self) -> Callable[[Sequence[ReadItem]], list[Outcome]]:
        from claims.extraction.pipeline import load, version

        use_database(self.database)
        nlp = load(threads=self.threads)

        def do(items: Sequence[ReadItem]) -> list[Outcome]:
            outcomes = ingest_ahead(
                items, build_begin(nlp, self.limit), version(), again=self.again
            )
            return [drop_text(outcome) for outcome in outcomes]

        return do


@contextmanager
def start_ingesting(
    number: int, *, again: bool, limit: float
) -> Iterator[Callable[[Iterable[ReadItem]], Iterator[Outcome]]]:
    """Give what reads and stores documents in so many processes, which load the engine once.

    It yields what became of them in no order; those of one article are read in their order. It
    raises `ProcessEnded`.
    """
    work = IngestWork(get_database(), max(count_cores() // number, 1), again, limit)
    with Processes(work, number) as processes:

        def ingest(items: Iterable[ReadItem]) -> Iterator[Outcome]:
            chunks = (build_document_chunk(batch) for batch in split_documents(items))
            for outcomes in processes.share(chunks):
                yield from outcomes

        yield ingest


def build_document_chunk(items: list[ReadItem]) -> Chunk:
    names: set[str] = set()
    for item in items:
        if isinstance(item, Document):
            names.update(list_names(item))
    return Chunk(items, frozenset(names))


# Loading


@dataclass(frozen=True, slots=True)
class LoadWork:
    """Lines of documents with their quotes are stored."""

    database: str
    undated: bool

    def prepare(self) -> Callable[[LinesOfChunk], list[Outcome]]:
        use_database(self.database)

        def do(lines: LinesOfChunk) -> list[Outcome]:
            return [drop_text(outcome) for outcome in load_lines(lines, undated=self.undated)]

        return do


def load_in_processes(
    lines: Iterable[PlacedLine | Problem | SkippedFile], number: int, *, undated: bool
) -> Iterator[Outcome]:
    """Yield what became of lines that so many processes store, in no order.

    Those of one article are stored in their order. Raises `ProcessEnded`.
    """
    chunks = (build_line_chunk(lines) for lines in split_into_chunks(lines))
    for outcomes in share_work(LoadWork(get_database(), undated), chunks, number):
        yield from outcomes


def split_into_chunks(
    lines: Iterable[PlacedLine | Problem | SkippedFile],
) -> Iterator[list[PlacedLine | Problem | SkippedFile]]:
    waiting = iter(lines)
    size = LINES_OF_FIRST_CHUNK
    while chunk := list(islice(waiting, size)):
        yield chunk
        size = min(2 * size, LINES_OF_CHUNK)


def build_line_chunk(lines: Sequence[PlacedLine | Problem | SkippedFile]) -> Chunk:
    names: set[str] = set()
    for line in lines:
        if not isinstance(line, Problem | SkippedFile):
            _, content = line
            names.update(list_names_of_line(content))
    return Chunk(lines, frozenset(names))


# Annotating


@dataclass(frozen=True, slots=True)
class AnnotateWork:
    """Shards of documents are read for quotes."""

    threads: int
    undated: bool
    limit: float = SECONDS_PER_ARTICLE

    def prepare(self) -> Callable[[Shard], list[DoneShard]]:
        from claims.extraction.pipeline import load, version

        nlp = load(threads=self.threads)

        def begin(document: Document) -> Reading:
            return begin_document(nlp, document, self.limit)

        def do(shard: Shard) -> list[DoneShard]:
            done = annotate_shard(shard, begin, build_line, version(), undated=self.undated)
            return [done]

        return do


def annotate_in_processes(
    shards: Iterable[Shard], number: int, *, undated: bool
) -> Iterator[DoneShard]:
    """Yield the shards as so many processes have done them. Raises `ProcessEnded`."""
    work = AnnotateWork(max(count_cores() // number, 1), undated)
    for done in share_work(work, (Chunk(shard) for shard in shards), number):
        yield from done


def annotate_here(shards: Iterable[Shard], *, undated: bool) -> Iterator[DoneShard]:
    """Yield the shards as they are done, in this process."""
    do = AnnotateWork(0, undated).prepare()
    for shard in shards:
        yield from do(shard)
