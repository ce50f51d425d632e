"""Quotes for tests of details, written with their spans marked: "«Ann Lee» ‹said› on Friday [that it was over]"."""

from datetime import date

from claims.extraction.details.details import find_details
from claims.extraction.schema import Act, Span

PUBLISHED = date(2024, 3, 6)  # a Wednesday
MARKS = {"«": "source", "‹": "cue", "[": "content"}
ENDS = "»›]"


def read_marked_text(marked: str) -> tuple[str, dict[str, list[Span]]]:
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


def list_details_of_marked(
    marked: str, act: Act = "say", published: date | None = PUBLISHED
) -> list[tuple[str, str]]:
    """Role and words of each detail of a marked quote."""
    text, spans = read_marked_text(marked)
    source = spans["source"][0] if spans["source"] else None
    found, _ = find_details(text, source, spans["cue"][0], tuple(spans["content"]), act, published)
    assert list(found) == sorted(found, key=lambda detail: (detail.span, detail.role))
    return [(detail.role, detail.span.of(text)) for detail in found]


def list_words_of_role(role: str, marked: str, act: Act = "say") -> list[str]:
    return [words for found, words in list_details_of_marked(marked, act) if found == role]


def find_day_of_marked(
    marked: str, published: date | None = PUBLISHED, act: Act = "say"
) -> date | None:
    text, spans = read_marked_text(marked)
    source = spans["source"][0] if spans["source"] else None
    return find_details(text, source, spans["cue"][0], tuple(spans["content"]), act, published)[1]
