"""What was written, for people to read: all that triggers kept, transaction by transaction, the newest first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Model, OuterRef, Subquery

from claims.history import WORDS, user_of, users, why_of
from claims.models import (
    Actor,
    ActorName,
    Article,
    Claim,
    Decision,
    Detail,
    ExternalId,
    Merge,
    MergeCandidate,
    Outlet,
    Quote,
    Report,
    Sample,
    SampleJudgement,
    Span,
)

# All tables with a history. In this order rows can be made, and in the other one deleted.
TRACKED: tuple[type[Model], ...] = (
    *(Outlet, Article, Actor, ActorName, ExternalId, Claim, Quote, Span, Detail),
    *(MergeCandidate, Merge, Report, Decision, Sample, SampleJudgement),
)
TABLES = {str(model._meta.model_name): model for model in TRACKED}
# What belongs to a row beside itself: tables, and their columns that point to it.
PARTS: dict[type[Model], dict[type[Model], str]] = {
    Quote: {Span: "quote_id", Detail: "quote_id", Report: "quote_id", Decision: "quote_id"},
    Actor: {ActorName: "actor_id", ExternalId: "actor_id"},
}
UNTOLD = {"before", "after", "design", "results", "runners_up", "group", "sitting", "extractor", "left", "actors"}
TITLES = ("title", "name", "content", "text", "value", "what", "problem")
ENTRIES, LINES, READ, LONG = 30, 12, 400, 120  # on a page; of an entry; events of a table; characters of a value


@dataclass(frozen=True, slots=True)
class Line:
    """One row that was written."""

    word: str
    what: str
    values: list[str]


@dataclass
class Entry:
    """One transaction: `who` is a user's name, or empty for a command and for raw SQL; `event` names it in an address."""

    when: datetime
    who: str
    why: str
    event: str
    lines: list[Line] = field(default_factory=list)

    @property
    def first(self) -> list[Line]:
        return self.lines[:LINES]

    @property
    def more(self) -> int:
        return len(self.lines[LINES:])


def events_of(model: type[Model]) -> Any:
    return model.pgh_event_model._default_manager.all()  # type: ignore[attr-defined]


def belonging(model: type[Model], pk: int) -> dict[type[Model], Any]:
    """The events of a row and of its parts."""
    columns = {model: "pgh_obj_id", **PARTS.get(model, {})}
    return {each: events_of(each).filter(**{column: pk}) for each, column in columns.items()}


def entries(found: dict[type[Model], Any], before: datetime | None = None, number: int = ENTRIES) -> list[Entry]:
    """The last transactions, before a moment if one is given, that wrote any of these events."""
    if before:
        found = {model: events.filter(pgh_created_at__lt=before) for model, events in found.items()}
    moments: set[datetime] = set()
    for events in found.values():
        last = events.order_by("-pgh_created_at").values_list("pgh_created_at", flat=True).distinct()
        moments.update(last[:number])
    chosen = sorted(moments, reverse=True)[:number]
    read = [
        (model, event)
        for model, events in found.items()
        for event in with_before(events.filter(pgh_created_at__in=chosen)).order_by("pgh_id")[:READ]
    ]
    return told(read)


def with_before(events: Any) -> Any:
    """With `last`: the event of the same row before each."""
    earlier = events.model._default_manager.filter(pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id"))
    return events.select_related("pgh_context").annotate(last=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1]))


def told(read: list[tuple[type[Model], Any]]) -> list[Entry]:
    names = users({user_of(event) for _, event in read})
    lasts: dict[type[Model], set[int]] = defaultdict(set)
    for model, event in read:
        lasts[model].add(event.last)
    known = {model: events_of(model).in_bulk([pk for pk in pks if pk]) for model, pks in lasts.items()}
    called = called_in([*(event for _, event in read), *(event for each in known.values() for event in each.values())])
    found: dict[tuple[datetime, Any], Entry] = {}
    for model, event in read:
        key = (event.pgh_created_at, event.pgh_context_id)
        if key not in found:
            address = f"{model._meta.model_name}/{event.pgh_id}"
            found[key] = Entry(event.pgh_created_at, names.get(user_of(event), ""), why_of(event), address)
        found[key].lines.append(line(model, known[model].get(event.last), event, called))
    return sorted(found.values(), key=lambda entry: entry.when, reverse=True)


def line(model: type[Model], before: Any, event: Any, called: dict[Any, str]) -> Line:
    title = next((str(getattr(event, name)) for name in TITLES if getattr(event, name, None)), "")
    what = f"{model._meta.verbose_name} {event.pgh_obj_id}" + (f" “{cut(title)}”" if title else "")
    return Line(WORDS.get(event.pgh_label, event.pgh_label), what, changes(before, event, called))


def changes(before: Any, event: Any, called: dict[Any, str]) -> list[str]:
    """What is another, "name: before → after"."""
    if before is None or event.pgh_label != "update":
        return []
    return [
        f"{each.verbose_name}: {value(before, each, called)} → {value(event, each, called)}"
        for each in fields_of(event)
        if each.name not in UNTOLD and getattr(before, each.attname) != getattr(event, each.attname)
    ]


def fields_of(event: Any) -> list[Any]:
    return [each for each in event._meta.concrete_fields if not each.name.startswith("pgh_")]


def value(event: Any, each: Any, called: dict[Any, str]) -> str:
    found = getattr(event, each.attname)
    return "none" if found in (None, "") else cut(called.get((each.related_model, found), str(found)))


def cut(text: str) -> str:
    return text if len(text) <= LONG else text[: LONG - 1] + "…"


def called_in(events: Iterable[Any]) -> dict[Any, str]:
    """The names of actors and users that these events point to, as far as they are there."""
    pointed: dict[Any, set[int]] = {Actor: set(), get_user_model(): set()}
    for event in events:
        for each in fields_of(event):
            if each.related_model in pointed and (pk := getattr(event, each.attname)):
                pointed[each.related_model].add(pk)
    names = {(Actor, actor.pk): str(actor) for actor in Actor.objects.for_list().filter(pk__in=pointed[Actor])}
    people = get_user_model()._default_manager.filter(pk__in=pointed[get_user_model()])
    return names | {(get_user_model(), user.pk): user.get_username() for user in people}
