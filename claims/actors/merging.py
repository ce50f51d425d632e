"""Actors that are one become one: what that would do, told beforehand, and done in one transaction that can be undone.

What stood for the others stands for the survivor afterwards: their quotes, whatever a curator decided of them, their names,
the quotes about them, the pairs they are in, their addresses and numbers. Where the survivor has the same already, one row
of it stays and the other goes. `undoing.py` takes it all back.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model, Q
from django.utils.formats import date_format

from claims.actors.likeness import CalledActor, compare_called_actors
from claims.history import journal
from claims.history.journal import RowsByModel, StoredRow, StoredRows
from claims.history.writing import wait_for_writers
from claims.models import (
    About,
    Actor,
    ActorName,
    ExternalId,
    FormerSlug,
    Judgement,
    Merge,
    MergeCandidate,
    Quote,
    QuoteStatus,
)
from claims.models.merges import MergeWork
from claims.models.querysets import LIKELY_SCORE
from claims.models.refusals import Refused

MOST_ACTORS_MERGED = 20  # actors at once
FIRM_JUDGEMENTS = (Judgement.SAME, Judgement.DIFFERENT)


class MergeRefused(Refused):
    """What cannot be done, in sentences for the person who wanted it."""


@dataclass(frozen=True, slots=True)
class JudgementConflict:
    """A judgement that a person has to change first: the pair, and what is wrong."""

    pair: MergeCandidate
    message: str


@dataclass(frozen=True)
class RowShift:
    """Rows of one table: those that move, those that go since there is the same already, and the ones they give way to."""

    moved: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    needed: list[int] = field(default_factory=list)

    @property
    def all(self) -> list[int]:
        return [*self.moved, *self.dropped, *self.needed]


@dataclass(frozen=True)
class MergePlan:
    """What merging would do. `doubts` are told, and hinder nothing but a merge that nobody has looked at."""

    survivor: Actor
    gone: list[Actor]
    quotes: RowShift
    decided: int
    rejected: int
    names: RowShift
    abouts: RowShift
    pairs: RowShift
    between: list[MergeCandidate]
    former: RowShift
    numbers: RowShift
    conflicts: list[JudgementConflict]
    doubts: list[str]
    changed: list[StoredRow] = field(default_factory=list)  # of the pairs, as they will be

    @property
    def actors(self) -> list[Actor]:
        return [self.survivor, *self.gone]

    @property
    def shifts(self) -> dict[type[Model], RowShift]:
        return {
            Quote: self.quotes,
            ActorName: self.names,
            About: self.abouts,
            MergeCandidate: self.pairs,
            FormerSlug: self.former,
            ExternalId: self.numbers,
        }

    @property
    def token(self) -> str:
        """The same for as long as merging would do the same, so that nobody confirms what was not shown."""
        rows = [
            (journal.get_model_name(model), shift.moved, shift.dropped)
            for model, shift in self.shifts.items()
        ]
        told = [
            [actor.pk for actor in self.actors],
            rows,
            [each.message for each in self.conflicts],
            self.doubts,
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:20]


# What it would do


def plan_merge(survivor: Actor, gone: Sequence[Actor]) -> MergePlan:
    """Reads only; nothing is locked."""
    actors = [survivor, *gone]
    place = {actor.pk: number for number, actor in enumerate(actors)}
    others = [actor.pk for actor in gone]
    quotes = list(Quote.objects.filter(actor__in=others).order_by("pk").values_list("pk", "status"))
    statuses = [status for _, status in quotes]
    pairs, between, conflicts, changed = plan_pairs(survivor, place)
    return MergePlan(
        survivor,
        list(gone),
        RowShift([pk for pk, _ in quotes]),
        sum(status != QuoteStatus.UNREVIEWED for status in statuses),
        sum(status == QuoteStatus.REJECTED for status in statuses),
        plan_shift(ActorName.objects.filter(actor__in=place), place, lambda row: row.name),
        plan_shift(select_abouts(survivor.pk, others), place, lambda row: row.quote_id),
        pairs,
        between,
        RowShift(
            list(
                FormerSlug.objects.filter(actor__in=others)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
        ),
        RowShift(
            list(
                ExternalId.objects.filter(actor__in=others)
                .order_by("pk")
                .values_list("pk", flat=True)
            )
        ),
        conflicts,
        list_merge_doubts(actors),
        changed,
    )


def select_abouts(survivor: int, others: Sequence[int]) -> Any:
    """The notes of whom quotes are about: those of the others, and the survivor's own of the same quotes."""
    theirs = About.objects.filter(actor__in=others)
    return About.objects.filter(
        Q(actor__in=others) | Q(actor=survivor, quote__in=theirs.values("quote"))
    )


