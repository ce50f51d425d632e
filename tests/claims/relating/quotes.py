"""Quotes to compare, written as `cue | content` or `speaker | cue | content`."""

from datetime import date

from claims.extraction.schema import Span
from claims.relating import Utterance


def make_quote(told: str, *, article: str = "a", published: date | None = None) -> Utterance:
    """Return a quote of an article that says no more than it: "Ada Ross | said | it rains"."""
    speaker, cue, content = ["", *(part.strip() for part in told.split(" | "))][-3:]
    text = " ".join(part for part in (speaker, cue, content) if part) + "."
    cue_start = len(speaker) + 1 if speaker else 0
    content_start = len(text) - 1 - len(content)
    return Utterance(
        text=text,
        content=(Span(content_start, content_start + len(content)),),
        cue=Span(cue_start, cue_start + len(cue)),
        source=(Span(0, len(speaker)),) if speaker else (),
        speaker=speaker,
        article=article,
        published=published,
    )


def make_article(*told: str, article: str = "a", published: date | None = None) -> list[Utterance]:
    """Return the quotes of one article, in the order in which they stand."""
    quotes = [make_quote(each, article=article, published=published) for each in told]
    text = " ".join(quote.text for quote in quotes)
    placed = []
    offset = 0
    for quote in quotes:
        placed.append(
            Utterance(
                text=text,
                content=tuple(move(span, offset) for span in quote.content),
                cue=move(quote.cue, offset) if quote.cue else None,
                source=tuple(move(span, offset) for span in quote.source),
                speaker=quote.speaker,
                article=article,
                published=published,
            )
        )
        offset += len(quote.text) + 1
    return placed


def move(span: Span, offset: int) -> Span:
    return Span(span.start + offset, span.end + offset)
