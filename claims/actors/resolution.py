"""Decides which actor a speaker is, across articles: names are joined on sound evidence alone.

A name is one actor everywhere when it is that actor's own, however it is written (case, accents,
apostrophes, hyphens), or when it is full and only one actor of the kind is known by it. A name that
does not tell who is meant, such as a bare surname, is an actor of its article. Whatever else looks
alike stays apart, for a person to judge (`proposing.py`).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from claims.extraction.lexicon.persons import PERSON_TITLES
from claims.extraction.schema import Attribution, Speaker
from claims.models import Actor, ActorName, Article
from claims.models.names import build_name_key
from claims.models.slugs import find_unused_slugs

POSSESSIVE_ENDING = re.compile(r"(?<=\w)['’]s?$")
LONGEST_ACTOR_NAME = 300  # characters

# The actors that have one of these names as their own, had it before they were merged, or are
# called so by articles.
KNOWN_ACTORS_SQL = """
    SELECT actor.*, form.origin, form.kind AS form_kind, form.name AS form_name,
           form.key AS form_key, form.article_id AS form_article
      FROM (
           SELECT 'own' AS origin, id AS actor_id, kind, name, key, article_id, NULL AS former_slug
             FROM claims_actor
            WHERE (key = ANY(%(keys)s) AND article_id IS NULL)
               OR (name = ANY(%(names)s) AND article_id IS NULL)
               OR ((key = ANY(%(keys)s) OR name = ANY(%(names)s)) AND article_id = %(article)s)
            UNION ALL
           SELECT 'merged', actor_id, kind, name, key, article_id, slug
             FROM claims_formerslug
            WHERE (key = ANY(%(keys)s) OR name = ANY(%(names)s))
              AND (article_id IS NULL OR article_id = %(article)s)
            UNION ALL
           SELECT 'called', called.actor_id, bearer.kind, called.name, called.key, NULL, NULL
             FROM claims_actorname called
             JOIN claims_actor bearer ON bearer.id = called.actor_id
            WHERE called.key = ANY(%(keys)s) AND bearer.article_id IS NULL
           ) form
      JOIN claims_actor actor ON actor.id = form.actor_id
     ORDER BY form.former_slug
