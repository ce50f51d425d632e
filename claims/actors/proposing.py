"""Proposes actors that may be one, for a person to judge: those whose names share something rare.

What is read for an article has a limit, however many actors there are: of each word, of each set of
initials and of each bare surname so many actors, and of each actor so many quotes.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import F, Func, JSONField, Q, Value

from claims.actors.likeness import (
    CalledActor,
    Likeness,
    compare_called_actors,
    list_shared_role_words,
)
from claims.models import Actor, ActorName, Article, MergeCandidate
from claims.models.candidates import LIKELY_SCORE
from claims.models.copying import format_array, insert_missing_rows
from claims.models.names import build_initials, build_name_key

# A word is worth following if no more actors than this have it.
MOST_ACTORS_OF_RARE_WORD = 50
# How many actors are remembered as they are called, since new ones are compared with the same ones.
ACTORS_REMEMBERED = 10_000
# With how many actors that are known in one article alone a full name is compared.
MOST_BARE_NAMES_COMPARED = 20
# How many quotes of each actor are read to see with whom it is quoted.
QUOTES_READ_FOR_COMPANY = 200
# From so many quotes on an actor is quoted beside everybody, so that it says nothing.
OFTEN_QUOTED = 50
# How many of those whom two actors are both quoted beside are named in a reason.
MOST_COMPANIONS_NAMED = 3
# How many words that both actors are called by are named in a reason.
MOST_ROLE_WORDS_NAMED = 3
# How many candidates there are for one new actor, the likeliest.
MOST_CANDIDATES = 10

SEVERAL_BEARERS_REASON = "several people of this surname are known"
# What is left of a bare surname's score when several people have it.
SEVERAL_BEARERS_FACTOR = 0.5
# What else speaks for a pair, or against it.
COMPANY_BONUS = 0.1
ROLES_BONUS = 0.1
APART_PENALTY = -0.3
# Names alone neither rule out nor prove that two are one.
LOWEST_SCORE = 0.05
HIGHEST_SCORE = 0.95

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
# Whom these articles quote, and whether so few quotes are theirs that it says something.
QUOTED_SQL = """
      WITH quoted AS MATERIALIZED (
           SELECT DISTINCT article_id, actor_id FROM claims_quote
            WHERE article_id = ANY(%(articles)s::bigint[]) AND actor_id IS NOT NULL),
           often AS MATERIALIZED (
           SELECT actor_id,
                  (SELECT count(*)
                     FROM (SELECT FROM claims_quote
                            WHERE actor_id = here.actor_id LIMIT %(often)s) said) < %(often)s AS is_telling
             FROM (SELECT DISTINCT actor_id FROM quoted) here)
    SELECT quoted.article_id, quoted.actor_id, often.is_telling FROM quoted JOIN often USING (actor_id)
"""
# Of each article a few names are enough: the first in the alphabet, so that the order in which they
# came means nothing. `homes` has the articles in which actors are compared, and `known` whom they
# are compared with there; `telling` those whom these articles quote.
COMPANIONS_SQL = """
      WITH telling AS MATERIALIZED (
           SELECT told.article_id, actor.id, actor.name COLLATE "C" AS name
             FROM unnest(%(telling_in)s::bigint[], %(telling)s::bigint[]) AS told (article_id, id)
             JOIN claims_actor actor ON actor.id = told.id),
           said AS MATERIALIZED (
           SELECT DISTINCT known.home, known.id, quoted.article_id
             FROM unnest(%(homes)s::bigint[], %(known)s::bigint[]) AS known (home, id)
            CROSS JOIN LATERAL (
                  SELECT article_id FROM claims_quote
                   WHERE actor_id = known.id LIMIT %(read)s) quoted),
           heard AS MATERIALIZED (
           SELECT read.home, read.article_id, first.id, first.name
             FROM (SELECT DISTINCT home, article_id FROM said) read
            CROSS JOIN LATERAL (
                  SELECT DISTINCT telling.name, telling.id
                    FROM claims_quote quote
                    JOIN telling ON telling.article_id = read.home AND telling.id = quote.actor_id
                   WHERE quote.article_id = read.article_id
                   ORDER BY telling.name, telling.id LIMIT %(first)s) first)
    SELECT DISTINCT said.home, said.id, heard.name, heard.id
      FROM said JOIN heard USING (home, article_id)
