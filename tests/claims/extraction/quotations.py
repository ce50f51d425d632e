"""Quotes for tests of details, written with their spans marked: "«Ann Lee» ‹said› on Friday [that it was over]"."""

from datetime import date

from claims.extraction.details.details import details_of
from claims.extraction.schema import Act, Span

PUBLISHED = date(2024, 3, 6)  # a Wednesday
MARKS = {"«": "source", "‹": "cue", "[": "content"}
ENDS = "»›]"


def unmarked(marked: str) -> tuple[str, dict[str, list[Span]]]:
    """The text without its marks, and the spans of source («»), cue (‹›) and contents ([])."""
    text = ""
    spans: dict[str, list[Span]] = {role: [] for role in MARKS.values()}
    opened: list[tuple[str, int]] = []
    for character in marked:
        if character in MARKS:
            opened.append((MARKS[character], len(text)))
        elif character in ENDS:
            role, start = opened.pop()
            spans[role].append(Span(start, len(text)))
        else:
            text += character
    return text, spans


def details(marked: str, act: Act = "say", published: date | None = PUBLISHED) -> list[tuple[str, str]]:
    """Role and words of each detail of a marked quote."""
    text, spans = unmarked(marked)
    source = spans["source"][0] if spans["source"] else None
    found, _ = details_of(text, source, spans["cue"][0], tuple(spans["content"]), act, published)
    assert list(found) == sorted(found, key=lambda detail: (detail.span, detail.role))
    return [(detail.role, detail.span.of(text)) for detail in found]


def of_role(role: str, marked: str, act: Act = "say") -> list[str]:
    return [words for found, words in details(marked, act) if found == role]


def said_on(marked: str, published: date | None = PUBLISHED, act: Act = "say") -> date | None:
    text, spans = unmarked(marked)
    source = spans["source"][0] if spans["source"] else None
    return details_of(text, source, spans["cue"][0], tuple(spans["content"]), act, published)[1]
