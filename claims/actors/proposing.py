"""Proposes actors that may be one, for a person to judge: those whose names share something rare.

What is read for an article has a limit, however many actors there are: of each word, of each set of
initials and of each bare surname so many actors, and of each actor so many quotes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Exists, F, Func, JSONField, OuterRef, Q, Value

from claims.actors.likeness import (
    CalledActor,
    Likeness,
    compare_called_actors,
    list_shared_role_words,
)
from claims.models import Actor, ActorName, Article, MergeCandidate, Quote
from claims.models.candidates import LIKELY_SCORE
from claims.models.names import build_initials

# A word is worth following if no more actors than this have it.
MOST_ACTORS_OF_RARE_WORD = 50
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
# rather read the whole table.
SHARED_WORDS_SQL = """
    SELECT wanted.word, found.id
      FROM unnest(%(words)s::text[]) AS wanted (word)
     CROSS JOIN LATERAL (
             WITH bearers AS MATERIALIZED (
                  SELECT id FROM claims_actor
                   WHERE CASE WHEN article_id IS NULL AND NOT kind = 'unnamed' THEN words END
                         @> ARRAY[wanted.word])
           SELECT id FROM bearers LIMIT %(rare)s) found
     UNION
    SELECT wanted.word, found.id
      FROM unnest(%(words)s::text[]) AS wanted (word)
     CROSS JOIN LATERAL (
           SELECT id FROM claims_actor
            WHERE initials = wanted.word AND article_id IS NULL AND NOT kind = 'unnamed'
            LIMIT %(rare)s) found
     UNION
    SELECT wanted.word, found.id
      FROM unnest(%(surnames)s::text[]) AS wanted (word)
     CROSS JOIN LATERAL (
           SELECT id FROM claims_actor
            WHERE key = wanted.word AND article_id IS NOT NULL AND NOT id = ANY(%(new)s)
            LIMIT %(bare)s) found
"""
# Of each article a few names are enough: the first in the alphabet, so that the order in which they
# came means nothing.
COMPANIONS_SQL = """
      WITH telling AS MATERIALIZED (
           SELECT actor.id, actor.name COLLATE "C" AS name
             FROM (SELECT DISTINCT actor_id AS id FROM claims_quote
                    WHERE article_id = %(article)s AND actor_id IS NOT NULL) here
             JOIN claims_actor actor ON actor.id = here.id
            WHERE (SELECT count(*)
                     FROM (SELECT FROM claims_quote
                            WHERE actor_id = here.id LIMIT %(often)s) quoted) < %(often)s),
           said AS MATERIALIZED (
           SELECT DISTINCT known.id, quoted.article_id
             FROM unnest(%(known)s::bigint[]) AS known (id)
            CROSS JOIN LATERAL (
                  SELECT article_id FROM claims_quote
                   WHERE actor_id = known.id LIMIT %(read)s) quoted),
           heard AS MATERIALIZED (
           SELECT read.article_id, first.id, first.name
             FROM (SELECT DISTINCT article_id FROM said) read
            CROSS JOIN LATERAL (
                  SELECT DISTINCT telling.name, telling.id
                    FROM claims_quote quote JOIN telling ON telling.id = quote.actor_id
                   WHERE quote.article_id = read.article_id
                   ORDER BY telling.name, telling.id LIMIT %(named)s) first)
    SELECT DISTINCT said.id, heard.name, heard.id FROM said JOIN heard USING (article_id)
