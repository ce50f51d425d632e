"""An article as its reader sees it: its quotes by number, in line and in the margin; who is heard, and who is not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from claims.models.marks import list_marks
from claims.models.naming import ListedActor, list_qualifiers
from claims.passages.marking import Mark, MarkedParagraph, MarkedSegment, mark_paragraphs
from claims.passages.parts import Part
from claims.passages.quotations import (
    WORD_WITH_MARKS,
    Quotation,
    QuotationMeter,
    TextStretch,
    TextWords,
    measure_quotations,
)
from claims.passages.shares import describe_share

if TYPE_CHECKING:
    from claims.models import Actor, Quote
    from claims.models.quote_queryset import QuoteQuerySet
DEEPEST_MARGIN_LEVEL = 3  # levels of quotes within quotes that the margin tells apart
SPEAKERS_SHOWN = 8  # speakers; the others are unfolded
LONGEST_SHORT_NAME = 32  # characters of a name in the margin
PLACES, SPAN_PLACES = ("source_start", "source_end", "cue_start", "cue_end"), ("start", "end")


@dataclass(frozen=True, slots=True)
class NumberedQuote:
    """A quote as the page calls it: by its number in the order of the text, and what its speaker is called for short.

    `contents`: where its content stands; `outer`: the number of the quote that it stands within; `depth`: how many it
    stands within.
    """

    quote: "Quote"
    number: int
    short: str
    address: str
    contents: tuple[TextStretch, ...] = ()
    outer: int | None = None
    depth: int = 0


class PassagePiece(NamedTuple):
    """A stretch of text over which nothing changes; `numbers` of the quotes that it belongs to, the innermost first.

    `begins`: the quotes that have their anchor here. `loose`: the quotation that it belongs to and that nobody is
    credited with; `opens`: whether that begins here.
    """

    segment: MarkedSegment
    address: str
    numbers: str
    begins: tuple[NumberedQuote, ...]
    loose: Quotation | None = None
    opens: bool = False

    @property
    def tone(self) -> str:
        """A class name more for words that nobody is credited with, unless they are perhaps no speech."""
        return " loose" if self.loose and not self.loose.aside else ""


@dataclass(frozen=True, slots=True)
class MarginNote:
    """A quote in the margin of a paragraph; `continued` from an earlier one."""

    entry: NumberedQuote
    continued: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph by its number, and the quotes that it has a part of."""

    number: int
    pieces: tuple[PassagePiece, ...]
    margin: tuple[MarginNote, ...]


@dataclass(frozen=True, slots=True)
class QuotedSpeaker:
    """Someone quoted, None for those who are not known, and how many `words` lie in the content of any of their quotes.

    `quoted`, `all_words`: how many lie in the content of anyone's, and how many the article has.
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
        """Of a bar that is 100 wide when nobody else is quoted."""
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
    """`words` of the article, and how many of them are `quoted` by anyone."""

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
    """The reading of an article's text with its standing quotes, which come with all of `QuoteQuerySet.for_reader`.

    `numbers` of the quotes by their keys, where these are not all that the article has.
    """
    entries, words = number_quotes(sort_for_reader(quotes), numbers), TextWords(text)
    quoted = words.within(stretch for entry in entries for stretch in entry.contents)
    measured = measure_quotations(text, words, quoted)
    return ArticleReading(
        entries,
        build_passages(text, entries, [*measured.unattributed, *measured.asides]),
        list_quoted_speakers(entries, words),
        list_unheard_actors(entries),
        measured,
        len(words),
        len(quoted),
    )


def read_part(text: str, part: Part, quotes: "QuoteQuerySet") -> ArticleReading:
    """Return the reading of a part of an article's text, with those of its standing quotes that have a part of it."""
    order = quotes.in_reading_order().values_list("pk", flat=True)
    numbers = {pk: number for number, pk in enumerate(order, 1)}
    here = quotes.for_reader().within_bounds(part.start, part.end)
    return build_article_reading(
        text[part.start : part.end], [moved(quote, part.start) for quote in here], numbers
    )


def moved(quote: "Quote", start: int) -> "Quote":
    """Give a quote, which is shown and never stored, the places that it has in the text from `start` on."""
    for placed, names in ((quote, PLACES), *((span, SPAN_PLACES) for span in quote.parts)):
        for name in names:
            place = getattr(placed, name)
            if place is not None:
                setattr(placed, name, max(place - start, 0))
    return quote


# Names and numbers


def sort_for_reader(quotes: Iterable["Quote"]) -> list["Quote"]:
    """Quotes in the order in which a reader meets them."""
    return sorted(
        quotes, key=lambda quote: (list_marks(quote, spans=quote.parts)[0].start, quote.cue_start)
    )


def number_quotes(
    quotes: Sequence["Quote"], known: Mapping[int, int] | None = None
) -> list[NumberedQuote]:
    numbers = {
        quote.pk: known[quote.pk] if known else number for number, quote in enumerate(quotes, 1)
    }
    outside = {quote.pk: quote.within_id for quote in quotes if quote.within_id in numbers}
    shorts = find_short_names(quotes)
    return [
        NumberedQuote(
            quote,
            numbers[quote.pk],
            shorten_text(shorts.get(quote.actor_id or 0) or quote.said_by),
            quote.get_absolute_url(),
            tuple((span.start, span.end) for span in quote.parts),
            numbers.get(quote.within_id or 0),
            compute_nesting_depth(quote.pk, outside),
        )
        for quote in quotes
    ]


def compute_nesting_depth(quote: int, outside: Mapping[int, int | None]) -> int:
    level, around = 0, outside.get(quote)
    while around and level < DEEPEST_MARGIN_LEVEL:
        level, around = level + 1, outside.get(around)
    return level


