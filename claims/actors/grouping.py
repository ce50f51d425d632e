"""Decides which full names are one person's, from names and from what articles say. No database here.

The result depends on nothing but what is given, never on the order: pairs are looked at in the order
of their scores and names, and two are joined only if every two of all that would be one may be one.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from claims.actors.constraints import find_torn, may_be_one, may_be_one_group
from claims.actors.evidence import Evidence, weigh_full_names
from claims.actors.named_people import (
    FoundJoin,
    Grouping,
    NamedPerson,
    PairsApart,
    StoryCount,
    is_apart,
)
from claims.actors.weighing import JoinScorer, load_scorer

# What is left of the score of two for whom nothing but their names speaks: so little that no page
# says that they may be one.
UNTIED_SHARE = 0.35
ARTICLES_COUNTED = 50  # of each name, to see which is used most

CALLED_SO_REASON = "articles call the one by the name of the other"
REASONS_OF_SIGNS = {
    "called_so": CALLED_SO_REASON,
    "initials_alone": "the names differ by an initial alone",
    "same_quotation": "one quotation is credited to both",
    "same_office": "both hold the same office, in one year",
    "same_story": "both names stand in articles of one story",
}
BY_OTHERS_REASON = "a third name is surely that of both"


def group_full_names(
    people: Sequence[NamedPerson],
    apart: PairsApart,
    count_story: StoryCount,
    scorer: JoinScorer | None = None,
) -> Grouping:
    """Join the full names of one surname that are surely one person's.

    No two are joined by their names alone, but those that differ by an initial.
    """
    weights = (scorer or load_scorer()).full
    ordered = sorted(people, key=lambda person: (person.key, person.number))
    likely = []
    for one, other in combinations(ordered, 2):
        if may_be_one(one, other):
            likely.append((one, other))
    reasons: dict[tuple[int, int], list[str]] = {}
    scores: dict[tuple[int, int], float] = {}
    for one, other in likely:
        evidence = weigh_full_names(one, other, count_story)
        reasons[one.number, other.number] = list_reasons(evidence)
        scores[one.number, other.number] = weights.compute_score(evidence)
    torn = find_torn(pair for pair in likely if scores[get_numbers(pair)] >= weights.likely)

    def rank(pair: tuple[NamedPerson, NamedPerson]) -> tuple[bool, float]:
        one, other = pair
        return one.name.suffix != other.name.suffix, -scores[get_numbers(pair)]

    group_of = {person.number: [person] for person in ordered}
    grouping = Grouping()
    for one, other in sorted(likely, key=rank):
        why = reasons[one.number, other.number]
        score = scores[one.number, other.number]
        is_torn = one.number in torn or other.number in torn
        is_untied = not why or (is_torn and CALLED_SO_REASON not in why)
        if score < weights.sure or is_untied:
            if not is_apart(one.number, other.number, apart):
                told = score if why else UNTIED_SHARE * score
                pair = FoundJoin(one.number, other.number, tuple(why), is_sure=False, score=told)
                grouping.unsure.append(pair)
            continue
        first, second = group_of[one.number], group_of[other.number]
        if first is second or not may_be_one_group(first, second, apart):
            continue
        first.extend(second)
        for person in second:
            group_of[person.number] = first
    for group in list_groups(group_of.values()):
        head = choose_head(group)
        for person in group:
            if person is not head:
                found = reasons.get((person.number, head.number))
                why = found or reasons.get((head.number, person.number)) or [BY_OTHERS_REASON]
                grouping.joins.append(FoundJoin(person.number, head.number, tuple(why)))
    return grouping


def get_numbers(pair: tuple[NamedPerson, NamedPerson]) -> tuple[int, int]:
    one, other = pair
    return one.number, other.number


def list_groups(groups: Iterable[list[NamedPerson]]) -> list[list[NamedPerson]]:
    """Return each group of several once."""
    found = {id(group): group for group in groups if len(group) > 1}
    return list(found.values())


def list_reasons(evidence: Evidence) -> list[str]:
    """Return what speaks for a pair, a short sentence each."""
    return [reason for sign, reason in REASONS_OF_SIGNS.items() if evidence[sign]]


def choose_head(group: Iterable[NamedPerson]) -> NamedPerson:
    """Return the name under which a group is shown: the most used, the plainest, the first.

    One on which a person decided goes before all others.
    """

    def rank(person: NamedPerson) -> tuple[bool, int, bool, int, str, int]:
        initials = any(len(word) == 1 for word in person.name.given)
        articles = min(len(person.sightings), ARTICLES_COUNTED)
        plainness = (initials, len(person.name.given), person.key, person.number)
        return not person.is_decided, -articles, *plainness

    return min(group, key=rank)
