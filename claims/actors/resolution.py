"""Decides which actor a speaker is, across articles: names are joined on sound evidence alone.

A name is one actor everywhere when it is that actor's own, however it is written (case, accents,
apostrophes, hyphens), or when it is full and only one actor of the kind is known by it. A name that
does not tell who is meant, such as a bare surname, is an actor of its article. Whatever else looks
alike stays apart, for a person to judge (`proposing.py`).

Several articles are looked up together, each as if those before it were stored already. Nobody else
makes an actor of a name meanwhile: the names of those who are new are locked, and looked up again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from claims.extraction.lexicon.persons import PERSON_TITLES
from claims.extraction.schema import Attribution, Speaker
from claims.history.writing import Named, lock_names
from claims.models import Actor, ActorName, Article
from claims.models.copying import format_array, insert_missing_rows, reserve_keys
from claims.models.names import build_name_key
from claims.models.slugs import build_slugs_of_rows, find_unused_slugs

POSSESSIVE_ENDING = re.compile(r"(?<=\w)['’]s?$")
LONGEST_ACTOR_NAME = 300  # characters
ACTOR_FIELDS = ("id", "name", "slug", "kind", "article_id")  # as `KNOWN_ACTORS_SQL` reads them

# The actors that have one of these names as their own, had it before they were merged, or are
# called so by articles. Only a full name is asked for among what articles call actors: of a bare
# one, such as "report", there are thousands, and it tells nothing. Lookups by key are lateral: in a
# join PostgreSQL would read the whole table, as it expects many to be found.
KNOWN_ACTORS_SQL = """
    SELECT actor.id, actor.name, actor.slug, actor.kind, actor.article_id,
           form.origin, form.kind, form.name, form.key, form.article_id
      FROM (
           SELECT 'own' AS origin, id AS actor_id, kind, name, key, article_id, NULL AS former_slug
             FROM claims_actor
            WHERE (key = ANY(%(keys)s::text[]) AND article_id IS NULL)
               OR (name = ANY(%(names)s::text[]) AND article_id IS NULL)
               OR ((key = ANY(%(keys)s::text[]) OR name = ANY(%(names)s::text[])) AND article_id = ANY(%(articles)s::bigint[]))
            UNION ALL
           SELECT 'merged', actor_id, kind, name, key, article_id, slug
             FROM claims_formerslug
            WHERE (key = ANY(%(keys)s::text[]) OR name = ANY(%(names)s::text[]))
              AND (article_id IS NULL OR article_id = ANY(%(articles)s::bigint[]))
            UNION ALL
           SELECT 'called', called.actor_id, bearer.kind, called.name, called.key, NULL, NULL
             FROM claims_actorname called
            CROSS JOIN LATERAL (
                  SELECT kind, article_id FROM claims_actor WHERE id = called.actor_id OFFSET 0
                  ) bearer
            WHERE called.key = ANY(%(full)s::text[]) AND bearer.article_id IS NULL
           ) form
     CROSS JOIN LATERAL (SELECT * FROM claims_actor WHERE id = form.actor_id OFFSET 0) actor
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


@dataclass(frozen=True, slots=True)
class NamedInArticle:
    """Whom an article names: `forms` of all of them, in the order in which they come.

    `speakers` are those who say something.
    """

    article: int
    forms: dict[Speaker, ActorForm]
    speakers: set[Speaker]


def resolve_actors(article: Article, attributions: Iterable[Attribution]) -> ResolvedActors:
    """Find an actor for each speaker and each whom a content names; store what they are called.

    An actor is made where there is none yet, but for a name in a content that does not tell who is
    meant: that is nobody new.
    """
    (resolved,) = resolve_actors_of_articles([(article.pk, attributions)], known_here=[article.pk])
    return resolved


def resolve_actors_of_articles(
    articles: Sequence[tuple[int, Iterable[Attribution]]], *, known_here: Sequence[int] = ()
) -> list[ResolvedActors]:
    """Do so for several articles in their order, each given by its primary key.

    Of those that are `known_here` there may be actors already that are known in them alone.
    """
    all_named = [list_named(article, attributions) for article, attributions in articles]
    forms = {form for named in all_named for form in named.forms.values()}
    known = KnownActors(known_here)
    known.read(forms)
    missing = [form for form in forms if known.find(form) is None]
    names_to_lock = list_names_to_lock(all_named, missing)
    if names_to_lock:
        lock_names(Named.ACTOR, names_to_lock)
        known.read(missing)

    maker = ActorMaker(known, reserve_keys(Actor, len({build_form_key(form) for form in missing})))
    resolved = [maker.resolve(named) for named in all_named]
    maker.store()
    return resolved


