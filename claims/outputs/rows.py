"""Quotes read as flat rows, batch by batch: a few statements for each, whatever there are in all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat, Substr

from claims.models import ArticleVersion, Detail, ExternalId, Quote, QuoteStatus, Span
from claims.models.addresses import get_address
from claims.models.doubt import is_unsure
from claims.models.quote_queryset import LONGEST_BRIDGE, SHORTEST_BRIDGE
from claims.outputs.fields import FlatRow
from claims.outputs.selecting import Selection
from claims.outputs.sentences import SentenceParts, format_sentence
from claims.outputs.tellers import Teller, find_teller, list_outer_quotes, read_outer_quotes
from newsroom.web_addresses import is_web_address

ROWS_PER_BATCH = 2000

# Where each part of what is said begins and ends: “12-40”.
SPANS = ArraySubquery(
    Span.objects.filter(quote=OuterRef("pk"))
    .order_by("start")
    .values(
        limits=Concat(
            Cast("start", TextField()),
            Value("-"),
            Cast("end", TextField()),
            output_field=TextField(),
        )
    )
)
FIRST_HEARER = Subquery(
    Detail.objects.filter(quote=OuterRef("pk"), role="addressee")
    .order_by("start")
    .values("text")[:1]
)
# What follows the cue; as much of it as may stand between it and what is said.
AFTER_CUE = Substr(Coalesce("version__text", "article__text"), F("cue_end") + 1, LONGEST_BRIDGE)


class ToldRow(NamedTuple):
    """A flat row with the parts of its sentence, of which a title may be made."""

    row: FlatRow
    parts: SentenceParts


class ReadRow(NamedTuple):
    """A row as the database gives it."""

    id: int
    content: str
    source_text: str
    actor: str | None
    actor_id: int | None
    actor_slug: str | None
    actor_kind: str | None
    cue: str
    act: str
    stance: str
    kind: str
    claim_id: int
    within_id: int | None
    said_on: date | None
    article_id: int
    version_id: int | None
    title: str
    url: str
    published_on: date | None
    language: str
    section: str
    author: str
    licence: str
    outlet: str
    outlet_slug: str
    confidence: float
    actor_confidence: float | None
    status: str
    extractor: str
    added_at: datetime
    source_start: int | None
    source_end: int | None
    cue_start: int
    cue_end: int
    hearer: str | None
    spans: list[str]


COLUMNS_READ: tuple[Any, ...] = (
    "id",
    "content",
    "source_text",
    "actor__name",
    "actor_id",
    "actor__slug",
    "actor__kind",
    "cue",
    "act",
    "stance",
    "kind",
    "wording__claim_id",
    "within_id",
    "said_on",
    "article_id",
    "version_id",
    Coalesce("version__title", "article__title"),
    "article__url",
    "article__published_on",
    "article__language",
    "article__section",
    "article__author",
    "article__licence",
    "article__outlet__name",
    "article__outlet__slug",
    "confidence",
    "actor_confidence",
    "status",
    "extractor",
    "added_at",
    "source_start",
    "source_end",
    "cue_start",
    "cue_end",
    FIRST_HEARER,
    SPANS,
)


def read_rows(selection: Selection) -> Iterator[FlatRow]:
    """Yield the quotes of a selection in its order; those that are gone by now are passed over."""
    for batch in read_batches(selection):
        yield from batch


def read_batches(selection: Selection) -> Iterator[list[FlatRow]]:
    """Yield the quotes of a selection, so many at a time."""
    for start in range(0, selection.total, ROWS_PER_BATCH):
        ids = selection.ids[start : start + ROWS_PER_BATCH].tolist()
        yield read_rows_by_id(ids, selection.site)


def read_rows_by_id(ids: list[int], site: str) -> list[FlatRow]:
    """Return the rows of these quotes in their order; it takes as many queries as `read_told_rows`."""
    return [told.row for told in read_told_rows(ids, site)]


def read_told_rows(ids: list[int], site: str) -> list[ToldRow]:
    """Return the rows of these quotes in their order, each with the parts of its sentence.

    It takes four queries, and one more if any of them stands within another.
    """
    quotes = Quote.objects.filter(pk__in=ids).order_by().values_list(*COLUMNS_READ)
    read = {row[0]: ReadRow._make(row) for row in quotes}
    bridges = read_bridges(read.values())
    earlier = list_earlier_texts({row.article_id for row in read.values()})
    outers = read_outer_quotes({row.within_id for row in read.values() if row.within_id})
    items = read_items({row.actor_id for row in read.values() if row.actor_id})
    address = site + get_address("quote", "{}")
    return [
        build_row(
            read[pk],
            bridges.get(pk, ""),
            address.format(pk),
            find_teller(read[pk].actor or "", list_outer_quotes(read[pk].within_id, outers)),
            number_text(read[pk].version_id, earlier[read[pk].article_id]),
            items.get(read[pk].actor_id or 0, ""),
        )
        for pk in ids
        if pk in read
    ]


def read_bridges(rows: Iterable[ReadRow]) -> dict[int, str]:
    """Return the few words between the cue and what is said, of the quotes that have such.

    Only their articles' texts are opened, as that takes longer than all the rest.
    """
    lengths = {row.id: find_content_start(row) - row.cue_end for row in rows}
    bridged = [pk for pk, length in lengths.items() if SHORTEST_BRIDGE <= length <= LONGEST_BRIDGE]
    if not bridged:
        return {}
    quotes = Quote.objects.filter(pk__in=bridged).order_by().values_list("pk", AFTER_CUE)
    return {pk: words[: lengths[pk]] for pk, words in quotes}


def find_content_start(read: ReadRow) -> int:
    return int(read.spans[0].partition("-")[0]) if read.spans else read.cue_end


def find_content_end(read: ReadRow) -> int:
    return int(read.spans[-1].rpartition("-")[2]) if read.spans else read.cue_end


def list_earlier_texts(articles: Iterable[int]) -> dict[int, list[int]]:
    """Return the versions of each of these articles in the order of its page, the first seen first.

    A text that an article went back to is that of now, and none of the earlier ones.
    """
    versions = ArticleVersion.objects.filter(article__in=list(articles))
    others = versions.exclude(text=F("article__text")).order_by("seen_at", "pk")
    earlier: dict[int, list[int]] = defaultdict(list)
    for article, version in others.values_list("article_id", "pk"):
        earlier[article].append(version)
    return earlier


def number_text(version: int | None, earlier: Sequence[int]) -> int:
    """Return which text of its article a version is, 1 for the first; without one, that of now."""
    if version in earlier:
        return earlier.index(version) + 1
    return len(earlier) + 1


def read_items(actors: Iterable[int]) -> dict[int, str]:
    """Return the first item of Wikidata of each of these actors that has one."""
    items: dict[int, str] = {}
    rows = ExternalId.objects.filter(actor__in=list(actors)).order_by("actor", "value")
    for actor, value in rows.values_list("actor_id", "value"):
        items.setdefault(actor, value)
    return items


def build_row(
    read: ReadRow, bridge: str, address: str, teller: Teller, version: int, item: str
) -> ToldRow:
    is_touched = read.status != QuoteStatus.UNREVIEWED
    speaker_unsure = not is_touched and is_unsure(read.actor_confidence)
    parts = build_parts(read, bridge, teller, is_unsure=speaker_unsure)
    row = FlatRow(
        id=read.id,
        address=address,
        quote=read.content,
        sentence=format_sentence(
            parts, read.outlet, read.published_on, is_gone=read.version_id is not None
        ),
        speaker=read.source_text,
        actor=read.actor or "",
        actor_slug=read.actor_slug or "",
        actor_kind=read.actor_kind or "",
        wikidata=item,
        speaker_unsure=speaker_unsure,
        cue=read.cue,
        act=read.act,
        stance=read.stance,
        kind=read.kind,
        claim_id=read.claim_id,
        within_id=read.within_id,
        within_stance=teller.stance,
        said_on=read.said_on,
        article_id=read.article_id,
        article_title=read.title,
        article_address=select_web_address(read.url),
        published_on=read.published_on,
        language=read.language,
        section=read.section,
        author=read.author,
        licence=read.licence,
        outlet=read.outlet,
        outlet_slug=read.outlet_slug,
        confidence=read.confidence,
        actor_confidence=read.actor_confidence,
        status=read.status,
        version=version,
        extractor=read.extractor,
        added_at=read.added_at,
        source_start=read.source_start,
        source_end=read.source_end,
        cue_start=read.cue_start,
        cue_end=read.cue_end,
        content_spans=" ".join(read.spans),
    )
    return ToldRow(row, parts)


@lru_cache(maxsize=4096)
def select_web_address(url: str) -> str:
    """Return an address if a reader may safely follow it; quotes of one article come together."""
    return url if is_web_address(url) else ""


def build_parts(read: ReadRow, bridge: str, teller: Teller, *, is_unsure: bool) -> SentenceParts:
    return SentenceParts(
        actor=read.actor or "",
        is_unsure=is_unsure,
        source=read.source_text,
        source_start=read.source_start,
        cue=read.cue,
        cue_start=read.cue_start,
        cue_end=read.cue_end,
        content=read.content,
        content_start=find_content_start(read),
        content_end=find_content_end(read),
        kind=read.kind,
        bridge=bridge,
        hearer=read.hearer or "",
        teller=teller.name,
        outer_stance=teller.stance or "asserts",
    )
