"""Finds the actors whose names share something rare with those of new ones.

What is read has a limit, however many actors there are: of each word, of each set of initials and of
each bare surname so many actors.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from claims.actors.likeness import CalledActor, Likeness, compare_called_actors
from claims.models import Actor, Article
from claims.models.candidates import LIKELY_SCORE
from claims.models.copying import format_array
from claims.models.names import build_initials

# A word is worth following if no more actors than this have it.
MOST_ACTORS_OF_RARE_WORD = 50
# With how many actors that are known in one article alone a full name is compared.
MOST_BARE_NAMES_COMPARED = 20

# Materialized, since PostgreSQL cannot tell how common a word is: with a limit in sight it would
# rather read the whole table. What is told of an actor is taken where it is found: in a join by its
# key the whole table would be read, too, as PostgreSQL expects many to be found.
SHARED_WORDS_SQL = """
    SELECT wanted.word, found.id, found.name, found.kind, found.article_id
      FROM unnest(%(words)s::text[]) AS wanted (word)
     CROSS JOIN LATERAL (
             WITH bearers AS MATERIALIZED (
                  SELECT id, name, kind, article_id FROM claims_actor
                   WHERE CASE WHEN article_id IS NULL AND NOT kind = 'unnamed' THEN words END
                         @> ARRAY[wanted.word])
           SELECT * FROM bearers LIMIT %(rare)s) found
     UNION
    SELECT wanted.word, found.id, found.name, found.kind, found.article_id
      FROM unnest(%(words)s::text[]) AS wanted (word)
     CROSS JOIN LATERAL (
           SELECT id, name, kind, article_id FROM claims_actor
            WHERE initials = wanted.word AND article_id IS NULL AND NOT kind = 'unnamed'
            LIMIT %(rare)s) found
     UNION
    SELECT wanted.word, found.id, found.name, found.kind, found.article_id
      FROM unnest(%(surnames)s::text[]) AS wanted (word)
     CROSS JOIN LATERAL (
           SELECT id, name, kind, article_id FROM claims_actor
            WHERE key = wanted.word AND article_id IS NOT NULL
            LIMIT %(bare)s) found
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


class NearActors:
    """The actors that are new with some articles, and those that share a rare word, a surname or
    initials with them: one query.

    Of the articles each knows those before it and not those after it.
    """

    def __init__(self, articles: Sequence[tuple[Article, Sequence[Actor]]]):
        self.called: dict[int, CalledActor] = {}
        self.article_of_new: dict[int, int] = {}
        self.last_of_article: dict[int, int] = {}
        for article, made in articles:
            for actor in made:
                if actor.kind != "unnamed":
                    self.called[actor.pk] = build_called(actor.name, actor.kind, actor.article_id)
                    self.article_of_new[actor.pk] = article.pk
            self.last_of_article[article.pk] = max((actor.pk for actor in made), default=0)
        self.bearers: defaultdict[str, list[int]] = defaultdict(list)
        if self.called:
            self.read_bearers()

    def read_bearers(self) -> None:
        words: set[str] = set()
        surnames: set[str] = set()
        for called in self.called.values():
            words.update(list_words_to_look_up(called))
            if called.surname:
                surnames.add(called.surname)
        for word, pk, name, kind, article in find_actors_by_words(
            words, surnames, len(self.called)
        ):
            self.bearers[word].append(pk)
            if pk not in self.called:
                self.called[pk] = build_called(name, kind, article)

    def list_new(self) -> Iterator[NewActor]:
        """Yield the new actors, each with those whose names are like its own."""
        for pk, article in self.article_of_new.items():
            called = self.called[pk]
            alike = self.find_alike(pk, self.find_near(pk))
            bearers = [self.called[other] for other in (pk, *alike)]
            same_surname = [
                one for one in bearers if one.is_full_person and one.surname == called.surname
            ]
            yield NewActor(pk, called, article, alike, len(same_surname) > 1)

    def find_near(self, pk: int) -> set[int]:
        called = self.called[pk]
        near: set[int] = set()
        for word in list_words_to_look_up(called):
            bearers = self.list_bearers(word, pk)
            is_rare = len(bearers) <= MOST_ACTORS_OF_RARE_WORD
            if is_rare or word == called.surname:
                near.update(bearers)
        near.discard(pk)
        return near

    def list_bearers(self, word: str, pk: int) -> list[int]:
        """Return those who have a word, as far as the article of a new actor knows them.

        Of those known in one article alone, these are a few, of other articles.
        """
        everywhere: list[int] = []
        elsewhere: list[int] = []
        own_article = self.article_of_new[pk]
        for other in self.bearers[word]:
            other_article = self.article_of_new.get(other)
            if other_article is not None and other > self.last_of_article[own_article]:
                continue
            if self.called[other].everywhere:
                everywhere.append(other)
            elif other_article != own_article:
                elsewhere.append(other)
        return everywhere + elsewhere[:MOST_BARE_NAMES_COMPARED]

    def find_alike(self, pk: int, near: Iterable[int]) -> dict[int, Likeness]:
        """Return the actors near to one whose names are like its own.

        One that is known in this article alone has enough with those that are known everywhere; if
        there are none, with one that means the same in another article.
        """
        called = self.called[pk]
        alike: dict[int, Likeness] = {}
        for other in near:
            likeness = compare_called_actors(called, self.called[other])
            if likeness:
                alike[other] = likeness
        if called.everywhere:
            return alike
        kept = [other for other in alike if self.called[other].everywhere]
        if not kept:
            kept = sorted(alike)[:1]
        return {other: alike[other] for other in kept}


def build_called(name: str, kind: str, article: int | None) -> CalledActor:
    return CalledActor(name, kind, everywhere=article is None)


def list_words_to_look_up(called: CalledActor) -> Iterator[str]:
    yield from called.key.split()
    if called.kind != "person" and " " in called.key:
        yield build_initials(called.key)


def find_actors_by_words(
    words: Iterable[str], surnames: Iterable[str], new: int
) -> list[tuple[str, int, str, str, int | None]]:
    """Return words, each with an actor that it leads to: key, name, kind and article.

    There are so many `new` ones, which may be among those known in one article alone.
    """
    values: dict[str, Any] = {
        "words": format_array(sorted(words)),
        "surnames": format_array(sorted(surnames)),
        "rare": MOST_ACTORS_OF_RARE_WORD + 1,
        "bare": MOST_BARE_NAMES_COMPARED + new,
    }
    with connection.cursor() as cursor:
        cursor.execute(SHARED_WORDS_SQL, values)
        return list(cursor.fetchall())
