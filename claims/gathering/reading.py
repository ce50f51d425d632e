"""Wordings as they are compared: each by the first quote of every stance that readers see of it.

Which quote is the first follows from the articles, not from who was stored first: a wording is read
in the same way whatever came in before.
"""

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection

from claims.extraction.schema import Span
from claims.relating import Utterance

LONGEST_TEXT_READ = (
    20_000  # characters of an article, of which a longer one is cut around the quote
)

CUE_OF_REFUSAL = re.compile(r"\b(?:refus|declin|fail)", re.I)

# Of a wording's quotes those with each stance, of the earliest article; of one day by its key.
FIRST_QUOTES_SQL = """
    SELECT DISTINCT ON (q.wording_id, q.stance)
           q.wording_id, q.stance, q.act, a.id, a.key, a.published_on, coalesce(s.name, ''),
           q.cue_start, q.cue_end, q.source_start, q.source_end,
           ARRAY(SELECT ARRAY[c.start, c."end"] FROM claims_span c WHERE c.quote_id = q.id ORDER BY c.start)
      FROM claims_quote q JOIN claims_article a ON a.id = q.article_id
      LEFT JOIN claims_actor s ON s.id = q.actor_id
     WHERE q.wording_id = ANY(%s) AND q.version_id IS NULL AND q.status <> 'rejected'
     ORDER BY q.wording_id, q.stance, a.published_on NULLS LAST, a.key, q.cue_start, q.cue_end
"""
KEYS_SQL = "SELECT id, key FROM claims_wording WHERE id = ANY(%s)"
TEXTS_SQL = "SELECT id, text FROM claims_article WHERE id = ANY(%s)"


class FirstQuote(NamedTuple):
    """A row of `FIRST_QUOTES_SQL`."""

    wording: int
    stance: str
    act: str
    article: int
    article_key: str
    published: date | None
    speaker: str
    cue_start: int
    cue_end: int
    source_start: int | None
    source_end: int | None
    spans: list[list[int]]


@dataclass(frozen=True, slots=True)
class StancedUtterance:
    """A quote by which a wording is read, with its stance and act, and the article's number.

    `content` are the spans of what was said in the article's text as it is stored.
    """

    utterance: Utterance
    stance: str
    act: str
    article: int
    content: tuple[Span, ...]

    @property
    def is_reply(self) -> bool:
        """Tell whether it denies something, or gives no answer."""
        return self.stance == "denies" or self.act in ("deny", "no_comment")

    @property
    def is_refusal(self) -> bool:
        """Tell whether somebody does not do something, by which he denies nothing: "refuses any
        cooperation", "failed to mention the flags".
        """
        return CUE_OF_REFUSAL.search(self.utterance.get_cue()) is not None

    def overlaps(self, other: "StancedUtterance") -> bool:
        """Tell whether both are of one passage, as a quote and one inside it: it is not told twice."""
        if self.article != other.article:
            return False
        return any(one.overlaps(two) for one in self.content for two in other.content)


@dataclass(frozen=True, slots=True)
class ReadWording:
    """A wording with the quotes by which it is read, asserting ones first; `key` is its own."""

    number: int
    key: str
    quotes: tuple[StancedUtterance, ...]

    @property
    def first(self) -> StancedUtterance:
        return self.quotes[0]

    @property
    def digest(self) -> str:
        """Return what is another as soon as the wording is to be read again."""
        told = [repr(describe_quote(quote)) for quote in self.quotes]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


def describe_quote(quote: StancedUtterance) -> tuple[object, ...]:
    utterance = quote.utterance
    return (
        quote.stance,
        quote.act,
        utterance.get_content(),
        utterance.get_cue(),
        utterance.get_source(),
        utterance.speaker,
        utterance.article,
        utterance.published,
        utterance.content[0].start,
    )


def read_wordings(numbers: Collection[int]) -> dict[int, ReadWording]:
    """Return the wordings of these numbers of which readers see a quote."""
    if not numbers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(FIRST_QUOTES_SQL, [sorted(numbers)])
        rows = [FirstQuote(*row) for row in cursor.fetchall()]
        cursor.execute(KEYS_SQL, [sorted({row.wording for row in rows})])
        keys = dict(cursor.fetchall())
        cursor.execute(TEXTS_SQL, [sorted({row.article for row in rows})])
        texts = dict(cursor.fetchall())
    quotes: dict[int, list[StancedUtterance]] = {}
    for row in rows:  # of one wording in the order of the stances: "asserts" comes first
        if row.spans:
            quote = build_quote(row, texts[row.article])
            quotes.setdefault(row.wording, []).append(quote)
    return {
        number: ReadWording(number, keys[number], tuple(read)) for number, read in quotes.items()
    }


def build_quote(row: FirstQuote, text: str) -> StancedUtterance:
    content = [Span(start, end) for start, end in row.spans]
    cue = Span(row.cue_start, row.cue_end)
    source = []
    if row.source_start is not None and row.source_end is not None:
        source.append(Span(row.source_start, row.source_end))
    text, start = cut_around(text, [*content, cue, *source])
    utterance = Utterance(
        text=text,
        content=tuple(move_span(span, -start) for span in content),
        cue=move_span(cue, -start),
        source=tuple(move_span(span, -start) for span in source),
        speaker=row.speaker,
        article=row.article_key,
        published=row.published,
    )
    return StancedUtterance(utterance, row.stance, row.act, row.article, tuple(content))


def cut_around(text: str, spans: Iterable[Span]) -> tuple[str, int]:
    """Return the paragraphs of a long text around some spans, and where they begin in it."""
    if len(text) <= LONGEST_TEXT_READ:
        return text, 0
    parts = list(spans)
    first = min(span.start for span in parts)
    last = max(span.end for span in parts)
    start = text.rfind("\n", 0, max(0, first - LONGEST_TEXT_READ // 4)) + 1
    end = text.find("\n", last + LONGEST_TEXT_READ // 4)
    return text[start : end if end >= 0 else len(text)], start


def move_span(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)
