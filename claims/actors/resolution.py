"""Which actor a speaker is, across articles: joined on sound evidence alone.

A name is one actor everywhere when it is that actor's own, however it is written (case, accents, apostrophes, hyphens), or
when it is full and of all actors of the kind one alone is known by it. A name that does not tell who is meant, such as a
bare surname, is an actor of its article. Whatever else looks alike stays apart, for a person to judge (`candidates.py`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from claims.extraction.lexicon.persons import PERSON_TITLES
from claims.extraction.schema import Attribution, Speaker
from claims.models import Actor, ActorName, Article, FormerSlug
from claims.models.names import build_name_key
from claims.models.slugs import find_unused_slugs

POSSESSIVE_ENDING = re.compile(r"(?<=\w)['’]s?$")
LONGEST_ACTOR_NAME = 300

ActorForm = tuple[
    str, str, int | None
]  # kind, a name or its key, and the article where it is known only there


@dataclass(frozen=True, slots=True)
class ResolvedActors:
    """The actor of each speaker and each who is named, and those of them that there had not been."""

    actors: dict[Speaker, Actor]
    made: list[Actor]


def resolve_actors(article: Article, attributions: Iterable[Attribution]) -> ResolvedActors:
    """An actor for each speaker and each whom a content names, made where there is none yet, with the names given to it.

    A name in a content that does not tell who is meant is nobody new.
    """
    read = list(attributions)
    speakers = dict.fromkeys(attribution.speaker for attribution in read if attribution.speaker)
    told = list(
        speakers | dict.fromkeys(named for attribution in read for named in attribution.about)
    )
    names = {
        speaker: (
            speaker.kind,
            speaker.name[:LONGEST_ACTOR_NAME],
            None if speaker.alone else article.pk,
        )
        for speaker in told
    }
    known = KnownActors(article, names.values())
    found = {speaker: known.find(name) for speaker, name in names.items()}
    missing = [
        speaker
        for speaker in told
        if found[speaker] is None and (speaker.alone or speaker in speakers)
    ]
    new = {build_form_key(names[speaker]): names[speaker] for speaker in reversed(missing)}
    made = dict(zip(new, create_actors(list(new.values())), strict=True))
    actors = {
        speaker: actor
        for speaker, known in found.items()
        if (actor := known or made.get(build_form_key(names[speaker])))
    }
    store_actor_names(actors)
    return ResolvedActors(actors, list(made.values()))


def build_form_key(name: ActorForm) -> ActorForm:
    kind, written, scope = name
    return kind, build_name_key(written) or written, scope


class KnownActors:
    """The actors that there are by these names, read in three queries.

    One that a person merged into another is that other one now, by the very name and article that it was known by.
    """

    def __init__(self, article: Article, names: Iterable[ActorForm]):
        wanted = list(names)
        keys = {key for _, key, _ in map(build_form_key, wanted)}
        here = Q(article__isnull=True) | Q(article=article)
        self.exact: dict[ActorForm, Actor] = {}
        self.own: defaultdict[ActorForm, set[Actor]] = defaultdict(set)
        self.merged: defaultdict[ActorForm, set[Actor]] = defaultdict(set)
        self.other: defaultdict[ActorForm, set[Actor]] = defaultdict(set)
        written = {name for _, name, _ in wanted}
        by_name = Q(key__in=keys) | Q(name__in=written)
        everywhere = Q(article__isnull=True)
        named = (
            (Q(key__in=keys) & everywhere)
            | (Q(name__in=written) & everywhere)
            | (by_name & Q(article=article))
        )
        for actor in Actor.objects.filter(named).order_by():
            self.exact[actor.kind, actor.name, actor.article_id] = actor
            self.own[actor.kind, actor.key, actor.article_id].add(actor)
        for former in FormerSlug.objects.filter(here, by_name).select_related("actor"):
            self.exact.setdefault((former.kind, former.name, former.article_id), former.actor)
            self.merged[former.kind, former.key, former.article_id].add(former.actor)
        for name in ActorName.objects.filter(
            key__in=keys, actor__article__isnull=True
        ).select_related("actor"):
            self.other[name.actor.kind, name.key, None].add(name.actor)

    def find(self, name: ActorForm) -> Actor | None:
        """The one actor that the name is surely that of, if there is one."""
        if name in self.exact:
            return self.exact[name]
        form = build_form_key(name)
        bearers = (
            self.own[form]
            or self.merged[form]
            or (self.other[form] if is_full_name(form) else set())
        )
        return next(iter(bearers)) if len(bearers) == 1 else None


def is_full_name(form: ActorForm) -> bool:
    """Whether a name says enough to be one actor's: two words or more of a person's, titles aside."""
    kind, key, scope = form
    own = [word for word in key.split() if word not in PERSON_TITLES]
    return scope is None and kind != "unnamed" and len(own) >= (2 if kind == "person" else 1)


def create_actors(names: list[ActorForm]) -> list[Actor]:
    slugs = find_unused_slugs(Actor, [written for _, written, _ in names])
    rows = [
        Actor(kind=kind, name=written, article_id=scope, slug=slug)
        for (kind, written, scope), slug in zip(names, slugs, strict=True)
    ]
    return Actor.objects.bulk_create(rows)


def store_actor_names(actors: dict[Speaker, Actor]) -> None:
    """What the article calls each actor is among its names."""
    rows = sorted(
        {
            (actor.pk, name)
            for speaker, actor in actors.items()
            for name in list_names_given(speaker, actor)
        }
    )
    ActorName.objects.bulk_create(
        [ActorName(actor_id=pk, name=name) for pk, name in rows], ignore_conflicts=True
    )


def list_names_given(speaker: Speaker, actor: Actor) -> Iterator[str]:
    yield actor.name
    yield speaker.name[:LONGEST_ACTOR_NAME]
    if speaker.mention:
        mention = " ".join(speaker.mention.split())[:LONGEST_ACTOR_NAME]
        yield (
            POSSESSIVE_ENDING.sub("", mention) if actor.kind == "person" else mention
        )  # “Moody’s” is a name as it stands
