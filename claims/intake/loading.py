"""Stores new articles with their quotes, many at once: a few statements for all of them together.

What an article gives is the same as if it were stored alone, after those before it (`storing.py`
brings an article that is there already to what was extracted). Primary keys are reserved first, so
that rows which point to one another are written in one go.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import timezone

from claims.actors.proposing import propose_for_articles
from claims.actors.resolution import (
    ReadArticle,
    ResolvedActors,
    build_read_article,
    resolve_actors_of_articles,
)
from claims.extraction.schema import Attribution, Span
from claims.intake.matching import join_contents
from claims.intake.storing import build_quote_values, list_nesting_levels, select_surest_by_cue
from claims.models import About, Article, Detail, Quote, QuoteStatus, Wording
from claims.models import Span as ContentSpan
from claims.models.copying import copy_rows, format_array, reserve_keys

QUOTE_COLUMNS = (
    "id",
    "article_id",
    "actor_id",
    "named_as_id",
    "wording_id",
    "within_id",
    "stance",
    "kind",
    "act",
    "source_start",
    "source_end",
    "source_text",
    "cue_start",
    "cue_end",
    "cue",
    "content",
    "confidence",
    "actor_confidence",
    "actor_method",
    "act_confidence",
    "runners_up",
    "said_on",
    "extractor",
    "status",
    "added_at",
)

# Each is a claim of its own. That is told here, since the database would do so row by row.
MAKE_CLAIMS_SQL = """
    INSERT INTO claims_wording (id, claim_id, key, text)
    SELECT number, number, key, text
      FROM (SELECT nextval(sequence) AS number, own.key, own.text
              FROM unnest(%s::text[], %s::text[]) AS own (key, text),
                   (SELECT pg_get_serial_sequence('claims_wording', 'id')::regclass AS sequence OFFSET 0) numbers
           ) own
        ON CONFLICT (key) DO NOTHING RETURNING key, id
"""
# Locked so that nobody deletes them; others may keep them in the same way.
KEEP_CLAIMS_SQL = """
    SELECT key, id FROM claims_wording WHERE key = ANY(%s::text[]) ORDER BY id FOR KEY SHARE
"""


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """A quote that was found in an article, with what its row is made of."""

    attribution: Attribution
    content: str
    claim: str  # the key of its claim


def load_articles(articles: Sequence[tuple[Article, Sequence[Attribution]]], version: str) -> None:
    """Store the quotes of articles that have just been stored, none of which has any."""
    found: list[list[FoundQuote]] = []
    wanted: list[ReadArticle] = []
    for article, attributions in articles:
        surest = select_surest_by_cue(attributions)
        wanted.append(build_read_article(article, surest))
        found.append(list(find_contents(article, surest)))
    # Claims first: what actors are called is locked from then on.
    claims = store_claims([quote for quotes in found for quote in quotes])
    resolved = resolve_actors_of_articles(wanted)

    rows = QuoteRows(version, claims, reserve_keys(Quote, sum(len(quotes) for quotes in found)))
    for (article, _), quotes, actors in zip(articles, found, resolved, strict=True):
        rows.add_article(article, quotes, actors)
    rows.store()
    made = [actors.made for actors in resolved]
    propose_for_articles([(article, new) for (article, _), new in zip(articles, made, strict=True)])


def find_contents(article: Article, attributions: Sequence[Attribution]) -> Iterator[FoundQuote]:
    for attribution in attributions:
        content = join_contents(attribution.contents, article.text)
        yield FoundQuote(attribution, content, Wording.key_of(content, article.key))


def store_claims(quotes: Sequence[FoundQuote]) -> dict[str, int]:
    """Return the primary key of the claim of each quote by the claim's key.

    One is made where there is none yet, in the words of the first quote. Those that there are stay
    until the transaction ends, though nobody else may make them any more.
    """
    texts: dict[str, str] = {}
    for quote in quotes:
        texts.setdefault(quote.claim, quote.content)
    keys = sorted(texts)
    if not keys:
        return {}
    with connection.cursor() as cursor:
        values = [format_array(keys), format_array(texts[key] for key in keys)]
        cursor.execute(MAKE_CLAIMS_SQL, values)
        claims: dict[str, int] = dict(cursor.fetchall())
        others = sorted(texts.keys() - claims.keys())
        if others:
            cursor.execute(KEEP_CLAIMS_SQL, [format_array(others)])
            claims.update(cursor.fetchall())
    return claims


@dataclass
class QuoteRows:
    """The rows of quotes and of what belongs to them, gathered article by article."""

    version: str
    claims: dict[str, int]
    keys: list[int]
    now: datetime = field(default_factory=timezone.now)
    quotes: list[list[Any]] = field(default_factory=list)
    spans: dict[tuple[int, int, int], None] = field(default_factory=dict)
    names: dict[tuple[int, int], int | None] = field(default_factory=dict)
    details: dict[tuple[int, str, int, int], str] = field(default_factory=dict)

    def add_article(
        self, article: Article, found: Sequence[FoundQuote], resolved: ResolvedActors
    ) -> None:
        by_cue = {quote.attribution.cue: quote for quote in found}
        placed: dict[Span, int] = {}
        for level in list_nesting_levels([quote.attribution for quote in found]):
            keys_of_level: dict[Span, int] = {}
            for attribution in level:
                within = placed.get(attribution.within) if attribution.within else None
                quote = by_cue[attribution.cue]
                keys_of_level[attribution.cue] = self.add_quote(article, quote, resolved, within)
            placed |= keys_of_level

    def add_quote(
        self, article: Article, quote: FoundQuote, resolved: ResolvedActors, within: int | None
    ) -> int:
        """Add the rows of a quote, and return its primary key."""
        key = self.keys[len(self.quotes)]
        attribution = quote.attribution
        speaker = attribution.speaker
        values = build_quote_values(attribution, article.text, quote.content, self.version)
        values["id"] = key
        values["article_id"] = article.pk
        values["actor_id"] = resolved.get_number(speaker)
        values["named_as_id"] = resolved.get_number_named(speaker)
        values["wording_id"] = self.claims[quote.claim]
        values["within_id"] = within
        values["runners_up"] = json.dumps(values["runners_up"]) if values["runners_up"] else "[]"
        values["status"] = QuoteStatus.UNREVIEWED.value
        values["added_at"] = self.now
        self.quotes.append([values[column] for column in QUOTE_COLUMNS])
        self.add_parts(article, attribution, resolved, key)
        return key

    def add_parts(
        self, article: Article, attribution: Attribution, resolved: ResolvedActors, key: int
    ) -> None:
        for span in attribution.contents:
            self.spans[key, span.start, span.end] = None
        for named in attribution.about:
            actor = resolved.get_number(named)
            if actor:
                self.names[key, actor] = resolved.get_number_named(named)
        for detail in attribution.details:
            words = detail.span.of(article.text)
            self.details[key, detail.role, detail.span.start, detail.span.end] = words

    def store(self) -> None:
        if not self.quotes:
            return
        copy_rows(Quote, QUOTE_COLUMNS, self.quotes)
        copy_rows(ContentSpan, ("quote_id", "start", "end"), self.spans)
        if self.names:
            notes = [(*key, named_as) for key, named_as in self.names.items()]
            copy_rows(About, ("quote_id", "actor_id", "named_as_id"), notes)
        if self.details:
            details = [(*key, words) for key, words in self.details.items()]
            copy_rows(Detail, ("quote_id", "role", "start", "end", "text"), details)
