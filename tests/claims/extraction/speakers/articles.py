"""Small articles with the names in them given by hand, as the encoder would find them."""

from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.people import Entity, EntityKind
from claims.extraction.speakers.resolving import resolve_speakers


def find_span(text: str, words: str, after: str = "") -> Span:
    """Return where the words first stand, or first stand from where `after` does."""
    at = text.index(words, text.index(after) if after else 0)
    return Span(at, at + len(words))


def list_entities(text: str, named: dict[str, EntityKind]) -> list[Entity]:
    """Return an entity for each place of each name, but for those within a longer name."""
    entities = []
    for name, kind in named.items():
        at = text.find(name)
        while at >= 0:
            entities.append(Entity(Span(at, at + len(name)), kind))
            at = text.find(name, at + 1)
    whole = [entity for entity in entities if not is_part_of_another(entity, entities)]
    return sorted(whole, key=lambda entity: entity.span)


def is_part_of_another(entity: Entity, others: list[Entity]) -> bool:
    length = entity.span.end - entity.span.start
    return any(
        other.span.overlaps(entity.span) and other.span.end - other.span.start > length
        for other in others
    )


def find_speaker(
    text: str, source: str, cue: str, content: str, after: str = "", **named: EntityKind
) -> Speaker | None:
    """Return the speaker of one quote; names are given as `Ana_Bell="PER"`, and looked for in the text."""
    names = {name.replace("_", " "): kind for name, kind in named.items()}
    quote = FoundQuote(
        find_span(text, source, after),
        find_span(text, cue, after),
        (find_span(text, content),),
        0.9,
    )
    article = ArticleContext(text, list_entities(text, names))
    return resolve_speakers(article, [quote])[0].speaker
