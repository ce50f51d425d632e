"""An article's text gives way to an edited one: each quote stays with its words, or with the version that had them."""

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
from claims.models import Article, Detail, Quote
from claims.models import Span as ContentSpan
from claims.passages.anchoring import Placement, TextBounds, find_placement

PLACE_FIELDS = ("source_start", "source_end", "cue_start", "cue_end", "version")


@dataclass(slots=True)
class ArticleEdit:
    """What an edit did to an article's quotes.

    `waiting`: quotes that had left and that nobody decided on, by where their cue stands again; each comes back if it is
    found there.
    """

    changes: QuoteChanges = field(default_factory=QuoteChanges)
    waiting: dict[Span, tuple[Quote, Placement]] = field(default_factory=dict)

    def welcome(self, found: Iterable[Span]) -> list[Quote]:
        """Bring back the quotes that are waiting where something is found."""
        back = [self.waiting.pop(cue) for cue in found if cue in self.waiting]
        for quote, _ in back:
            self.tell("returned", quote)
        move_quotes(back)
        return [quote for quote, _ in back]

    def tell(self, sort: str, quote: Quote) -> None:
        self.changes.tell(
            sort,
            QuoteChange(
                quote.pk, format_article_title(quote.article), build_stored_reading(quote, {}), None
            ),
        )


def compute_text_digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def follow_edit(article: Article, old: str) -> ArticleEdit:
    """Bring the quotes of an article whose text was `old` to its text as it is now, each in place.

    Where the words of one stand now is looked for from the text in which it stands (`anchoring.py`); those that a person
    decided on choose first. One that finds no place of its own stays in the version that had its words.
    """
    version = article.versions.get(sha256=compute_text_digest(old))
    edit = ArticleEdit(QuoteChanges(edited=1))
    taken: set[TextBounds] = set()
    moved, left = [], []
    rows = Quote.objects.filter(article=article).with_version().select_related("actor")
    parts = rows.prefetch_related("spans", "details", "named")
    for quote in sorted(
        parts, key=lambda quote: (not quote.touched, quote.version_id is not None, quote.cue_start)
    ):
        quote.article = article
        placement = find_quote_placement(quote, old)
        cue = placement.at(quote.cue_start, quote.cue_end) if placement.found else None
        if cue and cue not in taken and (quote.touched or not quote.version):
            taken.add(cue)
            moved.append((quote, placement))
            edit.tell("returned" if quote.version else placement.fate, quote)
        elif cue and quote.version:
            edit.waiting.setdefault(Span(*cue), (quote, placement))
        elif not quote.version:
            left.append(quote.pk)
            edit.tell("orphaned" if quote.touched else "vanished", quote)
    Quote.objects.filter(pk__in=left).update(version=version)
    move_quotes(moved)
    return edit


def find_quote_placement(quote: Quote, old: str = "") -> Placement:
    """Where the words of a quote stand in its article's text as it is now; `old` is what that was right before."""
    contents = [(span.start, span.end) for span in quote.content_spans]
    parts = [(span.start, span.end) for span in quote.all_spans]
    if quote.version:
        return find_placement(parts, contents, quote.version.text, quote.article.text, alone=True)
    return find_placement(parts, contents, old, quote.article.text)


def move_quotes(quotes: Iterable[tuple[Quote, Placement]]) -> None:
    """Give quotes, their spans and their details the places of their words; what is where it was is not written."""
    placed = list(quotes)
    changed = [quote for quote, placement in placed if place_quote(quote, placement)]
    Quote.objects.bulk_update(changed, PLACE_FIELDS)
    spans = [
        span
        for quote, placement in placed
        for span in quote.spans.all()
        if place_part(span, placement)
    ]
    ContentSpan.objects.bulk_update(spans, ["start", "end"])
    details, gone = [], []
    for quote, placement in placed:
        for detail in quote.details.all():
            if not is_detail_in_place(detail, placement, quote.article.text):
                gone.append(detail.pk)
            elif place_part(detail, placement):
                details.append(detail)
    Detail.objects.filter(pk__in=gone).delete()
    Detail.objects.bulk_update(details, ["start", "end"])


def place_quote(quote: Quote, placement: Placement) -> bool:
    """Put a quote in its place; whether that is another, or in another text."""
    before = (quote.version_id, quote.cue_start, quote.source_start)
    quote.version = None
    quote.cue_start, quote.cue_end = placement.at(quote.cue_start, quote.cue_end)
    source = quote.source_span
    if source:
        quote.source_start, quote.source_end = placement.at(source.start, source.end)
    return before != (None, quote.cue_start, quote.source_start)


def place_part(part: ContentSpan | Detail, placement: Placement) -> bool:
    """Put a part of a quote in its place; whether that is another."""
    before = part.start
    part.start, part.end = placement.at(part.start, part.end)
    return part.start != before


def is_detail_in_place(detail: Detail, placement: Placement, text: str) -> bool:
    """Whether the words of a detail, which may lie outside those of the quote, stand where they would have to."""
    start, end = placement.at(detail.start, detail.end)
    return start >= 0 and text[start:end] == detail.text


@dataclass(frozen=True, slots=True)
class TextVersion:
    """A text of an article, as a page shows it; `key` is what an address calls it.

    `since`: from when on it is the article's again, if others were in between.
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
    """The texts of an article, the first seen first and that of now last."""
    rows = list(article.versions.order_by("seen_at", "pk"))
    now = compute_text_digest(article.text)
    before = next((row for row in rows if row.sha256 == now), None)
    latest = max((row.superseded_at for row in rows), default=article.added_at)
    found = [
        TextVersion(
            str(row.pk),
            row.title,
            row.text,
            row.sha256,
            row.seen_at,
            row.sightings,
            row.superseded_at,
        )
        for row in rows
        if row != before
    ]
    seen, since = (before.seen_at, latest) if before else (latest, None)
    return [*found, TextVersion("now", article.title, article.text, now, seen, since=since)]
