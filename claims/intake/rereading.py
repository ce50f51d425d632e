"""Counts and reports what reading articles again gained, lost and changed."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import prefetch_related_objects

from claims.extraction.schema import Attribution, Span, Speaker
from claims.intake.matching import is_decided, join_contents
from claims.models import Actor, Article, Quote
from claims.models.names import build_name_key
from claims.models.naming import NO_DATE
from claims.passages.cutting import cut_text

EXAMPLES_OF_SORT = 10  # of each sort, in a report
LONGEST_EXAMPLE = 160  # characters of a text in an example
# What of a quote may be read otherwise.
PARTS_COMPARED = ("speaker", "act", "spans", "kind", "details")
# What of a decided quote is told if it would be read otherwise now.
PARTS_TOLD_OF_DECIDED = {"speaker", "act", "spans"}
# The sorts of changes in the order of a report; those after an edit come in only where a text was
# another.
SORTS_OF_CHANGE = (
    *(f"changed: {part}" for part in PARTS_COMPARED),
    "gained",
    "lost",
    "decided, read otherwise",
    "decided, not found",
)
SORTS_AFTER_EDIT = ("moved", "returned", "orphaned", "vanished")
CHANGE_HEADINGS = {
    "decided, read otherwise": "Decided by a person, and read otherwise now",
    "decided, not found": "Decided by a person, and not found now",
    "moved": "Moved with their words, in an article that was edited",
    "returned": "Back, since their words are back",
    "orphaned": "Decided by a person, and no longer in the article, or not to be told where",
    "vanished": "No longer in the article, and never decided on",
}
MARKDOWN_CHARACTERS = "\\`*_[]<>#|"


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

    def list_parts_differing(self, other: "QuoteReading") -> list[str]:
        """Return which of `PARTS_COMPARED` are read otherwise."""
        own_parts = self.get_parts()
        other_parts = other.get_parts()
        return [part for part in PARTS_COMPARED if own_parts[part] != other_parts[part]]

    def get_parts(self) -> dict[str, object]:
        """Return what is compared.

        The details are the quote that it stands within and its day, too.
        """
        return {
            "speaker": self.speaker,
            "act": self.act,
            "spans": (self.source, self.contents),
            "kind": self.kind,
            "details": (self.within, self.said_on, self.details),
        }

    def __str__(self) -> str:
        source, content = self.texts
        speaker = f"{self.speaker or 'unknown'} ({source or 'no source'})"
        return f"{speaker} {self.act}, “{self.cue}”: {shorten_example(content)}"


@dataclass(frozen=True, slots=True)
class QuoteChange:
    """One quote before and after.

    `before` is None for one that is gained, `after` for one that is lost.
    """

    quote: int
    article: str
    before: QuoteReading | None
    after: QuoteReading | None

    def list_sorts(self, is_decided: bool = False) -> list[str]:
        """Return under which headings of a report the change comes; `is_decided` by a person."""
        if is_decided:
            return ["decided, read otherwise" if self.after else "decided, not found"]
        if self.before is None:
            return ["gained"]
        if self.after is None:
            return ["lost"]
        parts = self.before.list_parts_differing(self.after)
        if not parts:
            return ["same"]
        return ["changed", *(f"changed: {part}" for part in parts)]


@dataclass(slots=True)
class QuoteChanges:
    """The changes of one article or of several: how many of each sort, and a few examples."""

    articles: int = 0
    edited: int = 0  # articles whose text had changed
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[QuoteChange]] = field(default_factory=lambda: defaultdict(list))

    def count_change(self, change: QuoteChange, is_decided: bool = False) -> None:
        for sort in change.list_sorts(is_decided):
            self.count_as(sort, change)

    def count_as(self, sort: str, change: QuoteChange) -> None:
        self.counts[sort] += 1
        if len(self.examples[sort]) < EXAMPLES_OF_SORT:
            self.examples[sort].append(change)

    def add(self, other: "QuoteChanges") -> None:
        self.articles += other.articles
        self.edited += other.edited
        self.counts += other.counts
        for sort, changes in other.examples.items():
            self.examples[sort] = [*self.examples[sort], *changes][:EXAMPLES_OF_SORT]

    def format_summary(self) -> str:
        """Return what reading again did, in a few sentences."""
        counts = self.counts
        articles = format_number_of(self.articles, "article")
        same = format_number_of(counts["same"], "quote")
        kept = counts["same"] + counts["changed"]
        sentences = [
            f"Read again, {articles}: {same} the same,"
            f" {counts['changed']:,} changed{self.format_parts_changed()},"
            f" {counts['gained']:,} gained, {counts['lost']:,} lost;"
            f" {kept:,} of {kept + counts['lost']:,} addresses kept."
        ]
        otherwise = counts["decided, read otherwise"]
        not_found = counts["decided, not found"]
        if otherwise or not_found:
            sentences.append(
                "Quotes that a person decided on stay:"
                f" {otherwise} would be read otherwise now, {not_found} not found."
            )
        if self.edited:
            sentences.append(self.format_edits())
        return " ".join(sentences)

    def format_parts_changed(self) -> str:
        """Return how often each part is read otherwise, in brackets; an empty string if none is."""
        parts = []
        for part in PARTS_COMPARED:
            number = self.counts[f"changed: {part}"]
            if number:
                parts.append(f"{number} {part}")
        return f" ({', '.join(parts)})" if parts else ""

    def format_edits(self) -> str:
        """Return what became of the quotes of articles whose text had changed."""
        counts = self.counts
        articles = format_number_of(self.edited, "article")
        kept = format_number_of(counts["kept"], "quote")
        returned = ""
        if counts["returned"]:
            returned = f", {counts['returned']:,} came back with theirs"
        orphaned = format_number_of(counts["orphaned"], "decision")
        vanished = format_number_of(counts["vanished"], "other quote")
        return (
            f"Edited since, {articles}: {kept} kept where the words stood,"
            f" {counts['moved']:,} moved with their words{returned};"
            " no longer there, and kept with the version that had them:"
            f" {orphaned} (orphaned) and {vanished} (vanished)."
        )


def format_number_of(count: int, noun: str) -> str:
    plural = "" if count == 1 else "s"
    return f"{count:,} {noun}{plural}"


def shorten_example(text: str) -> str:
    return cut_text(" ".join(text.split()), LONGEST_EXAMPLE)


def build_stored_reading(quote: Quote, cues: dict[int, Span]) -> QuoteReading:
    """Return how a stored quote is read.

    Needs its actor, spans and details, and the cue of each quote of its article.
    """
    details = [(detail.role, detail.start, detail.end) for detail in quote.details.all()]
    return QuoteReading(
        speaker=quote.actor.name if quote.actor else "",
        act=quote.act,
        kind=quote.kind,
        cue=quote.cue,
        source=quote.source_span,
        contents=tuple(quote.content_spans),
        texts=(quote.source_text, quote.content),
        within=cues.get(quote.within_id or 0),
        said_on=quote.said_on,
        details=frozenset(details),
    )


def build_extracted_reading(
    attribution: Attribution, text: str, speaker: str, within: Span | None
) -> QuoteReading:
    """Return how an attribution reads; `speaker` is its actor's name, `within` its outer quote's cue."""
    source_text = attribution.source.of(text) if attribution.source else ""
    content = join_contents(attribution.contents, text)
    spans = [(detail.role, detail.span) for detail in attribution.details]
    return QuoteReading(
        speaker=speaker,
        act=attribution.act,
        kind=attribution.kind,
        cue=attribution.cue.of(text),
        source=attribution.source,
        contents=attribution.contents,
        texts=(source_text, content),
        within=within,
        said_on=attribution.said_on,
        details=frozenset((role, span.start, span.end) for role, span in spans),
    )


class QuotesBefore:
    """How an article's quotes were read, to be compared with how they are read now."""

    def __init__(self, article: Article, quotes: Sequence[Quote]):
        self.article = article
        self.cues = {quote.pk: quote.cue_span for quote in quotes}
        self.readings: dict[Span, QuoteReading] = {}
        for quote in quotes:
            self.readings[quote.cue_span] = build_stored_reading(quote, self.cues)

    def compare(
        self,
        found: Sequence[Attribution],
        actors: dict[Speaker, Actor],
        placed: dict[Span, Quote],
        decided: Sequence[Quote],
    ) -> QuoteChanges:
        """Return what became of the quotes, now that what was found is written as `placed`."""
        changes = QuoteChanges(articles=1)
        cues = self.cues | {quote.pk: cue for cue, quote in placed.items()}
        for attribution in found:
            quote = placed.get(attribution.cue)
            if quote:
                speaker = actors[attribution.speaker].name if attribution.speaker else ""
                outer_cue = cues.get(quote.within_id or 0)
                before = self.readings.get(attribution.cue)
                after = build_extracted_reading(attribution, self.article.text, speaker, outer_cue)
                changes.count_change(self.build_change(quote.pk, before, after))
        kept = {quote.pk for quote in (*placed.values(), *decided)}
        for pk in self.cues.keys() - kept:
            before = self.readings[self.cues[pk]]
            changes.count_change(self.build_change(pk, before, None))
        for change in self.list_decided_read_otherwise(found, decided):
            changes.count_change(change, is_decided=True)
        return changes

    def list_decided_read_otherwise(
        self, found: Sequence[Attribution], decided: Sequence[Quote]
    ) -> Iterator[QuoteChange]:
        """Yield the decided quotes not found now, or with another speaker, act or spans."""
        prefetch_related_objects(decided, "actor__names")
        for quote in decided:
            before = self.readings[self.cues[quote.pk]]
            nearest = self.find_nearest(quote, found)
            if nearest is None:
                yield self.build_change(quote.pk, before, None)
                continue
            speaker = get_speaker_name(quote, nearest)
            after = build_extracted_reading(nearest, self.article.text, speaker, before.within)
            if PARTS_TOLD_OF_DECIDED.intersection(before.list_parts_differing(after)):
                yield self.build_change(quote.pk, before, after)

    def find_nearest(self, quote: Quote, found: Sequence[Attribution]) -> Attribution | None:
        """Return what was found of a decided quote: the one with its cue, else the surest."""
        text = self.article.text
        covered = [attribution for attribution in found if is_decided(quote, attribution, text)]
        cue = self.cues[quote.pk]
        return max(
            covered,
            key=lambda attribution: (attribution.cue == cue, attribution.confidence),
            default=None,
        )

    def build_change(
        self, pk: int, before: QuoteReading | None, after: QuoteReading | None
    ) -> QuoteChange:
        return QuoteChange(pk, format_article_title(self.article), before, after)


