"""The quotes of an article as its page calls them: by number, and by a short name of who speaks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.models.addresses import get_address
from claims.models.marks import list_marks
from claims.pages.short_names import find_short_names
from claims.passages.quotations import TextStretch

if TYPE_CHECKING:
    from claims.models import Quote

DEEPEST_MARGIN_LEVEL = 3  # levels of quotes within quotes that the margin tells apart
LONGEST_SHORT_NAME = 32  # characters of a name in the margin


@dataclass(frozen=True, slots=True)
class NumberedQuote:
    """A quote as the page calls it: by its number in the order of the text, and by a short name of
    its speaker.

    `contents` says where its content stands, `outer` is the number of the quote that it stands
    within, and `depth` says how many quotes it stands within. `others` is where it stands with those
    of other articles that say the same, empty if there are none.
    """

    quote: "Quote"
    number: int
    short: str
    address: str
    contents: tuple[TextStretch, ...] = ()
    outer: int | None = None
    depth: int = 0
    others: str = ""


def sort_for_reader(quotes: Iterable["Quote"]) -> list["Quote"]:
    """Return the quotes in the order in which a reader meets them."""

    def find_beginning(quote: "Quote") -> tuple[int, int]:
        first_mark = list_marks(quote, spans=quote.parts)[0]
        return first_mark.start, quote.cue_start

    return sorted(quotes, key=find_beginning)


def number_quotes(
    quotes: Sequence["Quote"], known: Mapping[int, int] | None = None
) -> list[NumberedQuote]:
    """Return the quotes with their numbers: those `known` by their keys, else from 1 on."""
    numbers = {quote.pk: number for number, quote in enumerate(quotes, 1)}
    if known:
        numbers = {quote.pk: known[quote.pk] for quote in quotes}
    outer_quotes = {quote.pk: quote.within_id for quote in quotes if quote.within_id in numbers}
    short_names = find_short_names(quotes)
    entries = []
    for quote in quotes:
        short_name = short_names.get(quote.actor_id or 0) or quote.said_by
        contents = tuple((span.start, span.end) for span in quote.parts)
        entry = NumberedQuote(
            quote=quote,
            number=numbers[quote.pk],
            short=shorten_text(short_name),
            address=quote.get_absolute_url(),
            contents=contents,
            outer=numbers.get(quote.within_id or 0),
            depth=compute_nesting_depth(quote.pk, outer_quotes),
            others=find_address_of_others(quote),
        )
        entries.append(entry)
    return entries


def find_address_of_others(quote: "Quote") -> str:
    """Return where the quotes of other articles stand that say the same; empty if none is known."""
    if not getattr(quote, "is_told_elsewhere", False):
        return ""
    return get_address("claim", quote.claim_number)


def compute_nesting_depth(quote: int, outer_quotes: Mapping[int, int | None]) -> int:
    """Return how many quotes a quote stands within, as far as the margin tells them apart."""
    depth = 0
    outer = outer_quotes.get(quote)
    while outer and depth < DEEPEST_MARGIN_LEVEL:
        depth += 1
        outer = outer_quotes.get(outer)
    return depth


def shorten_text(text: str, longest: int = LONGEST_SHORT_NAME) -> str:
    """Return a text of at most `longest` characters, the last of them an ellipsis where some is
    left out.
    """
    if len(text) <= longest:
        return text
    return f"{text[: longest - 1].rstrip()}…"
