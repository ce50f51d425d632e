"""Articles read ahead: the encoder reads them while the one before is worked out.

Each is read on its own. What goes wrong with one, or takes too long, is the outcome of that one.
"""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from claims.extraction.records import ArticleText
from claims.extraction.schema import Attribution, Speaker
from claims.extraction.text.article_text import Text
from claims.extraction.text.blocks import Block
from claims.extraction.text.listing import list_items
from claims.extraction.text.readable import ReadableText
from claims.extraction.time_limits import (
    SECONDS_PER_ARTICLE,
    TookTooLong,
    get_seconds_allowed,
    time_limit,
)

if TYPE_CHECKING:
    from spacy.language import Language

# What waits, at most, while the encoder reads it.
AHEAD = 50  # articles
WORDS_AHEAD = 10_000


class Begun(Protocol):
    """Something of so many words that has been begun."""

    words: int

    def cancel(self) -> None:
        """Leave it unread."""


class Reading(Begun, Protocol):
    """An article that is being read.

    Called, once, it returns what quotes are in it, or raises why it cannot.
    """

    def __call__(self) -> Sequence[Attribution]: ...


T = TypeVar("T")
B = TypeVar("B", bound=Begun | None)  # None where there is nothing to read


class EncodedAhead:
    """An article that the encoder reads meanwhile; the rest is done when it is called."""

    def __init__(self, nlp: "Language", article: ArticleText, seconds: float):
        self.seconds = get_seconds_allowed(article.text, seconds)
        self.component = cast("Any", nlp.get_pipe("newsroom_quotes"))
        with time_limit(self.seconds):
            self.readable = ReadableText(article.text)
            self.doc = nlp.make_doc(build_text(article, self.readable))
            self.doc._.published = article.published
            self.doc._.publisher = article.publisher
            self.doc._.author = article.author
            self.encoding = self.component.begin(self.doc)
        self.words = len(self.doc)

    def __call__(self) -> Sequence[Attribution]:
        with time_limit(self.seconds):
            doc = self.component.finish(self.doc, self.encoding())
        quotes: list[Attribution] = doc._.quotes
        return restore_offsets(quotes, self.readable)

    def cancel(self) -> None:
        self.encoding.cancel()


def build_text(article: ArticleText, readable: ReadableText) -> Text:
    """Return the text as it is read, with what its page sets apart."""
    blocks: Sequence[Block] = article.blocks
    if not blocks:
        blocks = list_items(readable.text)
    elif readable.is_changed:
        find = readable.find_readable
        moved = [Block(find(block.start), find(block.end), block.kind) for block in blocks]
        blocks = [block for block in moved if block.start < block.end]
    return Text.with_blocks(readable.text, blocks)


def restore_offsets(quotes: Sequence[Attribution], readable: ReadableText) -> list[Attribution]:
    """Return the quotes of a text as it is read with their places in the text as it was given."""
    if not readable.is_changed:
        return list(quotes)
    find = readable.find_original
    restored = []
    for quote in quotes:
        details = [replace(detail, span=find(detail.span)) for detail in quote.details]
        restored.append(
            replace(
                quote,
                source=find(quote.source) if quote.source else None,
                cue=find(quote.cue),
                contents=tuple(readable.find_words(content) for content in quote.contents),
                speaker=restore_names(quote.speaker, readable) if quote.speaker else None,
                details=tuple(details),
                within=find(quote.within) if quote.within else None,
                about=tuple(restore_names(speaker, readable) for speaker in quote.about),
            )
        )
    return restored


def restore_names(speaker: Speaker, readable: ReadableText) -> Speaker:
    """Return a speaker with its names as the text that was given has them."""
    if not readable.names_shortened:
        return speaker
    others = [
        replace(other, name=readable.restore_name(other.name)) for other in speaker.runners_up
    ]
    return replace(
        speaker,
        name=readable.restore_name(speaker.name),
        mention=readable.restore_name(speaker.mention),
        runners_up=tuple(others),
    )


class NotBegun:
    """An article that could not even be begun."""

    words = 0

    def __init__(self, error: Exception):
        self.error = error

    def __call__(self) -> Sequence[Attribution]:
        raise self.error

    def cancel(self) -> None:
        """Do nothing, as nothing goes on."""


def begin(nlp: "Language", article: ArticleText, seconds: float = SECONDS_PER_ARTICLE) -> Reading:
    """Have the encoder read an article, which may take `seconds` and what its length allows."""
    try:
        return EncodedAhead(nlp, article, seconds)
    except Exception as error:
        return NotBegun(error)


def keep_ahead(begun: Iterable[tuple[B, T]]) -> Generator[tuple[B, T], None, None]:
    """Yield what has been begun, in its order, once enough of what comes after it has been begun.

    What has nothing to read waits only for what comes before it. What is left when all ends, by an
    error too, is cancelled.
    """
    queue: deque[tuple[B, T]] = deque()
    words_ahead = 0
    try:
        for reading, known_by in begun:
            queue.append((reading, known_by))
            words_ahead += count_words(reading)
            while queue and is_far_enough_ahead(queue, words_ahead):
                words_ahead -= count_words(queue[0][0])
                yield queue.popleft()
        while queue:
            yield queue.popleft()
    finally:
        for reading, _ in queue:
            if reading is not None:
                reading.cancel()


def is_far_enough_ahead(queue: deque[tuple[B, T]], words_ahead: int) -> bool:
    """Return whether the first in the queue need not wait for more to be begun."""
    has_nothing_to_read = queue[0][0] is None
    return has_nothing_to_read or words_ahead > WORDS_AHEAD or len(queue) > AHEAD


def count_words(reading: Begun | None) -> int:
    return 0 if reading is None else reading.words


def read_each(
    nlp: "Language", articles: Iterable[tuple[ArticleText, T]], seconds: float = SECONDS_PER_ARTICLE
) -> Iterator[tuple[T, Sequence[Attribution] | Exception]]:
    """Yield what quotes are in each article, or why it could not be read.

    Each is given, and comes back, with what to know it by.
    """
    begun = ((begin(nlp, article, seconds), known_by) for article, known_by in articles)
    for reading, known_by in keep_ahead(begun):
        try:
            outcome: Sequence[Attribution] | Exception = reading()
        except Exception as error:
            outcome = error
        yield known_by, outcome


def why_unread(error: Exception) -> str:
    """Return in a line why an article could not be read for quotes."""
    if isinstance(error, TookTooLong):
        return str(error)
    first_line = str(error).strip().partition("\n")[0]
    return f"it cannot be read for quotes ({type(error).__name__}: {first_line})"
