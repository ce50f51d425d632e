"""Decides which actor a speaker is, by the name alone; what articles say together comes afterwards.

A name is one actor everywhere when it is that actor's own, however it is written (case, accents,
apostrophes, hyphens). A name that does not tell who is meant, such as a bare surname, is an actor of
its article, and so is a body that many places have ("Police"), unless the article gives its place
(`common_bodies.py`). So whom a name stands for does not hang on what was stored before. Which names
are one actor's is found after that (`joining.py`): a name that is taken for another actor's leads
there. Whatever else looks alike stays apart, for a person to judge (`proposing.py`).

Several articles are looked up together, each as if those before it were stored already. Nobody else
makes an actor of a name meanwhile: the names of those who are new are locked, and looked up again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlsplit

from django.db import connection

from claims.actors.common_bodies import place_body
from claims.actors.forms import (
    LONGEST_ACTOR_NAME,
    ActorForm,
    build_form,
    build_form_key,
    build_form_known_anywhere,
)
from claims.actors.offices_told import OfficeRow, list_offices
from claims.extraction.lexicon.persons import HONORIFICS, NAME_PARTICLES
from claims.extraction.schema import Attribution, Speaker
from claims.history.writing import Named, lock_names
from claims.models import Actor, ActorName, Article, Office
from claims.models.copying import format_array, insert_missing_rows, reserve_keys
from claims.models.names import build_name_key
from claims.models.slugs import build_slugs_of_rows, find_unused_slugs

POSSESSIVE_ENDING = re.compile(r"(?<=\w)['’]s?$")
ACTOR_FIELDS = ("id", "name", "slug", "kind", "article_id")  # as `KNOWN_ACTORS_SQL` reads them

# The actors that have one of these names as their own or had it before they were merged, each with
# the actor that it is taken for. Lookups by key are lateral: in a join PostgreSQL would read the
# whole table, as it expects many to be found.
KNOWN_ACTORS_SQL = """
    SELECT actor.id, actor.name, actor.slug, actor.kind, actor.article_id,
           head.id, head.name, head.slug, head.kind, head.article_id,
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
           ) form
     CROSS JOIN LATERAL (SELECT * FROM claims_actor WHERE id = form.actor_id OFFSET 0) actor
      LEFT JOIN LATERAL (
           SELECT actor_id FROM claims_actorjoin WHERE alias_id = actor.id OFFSET 0) taken ON true
      LEFT JOIN LATERAL (SELECT * FROM claims_actor WHERE id = taken.actor_id OFFSET 0) head ON true
     ORDER BY form.former_slug
