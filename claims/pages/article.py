"""An article as its reader sees it: its quotes in line and in the margin, and who is heard."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from claims.models.marks import list_marks
from claims.outputs.quote_parts import find_bridge
from claims.outputs.tellers import (
    build_outer_quote,
    find_teller,
    list_outer_quotes,
    read_outer_quotes,
)
from claims.pages.hanging import mark_hanging
from claims.pages.heard import (
    QuotedSpeaker,
    UnheardActor,
    find_words_quoted,
    list_quoted_speakers,
    list_unheard_actors,
)
from claims.pages.numbered_quotes import NumberedQuote, number_quotes, sort_for_reader
from claims.passages.marking import Mark, MarkedParagraph, MarkedSegment, mark_paragraphs
from claims.passages.parts import Part
from claims.passages.quotations import (
    Quotation,
    QuotationMeter,
    TextWords,
    measure_quotations,
)
from claims.passages.shares import describe_share

if TYPE_CHECKING:
    from claims.models import Quote, Span
    from claims.models.quote_queryset import QuoteQuerySet

SPEAKERS_SHOWN = 8  # the others are unfolded
QUOTE_PLACES = ("source_start", "source_end", "cue_start", "cue_end")
SPAN_PLACES = ("start", "end")


class PassagePiece(NamedTuple):
    """A stretch of text over which nothing changes.

    `numbers` are those of the quotes that it belongs to, the innermost first. `address` is that of
    the innermost quote, and `begins` are the quotes that have their anchor here. `loose` is the
    quotation that it belongs to and that nobody is credited with, and `opens` says whether that
    begins here.
    """

    segment: MarkedSegment
    address: str
    numbers: str
    begins: tuple[NumberedQuote, ...]
    loose: Quotation | None = None
    opens: bool = False

    @property
    def tone(self) -> str:
        """Return one more class name for words that nobody is credited with, unless they are
        perhaps no speech.
        """
        if self.loose is None or self.loose.aside:
            return ""
        return " loose"


@dataclass(frozen=True, slots=True)
class MarginNote:
    """A quote in the margin of a paragraph; `continued` says that it began in an earlier one."""

    entry: NumberedQuote
    continued: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with its number, its text in pieces, and the quotes that it has a part of."""

    number: int
    pieces: tuple[PassagePiece, ...]
    margin: tuple[MarginNote, ...]


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """All that the page shows of an article's text.

    It has so many `words`, of which so many are `quoted`.
    """

    entries: list[NumberedQuote]
    passages: list[Passage]
    speakers: list[QuotedSpeaker]
    unheard: list[UnheardActor]
    meter: QuotationMeter
    words: int
    quoted: int

    @property
    def share(self) -> str:
        return describe_share(self.quoted, self.words)

    @property
    def first_speakers(self) -> list[QuotedSpeaker]:
        return self.speakers[:SPEAKERS_SHOWN]

    @property
    def other_speakers(self) -> list[QuotedSpeaker]:
        return self.speakers[SPEAKERS_SHOWN:]


def build_article_reading(
    text: str, quotes: Iterable["Quote"], numbers: Mapping[int, int] | None = None
) -> ArticleReading:
    """Return the reading of an article's text with its standing quotes, which come with all of
    `QuoteQuerySet.for_reader`.

    `numbers` has the quotes' numbers by their keys, where these quotes are not all that the article
    has.
    """
    ordered = sort_for_reader(quotes)
    attach_sentence_parts(text, ordered)
    mark_hanging(ordered)
    entries = number_quotes(ordered, numbers)
    words = TextWords(text)
    quoted = find_words_quoted(entries, words)
    meter = measure_quotations(text, words, quoted)
    return ArticleReading(
        entries=entries,
        passages=build_passages(text, entries, [*meter.unattributed, *meter.asides]),
        speakers=list_quoted_speakers(entries, words),
        unheard=list_unheard_actors(entries),
        meter=meter,
        words=len(words),
        quoted=len(quoted),
    )


def attach_sentence_parts(text: str, quotes: Sequence["Quote"]) -> None:
    """Give the quotes of a text what their sentences need. It takes a query if one of them stands
    within a quote that is not among them.
    """
    outers = {quote.pk: build_outer_quote(quote) for quote in quotes}
    elsewhere = {quote.within_id for quote in quotes if quote.within_id and quote.is_stored}
    outers |= read_outer_quotes(elsewhere - outers.keys())
    for quote in quotes:
        starts = [span.start for span in quote.parts]
        quote.says_from = min(starts, default=quote.cue_end)
        quote.says_to = max((span.end for span in quote.parts), default=quote.cue_end)
        quote.bridge = find_bridge(text, quote.cue_end, quote.says_from)
        quote.hearer = ""
        actor = quote.actor.name if quote.actor else ""
        quote.teller = find_teller(actor, list_outer_quotes(quote.within_id, outers))


