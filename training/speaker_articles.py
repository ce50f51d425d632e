"""Articles whose quotes have annotated speakers, read as far as the step that finds speakers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from claims.extraction.encoder.session import Encoder
from claims.extraction.pipeline import STEPS
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.nesting import nest_quotes
from claims.extraction.records import build_record
from claims.extraction.schema import Attribution, Span
from claims.extraction.scoring import build_scored_attributions, pair_attributions
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.steps import ArticleReading, find_speakers, learn_who_is_who, take_steps
from claims.extraction.text.article_text import Text
from training.data import Document


@dataclass(frozen=True, slots=True)
class SpokenQuote:
    """A quote with the name of its annotated speaker, None where nobody can be meant.

    `is_annotated` is False of a quote that was found where no reader noted one, or a doubtful one.
    """

    quote: FoundQuote
    speaker: str | None
    kind: str
    is_annotated: bool


@dataclass(frozen=True, slots=True)
class SpokenArticle:
    """An article with its quotes in the order of their cues; `outlet` is who published it."""

    outlet: str
    context: ArticleContext
    quotes: Sequence[SpokenQuote]


def read_spoken_articles(
    documents: Iterable[Document], encoder: Encoder
) -> Iterator[SpokenArticle]:
    """Yield each article twice: with its quotes as they are annotated, and as they are found."""
    for document in documents:
        reading = read_until_speakers(document, encoder)
        outlet = get_outlet(document)
        annotated = list_annotated_quotes(document)
        gold_reading = learn_who_is_who(
            replace(reading, quotes=[spoken.quote for spoken in annotated], context=None)
        )
        yield SpokenArticle(outlet, gold_reading.get_context(), annotated)
        found = list_found_quotes(document, reading.quotes)
        yield SpokenArticle(outlet, reading.get_context(), found)


def get_outlet(document: Document) -> str:
    """Return who published a document, or the document itself where that is not known."""
    return str(document.get("publisher") or document["id"])


def read_until_speakers(document: Document, encoder: Encoder) -> ArticleReading:
    text = Text(document["text"])
    reading = ArticleReading(encoder, encoder(text), text, None, document.get("publisher") or "")
    steps = STEPS[: STEPS.index(find_speakers)]
    return take_steps(reading, steps)


def list_annotated_quotes(document: Document) -> list[SpokenQuote]:
    """Return the annotated quotes in the order of their cues; contents come first without one."""
    spoken: dict[Span, SpokenQuote] = {}
    for attribution in document["attributions"]:
        if not attribution.get("content") or "speaker" not in attribution:
            continue
        contents = tuple(Span(*span) for span in sorted(attribution["content"]))
        cue = find_cue(attribution, contents)
        if cue in spoken:  # as in nobody's cue twice
            cue = Span(contents[0].start, contents[0].start + 1)
        source = Span(*attribution["source"][0]) if attribution.get("source") else None
        quote = FoundQuote(source, cue, contents, 0.9)
        is_annotated = not attribution.get("doubtful")
        kind = attribution.get("kind") or "none"
        spoken[cue] = SpokenQuote(quote, attribution["speaker"], kind, is_annotated)
    ordered = [spoken[cue] for cue in sorted(spoken)]
    nested = nest_quotes([one.quote for one in ordered])
    return [replace(one, quote=quote) for one, quote in zip(ordered, nested, strict=True)]


def find_cue(attribution: Document, contents: Sequence[Span]) -> Span:
    """Return the cue, or the first character of the contents where there is none."""
    if attribution.get("cue"):
        return Span(*attribution["cue"][0])
    return Span(contents[0].start, contents[0].start + 1)


def list_found_quotes(document: Document, quotes: Sequence[FoundQuote]) -> list[SpokenQuote]:
    """Return the quotes that the engine found, each with the speaker of the annotated one that it
    is.
    """
    text = document["text"]
    gold = build_scored_attributions(document["attributions"], text)
    found = build_scored_attributions([build_spans_record(quote) for quote in quotes], text)
    number_of = {id(one): number for number, one in enumerate(found)}
    gold_of = {}
    for gold_one, found_one in pair_attributions(gold, found):
        gold_of[number_of[id(found_one)]] = gold_one.record
    spoken = []
    for number, quote in enumerate(quotes):
        record = gold_of.get(number, {})
        is_annotated = "speaker" in record and not record.get("doubtful")
        kind = record.get("kind") or "none"
        spoken.append(SpokenQuote(quote, record.get("speaker"), kind, is_annotated))
    return spoken


def build_spans_record(quote: FoundQuote) -> dict[str, Any]:
    """Return a quote's spans as the scorer reads them."""
    attribution = Attribution(
        quote.source, quote.cue, quote.contents, "direct", "say", quote.confidence, None
    )
    return build_record(attribution)
