"""Finds the actors whose names share something rare with those of new ones.

What is read has a limit, however many actors there are: of each word, of each set of initials and of
each bare surname so many actors.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db import connection

from claims.actors.likeness import CalledActor, Likeness, compare_called_actors
from claims.models import Actor, Article
from claims.models.candidates import LIKELY_SCORE
from claims.models.copying import format_array
from claims.models.names import build_initials, build_name_key

# A word is worth following if no more actors than this have it.
MOST_ACTORS_OF_RARE_WORD = 50
# With how many actors that are known in one article alone a full name is compared.
MOST_BARE_NAMES_COMPARED = 20
# How many actors are remembered as they are called, since new ones are compared with the same ones.
ACTORS_REMEMBERED = 10_000

# Materialized, since PostgreSQL cannot tell how common a word is: with a limit in sight it would
# rather read the whole table. What is told of an actor is taken where it is found: in a join by its
# key the whole table would be read, too, as PostgreSQL expects many to be found. Of a word that is
# too common to tell anything nobody is told, but that it is: one row without an actor.
SHARED_WORDS_SQL = """
    SELECT wanted.word, CASE WHEN wanted.is_surname OR NOT found.is_common THEN found.id END,
           found.name, found.key, found.kind, found.article_id
      FROM unnest(%(words)s::text[], %(are_surnames)s::boolean[]) AS wanted (word, is_surname)
     CROSS JOIN LATERAL (
             WITH bearers AS MATERIALIZED (
                  SELECT id, name, key, kind, article_id FROM claims_actor
                   WHERE CASE WHEN article_id IS NULL AND NOT kind = 'unnamed' THEN words END
                         @> ARRAY[wanted.word])
           SELECT *, row_number() OVER () AS place,
                  count(*) FILTER (WHERE id < %(first_new)s) OVER () > %(rare)s AS is_common
             FROM (SELECT * FROM bearers LIMIT %(rare)s + 1) first) found
     WHERE wanted.is_surname OR NOT found.is_common OR found.place = 1
     UNION ALL
    SELECT wanted.word, found.id, found.name, found.key, found.kind, found.article_id
      FROM unnest(%(words)s::text[]) AS wanted (word)
     CROSS JOIN LATERAL (
           SELECT id, name, key, kind, article_id FROM claims_actor
            WHERE initials = wanted.word AND article_id IS NULL AND NOT kind = 'unnamed'
            LIMIT %(rare)s + 1) found
     UNION ALL
    SELECT wanted.word, found.id, found.name, found.key, found.kind, found.article_id
      FROM unnest(%(words)s::text[], %(are_surnames)s::boolean[]) AS wanted (word, is_surname)
     CROSS JOIN LATERAL (
           SELECT id, name, key, kind, article_id FROM claims_actor
            WHERE key = wanted.word AND article_id IS NOT NULL
            LIMIT %(bare)s) found
     WHERE wanted.is_surname
