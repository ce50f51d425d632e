"""Merges and splits by chance, then undone: every row of every table is as it was, to the last byte."""

import random

import pytest
from django.db import connection

from claims.actors.merging import MergeRefused, merge_actors
from claims.actors.splitting import SplitRequest, split_actor
from claims.actors.undo_plans import plan_undo
from claims.actors.undoing import undo_merge
from claims.models import Actor, ActorName, Merge, MergeCandidate, Quote
from tests.claims.merged import dump_tables, make_world

pytestmark = pytest.mark.django_db

ROUNDS = 100


def merge_some(chance: random.Random) -> Merge | None:
    actors = list(Actor.objects.order_by("pk").values_list("pk", flat=True))
    survivor, *others = chance.sample(actors, min(chance.choice([2, 2, 3, 4]), len(actors)))
    try:
        return merge_actors(survivor, others, None, "they are one")
    except MergeRefused:
        return None


def split_some(chance: random.Random) -> Merge | None:
    actor, other = chance.sample(list(Actor.objects.order_by("pk")), 2)
    names = [name.pk for name in actor.names.all() if chance.random() < 0.4]
    quotes = [quote.pk for quote in actor.quotes.all() if chance.random() < 0.4]
    new = (
        {"target": other.pk}
        if chance.random() < 0.5
        else {"name": f"Another {chance.random()}", "kind": "person"}
    )
    try:
        return split_actor(
            actor.pk, SplitRequest(tuple(names), tuple(quotes), **new), None, "they are two"
        )
    except MergeRefused:
        return None


def work_some(chance: random.Random) -> Merge | None:
    if Actor.objects.count() < 2:
        return None
    return chance.choice([merge_some, split_some])(chance)


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_what_is_undone_is_as_it_was_to_the_last_byte(seed: int) -> None:
    chance = random.Random(seed)
    make_world(chance)
    before, done = [], []
    for _ in range(chance.randint(1, 4)):
        state = dump_tables()
        if work := work_some(chance):
            assert dump_tables() != state
            before.append(state)
            done.append(work)

    for work, state in zip(reversed(done), reversed(before), strict=True):
        assert plan_undo(work).hindrances == []
        assert undo_merge(work.pk, None, "a mistake").left == []
        connection.check_constraints()
        assert dump_tables() == state


@pytest.mark.parametrize("seed", range(25))
def test_what_is_undone_in_any_order_is_refused_or_right_in_the_end(seed: int) -> None:
    """A merge that another one rests on is undone after it; when all are, everything is as it was."""
    chance = random.Random(1000 + seed)
    make_world(chance)
    before = dump_tables()
    left = [work.pk for _ in range(4) if (work := work_some(chance))]

    while left:
        undone = []
        for pk in chance.sample(left, len(left)):
            try:
                assert undo_merge(pk, None, "a mistake").left == []
                undone.append(pk)
            except MergeRefused:
                assert plan_undo(Merge.objects.get(pk=pk)).hindrances
        assert undone
        left = [pk for pk in left if pk not in undone]
        connection.check_constraints()

    assert dump_tables() == before


def edit_some(chance: random.Random) -> dict[str, dict[int, object]]:
    """What persons decide afterwards, by table and row: to be found unchanged after an undo."""
    decided: dict[str, dict[int, object]] = {"quote": {}, "pair": {}, "name": {}}
    others = list(Actor.objects.order_by("pk"))
    for quote in chance.sample(list(Quote.objects.order_by("pk")), min(2, Quote.objects.count())):
        quote.actor, quote.actor_method, quote.status = (
            chance.choice(others),
            "curator",
            "corrected",
        )
        quote.save()
        decided["quote"][quote.pk] = quote.actor_id
    for pair in chance.sample(
        list(MergeCandidate.objects.order_by("pk")), min(1, MergeCandidate.objects.count())
    ):
        MergeCandidate.objects.filter(pk=pair.pk).update(
            judgement="unsure", judged_at="2026-01-02 03:04:05+00"
        )
        decided["pair"][pair.pk] = "unsure"
    for name in chance.sample(
        list(ActorName.objects.order_by("pk")), min(1, ActorName.objects.count())
    ):
        name.name = f"renamed {name.pk}"
        name.save()
        decided["name"][name.pk] = name.name
    return decided


@pytest.mark.parametrize("seed", range(40))
def test_what_was_decided_since_outlives_the_undoing(seed: int) -> None:
    chance = random.Random(2000 + seed)
    make_world(chance)
    if not (work := work_some(chance)):
        return
    decided = edit_some(chance)
    reassigned = {
        pk: actor
        for pk, actor in decided["quote"].items()
        if actor not in Merge.objects.get(pk=work.pk).actors
    }

    undo_merge(work.pk, None, "a mistake")

    connection.check_constraints()
    assert {pk: Quote.objects.get(pk=pk).actor_id for pk in reassigned} == reassigned
    assert {pk: MergeCandidate.objects.get(pk=pk).judgement for pk in decided["pair"]} == decided[
        "pair"
    ]
    assert {pk: ActorName.objects.get(pk=pk).name for pk in decided["name"]} == decided["name"]
    assert Actor.objects.filter(pk__in=work.actors).count() >= len(work.actors) - (
        work.work == "split"
    )


def test_a_world_has_rows_of_every_sort() -> None:
    make_world(random.Random(1))
    make_world(random.Random(2))

    assert all(
        dump_tables()[table]
        for table in ("actor", "actorname", "quote", "about", "mergecandidate", "externalid")
    )
