"""What was written, for people to read: all that triggers kept, transaction by transaction, the newest first."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Model, OuterRef, Subquery, Value

from claims.history.quotes import EVENT_WORDS, get_reason_of_event, get_user_of_event, get_usernames
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
from claims.passages.cutting import cut_text

# All tables with a history. In this order rows can be made, and in the other one deleted.
TRACKED_MODELS: tuple[type[Model], ...] = (
    *(Outlet, Article, Actor, ActorName, ExternalId, Claim, Quote, Span, Detail),
    *(MergeCandidate, Merge, Report, Decision, Sample, SampleJudgement),
)
TRACKED_TABLES = {str(model._meta.model_name): model for model in TRACKED_MODELS}
# What belongs to a row beside itself: tables, and their columns that point to it.
PART_COLUMNS: dict[type[Model], dict[type[Model], str]] = {
    Quote: {Span: "quote_id", Detail: "quote_id", Report: "quote_id", Decision: "quote_id"},
    Actor: {ActorName: "actor_id", ExternalId: "actor_id"},
}
UNTOLD_FIELDS = {
    "before",
    "after",
    "design",
    "results",
    "runners_up",
    "group",
    "sitting",
    "extractor",
    "left",
    "actors",
}
TITLE_FIELDS = ("title", "name", "content", "text", "value", "what", "problem")
ENTRIES_PER_PAGE, LINES_PER_ENTRY, LONGEST_LOG_VALUE = (
    30,
    12,
    120,
)  # on a page; of an entry; characters of a value


@dataclass(frozen=True, slots=True)
class LogLine:
    """One row that was written."""

    word: str
    what: str
    values: list[str]


@dataclass
class LogEntry:
    """One transaction: `who` is a user's name, or empty for a command and for raw SQL; `event` names it in an address.

    Of all `rows` that it wrote, `lines` are the first.
    """

    when: datetime
    who: str
    why: str
    event: str
    rows: int
    lines: list[LogLine] = field(default_factory=list)

    @property
    def more(self) -> int:
        return self.rows - len(self.lines)


@dataclass(frozen=True, slots=True)
class WrittenEvent:
    """An event that is shown, by its table and number there, and the transaction that it is one `of` so many of."""

    model: type[Model]
    number: int
    when: datetime
    context: Any
    of: int


# The first events of each transaction, in the order of the tables and of writing.
FIRST_EVENTS_SQL = """
    SELECT sort, pgh_id, pgh_created_at, pgh_context_id, rows FROM (
        SELECT *, row_number() OVER (PARTITION BY pgh_created_at, pgh_context_id ORDER BY sort, pgh_id) AS place,
               count(*) OVER (PARTITION BY pgh_created_at, pgh_context_id) AS rows
          FROM ({}) each (pgh_id, pgh_created_at, pgh_context_id, sort)) placed
     WHERE place <= %s ORDER BY pgh_created_at DESC, sort, pgh_id
