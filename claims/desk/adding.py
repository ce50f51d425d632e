"""Quotes and actors that a curator adds."""

from collections.abc import Sequence
from typing import Any

from django.db.models import F, Q

from claims.desk.correcting import CURATOR_METHOD, set_act, set_parts, set_speaker
from claims.desk.parts import QuoteParts
from claims.desk.refusals import DecisionRefused
from claims.extraction.schema import Kind, Span
from claims.models import (
    CONTENT_GAP,
    Actor,
    ActorName,
    Article,
    Quote,
    QuoteStatus,
    Wording,
    find_unused_slug,
    note_actors_named,
)
from claims.models.names import build_name_key

LONGEST_ACTOR_NAME = 300  # characters
QUOTATION_MARKS = '"“”„«»'


def create_quote(article: Article, parts: QuoteParts, values: dict[str, Any]) -> Quote:
    """Store a quote by a curator's hand, with its rows.

    What `values` lack of actor, act and kind is read off the article's text.
    """
    contents = sorted(parts.contents)
    texts = [span.of(article.text) for span in contents]
    content = CONTENT_GAP.join(texts)
    wording, _ = Wording.objects.get_or_create(
        key=Wording.key_of(content, article.key), defaults={"text": content}
    )
    quote = Quote(
        article=article,
        wording=wording,
        status=QuoteStatus.ACCEPTED,
        extractor=CURATOR_METHOD,
        confidence=1.0,
        kind=values.get("kind") or find_kind_by_marks(texts),
        within=values.get("within"),
        cue=parts.cue.of(article.text),
        content=content,
        cue_start=parts.cue.start,
        cue_end=parts.cue.end,
    )
    if parts.source:
        quote.source_text = parts.source.of(article.text)
        quote.source_start = parts.source.start
        quote.source_end = parts.source.end
    set_speaker(quote, values.get("actor") or find_speaker_in_article(article, parts.source))
    set_act(quote, values.get("act") or "say")
    quote.save()
    set_parts(quote, QuoteParts(parts.source, parts.cue, contents))
    note_actors_named(quote)
    return quote


def find_kind_by_marks(contents: Sequence[str]) -> Kind:
    """Return the kind that quotation marks speak for; a curator sees it and may differ."""
    if all(is_enclosed_in_marks(text) for text in contents):
        return "direct"
    if any(mark in " ".join(contents) for mark in QUOTATION_MARKS):
        return "mixed"
    return "indirect"


def is_enclosed_in_marks(text: str) -> bool:
    return text[:1] in QUOTATION_MARKS and text[-1:] in QUOTATION_MARKS


def find_speaker_in_article(article: Article, source: Span | None) -> Actor | None:
    """Return the actor quoted in the article whose name the source is, if it is exactly one's."""
    key = build_name_key(source.of(article.text)) if source else ""
    if not key:
        return None
    has_name = Q(key=key) | Q(names__key=key)
    actors = list(Actor.objects.filter(has_name, quotes__article=article).distinct()[:2])
    return actors[0] if len(actors) == 1 else None


def get_or_create_actor(
    name: str, kind: str, article: Article, only_here: bool = False
) -> tuple[Actor, bool]:
    """Return the actor of this name and kind, and whether it was created now.

    One that is known in the article alone goes before one that is known everywhere. `only_here`:
    a new one is known in this article alone.
    """
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_ACTOR_NAME or "\0" in name:
        raise DecisionRefused(f"A name has between one and {LONGEST_ACTOR_NAME} characters.")
    is_known_here = Q(article__isnull=True) | Q(article=article)
    same_name = Actor.objects.filter(is_known_here, name=name, kind=kind)
    known = same_name.order_by(F("article").asc(nulls_last=True)).first()
    if known:
        return known, False
    actor = Actor.objects.create(
        name=name,
        kind=kind,
        slug=find_unused_slug(Actor, name),
        article=article if only_here else None,
    )
    ActorName.objects.create(actor=actor, name=name)
    return actor, True