"""

# The name and the primary key of an actor that another one is quoted beside.
Companion = tuple[str, int]
# Name, key and kind of an actor, and the article if it is known in that alone.
NamedActor = tuple[str, str, str, int | None]


@dataclass(frozen=True, slots=True)
class ScoredActor:
    """An actor that a new one may be: how likely that is, from 0 to 1, and why."""

    actor: int
    score: float
    reasons: list[str]


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


def propose_candidates(article: Article, made: Sequence[Actor]) -> None:
    """Store candidates for the actors that are new with this article.

    A pair that is known already stays as it is.
    """
    propose_for_articles([(article, made)])


def propose_for_articles(articles: Sequence[tuple[Article, Sequence[Actor]]]) -> None:
    """Store candidates for the actors that are new with these articles, of all of them together."""
    near = NearActors(articles)
    new = [actor for actor in near.list_new() if actor.alike]
    if not new:
        return
    search = CandidateSearch(new)
    pairs: dict[tuple[int, int], ScoredActor] = {}
    for actor in new:
        for scored in search.list_likeliest(actor, near):
            first, second = sorted((actor.pk, scored.actor))
            pairs[first, second] = scored
    store_candidates(pairs)

    bare_surnames: set[int] = set()
    for pair, scored in pairs.items():
        if SEVERAL_BEARERS_REASON in scored.reasons:
            bare_surnames.update(pk for pk in pair if not near.get_called(pk).is_full_person)
    if bare_surnames:
        lower_bare_surname_scores(bare_surnames)


def store_candidates(pairs: Mapping[tuple[int, int], ScoredActor]) -> None:
    types = {
        "first_id": "bigint",
        "second_id": "bigint",
        "score": "double precision",
        "reasons": "jsonb",
    }
    rows = []
    for (first, second), scored in pairs.items():
        reasons = json.dumps(scored.reasons, ensure_ascii=False)
        rows.append((first, second, str(scored.score), reasons))
    insert_missing_rows(MergeCandidate, types, rows)


def lower_bare_surname_scores(bare_surnames: set[int]) -> None:
    """Lower the scores given while one person alone was known to have these surnames."""
    proposed = MergeCandidate.objects.unjudged().order_by("pk")
    of_these = proposed.filter(Q(first__in=bare_surnames) | Q(second__in=bare_surnames))
    not_lowered = of_these.exclude(reasons__contains=SEVERAL_BEARERS_REASON)
    pks = list(not_lowered.select_for_update().values_list("pk", flat=True))
    reasons = Func(
        F("reasons"),
        Value([SEVERAL_BEARERS_REASON], JSONField()),
        template="%(expressions)s",
        arg_joiner=" || ",
    )
    lowered = not_lowered.order_by().filter(pk__in=pks)
    lowered.update(score=F("score") * SEVERAL_BEARERS_FACTOR, reasons=reasons)


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
                    key = build_name_key(actor.name)
                    self.named[actor.pk] = actor.name, key, actor.kind, actor.article_id
                    self.article_of_new[actor.pk] = article.pk
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


class CandidateSearch:
    """What more than names speaks for and against pairs: three queries.

    That is whom the articles of new actors quote, what the actors of likely pairs are called, and
    who is quoted beside whom.
    """

    def __init__(self, new: Sequence[NewActor]):
        self.quoted = read_quoted_actors({actor.article for actor in new})
        called: set[int] = set()
        compared: set[tuple[int, int]] = set()
        for actor in new:
            for other in actor.list_likely():
                called.update((actor.pk, other))
                compared.add((actor.article, other))
        self.forms = read_names(called)
        self.companions = find_companions(compared, self.quoted)

    def list_likeliest(self, actor: NewActor, near: NearActors) -> list[ScoredActor]:
        """Return the likeliest of those alike to be the actor, the likeliest first."""
        likely = []
        for other, likeness in actor.alike.items():
            scored = self.score_pair(actor, other, near.get_called(other), likeness)
            if likeness.surname or scored.score >= LIKELY_SCORE:
                likely.append(scored)
        likely.sort(key=lambda scored: (-scored.score, scored.actor))
        return likely[:MOST_CANDIDATES]

    def score_pair(
        self, actor: NewActor, other: int, two: CalledActor, likeness: Likeness
    ) -> ScoredActor:
        """Score a pair by what the names say, and by what the company that both keep adds to it."""
        one = actor.called
        score = likeness.score
        reasons = [likeness.reason]
        is_bare_and_full = one.is_full_person != two.is_full_person and one.surname == two.surname
        if actor.has_several_bearers and is_bare_and_full:
            score *= SEVERAL_BEARERS_FACTOR
            reasons.append(SEVERAL_BEARERS_REASON)
        if likeness.score >= LIKELY_SCORE:
            roles = list_shared_role_words(
                self.add_forms(actor.pk, one), self.add_forms(other, two)
            )
            if roles:
                score += ROLES_BONUS
                reasons.append(f"both are called “{', '.join(roles[:MOST_ROLE_WORDS_NAMED])}”")
            beside = [
                name
                for name, companion in self.companions[actor.article, other]
                if companion not in (actor.pk, other)
            ]
            if beside:
                score += COMPANY_BONUS
                reasons.append(
                    f"both are quoted beside {', '.join(beside[:MOST_COMPANIONS_NAMED])}"
                )
        if other in self.quoted[actor.article] and one.is_full and two.is_full:
            score += APART_PENALTY
            reasons.append("one article quotes both, under two names")
        score = min(max(score, LOWEST_SCORE), HIGHEST_SCORE)
        return ScoredActor(other, round(score, 2), reasons)

    def add_forms(self, pk: int, called: CalledActor) -> CalledActor:
        return replace(called, forms=tuple(self.forms[pk]))


def read_names(actors: Iterable[int]) -> dict[int, list[str]]:
    """Return what articles call these actors, in the order of the alphabet."""
    names: defaultdict[int, list[str]] = defaultdict(list)
    rows = ActorName.objects.filter(actor__in=sorted(actors)).order_by("name")
    for actor, name in rows.values_list("actor", "name"):
        names[actor].append(name)
    return names


def read_quoted_actors(articles: Iterable[int]) -> dict[int, dict[int, bool]]:
    """Return whom these articles quote, by article, and whether it says something of others.

    Of those whom everybody quotes it does not.
    """
    values: dict[str, Any] = {"articles": format_array(sorted(articles)), "often": OFTEN_QUOTED}
    quoted: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(QUOTED_SQL, values)
        for article, actor, is_telling in cursor.fetchall():
            quoted[article][actor] = is_telling
    return quoted


def find_companions(
    compared: Iterable[tuple[int, int]], quoted: dict[int, dict[int, bool]]
) -> dict[tuple[int, int], list[Companion]]:
    """Return, for each article and actor, those of the article that it is quoted beside anywhere.

    Who is quoted beside everybody is left out. Of each article the first few are read: as many as a
    reason names, and two more, since the pair itself may be among them.
    """
    pairs = sorted(compared)
    telling = [
        (article, actor)
        for article in sorted({article for article, _ in pairs})
        for actor, is_telling in quoted[article].items()
        if is_telling
    ]
    companions: defaultdict[tuple[int, int], list[Companion]] = defaultdict(list)
    if not pairs or not telling:
        return companions
    values: dict[str, Any] = {
        "homes": format_array(article for article, _ in pairs),
        "known": format_array(actor for _, actor in pairs),
        "telling_in": format_array(article for article, _ in telling),
        "telling": format_array(actor for _, actor in telling),
        "read": QUOTES_READ_FOR_COMPANY,
        "first": MOST_COMPANIONS_NAMED + 2,
    }
    with connection.cursor() as cursor:
        cursor.execute(COMPANIONS_SQL, values)
        for article, pk, name, companion in sorted(cursor.fetchall()):
            companions[article, pk].append((name, companion))
    return companions