def shorten_text(text: str, longest: int = LONGEST_SHORT_NAME) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"


def find_short_names(quotes: Iterable["Quote"]) -> dict[int, str]:
    """What the article itself calls each person, as far as it is a part of the name: “Mr. Xi” is Xi, as Xi Jinping is.

    Only where it has a word that no other person's name has here.
    """
    called: dict[Actor, set[str]] = {}
    for quote in quotes:
        if quote.actor and quote.actor.kind == "person":
            called.setdefault(quote.actor, {quote.actor.name}).add(
                select_words_of_name(quote.actor.name, quote.source_text)
            )
    bearers = Counter(word for actor in called for word in set(WORD_WITH_MARKS.findall(actor.name)))
    return {
        actor.pk: min(
            (form for form in forms if form == actor.name or has_telling_word(form, bearers)),
            key=len,
        )
        for actor, forms in called.items()
    }


def select_words_of_name(name: str, source: str) -> str:
    """The words of a source that are of the name."""
    known = set(WORD_WITH_MARKS.findall(name))
    return " ".join(word for word in WORD_WITH_MARKS.findall(source) if word in known)


def has_telling_word(form: str, bearers: Counter[str]) -> bool:
    """Whether a form of a name has a capitalized word, more than an initial, that one speaker alone bears."""
    return any(len(word) > 1 and word[0].isupper() and bearers[word] == 1 for word in form.split())


# The text


def build_passages(
    text: str, entries: Sequence[NumberedQuote], loose: Iterable[Quotation]
) -> list[Passage]:
    """The paragraphs that hold anything, with the quotes in them and what is said by nobody known."""
    by_quote = {entry.quote.pk: entry for entry in entries}
    marks = [
        mark
        for entry in entries
        for mark in list_marks(entry.quote, entry.number, entry.quote.parts)
    ]
    open_ones = sorted(loose, key=lambda each: each.start, reverse=True)
    places = [place for each in open_ones for place in (each.start, each.end)]
    made: list[Passage] = []
    at = 0
    for paragraph in mark_paragraphs(text, marks, places):
        pieces = tuple(split_into_pieces(paragraph, at, by_quote, open_ones))
        at += sum(len(segment.text) for segment in paragraph) + 1
        if any(segment.text.strip() for segment in paragraph):
            made.append(
                Passage(len(made) + 1, pieces, tuple(list_margin_notes(paragraph, by_quote)))
            )
    return made


def split_into_pieces(
    paragraph: MarkedParagraph,
    at: int,
    by_quote: dict[int, NumberedQuote],
    waiting: list[Quotation],
) -> Iterator[PassagePiece]:
    """`waiting`: the loose quotations from here on, the next one last; those that are passed are taken off."""
    for segment in paragraph:
        while waiting and waiting[-1].end <= at:
            waiting.pop()
        loose = waiting[-1] if waiting and waiting[-1].start <= at else None
        inner = by_quote[segment.inner.quote].address if segment.marks else ""
        begins = tuple(by_quote[mark.quote] for mark in segment.begins)
        yield PassagePiece(
            segment,
            inner,
            format_mark_numbers(segment.marks),
            begins,
            loose,
            loose is not None and loose.start == at,
        )
        at += len(segment.text)


def format_mark_numbers(marks: Iterable[Mark]) -> str:
    return " ".join(dict.fromkeys(str(mark.number) for mark in marks))


def list_margin_notes(
    paragraph: MarkedParagraph, by_quote: dict[int, NumberedQuote]
) -> Iterator[MarginNote]:
    """The quotes that the paragraph has a part of, in the order of their numbers."""
    here = {mark.number: mark.quote for segment in paragraph for mark in segment.marks}
    begun = {mark.number for segment in paragraph for mark in segment.begins}
    for number in sorted(here):
        yield MarginNote(by_quote[here[number]], number not in begun)


# Who is heard


def list_quoted_speakers(entries: Sequence[NumberedQuote], words: TextWords) -> list[QuotedSpeaker]:
    """The most quoted first; those who are not known come last, as one."""
    by_actor: dict[Actor | None, list[NumberedQuote]] = {}
    for entry in entries:
        by_actor.setdefault(entry.quote.actor, []).append(entry)
    said = {
        actor: words.within(each for entry in theirs for each in entry.contents)
        for actor, theirs in by_actor.items()
    }
    quoted = len(set().union(*said.values()))
    order = sorted(
        by_actor, key=lambda actor: (actor is None, -len(said[actor]), by_actor[actor][0].number)
    )
    return [
        QuotedSpeaker(
            actor, qualifier, tuple(by_actor[actor]), len(said[actor]), quoted, len(words)
        )
        for actor, qualifier in zip(order, list_speaker_qualifiers(order), strict=True)
    ]


def list_speaker_qualifiers(actors: Iterable["Actor | None"]) -> list[str]:
    """What tells actors of one name apart; all stand in one article, so that it need not be named."""
    return list_qualifiers(
        [
            ListedActor(actor.slug, actor.name, actor.kind) if actor else ListedActor("", "", "")
            for actor in actors
        ]
    )


def list_unheard_actors(entries: Sequence[NumberedQuote]) -> list[UnheardActor]:
    """Whom quotes name without quoting them, those named in most quotes first."""
    heard = {entry.quote.actor_id for entry in entries}
    named: dict[Actor, list[NumberedQuote]] = {}
    for entry in entries:
        for about in entry.quote.naming:
            if about.actor_id not in heard:
                named.setdefault(about.actor, []).append(entry)
    order = sorted(named, key=lambda actor: (-len(named[actor]), actor.name, actor.pk))
    return [
        UnheardActor(actor.name, qualifier, actor.slug, tuple(named[actor]))
        for actor, qualifier in zip(order, list_speaker_qualifiers(order), strict=True)
    ]
