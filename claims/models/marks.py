"""Where the parts of quotes stand in a text, as marks."""

from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING

from claims.passages.marking import Mark

if TYPE_CHECKING:
    from claims.models.quotes import Quote
    from claims.models.spans import Span


def list_marks(
    quote: "Quote", number: int = 1, spans: Iterable["Span"] | None = None
) -> list[Mark]:
    """Return the marks of a quote, in the order of the text.

    Its content `spans` are read unless they are known.

    The quote may come from a form that was refused, with limits that are no span.
    """
    marks = [Mark(quote.cue_start, quote.cue_end, "cue", quote.pk, number)]
    if quote.source_start is not None and quote.source_end is not None:
        marks.append(Mark(quote.source_start, quote.source_end, "source", quote.pk, number))
    contents = quote.spans.all() if spans is None else spans
    for span in contents:
        marks.append(Mark(span.start, span.end, "content", quote.pk, number))
    return sorted(marks, key=attrgetter("start", "end"))
