"""Accusations that an actor makes, those that name it, and what the articles hold of its answer.

All of it is what quotes say. Whom an accusation is against is told by the article's words for its
target alone, since a content may well name others than the accused. What answers it is told by how
wordings relate, for readers to see: no quote is an answer since it merely comes later.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

import numpy as np

from claims.models import Actor, Detail, Match, MatchKind, Quote, is_name_in_text
from claims.outputs.quote_parts import attach_tellers
from claims.search.columns import ACCUSE_CODE, DENIES_CODE, Columns, RowNumbers

ACCUSATIONS_SHOWN = 5  # of each side
ACCUSATIONS_LOOKED_AT = 200  # the newest, to find those against an actor among them
MOST_ANSWER_CANDIDATES = 200  # quotes in which an answer is looked for

AnswerRelation = Literal["same claim", "denies", "answers"]


@dataclass(frozen=True, slots=True)
class AccusationAnswer:
    """A quote of the accused, and how it answers.

    It denies the very words ("same claim"), was found or confirmed to deny the claim in other words
    ("denies"), or answers it and leaves open whether it is true ("answers").
    """

    how: AnswerRelation
    quote: Quote


@dataclass(frozen=True, slots=True)
class Accusation:
    """A quote that accuses; `targets` is whom it is against, in the article's words.

    `against` says that they name the actor of the page; only then an answer is looked for. An
    accusation that the actor makes itself has the actors that it names in `named`.
    """

    quote: Quote
    targets: list[str]
    against: bool = False
    answer: AccusationAnswer | None = None
    named: Sequence[Actor] = ()


@dataclass(frozen=True, slots=True)
class Accusations:
    """The newest accusations by an actor (`made`) and against it (`received`).

    `named` counts all quotes that accuse and name the actor; `by_itself` says how many of them are
    its own.
    """

    made: list[Accusation]
    received: list[Accusation]
    made_count: int
    named: int
    by_itself: int

    def __bool__(self) -> bool:
        return bool(self.made_count or self.named)


def find_accusations(
    actor: Actor, columns: Columns, own: RowNumbers, naming: RowNumbers
) -> Accusations:
    """Return the accusations by and against an actor.

    `own` are the rows of its quotes and `naming` those of the quotes that name it, both with the
    newest first.
    """
    made = own[columns["act"][own] == ACCUSE_CODE]
    named = naming[columns["act"][naming] == ACCUSE_CODE]
    by_others = named[columns["actor"][named] != actor.pk]
    made_ids = columns["id"][made[:ACCUSATIONS_SHOWN]].tolist()
    naming_ids = columns["id"][by_others[:ACCUSATIONS_LOOKED_AT]].tolist()
    targets = find_targets([*made_ids, *naming_ids])
    names = list_names_of_actor(actor)
    against = [pk for pk in naming_ids if has_name_in_targets(targets.get(pk, []), names)]
    received_ids = against[:ACCUSATIONS_SHOWN]
    relations = find_relations_of_answers(columns, received_ids)
    answer_ids = find_answer_candidates(columns, own, received_ids, relations)

    shown = [*made_ids, *received_ids, *answer_ids]
    quotes = Quote.objects.for_list().order_by().in_bulk(shown)
    attach_tellers(quotes.values())
    answers = [quotes[pk] for pk in answer_ids if pk in quotes]
    named_in = find_actors_named(columns, made_ids)

    accusations_made = []
    for pk in made_ids:
        if pk in quotes:
            accusation = Accusation(quotes[pk], targets.get(pk, []), named=named_in[pk])
            accusations_made.append(accusation)
    accusations_received = []
    for pk in received_ids:
        if pk in quotes:
            answer = select_answer(quotes[pk], answers, relations)
            accusation = Accusation(quotes[pk], targets[pk], against=True, answer=answer)
            accusations_received.append(accusation)
    return Accusations(
        made=accusations_made,
        received=accusations_received,
        made_count=len(made),
        named=len(named),
        by_itself=len(named) - len(by_others),
    )


def list_names_of_actor(actor: Actor) -> list[str]:
    """Return all names of an actor that comes with its other names
    (`ActorQuerySet.with_other_names`).
    """
    return [actor.name, *getattr(actor, "other_names", [])]


def find_targets(quotes: Sequence[int]) -> dict[int, list[str]]:
    """Return the article's words for whom each accusation is against."""
    targets: dict[int, list[str]] = {}
    details = Detail.objects.filter(quote__in=quotes, role="target").order_by("quote", "start")
    for pk, text in details.values_list("quote", "text"):
        targets.setdefault(pk, []).append(text)
    return targets


def has_name_in_targets(targets: Iterable[str], names: Sequence[str]) -> bool:
    return any(is_name_in_text(target, name) for target in targets for name in names)


