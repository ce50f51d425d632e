"""Articles read ahead: the encoder reads them while the one before is worked out.

Each is read on its own. What goes wrong with one, or takes too long, is the outcome of that one.
"""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from claims.extraction.records import ArticleText
from claims.extraction.schema import Attribution
from claims.extraction.text.article_text import Text
from claims.extraction.text.wrapping import unfold_lines
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
            self.doc = nlp.make_doc(build_text(article))
            self.doc._.published = article.published
            self.doc._.publisher = article.publisher
            self.doc._.author = article.author
            self.encoding = self.component.begin(self.doc)
        self.words = len(self.doc)

    def __call__(self) -> Sequence[Attribution]:
        with time_limit(self.seconds):
            doc = self.component.finish(self.doc, self.encoding())
        quotes: list[Attribution] = doc._.quotes
        return quotes

    def cancel(self) -> None:
        self.encoding.cancel()


def build_text(article: ArticleText) -> Text:
    """Return the text as it is read: a paragraph a line, with what its page sets apart."""
    return Text.with_blocks(unfold_lines(article.text), article.blocks)


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
