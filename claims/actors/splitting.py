"""Some of an actor's names and quotes become another actor's: a new one's, or one's that there is already.

With a name go the quotes whose source is that name, and the notes that a quote is about it. Each quote that goes counts as
corrected by a person, so that no later reading brings it back. `undoing.py` takes it all back.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from claims.actors.merging import MergeRefused, RowShift, plan_shift, shorten_merge_title
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

LONGEST_ACTOR_NAME = 300
SPLIT_REASON = "a curator split the one from the other"


@dataclass(frozen=True, slots=True)
class SplitRequest:
    """What a person chose: names and quotes by their primary keys, and the actor that they go to, or a new one's name."""

    names: tuple[int, ...] = ()
    quotes: tuple[int, ...] = ()
    target: int | None = None
    name: str = ""
    kind: str = ""


@dataclass(frozen=True)
class SplitPlan:
    """What splitting would do; `target` is None where it would make an actor. `problems` keep it from being done."""

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
        return sum(quote.touched for quote in self.quotes)

    @property
    def whom(self) -> str:
        return self.target.name if self.target else self.wanted.name

    @property
    def token(self) -> str:
        told = [
            self.names.all,
            [quote.pk for quote in self.quotes],
            self.abouts.all,
            self.problems,
            self.whom,
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:20]


# What it would do


def plan_split(actor: Actor, wanted: SplitRequest) -> SplitPlan:
    """Reads only; nothing is locked."""
    target = Actor.objects.filter(pk=wanted.target).first() if wanted.target else None
    names = list(actor.names.filter(pk__in=wanted.names))
    quotes = select_quotes_to_split(actor, names, wanted.quotes)
    place = {target.pk if target else 0: 0, actor.pk: 1}
    own = ActorName.objects.filter(actor=target) if target else ActorName.objects.none()
    abouts = select_notes_to_split(actor, names)
    there = (
        About.objects.filter(actor=target, quote__in=[note.quote_id for note in abouts])
        if target
        else []
    )
    return SplitPlan(
        actor,
        wanted,
        target,
        plan_shift([*own, *names], place, lambda row: row.name),
        quotes,
        plan_shift([*there, *abouts], place, lambda row: row.quote_id),
        [name.name for name in names],
        list_split_problems(actor, wanted, target, names, quotes),
    )


def select_quotes_to_split(
    actor: Actor, names: Sequence[ActorName], chosen: Sequence[int]
) -> list[Quote]:
    """Those chosen, and those whose source is one of the names."""
    keys = {name.key for name in names}
    sources = (
        actor.quotes.exclude(source_text="").order_by().values_list("pk", "source_text")
        if keys
        else []
    )
    named = [pk for pk, source in sources if build_name_key(source) in keys]
    return list(
        actor.quotes.filter(pk__in=[*named, *chosen])
        .select_related("article__outlet")
        .order_by("pk")
    )


def select_notes_to_split(actor: Actor, names: Sequence[ActorName]) -> list[About]:
    """The notes that a quote is about the actor, where the longest of its names that stands there is one that goes."""
    if not names:
        return []
    going = {name.name for name in names}
    known = sorted(
        {actor.name, *actor.names.values_list("name", flat=True)},
        key=lambda name: (-len(name), name),
    )
    notes = (
        About.objects.filter(actor=actor)
        .select_related("quote")
        .defer("quote__search_content")
        .order_by("pk")
    )
    return [
        note
        for note in notes
        if next((name for name in known if is_name_in_text(note.quote.content, name)), "") in going
    ]


def list_split_problems(
    actor: Actor,
    wanted: SplitRequest,
    target: Actor | None,
    names: Sequence[ActorName],
    quotes: Sequence[Quote],
) -> list[str]:
    found = []
    if not names and not quotes:
        found.append("Choose names or quotes that are another's.")
    if any(name.name == actor.name for name in names):
        found.append(
            f"“{actor.name}” is what the actor itself is called; rename it first to give that name away."
        )
    if wanted.target and (target is None or target.pk == actor.pk):
        found.append("Choose another actor that there is.")
    if not wanted.target:
        found += list_new_name_problems(wanted)
    return found


