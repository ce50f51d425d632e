"""Splits an actor: some of its names and quotes become a new actor's, or one's that there is.

With a name go the quotes whose source is that name, and the notes that a quote is about it. Each
quote that goes counts as corrected by a person, so that no later reading brings it back.
`undoing.py` takes it all back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from claims.actors.forms import LONGEST_ACTOR_NAME
from claims.actors.merge_plans import RowShift, compute_plan_token, plan_shift
from claims.actors.merging import MergeRefused, lock_rows, shorten_merge_title
from claims.actors.proposing import LOWEST_SCORE
from claims.extraction.schema import ACTOR_KINDS
from claims.history import journal
from claims.history.writing import wait_for_writers
from claims.models import (
    About,
    Actor,
    ActorName,
    Judgement,
    Merge,
    MergeCandidate,
    Quote,
    QuoteStatus,
    find_unused_slug,
    is_name_in_text,
)
from claims.models.merges import MergeWork
from claims.models.names import build_name_key

SPLIT_REASON = "a curator split the one from the other"


@dataclass(frozen=True, slots=True)
class SplitRequest:
    """What a person chose: keys of names and quotes, and the actor they go to or a new one's name."""

    names: tuple[int, ...] = ()
    quotes: tuple[int, ...] = ()
    target: int | None = None
    name: str = ""
    kind: str = ""


@dataclass(frozen=True)
class SplitPlan:
    """What splitting would do.

    `target` is None where it would make an actor; `problems` keep it from being done.
    """

    actor: Actor
    wanted: SplitRequest
    target: Actor | None
    names: RowShift
    quotes: list[Quote]
    abouts: RowShift
    moved_names: list[str]
    problems: list[str] = field(default_factory=list)

    @property
    def decided(self) -> int:
        """How many of the quotes that go a person has decided on."""
        return sum(quote.touched for quote in self.quotes)

    @property
    def whom(self) -> str:
        """The name of the actor to whom all this goes."""
        return self.target.name if self.target else self.wanted.name

    @property
    def token(self) -> str:
        """A digest of the plan, so that nobody confirms another one than was shown."""
        quotes = [quote.pk for quote in self.quotes]
        return compute_plan_token(
            [self.names.all, quotes, self.abouts.all, self.problems, self.whom]
        )


# What it would do


def plan_split(actor: Actor, wanted: SplitRequest) -> SplitPlan:
    """Return what splitting would do; nothing is written or locked."""
    names = list(actor.names.filter(pk__in=wanted.names))
    quotes = select_quotes_to_split(actor, names, wanted.quotes)
    abouts = select_notes_to_split(actor, names)
    target = None
    names_there: list[ActorName] = []
    abouts_there: list[About] = []
    place = {actor.pk: 1}
    if wanted.target:
        target = Actor.objects.filter(pk=wanted.target).first()
    if target:
        place = {target.pk: 0, actor.pk: 1}
        same_quotes = [note.quote_id for note in abouts]
        names_there = list(ActorName.objects.filter(actor=target))
        abouts_there = list(About.objects.filter(actor=target, quote__in=same_quotes))
    return SplitPlan(
        actor=actor,
        wanted=wanted,
        target=target,
        names=plan_shift([*names_there, *names], place, lambda row: row.name),
        quotes=quotes,
        abouts=plan_shift([*abouts_there, *abouts], place, lambda row: row.quote_id),
        moved_names=[name.name for name in names],
        problems=list_split_problems(actor, wanted, target, names, quotes),
    )


def select_quotes_to_split(
    actor: Actor, names: Sequence[ActorName], chosen: Sequence[int]
) -> list[Quote]:
    """Return the quotes chosen, and those whose source is one of the names."""
    wanted = list(chosen)
    if names:
        keys = {name.key for name in names}
        with_source = actor.quotes.exclude(source_text="").order_by()
        for pk, source in with_source.values_list("pk", "source_text"):
            if build_name_key(source) in keys:
                wanted.append(pk)
    quotes = actor.quotes.filter(pk__in=wanted).select_related("article__outlet")
    return list(quotes.order_by("pk"))


def select_notes_to_split(actor: Actor, names: Sequence[ActorName]) -> list[About]:
    """Return the notes that a quote is about the actor by one of the names that go.

    A quote is about it by the longest of all its names that stands in the quote.
    """
    if not names:
        return []
    going = {name.name for name in names}
    known = {actor.name, *actor.names.values_list("name", flat=True)}
    longest_first = sorted(known, key=lambda name: (-len(name), name))
    notes = About.objects.filter(actor=actor).select_related("quote")
    selected = []
    for note in notes.defer("quote__search_content").order_by("pk"):
        if find_first_name(longest_first, note.quote.content) in going:
            selected.append(note)
    return selected


def find_first_name(names: Sequence[str], text: str) -> str:
    """Return the first of the names that stands in a text, or an empty string."""
    for name in names:
        if is_name_in_text(text, name):
            return name
    return ""