def get_speaker_name(quote: Quote, attribution: Attribution) -> str:
    """Return the speaker's name, or the name of the quote's actor if that is called so."""
    name = attribution.speaker.name if attribution.speaker else ""
    if quote.actor:
        keys_of_actor = {build_name_key(quote.actor.name)}
        keys_of_actor.update(other.key for other in quote.actor.names.all())
        if build_name_key(name) in keys_of_actor:
            return quote.actor.name
    return name


def format_changes_report(changes: QuoteChanges) -> str:
    """Return what was gained, lost and changed, in Markdown, with examples of each."""
    sorts = [*SORTS_OF_CHANGE, *SORTS_AFTER_EDIT] if changes.edited else SORTS_OF_CHANGE
    lines = ["# Articles read again", "", changes.format_summary()]
    for sort in sorts:
        heading = CHANGE_HEADINGS.get(sort, sort.capitalize())
        lines += ["", f"## {heading}: {changes.counts[sort]}"]
        for change in changes.examples.get(sort, ()):
            lines += format_change_example(change)
    return "\n".join(lines) + "\n"


def format_change_example(change: QuoteChange) -> Iterator[str]:
    yield ""
    yield f"- quote {change.quote}, in {escape_markdown(change.article)}"
    if change.before:
        yield f"  - before: {escape_markdown(str(change.before))}"
    if change.after:
        yield f"  - after: {escape_markdown(str(change.after))}"


def escape_markdown(text: str) -> str:
    """Return a text, shortened, that Markdown shows as it stands."""
    escaped = []
    for character in shorten_example(text):
        if character in MARKDOWN_CHARACTERS:
            escaped.append("\\")
        escaped.append(character)
    return "".join(escaped)


def format_article_title(article: Article) -> str:
    return f"“{article.title}”, {article.outlet.name}, {article.published_on or NO_DATE}"
