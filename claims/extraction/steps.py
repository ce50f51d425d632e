"""The steps from what the encoder reads in an article to its attributions.

`pipeline.py` has their order; what each of them does is in the room that it calls.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from claims.extraction.details.acts import list_signs_of_act, load_act_scorer
from claims.extraction.details.details import find_details
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.encoder.session import Encoder
from claims.extraction.quotes.blocks import fit_to_blocks
from claims.extraction.quotes.completing import complete_quotations
from claims.extraction.quotes.datelines import list_datelines
from claims.extraction.quotes.finding import find_quotes
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.hearers import replace_hearer_with_teller
from claims.extraction.quotes.kinds import classify_kind
from claims.extraction.quotes.layout import merge_layout_quotes
from claims.extraction.quotes.nesting import drop_reasons, nest_quotes
from claims.extraction.quotes.quoted import add_quotes_of_quoted
from claims.extraction.quotes.selection import select_trustworthy_quotes
from claims.extraction.quotes.sharing import share_sources
from claims.extraction.schema import Attribution, Span
from claims.extraction.speakers.answers import ResolvedQuote
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.entities import add_names_in_labels, list_entities
from claims.extraction.speakers.mentions import list_named_actors
from claims.extraction.speakers.people import Entity
from claims.extraction.speakers.resolving import resolve_speakers
from claims.extraction.speakers.scorer import load_scorer
from claims.extraction.speakers.sources import complete_source
from claims.extraction.text.article_text import Text


@dataclass(frozen=True, slots=True)
class ArticleReading:
    """What is known of an article at one point; each step returns another one that has more."""

    encoder: Encoder
    encoded: EncodedText
    text: Text
    published: date | None
    publisher: str
    author: str = ""
    datelines: Sequence[Span] = ()
    names: Sequence[Entity] = ()
    quotes: Sequence[FoundQuote] = ()  # in the order of their cues
    context: ArticleContext | None = None
    resolved: Sequence[ResolvedQuote] = ()
    attributions: Sequence[Attribution] = ()

    def get_context(self) -> ArticleContext:
        if self.context is None:
            raise RuntimeError("`learn_who_is_who` comes before the steps that ask for it")
        return self.context


Step = Callable[[ArticleReading], ArticleReading]


def take_steps(reading: ArticleReading, steps: Sequence[Step]) -> ArticleReading:
    for step in steps:
        reading = step(reading)
    return reading


# What the encoder has read


def find_datelines(reading: ArticleReading) -> ArticleReading:
    """Find where the report was written, which is nobody who says it."""
    return replace(reading, datelines=list_datelines(reading.encoded, reading.text))


def find_names(reading: ArticleReading) -> ArticleReading:
    """Find the names of persons, organizations and places."""
    names = list_entities(reading.encoded, reading.text, reading.datelines)
    return replace(reading, names=names)


def find_quotes_by_cues(reading: ArticleReading) -> ArticleReading:
    """Find each cue with its best source and contents; of rivals the surest stays."""
    scorer = reading.encoder.confidence
    quotes = find_quotes(reading.encoded, scorer, reading.text, reading.datelines)
    return replace(reading, quotes=add_quotes_of_quoted(quotes, reading.text))


def leave_out_doubtful_quotes(reading: ArticleReading) -> ArticleReading:
    """Keep the quotes that are worth a reader's trust."""
    return replace(reading, quotes=select_trustworthy_quotes(reading.quotes, reading.text))


# What marks and layout show


def set_right_by_blocks(reading: ArticleReading) -> ArticleReading:
    """Leave headings to nobody, and have lists and quotations go on with who introduces them."""
    return replace(reading, quotes=fit_to_blocks(reading.quotes, reading.text))


def complete_by_quotation_marks(reading: ArticleReading) -> ArticleReading:
    """Quote quotations whole, and those that stand alone as of whoever spoke last."""
    return replace(reading, quotes=complete_quotations(reading.quotes, reading.text))


def set_right_by_layout(reading: ArticleReading) -> ArticleReading:
    """Have the lines of a transcript and signed quotations as they are set out."""
    quotes = merge_layout_quotes(reading.quotes, reading.text)
    return replace(reading, quotes=nest_quotes(quotes))


# Who says it


def share_sources_of_cues(reading: ArticleReading) -> ArticleReading:
    """Give a cue that goes on from another the source of that."""
    return replace(reading, quotes=share_sources(reading.quotes, reading.text))


def learn_who_is_who(reading: ArticleReading) -> ArticleReading:
    """Gather what the article tells of its persons and organizations."""
    names = add_names_in_labels(reading.names, reading.quotes, reading.text)
    context = ArticleContext(reading.text, names, reading.publisher, reading.author)
    return replace(reading, context=context)


def complete_names_of_sources(reading: ArticleReading) -> ArticleReading:
    """Make a source that cuts a person's name hold all of it."""
    context = reading.get_context()
    quotes = []
    for quote in reading.quotes:
        if quote.source:
            quote = replace(quote, source=complete_source(context, quote.source))
        quotes.append(quote)
    return replace(reading, quotes=quotes)


def replace_hearers(reading: ArticleReading) -> ArticleReading:
    """Replace a source that is told something by whoever tells it."""
    quotes = [replace_hearer_with_teller(quote, reading.text) for quote in reading.quotes]
    return replace(reading, quotes=nest_quotes(quotes))


def find_speakers(reading: ArticleReading) -> ArticleReading:
    """Find which actor each source means."""
    scorer = load_scorer(reading.encoder.folder)
    resolved = resolve_speakers(reading.get_context(), reading.quotes, scorer)
    return replace(reading, resolved=resolved)


# What is told of a quote


def describe_quotes(reading: ArticleReading) -> ArticleReading:
    """Say of each quote its kind, its act, whom it is about and its details."""
    attributions = [build_attribution(reading, resolved) for resolved in reading.resolved]
    return replace(reading, attributions=attributions)


def build_attribution(reading: ArticleReading, resolved: ResolvedQuote) -> Attribution:
    quote, speaker = resolved
    text = reading.text
    is_person = speaker is None or speaker.kind in ("person", "unnamed")
    signs = list_signs_of_act(text, quote.cue, quote.contents, is_person)
    act, act_confidence = load_act_scorer(reading.encoder.folder).classify(signs)
    details, said_on = find_details(
        text, quote.source, quote.cue, quote.contents, act, reading.published
    )
    return Attribution(
        source=quote.source,
        cue=quote.cue,
        contents=quote.contents,
        kind=classify_kind(quote.contents, text),
        act=act,
        confidence=quote.confidence,
        speaker=speaker,
        act_confidence=act_confidence,
        details=details,
        said_on=said_on,
        within=quote.within,
        about=list_named_actors(reading.get_context(), quote.contents),
    )


def leave_out_reasons(reading: ArticleReading) -> ArticleReading:
    """Leave out why somebody is not named, and put the rest in the order of the cues."""
    attributions = drop_reasons(reading.attributions)
    attributions.sort(key=lambda attribution: attribution.cue)
    return replace(reading, attributions=attributions)