def list_named(article: int, attributions: Iterable[Attribution]) -> NamedInArticle:
    speakers: dict[Speaker, None] = {}  # a dict keeps the order in which they come
    named: dict[Speaker, None] = {}
    for attribution in attributions:
        if attribution.speaker:
            speakers[attribution.speaker] = None
        named.update(dict.fromkeys(attribution.about))
    forms = {speaker: build_form(speaker, article) for speaker in speakers | named}
    return NamedInArticle(article, forms, set(speakers))


def list_names_to_lock(
    all_named: Sequence[NamedInArticle], missing: Sequence[ActorForm]
) -> set[str]:
    """Return the keys of the names that new actors may have or be called by, in all articles."""
    new_everywhere = {form for form in missing if form[2] is None}
    names: set[str] = set()
    for named in all_named:
        for speaker, form in named.forms.items():
            if form in new_everywhere:
                names.add(build_form_key(form)[1])
                names.add(build_name_key(speaker.mention))
    return names - {""}


def find_known_actors(speakers: Iterable[Speaker]) -> dict[Speaker, Actor]:
    """Return those of the speakers who are actors already, wherever they are named; store nothing.

    Whom only their article makes clear is none of them.
    """
    forms = {speaker: build_form_known_anywhere(speaker) for speaker in speakers if speaker.alone}
    known = KnownActors([])
    known.read(forms.values())
    found = {speaker: known.find(form) for speaker, form in forms.items()}
    return {speaker: actor for speaker, actor in found.items() if actor}


def build_form_known_anywhere(speaker: Speaker) -> ActorForm:
    return speaker.kind, speaker.name[:LONGEST_ACTOR_NAME], None


def build_form(speaker: Speaker, article: int) -> ActorForm:
    scope = None if speaker.alone else article
    return speaker.kind, speaker.name[:LONGEST_ACTOR_NAME], scope


def build_form_key(form: ActorForm) -> ActorForm:
    kind, name, scope = form
    return kind, build_name_key(name) or name, scope


class KnownActors:
    """The actors that there are by the names asked for.

    An actor that a person merged into another is that other one now, by the very name and article
    that it was known by. Those known in one article alone are read for these `articles`.
    """

    def __init__(self, articles: Sequence[int]):
        self.articles = list(articles)
        self.own_by_name: dict[ActorForm, Actor] = {}
        self.merged_by_name: dict[ActorForm, Actor] = {}
        # Those of a name, each by its primary key.
        self.own: defaultdict[ActorForm, dict[int, Actor]] = defaultdict(dict)
        self.merged: defaultdict[ActorForm, dict[int, Actor]] = defaultdict(dict)
        self.called: defaultdict[ActorForm, dict[int, Actor]] = defaultdict(dict)

    def read(self, forms: Iterable[ActorForm]) -> None:
        """Read the actors of these names, in one query."""
        keys = {build_form_key(form) for form in forms}
        if not keys:
            return
        values: dict[str, Any] = {
            "keys": format_array(sorted({key for _, key, _ in keys})),
            "names": format_array(sorted({name for _, name, _ in forms})),
            "full": format_array(sorted({form[1] for form in keys if is_full_name(form)})),
            "articles": format_array(self.articles),
        }
        with connection.cursor() as cursor:
            cursor.execute(KNOWN_ACTORS_SQL, values)
            rows = cursor.fetchall()
        for *actor_values, origin, kind, name, key, scope in rows:
            actor = Actor.from_db(connection.alias, ACTOR_FIELDS, actor_values)
            if origin == "own":
                self.add_own(actor, kind, name, key, scope)
            elif origin == "merged":
                self.merged_by_name.setdefault((kind, name, scope), actor)
                self.merged[kind, key, scope][actor.pk] = actor
            else:
                self.called[kind, key, None][actor.pk] = actor

    def add_own(self, actor: Actor, kind: str, name: str, key: str, scope: int | None) -> None:
        self.own_by_name[kind, name, scope] = actor
        self.own[kind, key, scope][actor.pk] = actor

    def add_name(self, actor: Actor, name: str) -> None:
        """Note that articles call an actor so."""
        if actor.article_id is None:
            self.called[actor.kind, build_name_key(name), None][actor.pk] = actor

    def find(self, form: ActorForm) -> Actor | None:
        """Return the one actor that the name is surely that of, or None."""
        exact = self.own_by_name.get(form) or self.merged_by_name.get(form)
        if exact:
            return exact
        key = build_form_key(form)
        bearers = self.own.get(key) or self.merged.get(key) or {}
        if not bearers and is_full_name(key):
            bearers = self.called.get(key) or {}
        return next(iter(bearers.values())) if len(bearers) == 1 else None


