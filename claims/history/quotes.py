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
    "wording_id": "wording",
    "within_id": "within quote",
    "version_id": "stands in",
    "said_on": "said on",
}
EVENT_WORDS = {"insert": "made", "update": "changed", "delete": "deleted"}


@dataclass(frozen=True, slots=True)
class HistoryChange:
    """One event: `who` is a user's name, or empty for the extractor and for raw SQL.

    `what` has a line for each value that changed; `event` names the event in an address.
    """

    when: datetime
    who: str
    word: str
    what: list[str]
    why: str = ""
    event: str = ""


# The events of a quote


def get_quote_events(pk: int) -> Any:
    return Quote.pgh_event_model.objects.filter(pgh_obj_id=pk)  # type: ignore[attr-defined]


def get_span_events(pk: int) -> Any:
    return Span.pgh_event_model.objects.filter(quote_id=pk)  # type: ignore[attr-defined]


def get_detail_events(pk: int) -> Any:
    return Detail.pgh_event_model.objects.filter(quote_id=pk)  # type: ignore[attr-defined]


def get_history_position(quote: Quote) -> str:
    """Return how far the history of the quote and its spans has come: "12-34", the last events."""
    last_of_quote = get_quote_events(quote.pk).aggregate(last=Max("pgh_id"))["last"]
    last_of_spans = get_span_events(quote.pk).aggregate(last=Max("pgh_id"))["last"]
    return f"{last_of_quote or 0}-{last_of_spans or 0}"


def list_history_changes(quote: Quote) -> list[HistoryChange]:
    """Return the history of the quote, its spans and its details, the newest first."""
    span_events = list(get_span_events(quote.pk).select_related("pgh_context"))
    detail_events = list(get_detail_events(quote.pk).select_related("pgh_context"))
    return build_changes(list_quote_events(quote), span_events, detail_events)


def list_changes_after(quote: Quote, last_of_quote: int, last_of_spans: int) -> list[HistoryChange]:
    """Return what came after these events of the quote and of its spans, the newest first."""
    span_events = get_span_events(quote.pk).filter(pgh_id__gt=last_of_spans)
    span_events = list(span_events.select_related("pgh_context"))
    return build_changes(list_quote_events(quote), span_events, [], after=last_of_quote)


def list_quote_events(quote: Quote) -> list[Any]:
    events = get_quote_events(quote.pk).select_related("pgh_context", "actor__article__outlet")
    return list(events.order_by("pgh_id"))


def build_changes(
    quote_events: list[Any], span_events: list[Any], detail_events: list[Any], after: int = 0
) -> list[HistoryChange]:
    """Return what these events changed, the newest first.

    Of the quote's own events only those `after` this number are told.
    """
    events = [*quote_events, *span_events, *detail_events]
    usernames = get_usernames({get_user_of_event(event) for event in events})
    changes = []
    before = None
    for event in quote_events:
        if event.pgh_id > after:
            what = describe_event_differences(before, event)
            word = get_word_of_event(event)
            changes.append(build_change(event, "quote", word, what, usernames))
        before = event
    for event in span_events:
        line = f"content span {event.start}–{event.end} {get_word_of_event(event)}"
        changes.append(build_change(event, "span", "changed", [line], usernames))
    for event in detail_events:
        line = f"{event.role} “{event.text}” {get_word_of_event(event)}"
        changes.append(build_change(event, "detail", "changed", [line], usernames))
    told = [change for change in changes if change.what]
    return sorted(told, key=lambda change: change.when, reverse=True)


def build_change(
    event: Any, table: str, word: str, what: list[str], usernames: dict[int | None, str]
) -> HistoryChange:
    return HistoryChange(
        when=event.pgh_created_at,
        who=usernames.get(get_user_of_event(event), ""),
        word=word,
        what=what,
        why=get_reason_of_event(event),
        event=f"{table}/{event.pgh_id}",
    )


# What is different


def describe_event_differences(before: Any, after: Any) -> list[str]:
    """Return a line for each value that is another after an event than after the one before it."""
    if before is None:
        return [f"by extractor {after.extractor}: {after.cue} “{after.content}”"]
    if after.pgh_label == "delete":
        return ["the quote"]
    return describe_differences(before, after)


def describe_value_differences(before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """Return a line for each difference between two states of a quote, given by their columns."""
    pks = [values["actor_id"] for values in (before, after) if values["actor_id"]]
    actors = Actor.objects.for_list().in_bulk(pks)
    state_before = SimpleNamespace(**{**before, "actor": actors.get(before["actor_id"])})
    state_after = SimpleNamespace(**{**after, "actor": actors.get(after["actor_id"])})
    return describe_differences(state_before, state_after)


def describe_differences(before: Any, after: Any) -> list[str]:
    lines = []
    for field, label in HISTORY_FIELD_LABELS.items():
        if getattr(before, field) != getattr(after, field):
            value_before = describe_event_value(before, field)
            value_after = describe_event_value(after, field)
            lines.append(f"{label}: {value_before} → {value_after}")
    return lines


def describe_event_value(event: Any, field: str) -> str:
    """Return a value of a quote's state in words."""
    if field == "actor_id":
        return describe_actor_of_event(event)
    if field == "version_id":
        return "the article" if event.version_id is None else "an earlier version of the article"
    return str(getattr(event, field) or "none").replace("_", " ")


def describe_actor_of_event(event: Any) -> str:
    actor = getattr(event, "actor", None)
    if actor:
        return str(actor)
    if event.actor_id is None:
        return "unknown"
    return f"actor {event.actor_id}, since deleted"


# Who and why


def get_word_of_event(event: Any) -> str:
    label = str(event.pgh_label)
    return EVENT_WORDS.get(label, label)


def get_metadata_of_event(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def get_user_of_event(event: Any) -> int | None:
    user = get_metadata_of_event(event).get("user")
    return user if isinstance(user, int) else None


def get_reason_of_event(event: Any) -> str:
    """Return the reason that somebody gave, or what a command was doing."""
    return str(get_metadata_of_event(event).get("why") or "")


def get_usernames(pks: Iterable[int | None]) -> dict[int | None, str]:
    """Return the names of those of the users that there still are."""
    known = get_user_model().objects.filter(pk__in=[pk for pk in pks if pk is not None])
    return {user.pk: user.get_username() for user in known}
