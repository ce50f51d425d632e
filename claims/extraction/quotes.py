"""Cues, and for each its source and contents: the spans of every quote, before anyone asks who the source is."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from claims.extraction.decoding import Floats, Labelled, log_softmax, spans
from claims.extraction.encoder import Encoded, View
from claims.extraction.labels import LINKED, ROLES
from claims.extraction.links import Links
from claims.extraction.schema import Span

CUE_START = 0.5  # a cue begins where its first word is one with at least this probability
SAME_CONTENT = 0.7  # overlap (Jaccard) from which two contents are one
STRETCH = 1000  # characters
LOOSE_ENDS = " \t\r\n,;:"
BROKEN_OFF = re.compile(
    r"\b(?:the|a|an|of|to|in|on|for|with|at|by|from|into|about|and|or|but|nor|his|her|their|its|our|my|your|than|as|that|which|"
    r"who|whose|is|was|are|were|be|not|no|very|more)$",
    re.I,
)
CLAUSE_REST = re.compile(r"[^.,;:!?()\n—–\"“”]{1,60}(?<=\w)")
B_CUE, I_CUE = ROLES.index("B-cue"), ROLES.index("I-cue")


@dataclass(frozen=True, slots=True)
class Found:
    """One quote's spans and the probability that it is one."""

    source: Span | None
    cue: Span
    contents: tuple[Span, ...]
    confidence: float


def find_quotes(encoded: Encoded, links: Links, text: str) -> list[Found]:
    roles = log_softmax(encoded.roles)
    found: list[Found] = []
    for view in encoded.views:
        for cue, parts in linked(cues(roles, encoded, view), view, links):
            if quote := joined(cue, parts, encoded, text):
                found.append(quote)
    return without_rivals(found)


def without_rivals(found: list[Found]) -> list[Found]:
    """One cue for each content: where two claim much the same words, the surer has them; an inner quote may stay."""
    kept: list[Found] = []
    taken: defaultdict[int, list[Span]] = defaultdict(list)  # by the stretches of text that a content lies in
    for quote in sorted(found, key=lambda q: -q.confidence):
        own = tuple(c for c in quote.contents if not any(shared(c, o) >= SAME_CONTENT for o in taken[c.start // STRETCH]))
        for content in own:
            for stretch in range((content.start - STRETCH) // STRETCH, content.end // STRETCH + 1):
                taken[stretch].append(content)
        if own:
            kept.append(replace(quote, contents=own))
    return sorted(kept, key=lambda q: q.cue)


def shared(one: Span, other: Span) -> float:
    """Characters in both spans, as a share of those in either (Jaccard)."""
    both = min(one.end, other.end) - max(one.start, other.start)
    return max(both, 0) / (max(one.end, other.end) - min(one.start, other.start))


def cues(roles: Floats, encoded: Encoded, view: View) -> list[Labelled]:
    """Cues whose first word the view owns; they end with their paragraph at the latest."""
    begins, goes_on = np.exp(roles[:, B_CUE]), np.exp(roles[:, I_CUE])
    best = roles.argmax(-1)
    opens = encoded.words.opens
    made: list[Labelled] = []
    for at in np.flatnonzero(begins[view.own_start : view.own_end] >= CUE_START) + view.own_start:
        end = int(at) + 1
        while end < view.end and best[end] == I_CUE and not opens[end]:
            end += 1
        score = float(begins[at] * goes_on[at + 1 : end].mean()) if end > at + 1 else float(begins[at])
        made.append(Labelled("cue", int(at), end, score))
    return made


def linked(made: list[Labelled], view: View, links: Links) -> Iterator[tuple[Labelled, list[Labelled]]]:
    """Each cue of a window with the sources and contents that belong to it."""
    if not made:
        return
    scores = log_softmax(links(view.word_side, view.cue_side, np.array([cue.start - view.start for cue in made])))
    for row, cue in zip(scores, made, strict=True):
        row[cue.start - view.start : cue.end - view.start, 1:] = -np.inf
    for cue, parts in zip(made, spans(scores, LINKED), strict=True):
        yield cue, [replace(p, start=p.start + view.start, end=p.end + view.start) for p in parts]


def joined(cue: Labelled, parts: list[Labelled], encoded: Encoded, text: str) -> Found | None:
    """The quote of a cue; None if nothing is left that was said."""
    sources = [p for p in parts if p.name == "source"]
    contents = [p for p in parts if p.name == "content"]
    spoken = [(p, s) for p in contents if (s := characters(p, encoded, text)) and re.search(r"\w", s.of(text))]
    cue_span = characters(cue, encoded, text, "")
    if not spoken or cue_span is None:
        return None
    source = max(sources, key=lambda p: p.score, default=None)
    source_span = characters(one_paragraph(source, encoded), encoded, text) if source else None
    sure = float(np.average([p.score for p, _ in spoken], weights=[p.end - p.start for p, _ in spoken]))
    return Found(
        source_span,
        cue_span,
        (*(s for _, s in spoken[:-1]), whole(spoken[-1][1], text, [cue_span, *([source_span] if source_span else [])])),
        round(cue.score * sure * (source.score if source else 1.0), 4),
    )


def whole(content: Span, text: str, others: list[Span]) -> Span:
    """The content, or where it stops at "the" or "of", the content up to the end of its clause.

    On PolNeAR dev this touches 27 of 1,800 quotes and lifts the exact ones from .596 to .600.
    """
    more = CLAUSE_REST.match(text, content.end) if BROKEN_OFF.search(text, content.start, content.end) else None
    if more is None or more.end() - content.end > content.end - content.start:
        return content
    longer = Span(content.start, more.end())
    return content if any(longer.overlaps(other) and not content.overlaps(other) for other in others) else longer


def one_paragraph(part: Labelled, encoded: Encoded) -> Labelled:
    """The part up to the end of the paragraph in which it begins."""
    more = np.flatnonzero(encoded.words.opens[part.start + 1 : part.end])
    return Labelled(part.name, part.start, part.start + 1 + int(more[0]), part.score) if len(more) else part


def characters(part: Labelled, encoded: Encoded, text: str, loose: str = LOOSE_ENDS) -> Span | None:
    """The part's characters, less punctuation that belongs to the sentence around it."""
    start, end = int(encoded.words.start[part.start]), int(encoded.words.end[part.end - 1])
    while end > start and text[end - 1] in loose:
        end -= 1
    while start < end and text[start] in loose:
        start += 1
    return Span(start, end) if start < end else None