"""

# The name and the primary key of an actor that another one is quoted beside.
Companion = tuple[str, int]


@dataclass(frozen=True, slots=True)
class ScoredActor:
    """An actor that a new one may be: how likely that is, from 0 to 1, and why."""

    actor: int
    score: float
    reasons: list[str]


def propose_candidates(article: Article, made: Sequence[Actor]) -> None:
    """Store candidates for the actors that are new with this article.

    A pair that is known already stays as it is.
    """
    new = [actor for actor in made if actor.kind != "unnamed"]
    near = find_actors_sharing_words(new)
    if not any(near.values()):
        return
    search = CandidateSearch(article, near)
    rows: dict[tuple[int, int], MergeCandidate] = {}
    for pk in near:
        for scored in search.list_likeliest(pk):
            first, second = sorted((pk, scored.actor))
            rows[first, second] = MergeCandidate(
                first_id=first, second_id=second, score=scored.score, reasons=scored.reasons
            )
    MergeCandidate.objects.bulk_create(rows.values(), ignore_conflicts=True)

    bare_surnames: set[int] = set()
    for pair, row in rows.items():
        if SEVERAL_BEARERS_REASON in row.reasons:
            bare_surnames.update(pk for pk in pair if not search.actors[pk].is_full_person)
    if bare_surnames:
        lower_bare_surname_scores(bare_surnames)


def lower_bare_surname_scores(bare_surnames: set[int]) -> None:
    """Lower the scores given while one person alone was known to have these surnames."""
    proposed = MergeCandidate.objects.unjudged().order_by()
    of_these = proposed.filter(Q(first__in=bare_surnames) | Q(second__in=bare_surnames))
    not_lowered = of_these.exclude(reasons__contains=SEVERAL_BEARERS_REASON)
    reasons = Func(
        F("reasons"),
        Value([SEVERAL_BEARERS_REASON], JSONField()),
        template="%(expressions)s",
        arg_joiner=" || ",
    )
    not_lowered.update(score=F("score") * SEVERAL_BEARERS_FACTOR, reasons=reasons)


def find_actors_sharing_words(made: Sequence[Actor]) -> dict[int, set[int]]:
    """Return, for each new actor, those that share a rare word, a surname or initials with it."""
    if not made:
        return {}
    new = {actor.pk: CalledActor(actor.name, actor.kind) for actor in made}
    words: set[str] = set()
    surnames: set[str] = set()
    for called in new.values():
        words.update(list_words_to_look_up(called))
        if called.surname:
            surnames.add(called.surname)
    bearers: defaultdict[str, set[int]] = defaultdict(set)
    for word, pk in find_actors_by_words(words, surnames, list(new)):
        bearers[word].add(pk)
    near: dict[int, set[int]] = {}
    for pk, called in new.items():
        near[pk] = set()
        for word in list_words_to_look_up(called):
            is_rare = len(bearers[word]) <= MOST_ACTORS_OF_RARE_WORD
            if is_rare or word == called.surname:
                near[pk] |= bearers[word]
        near[pk].discard(pk)
    return near


def list_words_to_look_up(called: CalledActor) -> Iterator[str]:
    yield from called.key.split()
    if called.kind != "person" and " " in called.key:
        yield build_initials(called.key)


def find_actors_by_words(
    words: Iterable[str], surnames: Iterable[str], new: list[int]
) -> list[tuple[str, int]]:
    """Return words, each with an actor that it leads to."""
    values: dict[str, Any] = {
        "words": sorted(words),
        "surnames": sorted(surnames),
        "new": new,
        "rare": MOST_ACTORS_OF_RARE_WORD + 1,
        "bare": MOST_BARE_NAMES_COMPARED,
    }
    with connection.cursor() as cursor:
        cursor.execute(SHARED_WORDS_SQL, values)
        return list(cursor.fetchall())


class CandidateSearch:
    """An article's new actors, those near to them, and who is quoted beside whom: two queries."""

    def __init__(self, article: Article, near: dict[int, set[int]]):
        others: set[int] = set().union(*near.values())
        self.near = near
        self.actors: dict[int, CalledActor] = {}
        self.quoted_here: set[int] = set()
        for pk, called, is_quoted_here in read_called_actors(article, others | near.keys()):
            self.actors[pk] = called
            if is_quoted_here:
                self.quoted_here.add(pk)
        self.companions = find_companions(article, others)

    def list_likeliest(self, pk: int) -> list[ScoredActor]:
        """Return the likeliest of those near to be the actor, the likeliest first."""
        called = self.actors[pk]
        alike = self.find_alike(pk)
        bearers = [self.actors[other] for other in (pk, *alike)]
        same_surname = [
            one for one in bearers if one.is_full_person and one.surname == called.surname
        ]
        has_several_bearers = len(same_surname) > 1
        likely = []
        for other, likeness in alike.items():
            scored = self.score_pair(pk, other, likeness, has_several_bearers)
            if likeness.surname or scored.score >= LIKELY_SCORE:
                likely.append(scored)
        likely.sort(key=lambda scored: (-scored.score, scored.actor))
        return likely[:MOST_CANDIDATES]

    def find_alike(self, pk: int) -> dict[int, Likeness]:
        """Return the actors near to one whose names are like its own.

        One that is known in this article alone has enough with those that are known everywhere; if
        there are none, with one that means the same in another article.
        """
        called = self.actors[pk]
        alike: dict[int, Likeness] = {}
        for other in self.near[pk]:
            likeness = compare_called_actors(called, self.actors[other])
            if likeness:
                alike[other] = likeness
        if called.everywhere:
            return alike
        kept = [other for other in alike if self.actors[other].everywhere]
        if not kept:
            kept = sorted(alike)[:1]
        return {other: alike[other] for other in kept}

    def score_pair(
        self, pk: int, other: int, likeness: Likeness, has_several_bearers: bool
    ) -> ScoredActor:
        """Score a pair by what the names say, and by what the company that both keep adds to it."""
        one, two = self.actors[pk], self.actors[other]
        score = likeness.score
        reasons = [likeness.reason]
        is_bare_and_full = one.is_full_person != two.is_full_person and one.surname == two.surname
        if has_several_bearers and is_bare_and_full:
            score *= SEVERAL_BEARERS_FACTOR
            reasons.append(SEVERAL_BEARERS_REASON)
        if likeness.score >= LIKELY_SCORE:
            roles = list_shared_role_words(one, two)
            if roles:
                score += ROLES_BONUS
                reasons.append(f"both are called “{', '.join(roles[:MOST_ROLE_WORDS_NAMED])}”")
            beside = [
                name for name, companion in self.companions[other] if companion not in (pk, other)
            ]
            if beside:
                score += COMPANY_BONUS
                reasons.append(
                    f"both are quoted beside {', '.join(beside[:MOST_COMPANIONS_NAMED])}"
                )
        if other in self.quoted_here and one.is_full and two.is_full:
            score += APART_PENALTY
            reasons.append("one article quotes both, under two names")
        score = min(max(score, LOWEST_SCORE), HIGHEST_SCORE)
        return ScoredActor(other, round(score, 2), reasons)


