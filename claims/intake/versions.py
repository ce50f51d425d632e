"""Has an article's text give way to an edited one, where each quote stays with its words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from claims.extraction.schema import Span
from claims.intake.rereading import (
    QuoteChange,
    QuoteChanges,
    build_stored_reading,
    format_article_title,
)
from claims.models import Article, ArticleVersion, Detail, Quote
from claims.models import Span as ContentSpan
from claims.passages.anchoring import Placement, TextBounds, find_placement

PLACE_FIELDS = ("source_start", "source_end", "cue_start", "cue_end", "version")


@dataclass(frozen=True, slots=True)
class PlacedQuote:
    """A quote, and where its words stand in its article's text as it is now."""

    quote: Quote
    placement: Placement


@dataclass(slots=True)
class ArticleEdit:
    """What an edit did to an article's quotes.

    `waiting` are quotes that had left and that nobody decided on, by where their cue stands again;
    each comes back if it is found there.
    """

    changes: QuoteChanges = field(default_factory=QuoteChanges)
    waiting: dict[Span, PlacedQuote] = field(default_factory=dict)

    def bring_back_quotes(self, cues: Iterable[Span]) -> list[Quote]:
        """Bring back the quotes that are waiting at these cues, and return them."""
        back = [self.waiting.pop(cue) for cue in cues if cue in self.waiting]
        for placed in back:
            self.count_quote("returned", placed.quote)
        move_quotes(back)
        return [placed.quote for placed in back]

    def count_quote(self, sort: str, quote: Quote) -> None:
        """Count a quote under a heading of the report, as it is read before it is moved."""
        title = format_article_title(quote.article)
        change = QuoteChange(quote.pk, title, build_stored_reading(quote, {}), None)
        self.changes.count_as(sort, change)


def compute_text_digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def follow_edit(article: Article, old: str) -> ArticleEdit:
    """Bring the quotes of an article whose text was `old` to its text as it is now, each in place.

    Where the words of one stand now is looked for from the text in which it stands
    (`anchoring.py`); those that a person decided on choose first. One that finds no place of its
    own stays in the version that had its words.
    """
    version = article.versions.get(sha256=compute_text_digest(old))
    edit = ArticleEdit(QuoteChanges(edited=1))
    taken: set[TextBounds] = set()
    moved: list[PlacedQuote] = []
    left: list[int] = []
    for quote in list_quotes_to_place(article):
        placement = find_quote_placement(quote, old)
        cue = placement.at(quote.cue_start, quote.cue_end) if placement.found else None
        has_left_before = quote.version is not None
        if cue and cue not in taken and (quote.touched or not has_left_before):
            taken.add(cue)
            moved.append(PlacedQuote(quote, placement))
            edit.count_quote("returned" if has_left_before else placement.fate, quote)
        elif cue and has_left_before:
            edit.waiting.setdefault(Span(*cue), PlacedQuote(quote, placement))
        elif not has_left_before:
            left.append(quote.pk)
            edit.count_quote("orphaned" if quote.touched else "vanished", quote)
    Quote.objects.filter(pk__in=left).update(version=version)
    move_quotes(moved)
    return edit


def list_quotes_to_place(article: Article) -> list[Quote]:
    """Return all quotes of an article in the order in which they choose their places.

    First those that a person decided on; then those that stand in the text right before, and those
    that had left.
    """
    rows = Quote.objects.filter(article=article).with_version().select_related("actor")
    quotes = list(rows.prefetch_related("spans", "details", "named"))
    for quote in quotes:
        quote.article = article
    quotes.sort(
        key=lambda quote: (not quote.touched, quote.version_id is not None, quote.cue_start)
    )
    return quotes


def find_quote_placement(quote: Quote, old: str = "") -> Placement:
    """Find where the words of a quote stand in its article's text as it is now.

    `old` is what that was right before.
    """
    contents = [(span.start, span.end) for span in quote.spans.all()]
    parts = [*contents, (quote.cue_start, quote.cue_end)]
    if quote.source_start is not None and quote.source_end is not None:
        parts.append((quote.source_start, quote.source_end))
    if quote.version:
        return find_placement(parts, contents, quote.version.text, quote.article.text, alone=True)
    return find_placement(parts, contents, old, quote.article.text)


def move_quotes(quotes: Iterable[PlacedQuote]) -> None:
    """Give quotes, their spans and their details the places of their words.

    What is where it was is not written.
    """
    changed: list[Quote] = []
    spans: list[ContentSpan] = []
    details: list[Detail] = []
    details_gone: list[int] = []
    for placed in quotes:
        quote, placement = placed.quote, placed.placement
        if place_quote(quote, placement):
            changed.append(quote)
        spans += [span for span in quote.spans.all() if place_part(span, placement)]
        for detail in quote.details.all():
            if not has_words_in_place(detail, placement, quote.article.text):
                details_gone.append(detail.pk)
            elif place_part(detail, placement):
                details.append(detail)
    Quote.objects.bulk_update(changed, PLACE_FIELDS)
    ContentSpan.objects.bulk_update(spans, ["start", "end"])
    Detail.objects.filter(pk__in=details_gone).delete()
    Detail.objects.bulk_update(details, ["start", "end"])


def place_quote(quote: Quote, placement: Placement) -> bool:
    """Put a quote in its place in the article's text.

    Return whether that is another one than before.
    """
    before = (quote.version_id, quote.cue_start, quote.source_start)
    quote.version = None
    quote.cue_start, quote.cue_end = placement.at(quote.cue_start, quote.cue_end)
    source = quote.source_span
    if source:
        quote.source_start, quote.source_end = placement.at(source.start, source.end)
    return before != (None, quote.cue_start, quote.source_start)


def place_part(part: ContentSpan | Detail, placement: Placement) -> bool:
    """Put a part of a quote in its place; return whether it moved."""
    start_before = part.start
    part.start, part.end = placement.at(part.start, part.end)
    return part.start != start_before


def has_words_in_place(detail: Detail, placement: Placement, text: str) -> bool:
    """Return whether the words of a detail stand where they would have to.

    They may lie outside those of the quote.
    """
    start, end = placement.at(detail.start, detail.end)
    return start >= 0 and text[start:end] == detail.text


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A text of an article, as a page shows it.

    `key` is what an address calls it. `since` is when it became the article's again, if others were
    in between.
    """

    key: str
    title: str
    text: str
    sha256: str
    seen_at: datetime
    sightings: int = 1
    superseded_at: datetime | None = None
    since: datetime | None = None


def list_text_versions(article: Article) -> list[TextVersion]:
    """Return the texts of an article, the first seen first and that of now last."""
    rows = list(article.versions.order_by("seen_at", "pk"))
    digest = compute_text_digest(article.text)
    earlier = next((row for row in rows if row.sha256 == digest), None)
    last_change = max((row.superseded_at for row in rows), default=article.added_at)
    others = [build_text_version(row) for row in rows if row != earlier]
    seen_at = last_change
    since = None
    if earlier:
        seen_at = earlier.seen_at
        since = last_change
    now = TextVersion("now", article.title, article.text, digest, seen_at, since=since)
    return [*others, now]


def build_text_version(row: ArticleVersion) -> TextVersion:
    return TextVersion(
        key=str(row.pk),
        title=row.title,
        text=row.text,
        sha256=row.sha256,
        seen_at=row.seen_at,
        sightings=row.sightings,
        superseded_at=row.superseded_at,
    )
