"""What was written, for people to read: what triggers kept, transaction by transaction."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Model, OuterRef, Subquery, Value

from claims.history.quotes import (
    get_reason_of_event,
    get_user_of_event,
    get_usernames,
    get_word_of_event,
)
from claims.models import (
    Actor,
    ActorName,
    Article,
    CopyPair,
    Decision,
    Detail,
    ExternalId,
    FactCheck,
    FactCheckMatch,
    Match,
    Merge,
    MergeCandidate,
    Outlet,
    OutletHost,
    Quote,
    Report,
    Sample,
    SampleJudgement,
    Span,
    Wording,
)
from claims.passages.cutting import cut_text

# All tables with a history. In this order rows can be inserted, and in the reverse order deleted.
TRACKED_MODELS: tuple[type[Model], ...] = (
    Outlet,
    OutletHost,
    Article,
    CopyPair,
    Actor,
    ActorName,
    ExternalId,
    Wording,
    Match,
    FactCheck,
    FactCheckMatch,
    Quote,
    Span,
    Detail,
    MergeCandidate,
    Merge,
    Report,
    Decision,
    Sample,
    SampleJudgement,
)
TRACKED_TABLES = {str(model._meta.model_name): model for model in TRACKED_MODELS}
# What belongs to a row beside itself: tables, and their columns that point to it.
PART_COLUMNS: dict[type[Model], dict[type[Model], str]] = {
    Quote: {Span: "quote_id", Detail: "quote_id", Report: "quote_id", Decision: "quote_id"},
    Actor: {ActorName: "actor_id", ExternalId: "actor_id"},
    Outlet: {OutletHost: "outlet_id"},
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
TITLE_FIELDS = ("title", "name", "host", "content", "text", "value", "what", "problem")
ENTRIES_PER_PAGE = 30
LINES_PER_ENTRY = 12
LONGEST_LOG_VALUE = 120  # characters

EventsByModel = dict[type[Model], Any]  # a QuerySet of the events of each table
EventKey = tuple[type[Model], int]  # an event's table and its number there
LabelsByRow = dict[tuple[Any, Any], str]  # the name of each row, by model and primary key

# The first events of each transaction, in the order of the tables and of writing.
FIRST_EVENTS_SQL = """
    SELECT sort, pgh_id, pgh_created_at, pgh_context_id, rows
      FROM (SELECT *,
                   row_number() OVER (
                       PARTITION BY pgh_created_at, pgh_context_id ORDER BY sort, pgh_id
                   ) AS place,
                   count(*) OVER (PARTITION BY pgh_created_at, pgh_context_id) AS rows
              FROM ({}) each (pgh_id, pgh_created_at, pgh_context_id, sort)) placed
     WHERE place <= %s
     ORDER BY pgh_created_at DESC, sort, pgh_id
"""


@dataclass(frozen=True, slots=True)
class LogLine:
    """One row that was written."""

    word: str
    what: str
    values: list[str]


@dataclass
class LogEntry:
    """One transaction: `who` is a user's name, or empty for a command and for raw SQL.

    `event` names the transaction in an address. Of all `rows` that it wrote, `lines` are the first.
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
    """An event that is shown, and the transaction that it belongs to, which wrote `rows` rows."""

    model: type[Model]
    number: int
    when: datetime
    context: Any
    rows: int


# Events


def get_event_model(model: type[Model]) -> Any:
    """Return the model of the table that keeps the events of another."""
    return model.pgh_event_model  # type: ignore[attr-defined]


def get_events_of_model(model: type[Model]) -> Any:
    return get_event_model(model)._default_manager.all()


def get_events_of_row(model: type[Model], pk: int) -> EventsByModel:
    """Return the events of a row and of its parts."""
    events = {model: get_events_of_model(model).filter(pgh_obj_id=pk)}
    for part, column in PART_COLUMNS.get(model, {}).items():
        events[part] = get_events_of_model(part).filter(**{column: pk})
    return events


