"""An article as its reader sees it: its quotes by number, in line and in the margin; who is heard,
and who is not.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from claims.models.marks import list_marks
from claims.models.naming import ListedActor, list_qualifiers
from claims.pages.short_names import find_short_names
from claims.passages.marking import Mark, MarkedParagraph, MarkedSegment, mark_paragraphs
from claims.passages.parts import Part
from claims.passages.quotations import (
    Quotation,
    QuotationMeter,
    TextStretch,
    TextWords,
    measure_quotations,
)
from claims.passages.shares import describe_share

if TYPE_CHECKING:
    from claims.models import Actor, Quote, Span
    from claims.models.quote_queryset import QuoteQuerySet

DEEPEST_MARGIN_LEVEL = 3  # levels of quotes within quotes that the margin tells apart
SPEAKERS_SHOWN = 8  # the others are unfolded
LONGEST_SHORT_NAME = 32  # characters of a name in the margin
QUOTE_PLACES = ("source_start", "source_end", "cue_start", "cue_end")
SPAN_PLACES = ("start", "end")


@dataclass(frozen=True, slots=True)
class NumberedQuote:
    """A quote as the page calls it: by its number in the order of the text, and by a short name of
    its speaker.

    `contents` says where its content stands, `outer` is the number of the quote that it stands
    within, and `depth` says how many quotes it stands within.
    """

    quote: "Quote"
    number: int
    short: str
    address: str
    contents: tuple[TextStretch, ...] = ()
    outer: int | None = None
    depth: int = 0


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
class QuotedSpeaker:
    """Someone quoted, or all whose names are not known (`actor` is None), and the words in the
    content of their quotes.

    `quoted` is how many words lie in the content of anyone's quotes, `all_words` how many the
    article has.
    """

    actor: "Actor | None"
    qualifier: str
    entries: tuple[NumberedQuote, ...]
    words: int
    quoted: int
    all_words: int

    @property
    def of_quoted(self) -> str:
        return describe_share(self.words, self.quoted)

    @property
    def of_all(self) -> str:
        return describe_share(self.words, self.all_words)

    @property
    def width(self) -> float:
        """Return the width of a bar that is 100 wide when nobody else is quoted."""
        return round(100 * self.words / (self.quoted or 1), 1)


@dataclass(frozen=True, slots=True)
class UnheardActor:
    """An actor whom quotes name and who is not quoted."""

    name: str
    qualifier: str
    slug: str
    named_in: tuple[NumberedQuote, ...]


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
    entries = number_quotes(sort_for_reader(quotes), numbers)
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


def find_words_quoted(entries: Iterable[NumberedQuote], words: TextWords) -> set[int]:
    """Return the words that lie in the content of any of these quotes, each by its number."""
    stretches: list[TextStretch] = []
    for entry in entries:
        stretches.extend(entry.contents)
    return words.within(stretches)


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


# Names and numbers


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
        )
        entries.append(entry)
    return entries


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


# Who is heard


def list_quoted_speakers(entries: Sequence[NumberedQuote], words: TextWords) -> list[QuotedSpeaker]:
    """Return the speakers, the most quoted first; those who are not known come last, as one."""
    by_actor: dict[Actor | None, list[NumberedQuote]] = {}
    for entry in entries:
        by_actor.setdefault(entry.quote.actor, []).append(entry)
    words_of: dict[Actor | None, int] = {}
    quoted: set[int] = set()
    for actor, own_entries in by_actor.items():
        own_words = find_words_quoted(own_entries, words)
        words_of[actor] = len(own_words)
        quoted |= own_words

    def rank(actor: "Actor | None") -> tuple[bool, int, int]:
        return actor is None, -words_of[actor], by_actor[actor][0].number

    actors = sorted(by_actor, key=rank)
    speakers = []
    for actor, qualifier in zip(actors, list_speaker_qualifiers(actors), strict=True):
        entries_of_actor = tuple(by_actor[actor])
        word_counts = (words_of[actor], len(quoted), len(words))
        speakers.append(QuotedSpeaker(actor, qualifier, entries_of_actor, *word_counts))
    return speakers


def list_speaker_qualifiers(actors: Iterable["Actor | None"]) -> list[str]:
    """Return what tells actors of one name apart.

    All stand in one article, so that it need not be named.
    """
    listed = []
    for actor in actors:
        if actor is None:
            listed.append(ListedActor("", "", ""))
        else:
            listed.append(ListedActor(actor.slug, actor.name, actor.kind))
    return list_qualifiers(listed)


def list_unheard_actors(entries: Sequence[NumberedQuote]) -> list[UnheardActor]:
    """Return those whom quotes name and who are not quoted, those named in most quotes first."""
    heard = {entry.quote.actor_id for entry in entries}
    named_in: dict[Actor, list[NumberedQuote]] = {}
    for entry in entries:
        for about in entry.quote.naming:
            if about.actor_id not in heard:
                named_in.setdefault(about.actor, []).append(entry)
    actors = sorted(named_in, key=lambda actor: (-len(named_in[actor]), actor.name, actor.pk))
    unheard = []
    for actor, qualifier in zip(actors, list_speaker_qualifiers(actors), strict=True):
        unheard.append(UnheardActor(actor.name, qualifier, actor.slug, tuple(named_in[actor])))
    return unheard
