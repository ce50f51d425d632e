"""What happened to a quote, when and by whom: read from the events that triggers keep."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model

from claims.models import Detail, Quote, Span

SHOWN = {
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
WORDS = {"insert": "made", "update": "changed", "delete": "deleted"}


@dataclass(frozen=True, slots=True)
class Change:
    """One event: `who` is a user's name, or empty for the extractor and for raw SQL; `what` a line for each value."""

    when: datetime
    who: str
    word: str
    what: list[str]


def changes_of(quote: Quote) -> list[Change]:
    """The history of the quote, its spans and its details, newest first."""
    quotes = Quote.pgh_event_model.objects.filter(pgh_obj_id=quote.pk)  # type: ignore[attr-defined]
    spans = Span.pgh_event_model.objects.filter(quote_id=quote.pk).select_related("pgh_context")  # type: ignore[attr-defined]
    details = Detail.pgh_event_model.objects.filter(quote_id=quote.pk).select_related("pgh_context")  # type: ignore[attr-defined]
    events = [*quotes.select_related("pgh_context", "actor__article__outlet").order_by("pgh_id")]
    parts = [(f"content span {event.start}–{event.end}", event) for event in spans]
    parts += [(f"{event.role} “{event.text}”", event) for event in details]
    names = users({user_of(event) for event in [*events, *(event for _, event in parts)]})
    changes = [
        Change(
            event.pgh_created_at,
            names.get(user_of(event), ""),
            WORDS.get(event.pgh_label, event.pgh_label),
            differences(before, event),
        )
        for before, event in zip([None, *events], events, strict=False)
    ]
    for part, event in parts:
        line = f"{part} {WORDS.get(event.pgh_label, event.pgh_label)}"
        changes.append(Change(event.pgh_created_at, names.get(user_of(event), ""), "changed", [line]))
    return sorted((c for c in changes if c.what), key=lambda c: c.when, reverse=True)


def differences(before: Any, after: Any) -> list[str]:
    if before is None:
        return [f"by extractor {after.extractor}: {after.cue} “{after.content}”"]
    if after.pgh_label == "delete":
        return ["the quote"]
    return [
        f"{name}: {shown(before, field)} → {shown(after, field)}"
        for field, name in SHOWN.items()
        if getattr(before, field) != getattr(after, field)
    ]


def shown(event: Any, field: str) -> str:
    if field == "actor_id":
        actor = getattr(event, "actor", None)
        return str(actor) if actor else ("unknown" if event.actor_id is None else f"actor {event.actor_id}, since deleted")
    if field == "version_id":
        return "the article" if event.version_id is None else "an earlier version of the article"
    return str(getattr(event, field) or "none").replace("_", " ")


def user_of(event: Any) -> int | None:
    metadata = event.pgh_context.metadata if event.pgh_context else {}
    user = metadata.get("user")
    return user if isinstance(user, int) else None


def users(ids: Iterable[int | None]) -> dict[int | None, str]:
    known = get_user_model().objects.filter(pk__in=[i for i in ids if i is not None])
    return {user.pk: user.get_username() for user in known}
