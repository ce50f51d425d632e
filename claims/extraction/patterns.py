"""Quotes that the layout alone gives away, where the encoder leaves them out: lines of a transcript, a name after a dash."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from claims.extraction.quotation import paragraphs
from claims.extraction.quotes import Found
from claims.extraction.schema import Span
from claims.extraction.words import word_set

SURE = 0.85  # of a line of a transcript; nothing here is measured on a corpus, since ours have few such lines
NAME = r"[^\W\d_][\w.'’-]*"
LABEL = re.compile(rf"[\"“]?(?P<label>(?:{NAME}[ \u00a0]){{0,4}}{NAME})(?P<colon>:)[ \u00a0\t]+(?=\S)")
CAPITALS = re.compile(r"[^a-zß-öø-ÿ]+")
SIGNED = re.compile(
    r"\s*(?P<content>[\"“«‘'](?=\w).{3,}[\"”»’'])\s*(?P<cue>[—–―]|--?)\s*(?P<source>(?:[A-Z][\w.'’-]*\s){0,3}[A-Z][\w'’-]+)(?=\s*(?:$|,|\())"
)
NOT_SPOKEN = word_set(
    """image video photo caption credit source note update updated correction read watch listen more related tags topics
    published editor editors contact email phone address subject date from to cc re title answer score"""
)


def set_out(text: str, found: Sequence[Found]) -> list[Found]:
    """The quotes `found`, and those of transcript lines and signed quotations that are not among them, in order.

    Who speaks in a line of a transcript is its label, whatever the encoder made of it.
    """
    lines = list(transcript(text))
    labels = {quote.cue: quote.source for quote in lines}
    found = [replace(quote, source=labels.get(quote.cue, quote.source)) for quote in found]
    taken = {at for quote in found for at in range(quote.cue.start, quote.cue.end)}
    said = [c for quote in found for c in quote.contents]
    made = [q for q in (*lines, *signed(text)) if q.cue.start not in taken and not held(q.contents[0], said)]
    return sorted((*found, *made), key=lambda quote: quote.cue)


def held(content: Span, said: list[Span]) -> bool:
    """Whether others have said most of it."""
    return sum(max(0, min(content.end, s.end) - max(content.start, s.start)) for s in said) > (content.end - content.start) / 2


def transcript(text: str) -> Iterator[Found]:
    """`NAME: words` and the paragraphs up to the next name, where several begin so and the names recur or are capitals."""
    lines = list(paragraphs(text))
    labels = [(i, match) for i, (a, b) in enumerate(lines) if (match := LABEL.match(text, a, b)) and spoken(match["label"])]
    times = Counter(match["label"].casefold() for _, match in labels)
    real = [(i, m) for i, m in labels if times[m["label"].casefold()] > 1 or CAPITALS.fullmatch(m["label"])]
    if len(real) < 2:
        return
    ends = [i for i, _ in real[1:]] + [real[-1][0] + 1]  # after the last one the article may go on in prose
    for (_, match), stop in zip(real, ends, strict=True):
        content = Span(match.end(), lines[stop - 1][1])
        yield Found(Span(*match.span("label")), Span(*match.span("colon")), (trimmed(content, text),), SURE)


def spoken(label: str) -> bool:
    words = label.split()
    return words[0].casefold() not in NOT_SPOKEN and all(word[:1].isupper() for word in words)


def trimmed(span: Span, text: str) -> Span:
    return Span(span.start, span.start + len(span.of(text).rstrip()))


def signed(text: str) -> Iterator[Found]:
    """A paragraph that is one quotation and, after a dash, the name of who said it."""
    for a, b in paragraphs(text):
        if match := SIGNED.match(text, a, b):
            source, cue, content = (Span(*match.span(part)) for part in ("source", "cue", "content"))
            yield Found(source, cue, (content,), SURE)