def read_called_actors(article: Article, pks: Iterable[int]) -> list[tuple[int, CalledActor, bool]]:
    """Return actors with their primary keys, what they are called, and if the article quotes them.

    Plain values are read, since there are hundreds: rows made to models take longer.
    """
    names = ActorName.objects.filter(actor=OuterRef("pk")).order_by("name").values("name")
    quotes = Quote.objects.filter(article=article, actor=OuterRef("pk"))
    rows = (
        Actor.objects.filter(pk__in=sorted(pks))
        .order_by()
        .annotate(forms=ArraySubquery(names), is_quoted_here=Exists(quotes))
        .values_list("pk", "name", "kind", "article", "forms", "is_quoted_here")
    )
    actors = []
    for pk, name, kind, article_known_in, forms, is_quoted_here in rows:
        called = CalledActor(name, kind, tuple(forms), everywhere=article_known_in is None)
        actors.append((pk, called, is_quoted_here))
    return actors


def find_companions(article: Article, known: Iterable[int]) -> dict[int, list[Companion]]:
    """Return, for each actor, those of the article that it is quoted beside anywhere, by name.

    Who is quoted beside everybody is left out. Of each article the first few are read: as many as a
    reason names, and two more, since the pair itself may be among them.
    """
    values: dict[str, Any] = {
        "article": article.pk,
        "known": sorted(known),
        "read": QUOTES_READ_FOR_COMPANY,
        "often": OFTEN_QUOTED,
        "named": MOST_COMPANIONS_NAMED + 2,
    }
    companions: defaultdict[int, list[Companion]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(COMPANIONS_SQL, values)
        for pk, name, companion in sorted(cursor.fetchall()):
            companions[pk].append((name, companion))
    return companions
