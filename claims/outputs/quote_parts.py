"""The parts of a sentence, of a quote that a page has at hand with its text."""

from claims.models import Quote
from claims.outputs.sentences import (
    LONGEST_BRIDGE,
    SHORTEST_BRIDGE,
    SentenceParts,
    format_sentence,
)
from claims.outputs.tellers import (
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
    """Return what the sentence is made of. Needs the text, spans and details."""
    spans = quote.content_spans
    hearers = [detail.text for detail in quote.details.all() if detail.role == "addressee"]
    start = spans[0].start if spans else quote.cue_end
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
        content_start=start,
        content_end=spans[-1].end if spans else quote.cue_end,
        kind=quote.kind,
        bridge=find_bridge(quote, start),
        hearer=hearers[0] if hearers else "",
        teller=teller.name,
        outer_stance=teller.stance or "asserts",
    )


def find_bridge(quote: Quote, content_start: int) -> str:
    """Return the few words between the cue and what is said; nothing if these are many."""
    length = content_start - quote.cue_end
    if SHORTEST_BRIDGE <= length <= LONGEST_BRIDGE:
        return quote.text[quote.cue_end : content_start]
    return ""


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
