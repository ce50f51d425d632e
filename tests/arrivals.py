"""What was handed in, as rows: documents that wait, that were read, or that are not in."""

from itertools import count
from typing import Any

from django.contrib.auth.models import User

from claims.extraction.records import build_record
from claims.extraction.schema import ActorKind, Attribution, Span, Speaker
from claims.models import Arrival, ArrivalState, Delivery
from tests.factories import locate_parts

TEXT = (
    'Mayor Ana Bell said "the bridge will stand for a hundred years".\n'
    "Omar Reza denied that Veldania was asked. One engineer called it a scandal.\n"
    "A sign reads “no more than twelve people at once”."
)
numbers = count(1)


def make_delivery(user: User | None = None, **values: Any) -> Delivery:
    token = f"token-{next(numbers)}"
    return Delivery.objects.create(**{"token": token, "added_by": user, **values})


def make_arrival(
    delivery: Delivery | None = None,
    state: str = ArrivalState.READ,
    *,
    text: str = TEXT,
    quotes: list[dict[str, Any]] | None = None,
    reason: str = "",
    **document: str,
) -> Arrival:
    """A document of a delivery, with what was read of it once it is read; by default it has three quotes."""
    is_read = state in (ArrivalState.READ, ArrivalState.KEPT)
    number = next(numbers)
    return Arrival.objects.create(
        delivery=delivery or make_delivery(),
        where=document.get("path", f"bridge-{number}.html"),
        state=state,
        reason=reason or ("it has no text" if state == ArrivalState.REFUSED else ""),
        document=make_document(number, text, **document) if is_read else None,
        attributions=(make_quotes(text) if quotes is None else quotes) if is_read else None,
    )


def make_document(number: int, text: str, **values: str) -> dict[str, str]:
    """A document as `manage.py read` writes it."""
    address = f"https://example.org/arrived/{number}"
    defaults = {
        "path": f"bridge-{number}.html",
        "url": address,
        "title": "Mayor says the bridge is safe",
        "date": "2024-03-05",
        "publisher": "Harbour Herald",
        "author": "Ruth Okafor",
        "language": "en",
        "section": "Politics",
        "id": address,
    }
    return {**defaults, "text": text, **values}


def make_quotes(text: str) -> list[dict[str, Any]]:
    """The quotes of the usual text: one sure, one unsure about whom it names, one of nobody known."""
    said = make_found(
        text, "Mayor Ana Bell", "said", '"the bridge will stand for a hundred years"', "Ana Bell"
    )
    denied = make_found(
        text,
        "Omar Reza",
        "denied",
        "that Veldania was asked",
        "Omar Reza",
        sure=0.5,
        about=(("Veldania", "state"),),
        act="deny",
    )
    called = make_found(text, "One engineer", "called", "it a scandal", None)
    return [said, denied, called]


def make_found(
    text: str,
    source: str,
    cue: str,
    content: str,
    speaker: str | None,
    *,
    kind: ActorKind = "person",
    sure: float = 0.9,
    about: tuple[tuple[str, ActorKind], ...] = (),
    **values: Any,
) -> dict[str, Any]:
    """A quote as `manage.py extract` writes it, its parts the first such words of the text."""
    places = locate_parts(text, source, cue, (content,))
    attribution = Attribution(
        source=Span(*places["source"]),
        cue=Span(*places["cue"]),
        contents=tuple(Span(*place) for place in places["contents"]),
        **{"kind": "indirect", "act": "say", "confidence": 0.9, **values},
        speaker=Speaker(speaker, kind, sure, "name") if speaker else None,
        about=tuple(Speaker(name, of_kind, 1.0, "name") for name, of_kind in about),
    )
    return build_record(attribution)
