"""Articles read ahead: the encoder reads them while the one before is worked out.

Each is read on its own. What goes wrong with one, or takes too long, is the outcome of that one.
"""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from claims.extraction.records import ArticleText
from claims.extraction.schema import Attribution
from claims.extraction.time_limits import SECONDS, TookTooLong, allowed, time_limit

if TYPE_CHECKING:
    from spacy.language import Language

AHEAD, WORDS_AHEAD = 50, 10_000  # articles and words at most that wait while the encoder reads them

T = TypeVar("T")


class Reading(Protocol):
    """An article that is being read, of so many words.

    Called, once, it gives what quotes are in it, or raises why it cannot.
    """

    words: int

    def __call__(self) -> Sequence[Attribution]: ...

    def cancel(self) -> None:
        """Leave it unread."""


R = TypeVar("R", Reading, Reading | None)  # None where there is nothing to read


class Encoding:
    """An article that the encoder reads meanwhile; the rest is done when it is called."""

    def __init__(self, nlp: "Language", article: ArticleText, seconds: float):
        text, published, publisher, author = article
        self.seconds = allowed(text, seconds)
        self.component = cast("Any", nlp.get_pipe("newsroom_quotes"))
        with time_limit(self.seconds):
            self.doc = nlp.make_doc(text)
            self.doc._.published, self.doc._.publisher = published, publisher
            self.doc._.author = author
            self.encoded = self.component.begin(self.doc)
        self.words = len(self.doc)

    def __call__(self) -> Sequence[Attribution]:
        with time_limit(self.seconds):
            quotes: list[Attribution] = self.component.finish(self.doc, self.encoded())._.quotes
        return quotes

    def cancel(self) -> None:
        self.encoded.cancel()


class Failed:
    """An article that could not even be begun."""

    words = 0

    def __init__(self, error: Exception):
        self.error = error

    def __call__(self) -> Sequence[Attribution]:
        raise self.error

    def cancel(self) -> None:
        pass


def begin(nlp: "Language", article: ArticleText, seconds: float = SECONDS) -> Reading:
    """Have the encoder read an article, which may take `seconds` and what its length allows."""
    try:
        return Encoding(nlp, article, seconds)
    except Exception as error:
        return Failed(error)


def keep_ahead(begun: Iterable[tuple[R, T]]) -> Generator[tuple[R, T], None, None]:
    """Yield what has been begun, in its order, once enough of what comes after it has been begun.

    What comes without a reading waits for nothing but the readings before it. What is left when
    all ends, by an error too, is cancelled.
    """
    queue: deque[tuple[R, T]] = deque()
    words = 0
    try:
        for reading, known_by in begun:
            queue.append((reading, known_by))
            words += reading.words if reading else 0
            while queue and (queue[0][0] is None or words > WORDS_AHEAD or len(queue) > AHEAD):
                first, _ = queue[0]
                words -= first.words if first else 0
                yield queue.popleft()
        while queue:
            yield queue.popleft()
    finally:
        for reading, _ in queue:
            if reading:
                reading.cancel()


def read_each(
    nlp: "Language", articles: Iterable[tuple[ArticleText, T]], seconds: float = SECONDS
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
    said = str(error).strip().partition("\n")[0]
    return f"it cannot be read for quotes ({type(error).__name__}: {said})"
