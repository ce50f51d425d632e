"""Proposes actors that may be one, for a person to judge: those whose names share something rare.

What is read for an article has a limit, however many actors there are: of each word, of each set of
initials and of each bare surname so many actors, and of each actor so many quotes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
from claims.models.copying import format_array
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
    rows: dict[tuple[int, int], MergeCandidate] = {}
    for actor in new:
        for scored in search.list_likeliest(actor, near.called):
            first, second = sorted((actor.pk, scored.actor))
            rows[first, second] = MergeCandidate(
                first_id=first, second_id=second, score=scored.score, reasons=scored.reasons
            )
    MergeCandidate.objects.bulk_create(rows.values(), ignore_conflicts=True)

    bare_surnames: set[int] = set()
    for pair, row in rows.items():
        if SEVERAL_BEARERS_REASON in row.reasons:
            bare_surnames.update(pk for pk in pair if not near.called[pk].is_full_person)
    if bare_surnames:
        lower_bare_surname_scores(bare_surnames)


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

    def list_likeliest(self, actor: NewActor, called: dict[int, CalledActor]) -> list[ScoredActor]:
        """Return the likeliest of those alike to be the actor, the likeliest first."""
        likely = []
        for other, likeness in actor.alike.items():
            scored = self.score_pair(actor, other, called[other], likeness)
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
