"""Plans what merging actors would do, so that a person sees it before it is done.

What stood for the others stands for the survivor afterwards: their quotes, whatever a curator
decided of them, their names, the quotes about them, the pairs they are in, their addresses and
numbers. Where the survivor has the same already, one row of it stays and the other goes.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.formats import date_format

from claims.actors.doubts import list_merge_doubts
from claims.history import journal
from claims.history.journal import StoredRow, StoredRows
from claims.models import (
    About,
    Actor,
    ActorName,
    ExternalId,
    FormerSlug,
    ItemMatch,
    Judgement,
    MergeCandidate,
    Quote,
    QuoteStatus,
)
from claims.models.item_matches import JUDGED_STATUSES

FIRM_JUDGEMENTS = (Judgement.SAME, Judgement.DIFFERENT)
LENGTH_OF_TOKEN = 20  # characters
LIKENESS_COLUMNS = ("score", "reasons")
JUDGEMENT_COLUMNS = ("judgement", "judged_by_id", "judged_at")


@dataclass(frozen=True, slots=True)
class JudgementConflict:
    """A judgement that a person has to change first: the pair, and what is wrong."""

    pair: MergeCandidate
    message: str


@dataclass(frozen=True)
class RowShift:
    """What happens to the rows of one table, by their primary keys.

    Some move to the survivor, some are dropped since there is the same already, and some are
    needed: the others give way to them.
    """

    moved: list[int] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    needed: list[int] = field(default_factory=list)

    @property
    def all(self) -> list[int]:
        return [*self.moved, *self.dropped, *self.needed]


@dataclass(frozen=True, slots=True)
class PairPlan:
    """What merging would do to pairs of actors.

    `changed` are the rows that stay, as they will be.
    """

    shift: RowShift
    between: list[MergeCandidate]
    conflicts: list[JudgementConflict]
    changed: list[StoredRow]


@dataclass(frozen=True)
class MergePlan:
    """What merging would do.

    `decided` and `rejected` count the quotes that a person decided on and rejected. `between` are
    the pairs of the actors themselves. `doubts` are shown, and hinder nothing but a merge that
    nobody has looked at.
    """

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
    items: RowShift
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
            ItemMatch: self.items,
        }

    @property
    def token(self) -> str:
        """A digest of the plan, so that nobody confirms another one than was shown."""
        rows = []
        for model, shift in self.shifts.items():
            rows.append((journal.get_model_name(model), shift.moved, shift.dropped))
        actors = [actor.pk for actor in self.actors]
        messages = [conflict.message for conflict in self.conflicts]
        return compute_plan_token([actors, rows, messages, self.doubts])


def compute_plan_token(shown: list[Any]) -> str:
    """Return what a form sends along to say which plan was shown."""
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:LENGTH_OF_TOKEN]


def plan_merge(survivor: Actor, gone: Sequence[Actor]) -> MergePlan:
    """Return what merging would do; nothing is written or locked."""
    actors = [survivor, *gone]
    place = {actor.pk: number for number, actor in enumerate(actors)}
    others = [actor.pk for actor in gone]
    quotes = Quote.objects.filter(actor__in=others).order_by("pk")
    statuses = dict(quotes.values_list("pk", "status"))
    decided = [status for status in statuses.values() if status != QuoteStatus.UNREVIEWED]
    names = ActorName.objects.filter(actor__in=place)
    abouts = select_abouts(survivor.pk, others)
    pair_plan = plan_pairs(survivor, place)
    return MergePlan(
        survivor=survivor,
        gone=list(gone),
        quotes=RowShift(list(statuses)),
        decided=len(decided),
        rejected=decided.count(QuoteStatus.REJECTED),
        names=plan_shift(names, place, lambda row: row.name),
        abouts=plan_shift(abouts, place, lambda row: row.quote_id),
        pairs=pair_plan.shift,
        between=pair_plan.between,
        former=RowShift(list_keys_of_actors(FormerSlug, others)),
        numbers=RowShift(list_keys_of_actors(ExternalId, others)),
        items=plan_shift(
            ItemMatch.objects.filter(actor__in=place), place, lambda row: row.value, rank_item
        ),
        conflicts=pair_plan.conflicts,
        doubts=list_merge_doubts(actors),
        changed=pair_plan.changed,
    )


def list_keys_of_actors(model: type[Model], actors: Sequence[int]) -> list[int]:
    rows = model._default_manager.filter(actor__in=actors).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def select_abouts(survivor: int, others: Sequence[int]) -> "QuerySet[About]":
    """Select the notes that a quote is about one of the others or, the same quote, the survivor."""
    theirs = About.objects.filter(actor__in=others)
    own_of_same_quotes = Q(actor=survivor, quote__in=theirs.values("quote"))
    return About.objects.filter(Q(actor__in=others) | own_of_same_quotes)


def rank_item(match: ItemMatch) -> int:
    """Return 0 of an item that a person judged, and more the less is told by it."""
    if match.status in JUDGED_STATUSES:
        return 0
    return 1 if match.status == "sure" else 2


def rank_all_alike(row: Any) -> int:
    return 0


def plan_shift(
    rows: Iterable[Any],
    place: dict[int, int],
    key: Callable[[Any], Hashable],
    rank: Callable[[Any], int] = rank_all_alike,
) -> RowShift:
    """Return which rows move to the survivor, and which give way to one that is the same.

    `place` has the actors in order, the survivor at 0; of rows with the same `key` that of the
    lowest `rank` stays, and of these the first actor's.
    """
    kept: dict[Hashable, Any] = {}
    moved: list[int] = []
    dropped: list[int] = []
    needed: set[int] = set()
    for row in sorted(rows, key=lambda row: (rank(row), place[row.actor_id], row.pk)):
        first = kept.setdefault(key(row), row)
        if first is not row:
            dropped.append(row.pk)
            needed.add(first.pk)
        elif place[row.actor_id] > 0:
            moved.append(row.pk)
    return RowShift(sorted(moved), sorted(dropped), sorted(needed - set(moved)))


def plan_pairs(survivor: Actor, place: dict[int, int]) -> PairPlan:
    """Return what becomes of the pairs: those between the actors go.

    Of several with one other actor one stays for all.
    """
    touching = MergeCandidate.objects.filter(Q(first__in=place) | Q(second__in=place))
    between: list[MergeCandidate] = []
    with_others: defaultdict[int, list[MergeCandidate]] = defaultdict(list)
    for pair in touching.for_list().order_by("pk"):
        if pair.first_id not in place:
            with_others[pair.first_id].append(pair)
        elif pair.second_id not in place:
            with_others[pair.second_id].append(pair)
        else:
            between.append(pair)

    conflicts = find_pairs_judged_different(between)
    moved: list[int] = []
    dropped = [pair.pk for pair in between]
    needed: list[int] = []
    changed: list[StoredRow] = []
    keys = [pair.pk for pairs in with_others.values() for pair in pairs]
    rows = journal.read_stored_rows(MergeCandidate, keys)
    for other, pairs in with_others.items():
        conflicts += find_contradictions(pairs)
        stays = find_pair_that_stays(survivor, pairs)
        dropped += [pair.pk for pair in pairs if pair is not stays]
        merged = merge_pairs(stays, pairs, rows)
        merged["first_id"], merged["second_id"] = sorted((survivor.pk, other))
        if merged != rows[stays.pk]:
            moved.append(stays.pk)
            changed.append(merged)
        elif len(pairs) > 1:
            needed.append(stays.pk)
    shift = RowShift(sorted(moved), sorted(dropped), sorted(needed))
    return PairPlan(shift, between, conflicts, changed)


def find_pair_that_stays(survivor: Actor, pairs: Sequence[MergeCandidate]) -> MergeCandidate:
    """Return the survivor's own of several pairs with one other actor, else the first."""
    for pair in pairs:
        if survivor.pk in (pair.first_id, pair.second_id):
            return pair
    return pairs[0]