def list_new_name_problems(wanted: SplitRequest) -> list[str]:
    if not wanted.name or len(wanted.name) > LONGEST_ACTOR_NAME or "\0" in wanted.name:
        return [
            f"Say what the new actor is called, in {LONGEST_ACTOR_NAME} characters at most, or choose one that there is."
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
    """Split an actor. Raises `Refused` for what stands in the way, or when `token` is of another plan."""
    if not reason.strip():
        raise MergeRefused("Say why they are two.")
    with transaction.atomic():
        wait_for_writers()
        list(Quote.objects.filter(actor=actor).order_by("pk").select_for_update().values_list("pk"))
        pks = [pk for pk in (actor, wanted.target) if pk]
        rows = {
            row.pk: row
            for row in Actor.objects.filter(pk__in=pks).order_by("pk").select_for_update()
        }
        if actor not in rows:
            raise MergeRefused("The actor is there no longer.")
        found = plan_split(rows[actor], wanted)
        if found.problems:
            raise MergeRefused(" ".join(found.problems))
        if token and token != found.token:
            raise MergeRefused(
                "Something of this actor has changed since this page was shown; look again."
            )
        return apply_split(found, user, reason.strip())


def apply_split(found: SplitPlan, user: User | None, reason: str) -> Merge:
    actor, wanted = found.actor, found.wanted
    rows: dict[Any, list[int]] = {
        ActorName: found.names.all,
        Quote: [quote.pk for quote in found.quotes],
        About: found.abouts.all,
        MergeCandidate: [],
        Actor: [],
    }
    target = found.target
    if target:
        rows[MergeCandidate] = list(select_pair(actor, target).values_list("pk", flat=True))
    before = journal.read_rows_by_model(rows)
    if not target:
        slug = find_unused_slug(Actor, wanted.name)
        target = Actor.objects.create(name=wanted.name, kind=wanted.kind, slug=slug)
        rows[Actor] = [target.pk]
    done = Merge.objects.create(
        work=MergeWork.SPLIT,
        title=shorten_merge_title(f"“{target.name}” from “{actor.name}”"),
        reason=reason,
        actors=[actor.pk, target.pk],
        survivor=target.pk,
        made_by=user,
    )
    move_split_rows(found, target)
    own, made = ActorName.objects.get_or_create(actor=target, name=target.name)
    rows[ActorName] = [*rows[ActorName], *([own.pk] if made else [])]
    rows[MergeCandidate] = [judge_pair_different(actor, target, user)]
    journal.record_rows(
        done,
        before,
        journal.read_rows_by_model(rows),
        {ActorName: found.names.needed, About: found.abouts.needed},
    )
    return done


def move_split_rows(found: SplitPlan, target: Actor) -> None:
    for model, shift in ((ActorName, found.names), (About, found.abouts)):
        journal.delete_rows(model, shift.dropped)
        model._default_manager.filter(pk__in=shift.moved).update(actor=target)
    going = Quote.objects.filter(pk__in=[quote.pk for quote in found.quotes])
    going.update(actor=target, actor_method="curator", actor_confidence=1.0, runners_up=[])
    going.filter(status=QuoteStatus.UNREVIEWED).update(status=QuoteStatus.CORRECTED)


def select_pair(one: Actor, other: Actor) -> Any:
    first, second = sorted((one.pk, other.pk))
    return MergeCandidate.objects.filter(Q(first=first, second=second))


def judge_pair_different(actor: Actor, target: Actor, user: User | None) -> int:
    """The pair of the two, judged different: who split them will not be asked whether they are one."""
    first, second = sorted((actor.pk, target.pk))
    judged = {"judgement": Judgement.DIFFERENT, "judged_by": user, "judged_at": timezone.now()}
    pair, made = MergeCandidate.objects.get_or_create(
        first_id=first,
        second_id=second,
        defaults={"score": LOWEST_SCORE, "reasons": [SPLIT_REASON], **judged},
    )
    if not made:
        MergeCandidate.objects.filter(pk=pair.pk).update(**judged)
    return pair.pk