def plan_shift(
    rows: Iterable[Any], place: dict[int, int], key: Callable[[Any], Hashable]
) -> RowShift:
    """Of rows that would be the same the survivor's stays, or else the first; the rest of the others' move."""
    kept: dict[Hashable, Any] = {}
    moved, dropped, needed = [], [], set()
    for row in sorted(rows, key=lambda row: (place[row.actor_id], row.pk)):
        first = kept.setdefault(key(row), row)
        if first is not row:
            dropped.append(row.pk)
            needed.add(first.pk)
        elif place[row.actor_id]:
            moved.append(row.pk)
    return RowShift(sorted(moved), sorted(dropped), sorted(needed - set(moved)))


def plan_pairs(
    survivor: Actor, place: dict[int, int]
) -> tuple[RowShift, list[MergeCandidate], list[JudgementConflict], list[StoredRow]]:
    """What becomes of the pairs: those between the actors go; of several with one other actor one stays, and tells of all."""
    touching = Q(first__in=place) | Q(second__in=place)
    between, conflicts, changed = [], [], []
    with_third: defaultdict[int, list[MergeCandidate]] = defaultdict(list)
    for pair in MergeCandidate.objects.for_list().filter(touching).order_by("pk"):
        if pair.first_id in place and pair.second_id in place:
            between.append(pair)
            if pair.judgement == Judgement.DIFFERENT:
                conflicts.append(
                    JudgementConflict(
                        pair, f"{pair} are judged different, by {describe_judge(pair)}."
                    )
                )
        else:
            with_third[pair.first_id if pair.second_id in place else pair.second_id].append(pair)
    moved, dropped, needed = [], [pair.pk for pair in between], []
    rows = journal.read_stored_rows(
        MergeCandidate, [pair.pk for pairs in with_third.values() for pair in pairs]
    )
    for third, pairs in with_third.items():
        own = [pair for pair in pairs if survivor.pk in (pair.first_id, pair.second_id)]
        stays, *rest = own + [pair for pair in pairs if pair not in own]
        conflicts += find_contradictions(pairs)
        dropped += [pair.pk for pair in rest]
        new = merge_pairs(stays, pairs, rows) | dict(
            zip(("first_id", "second_id"), sorted((survivor.pk, third)), strict=True)
        )
        if rows[stays.pk] != new:
            moved.append(stays.pk)
            changed.append(new)
        elif rest:
            needed.append(stays.pk)
    return RowShift(sorted(moved), sorted(dropped), sorted(needed)), between, conflicts, changed


def find_contradictions(pairs: Sequence[MergeCandidate]) -> list[JudgementConflict]:
    """Of one other actor, judged the same as one of those to be merged and different from another of them."""
    judged = {pair.judgement: pair for pair in pairs if pair.judgement in FIRM_JUDGEMENTS}
    if len(judged) < len(FIRM_JUDGEMENTS):
        return []
    one, other = judged[Judgement.SAME], judged[Judgement.DIFFERENT]
    said = f"{one} are judged the same, by {describe_judge(one)}, but {other} different, by {describe_judge(other)}."
    return [JudgementConflict(other, said)]


def merge_pairs(
    stays: MergeCandidate, pairs: Sequence[MergeCandidate], rows: StoredRows
) -> StoredRow:
    """The pair that stays, with the likeliest score and its reasons, and the firmest judgement of any."""
    likeliest = max(pairs, key=lambda pair: (pair.score, pair is stays))
    judged = max(
        pairs,
        key=lambda pair: (
            pair.judgement in FIRM_JUDGEMENTS,
            pair.judgement is not None,
            pair is stays,
        ),
    )
    return {
        **rows[stays.pk],
        **{name: rows[likeliest.pk][name] for name in ("score", "reasons")},
        **{name: rows[judged.pk][name] for name in ("judgement", "judged_by_id", "judged_at")},
    }


def describe_judge(pair: MergeCandidate) -> str:
    """Who judged a pair, and when."""
    assert pair.judged_at
    return (
        f"{pair.judged_by or 'an account since deleted'} on {date_format(pair.judged_at, 'j F Y')}"
    )


