"""Actors that may be one, for a person to judge: looked for when an actor is new, among those that share something rare.

What is read for an article has a limit, however many actors there are: of each word, of each set of initials and of each
bare surname so many actors, and of each actor so many quotes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import F, Func, JSONField, Q, Value

from claims.actors.likeness import (
    CalledActor,
    Likeness,
    compare_called_actors,
    list_shared_role_words,
)
from claims.models import Actor, ActorName, Article, MergeCandidate, Quote
from claims.models.candidates import LIKELY_SCORE
from claims.models.names import build_initials

MOST_ACTORS_OF_RARE_WORD = (
    50  # actors that have a word, at most, for the word to be worth following
)
MOST_BARE_NAMES_COMPARED = 20  # actors of one article alone that a full name is compared with
QUOTES_READ_FOR_COMPANY = 200  # of each actor, to see with whom it is quoted
OFTEN_QUOTED = 50  # quotes of an actor, from which on to be quoted beside it says nothing
TOLD = 3  # of those whom two actors are quoted beside
MOST_CANDIDATES = 10  # candidates for one new actor, the likeliest
SEVERAL_BEARERS_REASON = "several people of this surname are known"
SEVERAL_BEARERS_FACTOR = 0.5  # what is left of a bare surname's score when several people have it
COMPANY_BONUS, ROLES_BONUS, APART_PENALTY = (
    0.1,
    0.1,
    -0.3,
)  # what else speaks for a pair, or against it
LOWEST_SCORE, HIGHEST_SCORE = 0.05, 0.95  # names alone neither rule out nor prove

# Materialized, since PostgreSQL cannot tell how common a word is: with a limit in sight it would rather read the whole table.
SHARED_WORDS_SQL = """
    SELECT wanted.word, found.id
      FROM unnest(%(words)s::text[]) AS wanted (word)
     CROSS JOIN LATERAL (
             WITH bearers AS MATERIALIZED (
                  SELECT id FROM claims_actor
                   WHERE CASE WHEN article_id IS NULL AND NOT kind = 'unnamed' THEN words END @> ARRAY[wanted.word])
           SELECT id FROM bearers LIMIT %(rare)s) found
     UNION
    SELECT wanted.word, found.id
      FROM unnest(%(words)s::text[]) AS wanted (word)
     CROSS JOIN LATERAL (
           SELECT id FROM claims_actor
            WHERE initials = wanted.word AND article_id IS NULL AND NOT kind = 'unnamed' LIMIT %(rare)s) found
     UNION
    SELECT wanted.word, found.id
      FROM unnest(%(surnames)s::text[]) AS wanted (word)
     CROSS JOIN LATERAL (
           SELECT id FROM claims_actor
            WHERE key = wanted.word AND article_id IS NOT NULL AND NOT id = ANY(%(new)s) LIMIT %(bare)s) found
"""
# Of each article the first few names are enough to tell some: who they are in the alphabet, not in which order they came.
COMPANIONS_SQL = """
      WITH telling AS MATERIALIZED (
           SELECT actor.id, actor.name COLLATE "C" AS name
             FROM unnest(%(here)s::bigint[]) AS here (id) JOIN claims_actor actor ON actor.id = here.id
            WHERE (SELECT count(*) FROM (SELECT FROM claims_quote WHERE actor_id = here.id LIMIT %(often)s) quoted)
                  < %(often)s),
           said AS MATERIALIZED (
           SELECT DISTINCT known.id, quoted.article_id
             FROM unnest(%(known)s::bigint[]) AS known (id)
            CROSS JOIN LATERAL (SELECT article_id FROM claims_quote WHERE actor_id = known.id LIMIT %(read)s) quoted),
           heard AS MATERIALIZED (
           SELECT read.article_id, first.id
             FROM (SELECT DISTINCT article_id FROM said) read
            CROSS JOIN LATERAL (
                  SELECT DISTINCT telling.name, telling.id
                    FROM claims_quote quote JOIN telling ON telling.id = quote.actor_id
                   WHERE quote.article_id = read.article_id
                   ORDER BY telling.name, telling.id LIMIT %(told)s) first)
    SELECT DISTINCT said.id, heard.id FROM said JOIN heard USING (article_id)
