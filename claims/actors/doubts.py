"""Lists what should make a person look twice before merging actors."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from claims.actors.likeness import CalledActor, compare_called_actors
from claims.models import Actor, ExternalId
from claims.models.candidates import LIKELY_SCORE


def list_merge_doubts(actors: Sequence[Actor]) -> list[str]:
    """Return what should make a person look twice before merging actors, a sentence each.

    That is two people of a surname, two kinds, two numbers, one known in an article alone. The
    survivor comes first among the actors.
    """
    survivor = actors[0]
    doubts = list_surname_doubts(actors)
    kinds = sorted({actor.kind for actor in actors})
    if len(kinds) > 1:
        doubts.append(
            f"They are of different kinds: {', '.join(kinds)}."
            f" What is left is of kind {survivor.kind}."
        )
    doubts += list_number_doubts(actors)
    if survivor.article_id and any(actor.article_id is None for actor in actors):
        doubts.append(
            f"{survivor} is known in one article alone, another of them everywhere:"
            " let that one stay."
        )
    return doubts


def list_surname_doubts(actors: Sequence[Actor]) -> list[str]:
    called = []
    for actor in actors:
        forms = tuple(name.name for name in actor.names.all())
        called.append(CalledActor(actor.name, actor.kind, forms, actor.article_id is None))
    doubts = []
    for first, second in combinations(called, 2):
        likeness = compare_called_actors(first, second)
        if likeness and likeness.surname and likeness.score < LIKELY_SCORE:
            doubts.append(f"Two people of one surname: {first.name} and {second.name}.")
    return doubts


def list_number_doubts(actors: Sequence[Actor]) -> list[str]:
    numbers = ExternalId.objects.filter(actor__in=actors).values_list("scheme", "value")
    values_by_scheme: defaultdict[str, list[str]] = defaultdict(list)
    for scheme, value in sorted(set(numbers)):
        values_by_scheme[scheme].append(value)
    doubts = []
    for scheme, values in values_by_scheme.items():
        if len(values) > 1:
            doubts.append(f"They have different numbers at {scheme}: {', '.join(values)}.")
    return doubts