"""


@dataclass(frozen=True, slots=True)
class ResolvedActors:
    """The actor of each speaker and of each person named in a content.

    `made` are those that are new. `named` are those whose names are taken for other actors', by the
    speakers: the actors are these others.
    """

    actors: dict[Speaker, Actor]
    made: list[Actor]
    named: dict[Speaker, Actor] = field(default_factory=dict)

    def get_number(self, speaker: Speaker | None) -> int | None:
        actor = self.actors.get(speaker) if speaker else None
        return actor.pk if actor else None

    def get_number_named(self, speaker: Speaker | None) -> int | None:
        """Return the primary key of whom the article names, if that is taken for another."""
        named = self.named.get(speaker) if speaker else None
        return named.pk if named else None


@dataclass(frozen=True, slots=True)
class NamedInArticle:
    """Whom an article names: `forms` of all of them, in the order in which they come.

    `speakers` are those who say something.
    """

    article: int
    forms: dict[Speaker, ActorForm]
    speakers: set[Speaker]
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """An article by its primary key and what was read in it; text and host tell of what place it is."""

    number: int
    attributions: Iterable[Attribution]
    text: str = ""
    host: str = ""


def resolve_actors(article: Article, attributions: Iterable[Attribution]) -> ResolvedActors:
    """Find an actor for each speaker and each whom a content names; store what they are called.

    An actor is made where there is none yet, but for a name in a content that does not tell who is
    meant: that is nobody new.
    """
    read = build_read_article(article, attributions)
    (resolved,) = resolve_actors_of_articles([read], known_here=[article.pk])
    return resolved


def build_read_article(article: Article, attributions: Iterable[Attribution]) -> ReadArticle:
    host = urlsplit(article.url).hostname or ""
    return ReadArticle(article.pk, attributions, article.text, host)


def resolve_actors_of_articles(
    articles: Sequence[ReadArticle], *, known_here: Sequence[int] = ()
) -> list[ResolvedActors]:
    """Do so for several articles in their order.

    Of those that are `known_here` there may be actors already that are known in them alone.
    """
    all_named = [list_named(article) for article in articles]
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


def list_named(article: ReadArticle) -> NamedInArticle:
    speakers: dict[Speaker, None] = {}  # a dict keeps the order in which they come
    named: dict[Speaker, None] = {}
    for attribution in article.attributions:
        if attribution.speaker:
            speakers[attribution.speaker] = None
        named.update(dict.fromkeys(attribution.about))
    forms: dict[Speaker, ActorForm] = {}
    for speaker in speakers | named:
        placed = place_body(speaker, article.text, article.host)
        if is_surname_with_title(placed):
            placed = replace(placed, alone=False)
        forms[speaker] = build_form(placed, article.number)
    return NamedInArticle(article.number, forms, set(speakers), article.text)


def is_surname_with_title(speaker: Speaker) -> bool:
    """Return whether a name is no more than "Mr" and a surname, or "de" and one: many have it."""
    words = build_name_key(speaker.name).split()
    if speaker.kind != "person" or len(words) != 2:
        return False
    is_particle = words[0] in NAME_PARTICLES and speaker.name[:1].islower()
    return is_particle or words[0] in HONORIFICS


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
    actors = {}
    for speaker, form in forms.items():
        actor = known.find(form)
        if actor:
            actors[speaker] = known.heads.get(actor.pk, actor)
    return actors


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
        self.heads: dict[int, Actor] = {}  # whom they are taken for, by their primary keys

    def read(self, forms: Iterable[ActorForm]) -> None:
        """Read the actors of these names, in one query."""
        keys = {build_form_key(form) for form in forms}
        if not keys:
            return
        values: dict[str, Any] = {
            "keys": format_array(sorted({key for _, key, _ in keys})),
            "names": format_array(sorted({name for _, name, _ in forms})),
            "articles": format_array(self.articles),
        }
        with connection.cursor() as cursor:
            cursor.execute(KNOWN_ACTORS_SQL, values)
            rows = cursor.fetchall()
        for *values_of_actors, origin, kind, name, key, scope in rows:
            own_values = values_of_actors[: len(ACTOR_FIELDS)]
            head_values = values_of_actors[len(ACTOR_FIELDS) :]
            actor = Actor.from_db(connection.alias, ACTOR_FIELDS, own_values)
            if head_values[0] is not None:
                head = Actor.from_db(connection.alias, ACTOR_FIELDS, head_values)
                self.heads[actor.pk] = head
            if origin == "own":
                self.add_own(actor, kind, name, key, scope)
            else:
                self.merged_by_name.setdefault((kind, name, scope), actor)
                self.merged[kind, key, scope][actor.pk] = actor

    def add_own(self, actor: Actor, kind: str, name: str, key: str, scope: int | None) -> None:
        self.own_by_name[kind, name, scope] = actor
        self.own[kind, key, scope][actor.pk] = actor

    def find(self, form: ActorForm) -> Actor | None:
        """Return the one actor that the name is surely that of, or None."""
        exact = self.own_by_name.get(form) or self.merged_by_name.get(form)
        if exact:
            return exact
        key = build_form_key(form)
        bearers = self.own.get(key) or self.merged.get(key) or {}
        return next(iter(bearers.values())) if len(bearers) == 1 else None


@dataclass
class ActorMaker:
    """Finds and makes the actors of one article after the other; `keys` are those for new ones."""

    known: KnownActors
    keys: list[int]
    made: list[Actor] = field(default_factory=list)
    names: dict[tuple[int, str], None] = field(default_factory=dict)
    offices: set[OfficeRow] = field(default_factory=set)

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
        taken_for_others: dict[Speaker, Actor] = {}
        for speaker, form in named.forms.items():
            actor = found[speaker] or made.get(build_form_key(form))
            if actor is None:
                continue
            number = actor.pk
            for name in list_names_given(speaker, actor):
                self.names[number, name] = None
            name_key = build_form_key(form)[1]
            self.offices.update(list_offices(named.article, speaker, name_key, named.text))
            actors[speaker] = self.known.heads.get(number, actor)
            if actors[speaker] is not actor:
                taken_for_others[speaker] = actor
        return ResolvedActors(actors, list(made.values()), taken_for_others)

    def make(self, form: ActorForm, key: ActorForm) -> Actor:
        kind, name, scope = form
        actor = Actor(pk=self.keys[len(self.made)], kind=kind, name=name, article_id=scope)
        self.made.append(actor)
        self.known.add_own(actor, kind, name, key[1], scope)
        return actor

    def store(self) -> None:
        """Store the actors that are new, what the articles call all of them, and their offices."""
        if self.made:
            store_actors(self.made)
        types = {"actor_id": "bigint", "name": "text"}
        insert_missing_rows(ActorName, types, sorted(self.names))
        types = {"article_id": "bigint", "key": "text", "title": "text", "place": "text"}
        insert_missing_rows(Office, types, sorted(self.offices))


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
