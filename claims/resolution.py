"""Which actor a speaker is, across articles: the same name and kind is one actor, unless the name alone does not tell."""

from collections.abc import Iterable

from claims.extraction.schema import Attribution, Speaker
from claims.models import Actor, ActorName, Article, unused_slug

LONGEST = 300


def actors_of(article: Article, attributions: Iterable[Attribution]) -> dict[Speaker, Actor]:
    """An actor for each speaker, made where there is none yet, with the names the article gives it."""
    found: dict[Speaker, Actor] = {}
    rows: dict[tuple[str, str, bool], Actor] = {}
    names: set[tuple[int, str]] = set()
    for attribution in attributions:
        speaker = attribution.speaker
        if speaker is None:
            continue
        key = (speaker.kind, speaker.name[:LONGEST], speaker.alone)
        if key not in rows:
            rows[key] = actor_of(article, speaker)
        actor = found[speaker] = rows[key]
        names.add((actor.pk, actor.name))
        if speaker.mention:
            names.add((actor.pk, " ".join(speaker.mention.split())[:LONGEST]))
    ActorName.objects.bulk_create(
        [ActorName(actor_id=actor, name=name) for actor, name in sorted(names)], ignore_conflicts=True
    )
    return found


def actor_of(article: Article, speaker: Speaker) -> Actor:
    name, scope = speaker.name[:LONGEST], None if speaker.alone else article
    actor = Actor.objects.filter(kind=speaker.kind, name=name, article=scope).first()
    return actor or Actor.objects.create(kind=speaker.kind, name=name, article=scope, slug=unused_slug(Actor, name))
