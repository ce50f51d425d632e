"""Which actor a speaker is, across articles: the same name and kind is one actor, unless the name alone does not tell."""

from collections.abc import Iterable

from claims.extraction.schema import Attribution, Speaker
from claims.models import Actor, ActorName, Article
from claims.models.rules import unused_slugs

LONGEST = 300

Key = tuple[str, str, int | None]  # kind, name, and the article where it is known only there


def actors_of(article: Article, attributions: Iterable[Attribution]) -> dict[Speaker, Actor]:
    """An actor for each speaker, made where there is none yet, with the names the article gives it."""
    speakers = [attribution.speaker for attribution in attributions if attribution.speaker]
    keys = {speaker: key_of(speaker, article) for speaker in speakers}
    rows = known(keys.values())
    rows |= made([key for key in dict.fromkeys(keys.values()) if key not in rows])
    found = {speaker: rows[key] for speaker, key in keys.items()}
    names = {(actor.pk, actor.name) for actor in found.values()}
    names |= {(found[s].pk, " ".join(s.mention.split())[:LONGEST]) for s in speakers if s.mention}
    ActorName.objects.bulk_create([ActorName(actor_id=pk, name=name) for pk, name in sorted(names)], ignore_conflicts=True)
    return found


def key_of(speaker: Speaker, article: Article) -> Key:
    return speaker.kind, speaker.name[:LONGEST], None if speaker.alone else article.pk


def known(keys: Iterable[Key]) -> dict[Key, Actor]:
    """The actors that there are by kind, name and article, in one query."""
    wanted = set(keys)
    named = Actor.objects.filter(name__in={name for _, name, _ in wanted})
    found = {(actor.kind, actor.name, actor.article_id): actor for actor in named}
    return {key: actor for key, actor in found.items() if key in wanted}


def made(keys: list[Key]) -> dict[Key, Actor]:
    slugs = unused_slugs(Actor, [name for _, name, _ in keys])
    rows = [
        Actor(kind=kind, name=name, article_id=scope, slug=slug) for (kind, name, scope), slug in zip(keys, slugs, strict=True)
    ]
    return dict(zip(keys, Actor.objects.bulk_create(rows), strict=True))