def find_pairs_judged_different(pairs: Iterable[MergeCandidate]) -> list[JudgementConflict]:
    conflicts = []
    for pair in pairs:
        if pair.judgement == Judgement.DIFFERENT:
            message = f"{pair} are judged different, by {describe_judge(pair)}."
            conflicts.append(JudgementConflict(pair, message))
    return conflicts


def find_contradictions(pairs: Sequence[MergeCandidate]) -> list[JudgementConflict]:
    """Return a conflict if an actor is judged the same as one of those merged, and not as another."""
    judged = {pair.judgement: pair for pair in pairs if pair.judgement in FIRM_JUDGEMENTS}
    if len(judged) < len(FIRM_JUDGEMENTS):
        return []
    same, different = judged[Judgement.SAME], judged[Judgement.DIFFERENT]
    message = (
        f"{same} are judged the same, by {describe_judge(same)},"
        f" but {different} different, by {describe_judge(different)}."
    )
    return [JudgementConflict(different, message)]


def merge_pairs(
    stays: MergeCandidate, pairs: Sequence[MergeCandidate], rows: StoredRows
) -> StoredRow:
    """Return the row of the pair that stays, with the likeliest score and firmest judgement of any."""

    def rank_judgement(pair: MergeCandidate) -> tuple[bool, bool, bool]:
        return pair.judgement in FIRM_JUDGEMENTS, pair.judgement is not None, pair is stays

    likeliest = max(pairs, key=lambda pair: (pair.score, pair is stays))
    judged = max(pairs, key=rank_judgement)
    merged = dict(rows[stays.pk])
    for column in LIKENESS_COLUMNS:
        merged[column] = rows[likeliest.pk][column]
    for column in JUDGEMENT_COLUMNS:
        merged[column] = rows[judged.pk][column]
    return merged


def describe_judge(pair: MergeCandidate) -> str:
    """Return who judged a pair, and when."""
    assert pair.judged_at
    judge = pair.judged_by or "an account since deleted"
    return f"{judge} on {date_format(pair.judged_at, 'j F Y')}"
