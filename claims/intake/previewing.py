"""What the article of a document that was read would look like: its quotes as rows that are never
stored.

The pages of an article then show both alike. A quote that is not stored has no page, nor has an
actor whom no article has named so far.
"""

from collections.abc import Sequence
from typing import Any

from claims.actors.resolution import find_known_actors
from claims.extraction.records import read_attributions, read_date
from claims.extraction.schema import Attribution, Span, Speaker
from claims.intake.matching import join_contents
from claims.intake.storing import build_source_values, select_surest_by_cue
from claims.models import About, Actor, Arrival, Article, Quote
from claims.models import Span as ContentSpan


def build_unstored_article(arrival: Arrival) -> Article:
    """Return the article that a document would be, with what its page shows beside its quotes."""
    document: dict[str, Any] = arrival.document or {}
    return Article(
        url=document.get("url", ""),
        title=document.get("title", ""),
        text=document.get("text", ""),
        published_on=read_date(document.get("date")),
        author=document.get("author", ""),
        section=document.get("section", ""),
        language=document.get("language", ""),
        licence=document.get("licence", ""),
        extractor="not stored",
    )


def preview_quotes(arrival: Arrival) -> list[Quote]:
    """Return the quotes of a document that was read, with what `QuoteQuerySet.for_reader` fetches.

    It takes one query, for the actors that there are already.
    """
    document: dict[str, Any] = arrival.document or {}
    text = document.get("text", "")
    attributions = read_attributions(arrival.attributions or [], text)
    return build_unstored_quotes(select_surest_by_cue(attributions), text)


def build_unstored_quotes(attributions: Sequence[Attribution], text: str) -> list[Quote]:
    """Return quotes that are numbered as they are read, and never stored."""
    in_order = sorted(attributions, key=lambda attribution: attribution.cue)
    numbers = {attribution.cue: number for number, attribution in enumerate(in_order, 1)}
    actors = find_or_build_actors(in_order)
    return [build_unstored_quote(attribution, text, numbers, actors) for attribution in in_order]


def find_or_build_actors(attributions: Sequence[Attribution]) -> dict[Speaker, Actor]:
    """Return an actor for everybody who speaks or is named: one that there is, else a new one.

    A new one has a negative key, so that it is nobody who is stored, and no slug. Somebody named in
    a content whose name does not tell who is meant is left out, as where quotes are stored.
    """
    named: dict[Speaker, None] = {}  # a dict keeps the order in which they come
    speakers: dict[Speaker, None] = {}
    for attribution in attributions:
        if attribution.speaker:
            speakers[attribution.speaker] = None
        named.update(dict.fromkeys(attribution.about))
    speaking = {(speaker.kind, speaker.name) for speaker in speakers}
    actors = find_known_actors(speakers | named)
    new: dict[tuple[str, str], Actor] = {}
    for speaker in speakers | named:
        key = (speaker.kind, speaker.name)
        if speaker in actors or not (speaker.alone or key in speaking):
            continue
        if key not in new:
            new[key] = Actor(pk=-len(new) - 1, kind=speaker.kind, name=speaker.name)
        actors[speaker] = new[key]
    return actors


def build_unstored_quote(
    attribution: Attribution,
    text: str,
    numbers: dict[Span, int],
    actors: dict[Speaker, Actor],
) -> Quote:
    """Return a quote as the reader of its article shows it."""
    speaker = attribution.speaker
    quote = Quote(
        pk=numbers[attribution.cue],
        actor=actors[speaker] if speaker else None,
        actor_confidence=speaker.confidence if speaker else None,
        act=attribution.act,
        kind=attribution.kind,
        cue_start=attribution.cue.start,
        cue_end=attribution.cue.end,
        cue=attribution.cue.of(text),
        content=join_contents(attribution.contents, text),
        confidence=attribution.confidence,
        within_id=numbers.get(attribution.within) if attribution.within else None,
        **build_source_values(attribution.source, text),
    )
    quote.is_stored = False
    quote.parts = [ContentSpan(start=span.start, end=span.end) for span in attribution.contents]
    named = dict.fromkeys(actors[each] for each in attribution.about if each in actors)
    quote.naming = [About(actor=actor) for actor in named]
    return quote