def list_merge_doubts(actors: Sequence[Actor]) -> list[str]:
    """What should make a person look twice: two people of a surname, two kinds, two numbers, one known in one article alone."""
    called = [
        CalledActor(
            actor.name,
            actor.kind,
            tuple(name.name for name in actor.names.all()),
            actor.article_id is None,
        )
        for actor in actors
    ]
    found = [
        f"Two people of one surname: {first.name} and {second.name}."
        for first, second in combinations(called, 2)
        if (alike := compare_called_actors(first, second))
        and alike.surname
        and alike.score < LIKELY_SCORE
    ]
    kinds = sorted({actor.kind for actor in actors})
    if len(kinds) > 1:
        found.append(
            f"They are of different kinds: {', '.join(kinds)}. What is left is of kind {actors[0].kind}."
        )
    items = sorted(set(ExternalId.objects.filter(actor__in=actors).values_list("scheme", "value")))
    found += [
        f"They have different numbers at {scheme}: {', '.join(values)}."
        for scheme in sorted({scheme for scheme, _ in items})
        if len(values := [value for each, value in items if each == scheme]) > 1
    ]
    if actors[0].article_id and any(actor.article_id is None for actor in actors):
        found.append(
            f"{actors[0]} is known in one article alone, another of them everywhere: let that one stay."
        )
    return found


# Doing it


def merge_actors(
    survivor: int, others: Sequence[int], user: User | None, reason: str, token: str = ""
) -> Merge:
    """Merge the others into the survivor. Raises `Refused` for what stands in the way, or when `token` is of another plan."""
    if not reason.strip():
        raise MergeRefused("Say why they are one.")
    with transaction.atomic():
        wait_for_writers()
        actors = lock_actors([survivor, *others])
        found = plan_merge(actors[0], actors[1:])
        if found.conflicts:
            raise MergeRefused(" ".join(conflict.message for conflict in found.conflicts))
        if token and token != found.token:
            raise MergeRefused(
                "Something of these actors has changed since this page was shown; look again."
            )
        return apply_merge(found, user, reason.strip())


def lock_actors(pks: Sequence[int]) -> list[Actor]:
    """The actors in the order given, locked: their quotes first, in one order, as those are who correct them."""
    if len(set(pks)) < 2 or len(set(pks)) != len(pks):
        raise MergeRefused("Choose two actors or more, each once.")
    if len(pks) > MOST_ACTORS_MERGED:
        raise MergeRefused(f"Choose {MOST_ACTORS_MERGED} actors at most.")
    list(Quote.objects.filter(actor__in=pks).order_by("pk").select_for_update().values_list("pk"))
    rows = {
        actor.pk: actor
        for actor in Actor.objects.filter(pk__in=pks).order_by("pk").select_for_update()
    }
    if len(rows) < len(pks):
        raise MergeRefused("One of these actors is there no longer.")
    return [rows[pk] for pk in pks]


def apply_merge(found: MergePlan, user: User | None, reason: str) -> Merge:
    survivor, gone = found.survivor, found.gone
    done = Merge.objects.create(
        work=MergeWork.MERGE,
        title=shorten_merge_title(
            f"{', '.join(f'“{actor.name}”' for actor in gone)} into “{survivor.name}”"
        ),
        reason=reason,
        actors=[actor.pk for actor in found.actors],
        survivor=survivor.pk,
        made_by=user,
    )
    before = read_rows_to_merge(found)
    for model, shift in found.shifts.items():
        journal.delete_rows(model, shift.dropped)
        if model is not MergeCandidate:
            model._default_manager.filter(pk__in=shift.moved).update(actor_id=survivor.pk)
    columns = (
        "first_id",
        "second_id",
        "score",
        "reasons",
        "judgement",
        "judged_by_id",
        "judged_at",
    )
    journal.update_rows(MergeCandidate, found.changed, columns)
    made = FormerSlug.objects.bulk_create(
        FormerSlug(
            slug=each.slug,
            actor=survivor,
            name=each.name,
            kind=each.kind,
            article_id=each.article_id,
        )
        for each in gone
    )
    journal.delete_rows(Actor, [actor.pk for actor in gone])
    after = read_rows_to_merge(found)
    after[FormerSlug] |= journal.read_stored_rows(FormerSlug, [row.pk for row in made])
    journal.record_rows(
        done, before, after, {model: shift.needed for model, shift in found.shifts.items()}
    )
    return done


def read_rows_to_merge(found: MergePlan) -> RowsByModel:
    wanted: dict[type[Model], list[int]] = {
        model: shift.all for model, shift in found.shifts.items()
    }
    return journal.read_rows_by_model(wanted | {Actor: [actor.pk for actor in found.gone]})


def shorten_merge_title(title: str) -> str:
    return title if len(title) <= 1000 else title[:999] + "…"