def read_part(text: str, part: Part, quotes: "QuoteQuerySet") -> ArticleReading:
    """Return the reading of a part of an article's text, with those of its standing quotes that
    have a part of it.
    """
    keys = quotes.in_reading_order().values_list("pk", flat=True)
    numbers = {pk: number for number, pk in enumerate(keys, 1)}
    in_part = list(quotes.for_reader().within_bounds(part.start, part.end))
    for quote in in_part:
        shift_places(quote, part.start)
    return build_article_reading(text[part.start : part.end], in_part, numbers)


def read_part_of_unstored(text: str, part: Part, quotes: Sequence["Quote"]) -> ArticleReading:
    """Return the reading of a part of a text with those of its quotes, none of which is stored, that
    have a part of it.
    """
    if part.count == 1:
        return build_article_reading(text, quotes)
    numbers = {}
    in_part = []
    for number, quote in enumerate(sort_for_reader(quotes), 1):
        numbers[quote.pk] = number
        marks = list_marks(quote, spans=quote.parts)
        is_in_part = marks[0].start < part.end and max(mark.end for mark in marks) > part.start
        if is_in_part:
            shift_places(quote, part.start)
            in_part.append(quote)
    return build_article_reading(text[part.start : part.end], in_part, numbers)


def shift_places(quote: "Quote", start: int) -> None:
    """Give a quote, which is shown and never stored, the places that it has in the text from
    `start` on.
    """
    shift_attributes(quote, QUOTE_PLACES, start)
    for span in quote.parts:
        shift_attributes(span, SPAN_PLACES, start)


def shift_attributes(row: "Quote | Span", names: Iterable[str], start: int) -> None:
    for name in names:
        place = getattr(row, name)
        if place is not None:
            setattr(row, name, max(place - start, 0))


# The text


def build_passages(
    text: str, entries: Sequence[NumberedQuote], loose: Iterable[Quotation]
) -> list[Passage]:
    """Return the paragraphs that hold anything, with the quotes in them and the `loose` quotations
    of nobody known.
    """
    by_quote = {entry.quote.pk: entry for entry in entries}
    marks: list[Mark] = []
    for entry in entries:
        marks.extend(list_marks(entry.quote, entry.number, entry.quote.parts))
    waiting = sorted(loose, key=lambda quotation: quotation.start, reverse=True)
    places = {quotation.start for quotation in waiting}
    places.update(quotation.end for quotation in waiting)

    passages: list[Passage] = []
    start = 0
    for paragraph in mark_paragraphs(text, marks, places):
        pieces = tuple(split_into_pieces(paragraph, start, by_quote, waiting))
        start += sum(len(segment.text) for segment in paragraph) + 1
        if any(segment.text.strip() for segment in paragraph):
            margin = tuple(list_margin_notes(paragraph, by_quote))
            passages.append(Passage(len(passages) + 1, pieces, margin))
    return passages


def split_into_pieces(
    paragraph: MarkedParagraph,
    at: int,
    by_quote: dict[int, NumberedQuote],
    waiting: list[Quotation],
) -> Iterator[PassagePiece]:
    """Yield the pieces of a paragraph that starts `at` a place of the text.

    `waiting` has the loose quotations from here on, the next one last; those that are passed are
    taken off it.
    """
    for segment in paragraph:
        while waiting and waiting[-1].end <= at:
            waiting.pop()
        loose = waiting[-1] if waiting and waiting[-1].start <= at else None
        address = by_quote[segment.inner.quote].address if segment.marks else ""
        numbers = dict.fromkeys(str(mark.number) for mark in segment.marks)
        begins = tuple(by_quote[mark.quote] for mark in segment.begins)
        opens = loose is not None and loose.start == at
        yield PassagePiece(segment, address, " ".join(numbers), begins, loose, opens)
        at += len(segment.text)


def list_margin_notes(
    paragraph: MarkedParagraph, by_quote: dict[int, NumberedQuote]
) -> Iterator[MarginNote]:
    """Yield the quotes that the paragraph has a part of, in the order of their numbers."""
    present: dict[int, int] = {}
    begun: set[int] = set()
    for segment in paragraph:
        present.update((mark.number, mark.quote) for mark in segment.marks)
        begun.update(mark.number for mark in segment.begins)
    for number in sorted(present):
        yield MarginNote(by_quote[present[number]], number not in begun)
