"""Accusations that an actor makes, those that name it, and what the articles hold of its answer.

All of it is what quotes say. Whom an accusation is against is told by the article's words for its target alone: a content may
well name others than the accused. What counts as an answer is the smallest that is sound, and a page has to say it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from claims.models import Actor, Detail, Quote, is_name_in_text
from claims.search.columns import CODED_VALUES, Columns, RowNumbers

ACCUSE_CODE = CODED_VALUES["act"].index("accuse")
DENIES_CODE = CODED_VALUES["stance"].index("denies")
ACCUSATIONS_SHOWN = 5
ACCUSATIONS_LOOKED_AT = (
    200  # accusations, the newest, among which those against an actor are looked for
)
MOST_ANSWER_CANDIDATES = 200  # quotes in which an answer is looked for

AnswerRelation = Literal["same claim", "denial", "after"]


@dataclass(frozen=True, slots=True)
class AccusationAnswer:
    """A quote of the accused, and how it answers.

    It denies the same claim ("same claim"), it is a denial in the same article ("denial"), or it comes later there ("after"),
    which need not be an answer, and must not be called one.
    """

    how: AnswerRelation
    quote: Quote


@dataclass(frozen=True, slots=True)
class Accusation:
    """`targets` is whom it is against in the article's words; `answer` is looked for only where they name the actor.

    Of others it is told whom they name.
    """

    quote: Quote
    targets: list[str]
    against: bool = False
    answer: AccusationAnswer | None = None
    named: Sequence[Actor] = ()


@dataclass(frozen=True, slots=True)
class Accusations:
    """The newest of each. `named` counts all quotes that accuse and name the actor, of which `by_itself` are its own."""

    made: list[Accusation]
    received: list[Accusation]
    made_count: int
    named: int
    by_itself: int

    def __bool__(self) -> bool:
        return bool(self.made_count or self.named)


def find_accusations(
    actor: Actor, known: Columns, own: RowNumbers, naming: RowNumbers
) -> Accusations:
    """`own` are the rows of the actor's quotes, `naming` of those that name it, both the newest first."""
    made, named = (rows[known["act"][rows] == ACCUSE_CODE] for rows in (own, naming))
    others = named[known["actor"][named] != actor.pk]
    looked = known["id"][
        np.concatenate([made[:ACCUSATIONS_SHOWN], others[:ACCUSATIONS_LOOKED_AT]])
    ].tolist()
    targets = find_targets(looked)
    first, rest = looked[: len(made[:ACCUSATIONS_SHOWN])], looked[len(made[:ACCUSATIONS_SHOWN]) :]
    against = [
        pk for pk in rest if has_name_in_targets(targets.get(pk, []), list_names_of_actor(actor))
    ][:ACCUSATIONS_SHOWN]
    answering = find_answer_candidates(known, own, against)
    quotes = Quote.objects.for_gist().order_by().in_bulk([*first, *against, *answering])
    answers = [quotes[pk] for pk in answering if pk in quotes]
    names = find_actors_named(known, first)
    return Accusations(
        [
            Accusation(quotes[pk], targets.get(pk, []), named=names[pk])
            for pk in first
            if pk in quotes
        ],
        [
            Accusation(quotes[pk], targets[pk], True, select_answer(quotes[pk], answers))
            for pk in against
            if pk in quotes
        ],
        len(made),
        len(named),
        len(named) - len(others),
    )


def list_names_of_actor(actor: Actor) -> list[str]:
    """All names of an actor, which must come with the others (`ActorQuerySet.with_other_names`)."""
    return [actor.name, *getattr(actor, "other_names", [])]


def find_targets(quotes: Sequence[int]) -> dict[int, list[str]]:
    """The article's words for whom each accusation is against."""
    found: dict[int, list[str]] = {}
    rows = Detail.objects.filter(quote__in=quotes, role="target").order_by("quote", "start")
    for pk, text in rows.values_list("quote", "text"):
        found.setdefault(pk, []).append(text)
    return found


def has_name_in_targets(targets: Iterable[str], names: Sequence[str]) -> bool:
    return any(is_name_in_text(target, name) for target in targets for name in names)


def find_actors_named(known: Columns, quotes: Sequence[int]) -> dict[int, list[Actor]]:
    """Whom each of these quotes names, by name."""
    pairs = np.isin(known.about_quote, quotes)
    whom = list(
        zip(known.about_quote[pairs].tolist(), known.about_actor[pairs].tolist(), strict=True)
    )
    actors = (
        Actor.objects.only("name", "slug").in_bulk({actor for _, actor in whom}) if whom else {}
    )
    return {pk: [actor for actor in actors.values() if (pk, actor.pk) in whom] for pk in quotes}


def find_answer_candidates(known: Columns, own: RowNumbers, accused: Sequence[int]) -> list[int]:
    """The actor's quotes in the articles of these accusations, and its denials of what they claim, the newest first."""
    rows = known.row_of_quote[np.array(accused, np.int64)]
    there = np.isin(known["article"][own], known["article"][rows])
    same = np.isin(known["claim"][own], known["claim"][rows]) & (
        known["stance"][own] == DENIES_CODE
    )
    return known["id"][own[there | same][:MOST_ANSWER_CANDIDATES]].tolist()  # type: ignore[no-any-return] # numpy's lists are of anything


def select_answer(accusation: Quote, quotes: Iterable[Quote]) -> AccusationAnswer | None:
    """The best answer among the quotes of the accused, if there is one.

    What it says inside the accusation, or around it, is told by the accuser or tells of the accusation: that is no answer.
    """
    apart = [
        each
        for each in quotes
        if each.within_id != accusation.pk and accusation.within_id != each.pk
    ]
    here = [each for each in apart if each.article_id == accusation.article_id]
    kinds: list[tuple[AnswerRelation, list[Quote]]] = [
        (
            "same claim",
            [
                each
                for each in apart
                if each.claim_id == accusation.claim_id and each.stance == "denies"
            ],
        ),
        ("denial", [each for each in here if each.stance == "denies"]),
        ("after", [each for each in here if each.cue_start > accusation.cue_start]),
    ]
    return next(
        (
            AccusationAnswer(how, select_nearest_quote(accusation, found))
            for how, found in kinds
            if found
        ),
        None,
    )


def days_between(one: date | None, other: date | None) -> int:
    """Return how many days lie between two; more than any number of them where one is not known."""
    return abs((one - other).days) if one and other else date.max.toordinal()


def select_nearest_quote(accusation: Quote, quotes: Sequence[Quote]) -> Quote:
    """The one in the same article if there is one, and the next in it rather than one before."""

    def distance(quote: Quote) -> tuple[bool, int, bool, int]:
        days = days_between(quote.article.published_on, accusation.article.published_on)
        before = quote.cue_start < accusation.cue_start
        return (
            quote.article_id != accusation.article_id,
            days,
            before,
            abs(quote.cue_start - accusation.cue_start),
        )

    return min(quotes, key=distance)