def list_split_problems(
    actor: Actor,
    wanted: SplitRequest,
    target: Actor | None,
    names: Sequence[ActorName],
    quotes: Sequence[Quote],
) -> list[str]:
    """Return why a split cannot be done, a sentence each."""
    problems = []
    if not names and not quotes:
        problems.append("Choose names or quotes that are another's.")
    if any(name.name == actor.name for name in names):
        problems.append(
            f"“{actor.name}” is what the actor itself is called;"
            " rename it first to give that name away."
        )
    if not wanted.target:
        problems += list_new_name_problems(wanted)
    elif target is None or target.pk == actor.pk:
        problems.append("Choose another actor that there is.")
    return problems


def list_new_name_problems(wanted: SplitRequest) -> list[str]:
    if not wanted.name or len(wanted.name) > LONGEST_ACTOR_NAME or "\0" in wanted.name:
        return [
            f"Say what the new actor is called, in {LONGEST_ACTOR_NAME} characters at most,"
            " or choose one that there is."
        ]
    if wanted.kind not in ACTOR_KINDS:
        return ["Say of what kind the new actor is."]
    if Actor.objects.filter(kind=wanted.kind, name=wanted.name, article=None).exists():
        return [
            f"There is an actor “{wanted.name}” of kind {wanted.kind} already; choose that one."
        ]
    return []


# Doing it


def split_actor(
    actor: int, wanted: SplitRequest, user: User | None, reason: str, token: str = ""
) -> Merge:
    """Split an actor.

    Raises `MergeRefused` for what stands in the way, or when `token` is of another plan.
    """
    if not reason.strip():
        raise MergeRefused("Say why they are two.")
    with transaction.atomic():
        wait_for_writers()
        lock_rows(Quote.objects.filter(actor=actor))
        pks = [actor, wanted.target] if wanted.target else [actor]
        rows = Actor.objects.filter(pk__in=pks).order_by("pk").select_for_update()
        actors = {row.pk: row for row in rows}
        if actor not in actors:
            raise MergeRefused("The actor is there no longer.")
        plan = plan_split(actors[actor], wanted)
        if plan.problems:
            raise MergeRefused(" ".join(plan.problems))
        if token and token != plan.token:
            raise MergeRefused(
                "Something of this actor has changed since this page was shown; look again."
            )
        return apply_split(plan, user, reason.strip())


def apply_split(plan: SplitPlan, user: User | None, reason: str) -> Merge:
    actor = plan.actor
    rows: dict[Any, list[int]] = {
        ActorName: plan.names.all,
        Quote: [quote.pk for quote in plan.quotes],
        About: plan.abouts.all,
        MergeCandidate: [],
        Actor: [],
    }
    if plan.target:
        first, second = sorted((actor.pk, plan.target.pk))
        pair = MergeCandidate.objects.filter(first=first, second=second)
        rows[MergeCandidate] = list(pair.values_list("pk", flat=True))
    before = journal.read_rows_by_model(rows)

    target = plan.target
    if target is None:
        target = create_split_actor(plan.wanted)
        rows[Actor] = [target.pk]
    merge = Merge.objects.create(
        work=MergeWork.SPLIT,
        title=shorten_merge_title(f"“{target.name}” from “{actor.name}”"),
        reason=reason,
        actors=[actor.pk, target.pk],
        survivor=target.pk,
        made_by=user,
    )
    move_split_rows(plan, target)
    own_name, is_new = ActorName.objects.get_or_create(actor=target, name=target.name)
    if is_new:
        rows[ActorName] = [*rows[ActorName], own_name.pk]
    rows[MergeCandidate] = [judge_pair_different(actor, target, user)]
    after = journal.read_rows_by_model(rows)
    needed: dict[Any, list[int]] = {ActorName: plan.names.needed, About: plan.abouts.needed}
    journal.record_rows(merge, before, after, needed)
    return merge


def create_split_actor(wanted: SplitRequest) -> Actor:
    slug = find_unused_slug(Actor, wanted.name)
    return Actor.objects.create(name=wanted.name, kind=wanted.kind, slug=slug)


def move_split_rows(plan: SplitPlan, target: Actor) -> None:
    for model, shift in ((ActorName, plan.names), (About, plan.abouts)):
        journal.delete_rows(model, shift.dropped)
        model._default_manager.filter(pk__in=shift.moved).update(actor=target)
    going = Quote.objects.filter(pk__in=[quote.pk for quote in plan.quotes])
    going.update(actor=target, actor_method="curator", actor_confidence=1.0, runners_up=[])
    going.filter(status=QuoteStatus.UNREVIEWED).update(status=QuoteStatus.CORRECTED)


def judge_pair_different(actor: Actor, target: Actor, user: User | None) -> int:
    """Judge the two different, so that nobody is asked about them; return the key of their pair."""
    first, second = sorted((actor.pk, target.pk))
    judgement = {"judgement": Judgement.DIFFERENT, "judged_by": user, "judged_at": timezone.now()}
    pair, is_new = MergeCandidate.objects.get_or_create(
        first_id=first,
        second_id=second,
        defaults={"score": LOWEST_SCORE, "reasons": [SPLIT_REASON], **judgement},
    )
    if not is_new:
        MergeCandidate.objects.filter(pk=pair.pk).update(**judgement)
    return pair.pk