"""

# A kind, a name or its key, and the article where the name is known only there.
ActorForm = tuple[str, str, int | None]


@dataclass(frozen=True, slots=True)
class ResolvedActors:
    """The actor of each speaker and of each person named in a content.

    `made` are those that are new.
    """

    actors: dict[Speaker, Actor]
    made: list[Actor]


def resolve_actors(article: Article, attributions: Iterable[Attribution]) -> ResolvedActors:
    """Find an actor for each speaker and each whom a content names; store what they are called.

    An actor is made where there is none yet, but for a name in a content that does not tell who is
    meant: that is nobody new.
    """
    speakers: dict[Speaker, None] = {}  # a dict keeps the order in which they come
    named: dict[Speaker, None] = {}
    for attribution in attributions:
        if attribution.speaker:
            speakers[attribution.speaker] = None
        named.update(dict.fromkeys(attribution.about))
    forms = {speaker: build_form(speaker, article) for speaker in speakers | named}

    known = KnownActors(article, forms.values())
    found = {speaker: known.find(form) for speaker, form in forms.items()}
    new_forms: dict[ActorForm, ActorForm] = {}
    for speaker in reversed(forms):  # so that the way in which a name is written first stays
        if found[speaker] is None and (speaker.alone or speaker in speakers):
            new_forms[build_form_key(forms[speaker])] = forms[speaker]
    made = dict(zip(new_forms, create_actors(list(new_forms.values())), strict=True))

    actors: dict[Speaker, Actor] = {}
    for speaker, form in forms.items():
        actor = found[speaker] or made.get(build_form_key(form))
        if actor:
            actors[speaker] = actor
    store_actor_names(actors)
    return ResolvedActors(actors, list(made.values()))


def find_known_actors(speakers: Iterable[Speaker]) -> dict[Speaker, Actor]:
    """Return those of the speakers who are actors already, wherever they are named; store nothing.

    Whom only their article makes clear is none of them.
    """
    forms = {speaker: build_form_known_anywhere(speaker) for speaker in speakers if speaker.alone}
    known = KnownActors(Article(), forms.values())
    found = {speaker: known.find(form) for speaker, form in forms.items()}
    return {speaker: actor for speaker, actor in found.items() if actor}


def build_form_known_anywhere(speaker: Speaker) -> ActorForm:
    return speaker.kind, speaker.name[:LONGEST_ACTOR_NAME], None


def build_form(speaker: Speaker, article: Article) -> ActorForm:
    scope = None if speaker.alone else article.pk
    return speaker.kind, speaker.name[:LONGEST_ACTOR_NAME], scope


def build_form_key(form: ActorForm) -> ActorForm:
    kind, name, scope = form
    return kind, build_name_key(name) or name, scope


class KnownActors:
    """The actors that there are by these names, read in one query.

    An actor that a person merged into another is that other one now, by the very name and article
    that it was known by.
    """

    def __init__(self, article: Article, forms: Iterable[ActorForm]):
        self.own_by_name: dict[ActorForm, Actor] = {}
        self.merged_by_name: dict[ActorForm, Actor] = {}
        self.own: defaultdict[ActorForm, set[Actor]] = defaultdict(set)
        self.merged: defaultdict[ActorForm, set[Actor]] = defaultdict(set)
        self.called: defaultdict[ActorForm, set[Actor]] = defaultdict(set)
        names = {name for _, name, _ in forms}
        if not names:
            return
        values = {
            "keys": sorted({build_name_key(name) or name for name in names}),
            "names": sorted(names),
            "article": article.pk,
        }
        row: Any  # an actor, with the form by which it was found
        for row in Actor.objects.raw(KNOWN_ACTORS_SQL, values):
            form = (row.form_kind, row.form_name, row.form_article)
            key = (row.form_kind, row.form_key, row.form_article)
            if row.origin == "own":
                self.own_by_name[form] = row
                self.own[key].add(row)
            elif row.origin == "merged":
                self.merged_by_name.setdefault(form, row)
                self.merged[key].add(row)
            else:
                self.called[key].add(row)

    def find(self, form: ActorForm) -> Actor | None:
        """Return the one actor that the name is surely that of, or None."""
        exact = self.own_by_name.get(form) or self.merged_by_name.get(form)
        if exact:
            return exact
        key = build_form_key(form)
        bearers = self.own[key] or self.merged[key]
        if not bearers and is_full_name(key):
            bearers = self.called[key]
        return next(iter(bearers)) if len(bearers) == 1 else None


def is_full_name(form: ActorForm) -> bool:
    """Return whether a name tells whom it means: two words or more of a person's, titles aside."""
    kind, key, scope = form
    if scope is not None or kind == "unnamed":
        return False
    own_words = [word for word in key.split() if word not in PERSON_TITLES]
    least_words = 2 if kind == "person" else 1
    return len(own_words) >= least_words


def create_actors(forms: list[ActorForm]) -> list[Actor]:
    slugs = find_unused_slugs(Actor, [name for _, name, _ in forms])
    actors = []
    for (kind, name, scope), slug in zip(forms, slugs, strict=True):
        actors.append(Actor(kind=kind, name=name, article_id=scope, slug=slug))
    return Actor.objects.bulk_create(actors)


def store_actor_names(actors: dict[Speaker, Actor]) -> None:
    """Store what the article calls each actor as one of its names."""
    names: set[tuple[int, str]] = set()
    for speaker, actor in actors.items():
        names.update((actor.pk, name) for name in list_names_given(speaker, actor))
    rows = [ActorName(actor_id=pk, name=name) for pk, name in sorted(names)]
    ActorName.objects.bulk_create(rows, ignore_conflicts=True)


def list_names_given(speaker: Speaker, actor: Actor) -> Iterator[str]:
    """Yield the names by which an article calls an actor, a person's without their genitive."""
    yield actor.name
    yield speaker.name[:LONGEST_ACTOR_NAME]
    if not speaker.mention:
        return
    mention = " ".join(speaker.mention.split())[:LONGEST_ACTOR_NAME]
    if actor.kind == "person":  # “Moody’s” is an organization's name as it stands
        mention = POSSESSIVE_ENDING.sub("", mention)
    yield mention
