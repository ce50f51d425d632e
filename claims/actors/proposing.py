"""Proposes actors that may be one, for a person to judge: those whose names share something rare.

What is read for an article has a limit, however many actors there are: of each word, of each set of
initials and of each bare surname so many actors, and of each actor so many quotes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import F, Func, JSONField, Q, Value

from claims.actors.company import (
    MOST_COMPANIONS_NAMED,
    find_companions,
    read_names,
    read_quoted_actors,
)
from claims.actors.likeness import CalledActor, Likeness, list_shared_role_words
from claims.actors.near_names import NearActors, NewActor
from claims.models import Actor, Article, MergeCandidate
from claims.models.candidates import LIKELY_SCORE
from claims.models.copying import insert_missing_rows

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