"""


def get_events_of_model(model: type[Model]) -> Any:
    return model.pgh_event_model._default_manager.all()  # type: ignore[attr-defined]


def get_events_of_row(model: type[Model], pk: int) -> dict[type[Model], Any]:
    """The events of a row and of its parts."""
    columns = {model: "pgh_obj_id", **PART_COLUMNS.get(model, {})}
    return {
        each: get_events_of_model(each).filter(**{column: pk}) for each, column in columns.items()
    }


def list_log_entries(
    found: dict[type[Model], Any], before: datetime | None = None, number: int = ENTRIES_PER_PAGE
) -> list[LogEntry]:
    """The last transactions, before a moment if one is given, that wrote any of these events."""
    if before:
        found = {model: events.filter(pgh_created_at__lt=before) for model, events in found.items()}
    chosen = list_moments(found, number)
    return build_log_entries(list_events_shown(found, chosen)) if chosen else []


def list_moments(found: dict[type[Model], Any], number: int) -> list[datetime]:
    """When the last transactions were that wrote any of these events, the newest first."""
    last = [
        events.order_by("-pgh_created_at").values("pgh_created_at").distinct()[:number]
        for events in found.values()
    ]
    union, parameters = union_events(last)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT pgh_created_at FROM ({union}) each ORDER BY 1 DESC LIMIT %s",
            [*parameters, number],
        )
        return [when for (when,) in cursor.fetchall()]


def list_events_shown(found: dict[type[Model], Any], chosen: list[datetime]) -> list[WrittenEvent]:
    """Of each transaction of these moments the events that are shown, the newest transaction first."""
    models = list(found)
    rows = [
        events.filter(pgh_created_at__in=chosen)
        .order_by()
        .values("pgh_id", "pgh_created_at", "pgh_context", sort=Value(at))
        for at, events in enumerate(found.values())
    ]
    union, parameters = union_events(rows)
    with connection.cursor() as cursor:
        cursor.execute(FIRST_EVENTS_SQL.format(union), [*parameters, LINES_PER_ENTRY])
        return [WrittenEvent(models[at], *event) for at, *event in cursor.fetchall()]


def union_events(found: Iterable[Any]) -> tuple[str, list[Any]]:
    """Rows of several tables as those of one."""
    each = [rows.query.sql_with_params() for rows in found]
    return " UNION ALL ".join(f"({sql})" for sql, _ in each), [
        value for _, values in each for value in values
    ]


def annotate_event_before(events: Any) -> Any:
    """With `last`: the event of the same row before each."""
    earlier = events.model._default_manager.filter(
        pgh_obj_id=OuterRef("pgh_obj_id"), pgh_id__lt=OuterRef("pgh_id")
    )
    return events.select_related("pgh_context").annotate(
        last=Subquery(earlier.order_by("-pgh_id").values("pgh_id")[:1])
    )


def build_log_entries(written: list[WrittenEvent]) -> list[LogEntry]:
    events = {
        model: annotate_event_before(get_events_of_model(model)).order_by().in_bulk(pks)
        for model, pks in group_event_numbers(written).items()
    }
    changed = {
        model: [event for event in rows.values() if event.pgh_label == "update" and event.last]
        for model, rows in events.items()
    }
    before = {
        model: get_events_of_model(model).order_by().in_bulk([event.last for event in rows])
        for model, rows in changed.items()
        if rows
    }
    called = find_labels_of_events(
        event
        for rows in (*changed.values(), *(each.values() for each in before.values()))
        for event in rows
    )
    names = get_usernames(
        {get_user_of_event(event) for rows in events.values() for event in rows.values()}
    )
    found: dict[tuple[datetime, Any], LogEntry] = {}
    for each in written:
        event = events[each.model][each.number]
        key = (each.when, each.context)
        if key not in found:
            address = f"{each.model._meta.model_name}/{each.number}"
            found[key] = LogEntry(
                each.when,
                names.get(get_user_of_event(event), ""),
                get_reason_of_event(event),
                address,
                each.of,
            )
        found[key].lines.append(
            build_log_line(each.model, before.get(each.model, {}).get(event.last), event, called)
        )
    return list(found.values())


def group_event_numbers(written: Iterable[WrittenEvent]) -> dict[type[Model], list[int]]:
    found: dict[type[Model], list[int]] = defaultdict(list)
    for each in written:
        found[each.model].append(each.number)
    return found


def build_log_line(model: type[Model], before: Any, event: Any, called: dict[Any, str]) -> LogLine:
    title = next(
        (str(getattr(event, name)) for name in TITLE_FIELDS if getattr(event, name, None)), ""
    )
    what = f"{model._meta.verbose_name} {event.pgh_obj_id}" + (
        f" “{shorten_log_value(title)}”" if title else ""
    )
    return LogLine(
        EVENT_WORDS.get(event.pgh_label, event.pgh_label),
        what,
        describe_changes(before, event, called),
    )


def describe_changes(before: Any, event: Any, called: dict[Any, str]) -> list[str]:
    """What is another, "name: before → after"."""
    if before is None or event.pgh_label != "update":
        return []
    return [
        f"{each.verbose_name}: {describe_field_value(before, each, called)} → {describe_field_value(event, each, called)}"
        for each in list_event_fields(event)
        if each.name not in UNTOLD_FIELDS
        and getattr(before, each.attname) != getattr(event, each.attname)
    ]


def list_event_fields(event: Any) -> list[Any]:
    return [each for each in event._meta.concrete_fields if not each.name.startswith("pgh_")]


def describe_field_value(event: Any, each: Any, called: dict[Any, str]) -> str:
    found = getattr(event, each.attname)
    return (
        "none"
        if found in (None, "")
        else shorten_log_value(called.get((each.related_model, found), str(found)))
    )


def shorten_log_value(text: str) -> str:
    return cut_text(text, LONGEST_LOG_VALUE)


def find_labels_of_events(events: Iterable[Any]) -> dict[Any, str]:
    """The names of actors and users that these events point to, as far as they are there."""
    pointed: dict[Any, set[int]] = {Actor: set(), get_user_model(): set()}
    for event in events:
        for each in list_event_fields(event):
            if each.related_model in pointed and (pk := getattr(event, each.attname)):
                pointed[each.related_model].add(pk)
    names = {
        (Actor, actor.pk): str(actor)
        for actor in Actor.objects.for_list().filter(pk__in=pointed[Actor])
    }
    people = get_user_model()._default_manager.filter(pk__in=pointed[get_user_model()])
    return names | {(get_user_model(), user.pk): user.get_username() for user in people}
