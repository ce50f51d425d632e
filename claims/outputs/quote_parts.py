"""The parts of a sentence, of a quote that a page has at hand with its text."""

from collections.abc import Iterable

from claims.models import Quote
from claims.models.quote_queryset import LONGEST_BRIDGE, SHORTEST_BRIDGE
from claims.outputs.sentences import SentenceParts, format_sentence
from claims.outputs.tellers import (
    NOBODY,
    Teller,
    find_teller,
    list_outer_quotes,
    read_outer_quotes,
)


def format_quote_sentence(quote: Quote) -> str:
    """Return a quote as a sentence ready to print."""
    parts = build_parts_of_quote(quote)
    outlet, day = quote.article.outlet.name, quote.article.published_on
    return format_sentence(parts, outlet, day, is_gone=quote.version_id is not None)


def build_parts_of_quote(quote: Quote) -> SentenceParts:
    """Return what the sentence is made of.

    Needs what `QuoteQuerySet.with_sentence_parts` reads, or else the text, spans and details.
    """
    if not hasattr(quote, "says_from"):
        read_sentence_parts(quote)
    teller = find_teller_of_quote(quote)
    return SentenceParts(
        actor=quote.actor.name if quote.actor else "",
        is_unsure=quote.has_unsure_speaker,
        source=quote.source_text,
        source_start=quote.source_start,
        cue=quote.cue,
        cue_start=quote.cue_start,
        cue_end=quote.cue_end,
        content=quote.content,
        content_start=quote.cue_end if quote.says_from is None else quote.says_from,
        content_end=quote.cue_end if quote.says_to is None else quote.says_to,
        kind=quote.kind,
        bridge=quote.bridge,
        hearer=quote.hearer or "",
        teller=teller.name,
        outer_stance=teller.stance or "asserts",
    )


def read_sentence_parts(quote: Quote) -> None:
    """Read off a quote with its text, spans and details what `with_sentence_parts` annotates."""
    spans = quote.content_spans
    hearers = [detail.text for detail in quote.details.all() if detail.role == "addressee"]
    quote.says_from = spans[0].start if spans else quote.cue_end
    quote.says_to = spans[-1].end if spans else quote.cue_end
    quote.bridge = find_bridge(quote.text, quote.cue_end, quote.says_from)
    quote.hearer = hearers[0] if hearers else ""


def find_bridge(text: str, cue_end: int, content_start: int) -> str:
    """Return the few words between the cue and what is said; nothing if these are many."""
    if SHORTEST_BRIDGE <= content_start - cue_end <= LONGEST_BRIDGE:
        return text[cue_end:content_start]
    return ""


def attach_tellers(quotes: Iterable[Quote]) -> None:
    """Give each quote who told what it stands within. One query, or none if none stands within any."""
    nested = []
    for quote in quotes:
        quote.teller = NOBODY
        if quote.within_id:
            nested.append(quote)
    outers = read_outer_quotes({quote.within_id or 0 for quote in nested})
    for quote in nested:
        actor = quote.actor.name if quote.actor else ""
        quote.teller = find_teller(actor, list_outer_quotes(quote.within_id, outers))


def find_teller_of_quote(quote: Quote) -> Teller:
    """Return who told what the quote stands within, and how they take it. It is read once."""
    if not hasattr(quote, "teller"):
        outers = read_outer_quotes([quote.within_id] if quote.within_id else [])
        actor = quote.actor.name if quote.actor else ""
        quote.teller = find_teller(actor, list_outer_quotes(quote.within_id, outers))
    teller: Teller = quote.teller
    return teller


def is_asserted(quote: Quote) -> bool:
    """Tell whether its speaker asserts what it says, and nobody denies or questions that they do."""
    return quote.stance == "asserts" and find_teller_of_quote(quote).stance in ("", "asserts")