def annotate_event_before(events: Any) -> Any:
    """Add `last` to each event: the number of the event of the same row before it."""
    same_row = events.model._default_manager.filter(pgh_obj_id=OuterRef("pgh_obj_id"))
    earlier = same_row.filter(pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    last = Subquery(earlier.values("pgh_id")[:1])
    return events.select_related("pgh_context").annotate(last=last)


# Transactions


def list_log_entries(
    events: EventsByModel, before: datetime | None = None, number: int = ENTRIES_PER_PAGE
) -> list[LogEntry]:
    """Return the last transactions that wrote any of these events, the newest first.

    `before` leaves out those of this moment and later.
    """
    if before:
        events = {
            model: of_model.filter(pgh_created_at__lt=before) for model, of_model in events.items()
        }
    moments = list_moments(events, number)
    if not moments:
        return []
    return build_log_entries(list_events_shown(events, moments))


def list_moments(events: EventsByModel, number: int) -> list[datetime]:
    """Return when the last transactions were that wrote any of these events, the newest first."""
    moments_of_models = []
    for of_model in events.values():
        newest = of_model.order_by("-pgh_created_at").values("pgh_created_at")
        moments_of_models.append(newest.distinct()[:number])
    union, parameters = union_events(moments_of_models)
    query = f"SELECT DISTINCT pgh_created_at FROM ({union}) each ORDER BY 1 DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [*parameters, number])
        return [moment for (moment,) in cursor.fetchall()]


def list_events_shown(events: EventsByModel, moments: list[datetime]) -> list[WrittenEvent]:
    """Return the events that are shown of the transactions of these moments, the newest first."""
    models = list(events)
    rows_of_models = []
    for place, of_model in enumerate(events.values()):
        rows = of_model.filter(pgh_created_at__in=moments).order_by()
        rows_of_models.append(
            rows.values("pgh_id", "pgh_created_at", "pgh_context", sort=Value(place))
        )
    union, parameters = union_events(rows_of_models)
    with connection.cursor() as cursor:
        cursor.execute(FIRST_EVENTS_SQL.format(union), [*parameters, LINES_PER_ENTRY])
        return [WrittenEvent(models[place], *event) for place, *event in cursor.fetchall()]


def union_events(querysets: Iterable[Any]) -> tuple[str, list[Any]]:
    """Return the SQL that gives the rows of several QuerySets as one, and its parameters."""
    statements = []
    parameters: list[Any] = []
    for queryset in querysets:
        statement, values = queryset.query.sql_with_params()
        statements.append(f"({statement})")
        parameters.extend(values)
    return " UNION ALL ".join(statements), parameters


# Entries


def build_log_entries(written: list[WrittenEvent]) -> list[LogEntry]:
    """Return an entry for each transaction of these events, in their order."""
    events = read_events(written)
    before = read_events_before(events)
    labels = find_labels_of_events(list_events_with_values(events, before))
    usernames = get_usernames({get_user_of_event(event) for event in events.values()})
    entries: dict[tuple[datetime, Any], LogEntry] = {}
    for shown in written:
        event = events[shown.model, shown.number]
        transaction = (shown.when, shown.context)
        if transaction not in entries:
            who = usernames.get(get_user_of_event(event), "")
            entries[transaction] = build_log_entry(shown, event, who)
        event_before = before.get((shown.model, event.last))
        line = build_log_line(shown.model, event_before, event, labels)
        entries[transaction].lines.append(line)
    return list(entries.values())


def build_log_entry(shown: WrittenEvent, event: Any, who: str) -> LogEntry:
    """Return the entry, without lines, of the transaction that wrote an event."""
    return LogEntry(
        when=shown.when,
        who=who,
        why=get_reason_of_event(event),
        event=f"{shown.model._meta.model_name}/{shown.number}",
        rows=shown.rows,
    )


def read_events(written: Iterable[WrittenEvent]) -> dict[EventKey, Any]:
    numbers: dict[type[Model], list[int]] = defaultdict(list)
    for shown in written:
        numbers[shown.model].append(shown.number)
    events = {}
    for model, of_model in numbers.items():
        rows = annotate_event_before(get_events_of_model(model)).order_by().in_bulk(of_model)
        for number, event in rows.items():
            events[model, number] = event
    return events


def read_events_before(events: dict[EventKey, Any]) -> dict[EventKey, Any]:
    """Return, for each event that changed a row, the event of the same row before it."""
    numbers: dict[type[Model], list[int]] = defaultdict(list)
    for (model, _), event in events.items():
        if has_values_before(event):
            numbers[model].append(event.last)
    events_before = {}
    for model, of_model in numbers.items():
        for number, event in get_events_of_model(model).order_by().in_bulk(of_model).items():
            events_before[model, number] = event
    return events_before


def has_values_before(event: Any) -> bool:
    return event.pgh_label == "update" and event.last is not None


def list_events_with_values(events: dict[EventKey, Any], before: dict[EventKey, Any]) -> list[Any]:
    """Return the events whose values are told: those that changed a row, and those before them."""
    changes = [event for event in events.values() if has_values_before(event)]
    return [*changes, *before.values()]


def build_log_line(model: type[Model], before: Any, event: Any, labels: LabelsByRow) -> LogLine:
    what = f"{model._meta.verbose_name} {event.pgh_obj_id}"
    title = find_title(event)
    if title:
        what = f"{what} “{shorten_log_value(title)}”"
    return LogLine(get_word_of_event(event), what, describe_changes(before, event, labels))


def find_title(event: Any) -> str:
    """Return the value by which people know a row; empty if it has none."""
    for name in TITLE_FIELDS:
        title = getattr(event, name, None)
        if title:
            return str(title)
    return ""


def describe_changes(before: Any, event: Any, labels: LabelsByRow) -> list[str]:
    """Return what an event changed, a line "name: before → after" for each value."""
    if before is None or event.pgh_label != "update":
        return []
    lines = []
    for column in list_event_fields(event):
        is_changed = getattr(before, column.attname) != getattr(event, column.attname)
        if is_changed and column.name not in UNTOLD_FIELDS:
            value_before = describe_field_value(before, column, labels)
            value_after = describe_field_value(event, column, labels)
            lines.append(f"{column.verbose_name}: {value_before} → {value_after}")
    return lines


def list_event_fields(event: Any) -> list[Any]:
    """Return the fields that an event keeps of its row."""
    fields = event._meta.concrete_fields
    return [column for column in fields if not column.name.startswith("pgh_")]


def describe_field_value(event: Any, column: Any, labels: LabelsByRow) -> str:
    value = getattr(event, column.attname)
    if value in (None, ""):
        return "none"
    return shorten_log_value(labels.get((column.related_model, value), str(value)))


def shorten_log_value(text: str) -> str:
    return cut_text(text, LONGEST_LOG_VALUE)


def find_labels_of_events(events: Iterable[Any]) -> LabelsByRow:
    """Return the names of those of the actors and users in these events that there still are."""
    user_model = get_user_model()
    pks: dict[Any, set[int]] = {Actor: set(), user_model: set()}
    for event in events:
        for column in list_event_fields(event):
            pk = getattr(event, column.attname)
            if pk and column.related_model in pks:
                pks[column.related_model].add(pk)
    labels: LabelsByRow = {}
    for actor in Actor.objects.for_list().filter(pk__in=pks[Actor]):
        labels[Actor, actor.pk] = str(actor)
    for user in user_model._default_manager.filter(pk__in=pks[user_model]):
        labels[user_model, user.pk] = user.get_username()
    return labels
