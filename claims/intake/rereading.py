"""What reading articles again gained, lost and changed: told by the rows themselves, while they are written."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from claims.extraction.schema import Attribution, Span
from claims.models import CONTENT_GAP, Article, Quote
from claims.models.naming import NO_DATE
from claims.passages.cutting import cut_text

EXAMPLES_OF_SORT = 10  # of each sort, in a report
PARTS_COMPARED = (
    "speaker",
    "act",
    "spans",
    "kind",
    "details",
)  # what of a quote may be read otherwise
CHANGE_HEADINGS = {
    "decided, read otherwise": "Decided by a person, and read otherwise now",
    "decided, not found": "Decided by a person, and not found now",
    "moved": "Moved with their words, in an article that was edited",
    "returned": "Back, since their words are back",
    "orphaned": "Decided by a person, and no longer in the article, or not to be told where",
    "vanished": "No longer in the article, and never decided on",
}
LONGEST_EXAMPLE = 160  # characters of a text in an example


@dataclass(frozen=True, slots=True)
class QuoteReading:
    """How a quote was read: what a reader would see of it, confidences aside."""

    speaker: str
    act: str
    kind: str
    cue: str
    source: Span | None
    contents: tuple[Span, ...]
    texts: tuple[str, str]  # of source and content
    within: Span | None = None
    said_on: date | None = None
    details: frozenset[tuple[str, int, int]] = frozenset()

    def differs(self, other: "QuoteReading") -> list[str]:
        """Which of `PARTS` are read otherwise; details are the quote it stands within and its day, too."""
        pairs = (
            (self.speaker, other.speaker),
            (self.act, other.act),
            ((self.source, self.contents), (other.source, other.contents)),
            (self.kind, other.kind),
            (
                (self.within, self.said_on, self.details),
                (other.within, other.said_on, other.details),
            ),
        )
        return [part for part, (one, two) in zip(PARTS_COMPARED, pairs, strict=True) if one != two]

    def __str__(self) -> str:
        source, content = self.texts
        return f"{self.speaker or 'unknown'} ({source or 'no source'}) {self.act}, “{self.cue}”: {shorten_example(content)}"


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """One quote before and after; `before` is None for one that is gained, `after` for one that is lost."""

    quote: int
    article: str
    before: QuoteReading | None
    after: QuoteReading | None

    def sorts(self, touched: bool = False) -> list[str]:
        """Under which headings of a report it comes; `touched` by a person."""
        if touched:
            return ["decided, read otherwise" if self.after else "decided, not found"]
        if self.before is None or self.after is None:
            return ["lost" if self.before else "gained"]
        parts = self.before.differs(self.after)
        return ["changed", *(f"changed: {part}" for part in parts)] if parts else ["same"]


@dataclass(slots=True)
class QuoteChanges:
    """Of one article, or of several together: how many of each sort, and a few examples of each."""

    articles: int = 0
    edited: int = 0  # articles whose text had changed
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[QuoteChange]] = field(default_factory=lambda: defaultdict(list))

    def note(self, change: QuoteChange, touched: bool = False) -> None:
        for sort in change.sorts(touched):
            self.tell(sort, change)

    def tell(self, sort: str, change: QuoteChange) -> None:
        self.counts[sort] += 1
        if len(self.examples[sort]) < EXAMPLES_OF_SORT:
            self.examples[sort].append(change)

    def add(self, other: "QuoteChanges") -> None:
        self.articles += other.articles
        self.edited += other.edited
        self.counts += other.counts
        for sort, changes in other.examples.items():
            self.examples[sort] = [*self.examples[sort], *changes][:EXAMPLES_OF_SORT]

    def summary(self) -> str:
        counts = self.counts
        how = ", ".join(
            f"{counts[f'changed: {part}']} {part}"
            for part in PARTS_COMPARED
            if counts[f"changed: {part}"]
        )
        kept = counts["same"] + counts["changed"]
        told = (
            f"Read again, {format_number_of(self.articles, 'article')}: {format_number_of(counts['same'], 'quote')} the same, "
            f"{counts['changed']:,} changed{f' ({how})' if how else ''}, {counts['gained']:,} gained, {counts['lost']:,} lost; "
            f"{kept:,} of {kept + counts['lost']:,} addresses kept."
        )
        otherwise, unfound = counts["decided, read otherwise"], counts["decided, not found"]
        if otherwise or unfound:
            told += f" Quotes that a person decided on stay: {otherwise} would be read otherwise now, {unfound} not found."
        return f"{told} {self.edits()}" if self.edited else told

    def edits(self) -> str:
        """What became of the quotes of articles whose text had changed."""
        counts = self.counts
        back = f", {counts['returned']:,} came back with theirs" if counts["returned"] else ""
        return (
            f"Edited since, {format_number_of(self.edited, 'article')}: {format_number_of(counts['kept'], 'quote')} kept where the words stood, "
            f"{counts['moved']:,} moved with their words{back}; no longer there, and kept with the version that had them: "
            f"{format_number_of(counts['orphaned'], 'decision')} (orphaned) and {format_number_of(counts['vanished'], 'other quote')} (vanished)."
        )


def format_number_of(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def shorten_example(text: str) -> str:
    return cut_text(" ".join(text.split()), LONGEST_EXAMPLE)


def build_stored_reading(quote: Quote, cues: dict[int, Span]) -> QuoteReading:
    """How a stored quote is read; needs its actor, spans and details, and the cue of each quote of its article."""
    return QuoteReading(
        quote.actor.name if quote.actor else "",
        quote.act,
        quote.kind,
        quote.cue,
        quote.source_span,
        tuple(quote.content_spans),
        (quote.source_text, quote.content),
        cues.get(quote.within_id or 0),
        quote.said_on,
        frozenset((detail.role, detail.start, detail.end) for detail in quote.details.all()),
    )


def build_extracted_reading(
    attribution: Attribution, text: str, speaker: str, within: Span | None
) -> QuoteReading:
    """How an attribution reads, with the name of the actor that its speaker is and the cue of what it stands within."""
    source = attribution.source.of(text) if attribution.source else ""
    return QuoteReading(
        speaker,
        attribution.act,
        attribution.kind,
        attribution.cue.of(text),
        attribution.source,
        attribution.contents,
        (source, CONTENT_GAP.join(span.of(text) for span in attribution.contents)),
        within,
        attribution.said_on,
        frozenset(
            (detail.role, detail.span.start, detail.span.end) for detail in attribution.details
        ),
    )


def format_changes_report(changes: QuoteChanges) -> str:
    """What was gained, lost and changed, in Markdown, with examples of each."""
    sorts = [
        *(f"changed: {part}" for part in PARTS_COMPARED),
        "gained",
        "lost",
        "decided, read otherwise",
        "decided, not found",
    ]
    sorts += ["moved", "returned", "orphaned", "vanished"] if changes.edited else []
    lines = ["# Articles read again", "", changes.summary()]
    for sort in sorts:
        lines += ["", f"## {CHANGE_HEADINGS.get(sort, sort.capitalize())}: {changes.counts[sort]}"]
        lines += [
            line
            for change in changes.examples.get(sort, ())
            for line in format_change_example(change)
        ]
    return "\n".join(lines) + "\n"


def format_change_example(change: QuoteChange) -> Iterator[str]:
    yield ""
    yield f"- quote {change.quote}, in {escape_markdown(change.article)}"
    if change.before:
        yield f"  - before: {escape_markdown(str(change.before))}"
    if change.after:
        yield f"  - after: {escape_markdown(str(change.after))}"


def escape_markdown(text: str) -> str:
    """Text that Markdown shows as it stands."""
    return "".join(
        f"\\{character}" if character in "\\`*_[]<>#|" else character
        for character in shorten_example(text)
    )


def format_article_title(article: Article) -> str:
    return f"“{article.title}”, {article.outlet.name}, {article.published_on or NO_DATE}"