"""


def propose_candidates(article: Article, made: Sequence[Actor]) -> None:
    """Candidates for the actors that are new with this article; a pair that is known already stays as it is."""
    new = [actor for actor in made if actor.kind != "unnamed"]
    near = find_actors_sharing_words(new)
    if not any(near.values()):
        return
    search = CandidateSearch(article, near)
    rows: dict[tuple[int, int], MergeCandidate] = {}
    for pk in near:
        for score, other, reasons in search.likeliest(pk):
            first, second = sorted((pk, other))
            rows[first, second] = MergeCandidate(
                first_id=first, second_id=second, score=score, reasons=reasons
            )
    MergeCandidate.objects.bulk_create(rows.values(), ignore_conflicts=True)
    shared = [pair for pair, row in rows.items() if SEVERAL_BEARERS_REASON in row.reasons]
    lower_bare_surname_scores(
        {pk for pair in shared for pk in pair if not search.actors[pk].full_person}
    )


def lower_bare_surname_scores(bare: set[int]) -> None:
    """What was proposed of these bare surnames while one person was known to have them is less likely now."""
    reasons = Func(
        F("reasons"),
        Value([SEVERAL_BEARERS_REASON], JSONField()),
        template="%(expressions)s",
        arg_joiner=" || ",
    )
    before = (
        MergeCandidate.objects.unjudged()
        .filter(Q(first__in=bare) | Q(second__in=bare))
        .exclude(reasons__contains=SEVERAL_BEARERS_REASON)
    )
    if bare:
        before.order_by().update(score=F("score") * SEVERAL_BEARERS_FACTOR, reasons=reasons)


def find_actors_sharing_words(made: Sequence[Actor]) -> dict[int, set[int]]:
    """For each new actor, those that share a rare word, a surname or initials with it."""
    new = {actor.pk: CalledActor(actor.name, actor.kind) for actor in made}
    surnames = {one.surname for one in new.values()} - {""}
    found: defaultdict[str, set[int]] = defaultdict(set)
    for word, pk in find_actors_by_words(
        {word for one in new.values() for word in list_words_to_look_up(one)}, surnames, list(new)
    ):
        found[word].add(pk)
    return {
        pk: {
            other
            for word in list_words_to_look_up(one)
            if len(found[word]) <= MOST_ACTORS_OF_RARE_WORD or word == one.surname
            for other in found[word]
        }
        - {pk}
        for pk, one in new.items()
    }


def list_words_to_look_up(one: CalledActor) -> Iterator[str]:
    yield from one.key.split()
    if one.kind != "person" and " " in one.key:
        yield build_initials(one.key)


def find_actors_by_words(
    words: Iterable[str], surnames: Iterable[str], new: list[int]
) -> list[tuple[str, int]]:
    """Words, and the actors that each of them leads to."""
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
    """The new actors of an article, those near to them, and who is quoted beside whom: three queries and one for names."""

    def __init__(self, article: Article, near: dict[int, set[int]]):
        others = {pk for pks in near.values() for pk in pks}
        quoted = Quote.objects.filter(article=article, actor__isnull=False)
        self.near = near
        self.actors = build_called_actors(others | near.keys())
        self.here: dict[int, str] = dict(
            quoted.order_by().values_list("actor", "actor__name").distinct()
        )
        company = find_companions(others, self.here)
        self.company = {
            pk: sorted((self.here[each], each) for each in company[pk]) for pk in others
        }

    def likeliest(self, pk: int) -> list[tuple[float, int, list[str]]]:
        """The likeliest of those near to be the actor, each with its score and the reasons."""
        one = self.actors[pk]
        alike = {
            other: found
            for other in self.near[pk]
            if (found := compare_called_actors(one, self.actors[other]))
        }
        known = [other for other in alike if self.actors[other].everywhere]
        if not one.everywhere:  # one that means the same in another article is enough to hang on to, and none if one is known
            alike = {other: alike[other] for other in known or sorted(alike)[:1]}
        bearers = {pk, *alike}
        several = (
            sum(
                self.actors[each].full_person and self.actors[each].surname == one.surname
                for each in bearers
            )
            > 1
        )
        weighed = [
            (*self.weighed(pk, other, found, several), found) for other, found in alike.items()
        ]
        kept = [
            (score, other, reasons)
            for score, other, reasons, found in weighed
            if found.surname or score >= LIKELY_SCORE
        ]
        return sorted(kept, key=lambda row: (-row[0], row[1]))[:MOST_CANDIDATES]

    def weighed(
        self, pk: int, other: int, found: Likeness, several: bool
    ) -> tuple[float, int, list[str]]:
        """What the names say, and what the company they keep adds to it."""
        one, two = self.actors[pk], self.actors[other]
        score, reasons = found.score, [found.reason]
        if several and one.full_person != two.full_person and one.surname == two.surname:
            score, reasons = score * SEVERAL_BEARERS_FACTOR, [*reasons, SEVERAL_BEARERS_REASON]
        if found.score >= LIKELY_SCORE and (shared := list_shared_role_words(one, two)):
            score, reasons = (
                score + ROLES_BONUS,
                [*reasons, f"both are called “{', '.join(shared[:3])}”"],
            )
        beside = [name for name, each in self.company[other] if each not in (pk, other)]
        if found.score >= LIKELY_SCORE and beside:
            score, reasons = (
                score + COMPANY_BONUS,
                [*reasons, f"both are quoted beside {', '.join(beside[:TOLD])}"],
            )
        if other in self.here and one.full and two.full:
            score, reasons = (
                score + APART_PENALTY,
                [*reasons, "one article quotes both, under two names"],
            )
        return round(min(max(score, LOWEST_SCORE), HIGHEST_SCORE), 2), other, reasons


def build_called_actors(pks: Iterable[int]) -> dict[int, CalledActor]:
    """Return how each actor is called. Plain values, since there are hundreds: rows made to models take longer to read."""
    wanted = sorted(pks)
    forms: defaultdict[int, list[str]] = defaultdict(list)
    for pk, form in (
        ActorName.objects.filter(actor__in=wanted).order_by("name").values_list("actor", "name")
    ):
        forms[pk].append(form)
    rows = (
        Actor.objects.filter(pk__in=wanted).order_by().values_list("pk", "name", "kind", "article")
    )
    return {
        pk: CalledActor(name, kind, tuple(forms[pk]), article is None)
        for pk, name, kind, article in rows
    }


def find_companions(known: Iterable[int], here: Iterable[int]) -> dict[int, set[int]]:
    """For each actor, those of `here` that it is quoted beside, unless all the world is: the first of them by their names.

    Of each article there is one more than are told for either actor of a pair, who is not told of.
    """
    found: defaultdict[int, set[int]] = defaultdict(set)
    values: dict[str, Any] = {
        "known": sorted(known),
        "here": sorted(here),
        "read": QUOTES_READ_FOR_COMPANY,
        "often": OFTEN_QUOTED,
        "told": TOLD + 2,
    }
    with connection.cursor() as cursor:
        cursor.execute(COMPANIONS_SQL, values)
        for pk, beside in cursor.fetchall():
            found[pk].add(beside)
    return found