def find_actors_named(columns: Columns, quotes: Sequence[int]) -> dict[int, list[Actor]]:
    """Return the actors whom each of these quotes names, in the order of their names."""
    is_pair = np.isin(columns.about_quote, quotes)
    quote_ids = columns.about_quote[is_pair].tolist()
    actor_ids = columns.about_actor[is_pair].tolist()
    pairs = set(zip(quote_ids, actor_ids, strict=True))
    named: dict[int, list[Actor]] = {pk: [] for pk in quotes}
    if not pairs:
        return named
    actors = Actor.objects.only("name", "slug").in_bulk(set(actor_ids)).values()
    for pk in quotes:
        named[pk] = [actor for actor in actors if (pk, actor.pk) in pairs]
    return named


class RelationOfAnswer(NamedTuple):
    """How a wording relates to a claim, and whether it says something by itself.

    What does not ("the allegations") may be said of something else in another article.
    """

    kind: str
    is_proposition: bool


RelationsOfAnswers = dict[tuple[int, int], RelationOfAnswer]
HOW_OF_KIND: dict[str, AnswerRelation] = {
    MatchKind.DENIES.value: "denies",
    MatchKind.ANSWERS.value: "answers",
}


def find_relations_of_answers(columns: Columns, accusations: Sequence[int]) -> RelationsOfAnswers:
    """Return how wordings deny or answer what these quotes accuse of, by claim and wording."""
    if not accusations:
        return {}
    rows = columns.row_of_quote[np.array(accusations, np.int64)]
    claims = np.unique(columns["claim"][rows]).tolist()
    matches = Match.objects.public().filter(kind__in=HOW_OF_KIND, first__claim__in=claims)
    found = matches.order_by().values_list(
        "first__claim", "second", "kind", "second__is_proposition"
    )
    return {
        (claim, wording): RelationOfAnswer(kind, says_something)
        for claim, wording, kind, says_something in found
    }


def find_answer_candidates(
    columns: Columns,
    own: RowNumbers,
    accusations: Sequence[int],
    relations: RelationsOfAnswers,
) -> list[int]:
    """Return the ids of an actor's quotes in which an answer to these accusations is looked for,
    the newest first: those that deny such a claim, or have a wording that was found to.
    """
    rows = columns.row_of_quote[np.array(accusations, np.int64)]
    of_claim = np.isin(columns["claim"][own], columns["claim"][rows])
    denies_claim = of_claim & (columns["stance"][own] == DENIES_CODE)
    wordings = {wording for _, wording in relations}
    is_related = np.isin(columns["wording"][own], list(wordings))
    candidates = own[denies_claim | is_related][:MOST_ANSWER_CANDIDATES]
    ids: list[int] = columns["id"][candidates].tolist()
    return ids


def select_answer(
    accusation: Quote, quotes: Iterable[Quote], relations: RelationsOfAnswers
) -> AccusationAnswer | None:
    """Return the best answer among the quotes of the accused, if there is one.

    A quote inside the accusation is told by the accuser, and one around it tells of the accusation:
    neither answers it.
    """
    found: dict[AnswerRelation, list[Quote]] = {"same claim": [], "denies": [], "answers": []}
    for quote in quotes:
        if quote.within_id == accusation.pk or accusation.within_id == quote.pk:
            continue
        how = tell_how_it_answers(accusation, quote, relations)
        if how:
            found[how].append(quote)
    for how, answering in found.items():
        if answering:
            return AccusationAnswer(how, select_nearest_quote(accusation, answering))
    return None


def tell_how_it_answers(
    accusation: Quote, quote: Quote, relations: RelationsOfAnswers
) -> AnswerRelation | None:
    if quote.stance == "denies" and quote.claim_id == accusation.claim_id:
        return "same claim"
    relation = relations.get((accusation.claim_id, quote.wording_id))
    if relation is None:
        return None
    is_in_article = quote.article_id == accusation.article_id
    return HOW_OF_KIND[relation.kind] if relation.is_proposition or is_in_article else None


def select_nearest_quote(accusation: Quote, quotes: Sequence[Quote]) -> Quote:
    """Return the nearest quote: in the same article if there is one, and there rather a later one
    than one before.
    """

    def measure_distance(quote: Quote) -> tuple[bool, int, bool, int]:
        is_elsewhere = quote.article_id != accusation.article_id
        days = count_days_between(quote.article.published_on, accusation.article.published_on)
        is_before = quote.cue_start < accusation.cue_start
        characters = abs(quote.cue_start - accusation.cue_start)
        return is_elsewhere, days, is_before, characters

    return min(quotes, key=measure_distance)


def count_days_between(day: date | None, other: date | None) -> int:
    """Return how many days lie between two; more than between any two where one is not known."""
    if day is None or other is None:
        return date.max.toordinal()
    return abs((day - other).days)