@dataclass
class ActorMaker:
    """Finds and makes the actors of one article after the other; `keys` are those for new ones."""

    known: KnownActors
    keys: list[int]
    made: list[Actor] = field(default_factory=list)
    names: dict[tuple[int, str], None] = field(default_factory=dict)

    def resolve(self, named: NamedInArticle) -> ResolvedActors:
        """Return the actors of an article; those that are new are known from now on."""
        found = {speaker: self.known.find(form) for speaker, form in named.forms.items()}
        new_forms: dict[ActorForm, ActorForm] = {}
        for speaker in reversed(named.forms):  # so that the way a name is written first stays
            if found[speaker] is None and (speaker.alone or speaker in named.speakers):
                form = named.forms[speaker]
                new_forms[build_form_key(form)] = form
        made = {key: self.make(form, key) for key, form in new_forms.items()}

        actors: dict[Speaker, Actor] = {}
        for speaker, form in named.forms.items():
            actor = found[speaker] or made.get(build_form_key(form))
            if actor:
                actors[speaker] = actor
        for speaker, actor in actors.items():
            for name in list_names_given(speaker, actor):
                self.names[actor.pk, name] = None
                self.known.add_name(actor, name)
        return ResolvedActors(actors, list(made.values()))

    def make(self, form: ActorForm, key: ActorForm) -> Actor:
        kind, name, scope = form
        actor = Actor(pk=self.keys[len(self.made)], kind=kind, name=name, article_id=scope)
        self.made.append(actor)
        self.known.add_own(actor, kind, name, key[1], scope)
        return actor

    def store(self) -> None:
        """Store the actors that are new, and what the articles call all of them."""
        if self.made:
            store_actors(self.made)
        types = {"actor_id": "bigint", "name": "text"}
        insert_missing_rows(ActorName, types, sorted(self.names))


def is_full_name(form: ActorForm) -> bool:
    """Return whether a name tells whom it means: two words or more of a person's, titles aside."""
    kind, key, scope = form
    if scope is not None or kind == "unnamed":
        return False
    own_words = [word for word in key.split() if word not in PERSON_TITLES]
    least_words = 2 if kind == "person" else 1
    return len(own_words) >= least_words


def store_actors(actors: Sequence[Actor]) -> None:
    """Store new actors, each with a slug that is its own.

    Where another transaction takes a slug at the same moment, one with the actor's number is taken.
    """
    slugs = build_slugs_of_rows(Actor, {actor.pk: actor.name for actor in actors})
    for actor in actors:
        actor.slug = slugs[actor.pk]
    missing = insert_actors(actors)
    if missing:
        numbered = [f"{actor.slug}-{actor.pk}" for actor in missing]
        for actor, slug in zip(missing, find_unused_slugs(Actor, numbered), strict=True):
            actor.slug = slug
        insert_actors(missing)


def insert_actors(actors: Sequence[Actor]) -> list[Actor]:
    """Insert actors, and return those whose slug has been taken."""
    types = {
        "slug": "text",
        "id": "bigint",
        "kind": "text",
        "name": "text",
        "article_id": "bigint",
    }
    rows = [(actor.slug, actor.pk, actor.kind, actor.name, actor.article_id) for actor in actors]
    inserted = insert_missing_rows(Actor, types, sorted(rows), unique="slug", returning=["id"])
    keys = {key for (key,) in inserted}
    return [actor for actor in actors if actor.pk not in keys]


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
