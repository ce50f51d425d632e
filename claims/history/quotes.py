"""What happened to a quote, when and by whom: read from the events that triggers keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from types import SimpleNamespace
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Max

from claims.models import Actor, Detail, Quote, Span

HISTORY_FIELD_LABELS = {
    "status": "review",
    "actor_id": "actor",
    "act": "act",
    "kind": "kind",
    "source_text": "source",
    "cue": "cue",
    "content": "content",
    "claim_id": "claim",
    "within_id": "within quote",
    "version_id": "stands in",
    "said_on": "said on",
}
EVENT_WORDS = {"insert": "made", "update": "changed", "delete": "deleted"}


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """One event: `who` is a user's name, or empty for the extractor and for raw SQL; `what` a line for each value."""

    when: datetime
    who: str
    word: str
    what: list[str]
    why: str = ""
    event: str = ""  # names it in an address


def get_history_position(quote: Quote) -> str:
    """How far the history of the quote and of its spans has come, for `changes_of` to go on from."""
    last = get_quote_events(quote.pk).aggregate(last=Max("pgh_id"))["last"]
    return f"{last or 0}-{get_span_events(quote.pk).aggregate(last=Max('pgh_id'))['last'] or 0}"


def get_quote_events(pk: int) -> Any:
    return Quote.pgh_event_model.objects.filter(pgh_obj_id=pk)  # type: ignore[attr-defined]


def get_span_events(pk: int) -> Any:
    return Span.pgh_event_model.objects.filter(quote_id=pk)  # type: ignore[attr-defined]


def list_history_changes(quote: Quote, after: tuple[int, int] = (0, 0)) -> list[HistoryChange]:
    """The history of the quote, its spans and its details, newest first; or of it and its spans from there on."""
    quotes = get_quote_events(quote.pk)
    spans = get_span_events(quote.pk).filter(pgh_id__gt=after[1]).select_related("pgh_context")
    details = Detail.pgh_event_model.objects.filter(quote_id=quote.pk).select_related("pgh_context")  # type: ignore[attr-defined]
    events = [*quotes.select_related("pgh_context", "actor__article__outlet").order_by("pgh_id")]
    parts = [(f"content span {event.start}–{event.end}", event) for event in spans]
    parts += (
        [(f"{event.role} “{event.text}”", event) for event in details] if after == (0, 0) else []
    )
    names = get_usernames(
        {get_user_of_event(event) for event in [*events, *(event for _, event in parts)]}
    )
    changes = [
        HistoryChange(
            event.pgh_created_at,
            names.get(get_user_of_event(event), ""),
            EVENT_WORDS.get(event.pgh_label, event.pgh_label),
            describe_event_differences(before, event),
            get_reason_of_event(event),
            f"quote/{event.pgh_id}",
        )
        for before, event in zip([None, *events], events, strict=False)
        if event.pgh_id > after[0]
    ]
    for part, event in parts:
        line = f"{part} {EVENT_WORDS.get(event.pgh_label, event.pgh_label)}"
        model = "span" if part.startswith("content span") else "detail"
        told = (
            names.get(get_user_of_event(event), ""),
            "changed",
            [line],
            get_reason_of_event(event),
            f"{model}/{event.pgh_id}",
        )
        changes.append(HistoryChange(event.pgh_created_at, *told))
    return sorted((c for c in changes if c.what), key=lambda c: c.when, reverse=True)


def describe_event_differences(before: Any, after: Any) -> list[str]:
    if before is None:
        return [f"by extractor {after.extractor}: {after.cue} “{after.content}”"]
    if after.pgh_label == "delete":
        return ["the quote"]
    return [
        f"{name}: {describe_event_value(before, field)} → {describe_event_value(after, field)}"
        for field, name in HISTORY_FIELD_LABELS.items()
        if getattr(before, field) != getattr(after, field)
    ]


def describe_value_differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """What is different between two states of a quote, given by the values of its columns."""
    actors = Actor.objects.for_list().in_bulk(
        [v["actor_id"] for v in (before, after) if v["actor_id"]]
    )
    states = [
        SimpleNamespace(**{**values, "actor": actors.get(values["actor_id"])})
        for values in (before, after)
    ]
    return [
        f"{name}: {describe_event_value(states[0], field)} → {describe_event_value(states[1], field)}"
        for field, name in HISTORY_FIELD_LABELS.items()
        if before[field] != after[field]
    ]


def describe_event_value(event: Any, field: str) -> str:
    if field == "actor_id":
        actor = getattr(event, "actor", None)
        return (
            str(actor)
            if actor
            else ("unknown" if event.actor_id is None else f"actor {event.actor_id}, since deleted")
        )
    if field == "version_id":
        return "the article" if event.version_id is None else "an earlier version of the article"
    return str(getattr(event, field) or "none").replace("_", " ")


def get_user_of_event(event: Any) -> int | None:
    metadata = event.pgh_context.metadata if event.pgh_context else {}
    user = metadata.get("user")
    return user if isinstance(user, int) else None


def get_reason_of_event(event: Any) -> str:
    """The reason that somebody gave, or what a command was at."""
    return str((event.pgh_context.metadata if event.pgh_context else {}).get("why") or "")


def get_usernames(ids: Iterable[int | None]) -> dict[int | None, str]:
    known = get_user_model().objects.filter(pk__in=[i for i in ids if i is not None])
    return {user.pk: user.get_username() for user in known}