"""


@dataclass(frozen=True, slots=True)
class NewActor:
    """An actor that is new with an article, and those whose names are like its own."""

    pk: int
    called: CalledActor
    article: int
    alike: dict[int, Likeness]
    has_several_bearers: bool

    def list_likely(self) -> list[int]:
        """Return those whose names alone make them likely to be the same."""
        return [other for other, likeness in self.alike.items() if likeness.score >= LIKELY_SCORE]


# Name, key and kind of an actor, and the article if it is known in that alone.
NamedActor = tuple[str, str, str, int | None]


@dataclass(slots=True)
class Bearers:
    """The actors that a word leads to.

    `settled` are those that are known everywhere and were so before the new articles, `new` those
    that are known everywhere and new with them; `elsewhere` are known in one article alone.
    """

    settled: set[int] = field(default_factory=set)
    new: set[int] = field(default_factory=set)
    elsewhere: set[int] = field(default_factory=set)


class NearActors:
    """The actors that are new with some articles, and those that share a rare word, a surname or
    initials with them: one query.

    Of the articles each knows those before it and not those after it.
    """

    def __init__(self, articles: Sequence[tuple[Article, Sequence[Actor]]]):
        self.named: dict[int, NamedActor] = {}
        self.article_of_new: dict[int, int] = {}
        self.last_of_article: dict[int, int] = {}
        for article, made in articles:
            for actor in made:
                if actor.kind != "unnamed":
                    number = actor.pk
                    key = build_name_key(actor.name)
                    self.named[number] = actor.name, key, actor.kind, actor.article_id
                    self.article_of_new[number] = article.pk
            self.last_of_article[article.pk] = max((actor.pk for actor in made), default=0)
        self.bearers: defaultdict[str, Bearers] = defaultdict(Bearers)
        self.common_words: set[str] = set()
        if self.named:
            self.read_bearers()

    def get_called(self, pk: int) -> CalledActor:
        """Return an actor as it is called: many are read, and few of them compared."""
        name, key, kind, article = self.named[pk]
        return build_called(name, key, kind, article is None)

    def read_bearers(self) -> None:
        words: set[str] = set()
        surnames: set[str] = set()
        for pk in self.article_of_new:
            called = self.get_called(pk)
            words.update(list_words_to_look_up(called))
            if called.surname:
                surnames.add(called.surname)
        for word, bearer, *named in find_actors_by_words(words, surnames, self.article_of_new):
            if bearer is None:
                self.common_words.add(word)
            else:
                self.add_bearer(word, bearer, *named)

    def add_bearer(
        self, word: str, pk: int, name: str, key: str, kind: str, article: int | None
    ) -> None:
        self.named.setdefault(pk, (name, key, kind, article))
        if article is not None:
            self.bearers[word].elsewhere.add(pk)
        elif pk in self.article_of_new:
            self.bearers[word].new.add(pk)
        else:
            self.bearers[word].settled.add(pk)

    def list_new(self) -> Iterator[NewActor]:
        """Yield the new actors, each with those whose names are like its own."""
        for pk, article in self.article_of_new.items():
            called = self.get_called(pk)
            alike = self.find_alike(pk, self.find_near(pk))
            bearers = [self.get_called(other) for other in (pk, *alike)]
            same_surname = [
                one for one in bearers if one.is_full_person and one.surname == called.surname
            ]
            yield NewActor(pk, called, article, alike, len(same_surname) > 1)

    def find_near(self, pk: int) -> set[int]:
        called = self.get_called(pk)
        near: set[int] = set()
        for word in list_words_to_look_up(called):
            is_surname = word == called.surname
            if word in self.common_words and not is_surname:
                continue
            bearers = self.list_bearers(word, pk)
            if is_surname or len(bearers) <= MOST_ACTORS_OF_RARE_WORD:
                near.update(bearers)
        near.discard(pk)
        return near

    def list_bearers(self, word: str, pk: int) -> list[int]:
        """Return those who have a word, as far as the article of a new actor knows them.

        Of those known in one article alone, these are a few, of other articles.
        """
        bearers = self.bearers[word]
        own_article = self.article_of_new[pk]
        last = self.last_of_article[own_article]
        new = [other for other in bearers.new if other <= last]
        elsewhere: list[int] = []
        for other in bearers.elsewhere:
            other_article = self.article_of_new.get(other)
            if other_article is None or (other_article != own_article and other <= last):
                elsewhere.append(other)
        return [*bearers.settled, *new, *sorted(elsewhere)[:MOST_BARE_NAMES_COMPARED]]

    def find_alike(self, pk: int, near: Iterable[int]) -> dict[int, Likeness]:
        """Return the actors near to one whose names are like its own.

        One that is known in this article alone has enough with those that are known everywhere; if
        there are none, with one that means the same in another article.
        """
        called = self.get_called(pk)
        alike: dict[int, Likeness] = {}
        for other in near:
            _, _, kind, _ = self.named[other]
            if (kind == "person") != (called.kind == "person"):
                continue  # no person is a body
            likeness = compare_called_actors(called, self.get_called(other))
            if likeness:
                alike[other] = likeness
        if called.everywhere:
            return alike
        kept = [other for other in alike if self.get_called(other).everywhere]
        if not kept:
            kept = sorted(alike)[:1]
        return {other: alike[other] for other in kept}


@lru_cache(ACTORS_REMEMBERED)
def build_called(name: str, key: str, kind: str, everywhere: bool) -> CalledActor:
    """Return an actor as it is called; its key is that which PostgreSQL keeps."""
    called = CalledActor(name, kind, everywhere=everywhere)
    vars(called)["key"] = key
    return called


def list_words_to_look_up(called: CalledActor) -> Iterator[str]:
    yield from called.key.split()
    if called.kind != "person" and " " in called.key:
        yield build_initials(called.key)


def find_actors_by_words(
    words: Iterable[str], surnames: Collection[str], new: Collection[int]
) -> list[tuple[Any, ...]]:
    """Return words, each with an actor that it leads to: number, name, key, kind and article.

    An actor of None tells that a word, no surname, is too common to say anything. The `new` actors
    may be among those known in one article alone.
    """
    wanted = sorted(words)
    are_surnames = ["t" if word in surnames else "f" for word in wanted]
    values: dict[str, Any] = {
        "words": format_array(wanted),
        "are_surnames": format_array(are_surnames),
        "first_new": min(new),
        "rare": MOST_ACTORS_OF_RARE_WORD,
        "bare": MOST_BARE_NAMES_COMPARED + len(new),
    }
    with connection.cursor() as cursor:
        cursor.execute(SHARED_WORDS_SQL, values)
        return list(cursor.fetchall())
