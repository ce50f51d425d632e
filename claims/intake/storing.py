"""What was extracted of an article as rows: each quote in place, what is unchanged unwritten, a person's decisions kept."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any, TypeVar

from django.db.models import Model, prefetch_related_objects

from claims.actors.proposing import propose_candidates
from claims.actors.resolution import resolve_actors
from claims.extraction.schema import Attribution, Span, Speaker, get_stance_of_act
from claims.intake.rereading import (
    QuoteChange,
    QuoteChanges,
    QuoteReading,
    build_extracted_reading,
    build_stored_reading,
    format_article_title,
)
from claims.intake.versions import ArticleEdit
from claims.models import CONTENT_GAP, About, Actor, Article, Claim, Detail, Quote
from claims.models import Span as ContentSpan
from claims.models.names import build_name_key

Row = TypeVar("Row", bound=Model)


def store_quotes(
    article: Article,
    attributions: Sequence[Attribution],
    version: str,
    edit: ArticleEdit | None = None,
) -> QuoteChanges:
    """Bring the article's quotes to what was extracted, each in place; those a person touched stay as they are.

    After an edit they stand where their words do already. What all that changed is told.
    """
    every = Quote.objects.filter(article=article)
    every = (
        every if every.exists() else every.none()
    )  # a new article has none, which need not be asked for in detail
    stored = every.present().select_for_update(of=("self",))  # a correction is waited for
    quotes = list(stored.select_related("actor").prefetch_related("spans", "details", "named"))
    touched = [quote for quote in quotes if quote.touched]
    barred = list(every.absent().filter(status="rejected"))
    wanted = [
        a
        for a in select_surest_by_cue(attributions)
        if not any(is_decided(quote, a, article.text) for quote in touched)
    ]
    wanted = [
        a
        for a in wanted
        if not any(has_words_of_rejected(quote, a, article.text) for quote in barred)
    ]
    if edit:
        standing = {quote.cue_span for quote in quotes}
        quotes += edit.welcome(a.cue for a in wanted if a.cue not in standing)
    known = {quote.cue_span: quote for quote in quotes if not quote.touched}
    before = QuotesBefore(article, quotes)
    claims, actors = (
        {quote.claim_id for quote in quotes},
        {quote.actor_id for quote in quotes if quote.actor_id},
    )
    actors |= {named.actor_id for quote in quotes for named in quote.named.all()}
    writer = QuoteWriter(article, wanted, version)
    placed = writer.write(wanted, known, touched)
    gone = [quote for cue, quote in known.items() if cue not in placed]
    if gone:
        Quote.objects.filter(pk__in=[quote.pk for quote in gone]).delete()
    if left := claims - writer.claim_ids:
        Claim.objects.filter(pk__in=left, quotes__isnull=True).delete()
    if silent := actors - writer.actor_ids:
        Actor.objects.unquoted().filter(pk__in=silent).delete()
    propose_candidates(article, writer.resolved.made)
    changes = before.changes(select_surest_by_cue(attributions), writer.actors, placed, touched)
    if edit:
        changes.add(edit.changes)
    return changes


def select_surest_by_cue(attributions: Iterable[Attribution]) -> list[Attribution]:
    """Two readings of one cue are one quote: the surer."""
    best: dict[Span, Attribution] = {}
    for attribution in attributions:
        if attribution.cue not in best or attribution.confidence > best[attribution.cue].confidence:
            best[attribution.cue] = attribution
    return list(best.values())


def is_decided(quote: Quote, attribution: Attribution, text: str) -> bool:
    """Whether a person's decision on `quote` covers what was extracted: the same reporting words or the same content."""
    return (
        attribution.cue.overlaps(quote.cue_span)
        or join_contents(attribution.contents, text) == quote.content
    )


def has_words_of_rejected(quote: Quote, attribution: Attribution, text: str) -> bool:
    """Whether what was extracted has the words of `quote`, which was rejected and whose place nobody can tell now."""
    cue = attribution.cue.of(text)
    return join_contents(attribution.contents, text) == quote.content and (
        cue in quote.cue or quote.cue in cue
    )


def join_contents(contents: Iterable[Span], text: str) -> str:
    return CONTENT_GAP.join(span.of(text) for span in contents)


def get_or_create_claims(contents: Iterable[str], article: Article) -> dict[str, Claim]:
    """A claim for each content, by its normalised words; made where there is none yet."""
    texts = {Claim.key_of(content, article.key): content for content in reversed(list(contents))}
    Claim.objects.bulk_create(
        [Claim(key=key, text=text) for key, text in texts.items()], ignore_conflicts=True
    )
    return {
        claim.key: claim for claim in Claim.objects.filter(key__in=texts).only("key").order_by()
    }


def list_nesting_levels(wanted: Sequence[Attribution]) -> Iterator[list[Attribution]]:
    """Quotes level by level: those that stand within none of the others, then those within these, and so on."""
    left = {attribution.cue: attribution for attribution in wanted}
    while left:
        level = [a for a in left.values() if a.within not in left] or list(
            left.values()
        )  # or else they go in a circle
        for attribution in level:
            del left[attribution.cue]
        yield level


class QuoteWriter:
    """Writes the quotes of one article, in a number of queries that grows with the depth of nesting alone."""

    def __init__(self, article: Article, wanted: Sequence[Attribution], version: str):
        self.article, self.version = article, version
        self.resolved = resolve_actors(article, wanted)
        self.actors = self.resolved.actors
        self.claims = get_or_create_claims(
            [join_contents(a.contents, article.text) for a in wanted], article
        )

    @property
    def claim_ids(self) -> set[int]:
        return {claim.pk for claim in self.claims.values()}

    @property
    def actor_ids(self) -> set[int]:
        return {actor.pk for actor in self.actors.values()}

    def write(
        self, wanted: Sequence[Attribution], known: dict[Span, Quote], touched: Sequence[Quote]
    ) -> dict[Span, Quote]:
        """The quote of each attribution, by its cue."""
        placed: dict[Span, Quote] = {}
        changed: list[Quote] = []
        fields: set[str] = set()
        for level in list_nesting_levels(wanted):
            made: dict[Span, Quote] = {}
            for attribution in level:
                quote = known.get(attribution.cue) or Quote(article=self.article)
                values = self.values(attribution, find_outer_quote(attribution, placed, touched))
                differing = {
                    name for name, value in values.items() if getattr(quote, name) != value
                }
                for name, value in values.items():
                    setattr(quote, name, value)
                if quote.pk and differing:
                    changed.append(quote)
                    fields |= differing
                made[attribution.cue] = quote
            Quote.objects.bulk_create([quote for quote in made.values() if not quote.pk])
            placed |= made
        if changed:
            Quote.objects.bulk_update(changed, sorted(fields))
        self.write_parts(wanted, placed, [quote for cue, quote in known.items() if cue in placed])
        return placed

    def values(self, attribution: Attribution, outer: Quote | None) -> dict[str, Any]:
        text, speaker = self.article.text, attribution.speaker
        content = join_contents(attribution.contents, text)
        return {
            "actor_id": self.actors[speaker].pk if speaker else None,
            "claim_id": self.claims[Claim.key_of(content, self.article.key)].pk,
            "stance": get_stance_of_act(attribution.act),
            "kind": attribution.kind,
            "act": attribution.act,
            "source_start": attribution.source.start if attribution.source else None,
            "source_end": attribution.source.end if attribution.source else None,
            "source_text": attribution.source.of(text) if attribution.source else "",
            "cue_start": attribution.cue.start,
            "cue_end": attribution.cue.end,
            "cue": attribution.cue.of(text),
            "content": content,
            "confidence": attribution.confidence,
            "actor_confidence": speaker.confidence if speaker else None,
            "actor_method": speaker.method if speaker else "",
            "act_confidence": attribution.act_confidence,
            "runners_up": [asdict(other) for other in speaker.runners_up] if speaker else [],
            "said_on": attribution.said_on,
            "within_id": outer.pk if outer else None,
            "extractor": self.version,
        }

    def write_parts(
        self, wanted: Sequence[Attribution], placed: dict[Span, Quote], stored: Sequence[Quote]
    ) -> None:
        """The content spans and details of the quotes, and whom they name: what is there already stays."""
        text = self.article.text
        spans = {
            (placed[a.cue].pk, s.start, s.end): ContentSpan(
                quote=placed[a.cue], start=s.start, end=s.end
            )
            for a in wanted
            for s in a.contents
        }
        details = {
            (placed[a.cue].pk, d.role, d.span.start, d.span.end): Detail(
                quote=placed[a.cue],
                role=d.role,
                start=d.span.start,
                end=d.span.end,
                text=d.span.of(text),
            )
            for a in wanted
            for d in a.details
        }
        replace_rows(
            ContentSpan,
            {(s.quote_id, s.start, s.end): s for quote in stored for s in quote.spans.all()},
            spans,
        )
        about = {
            (placed[a.cue].pk, actor.pk): About(quote=placed[a.cue], actor=actor)
            for a in wanted
            for named in a.about
            if (actor := self.actors.get(named))
        }
        replace_rows(
            About,
            {(n.quote_id, n.actor_id): n for quote in stored for n in quote.named.all()},
            about,
        )
        replace_rows(
            Detail,
            {
                (d.quote_id, d.role, d.start, d.end): d
                for quote in stored
                for d in quote.details.all()
            },
            details,
        )


def find_outer_quote(
    attribution: Attribution, placed: dict[Span, Quote], touched: Sequence[Quote]
) -> Quote | None:
    """The quote in whose content this one stands: as just written, or as a person left it."""
    cue = attribution.within
    if cue is None or cue in placed:
        return placed.get(cue) if cue else None
    return next((quote for quote in touched if cue.overlaps(quote.cue_span)), None)


class QuotesBefore:
    """How an article's quotes were read, to be compared with how they are read now."""

    def __init__(self, article: Article, quotes: Sequence[Quote]):
        self.article = article
        self.cues = {quote.pk: quote.cue_span for quote in quotes}
        self.readings = {quote.cue_span: build_stored_reading(quote, self.cues) for quote in quotes}

    def changes(
        self,
        found: Sequence[Attribution],
        actors: dict[Speaker, Actor],
        placed: dict[Span, Quote],
        touched: Sequence[Quote],
    ) -> QuoteChanges:
        told = QuoteChanges(articles=1)
        cues = self.cues | {quote.pk: cue for cue, quote in placed.items()}
        for attribution in found:
            if quote := placed.get(attribution.cue):
                speaker = actors[attribution.speaker].name if attribution.speaker else ""
                after = build_extracted_reading(
                    attribution, self.article.text, speaker, cues.get(quote.within_id or 0)
                )
                told.note(self.change(quote.pk, self.readings.get(attribution.cue), after))
        kept = {quote.pk for quote in (*placed.values(), *touched)}
        for pk in self.cues.keys() - kept:
            told.note(self.change(pk, self.readings[self.cues[pk]], None))
        for change in self.decided(found, touched):
            told.note(change, touched=True)
        return told

    def decided(
        self, found: Sequence[Attribution], touched: Sequence[Quote]
    ) -> Iterator[QuoteChange]:
        """The quotes that a person touched and that are not found now, or with another speaker, act or spans."""
        prefetch_related_objects(touched, "actor__names")
        for quote in touched:
            before = self.readings[self.cues[quote.pk]]
            covering = [a for a in found if is_decided(quote, a, self.article.text)]
            if not covering:
                yield self.change(quote.pk, before, None)
                continue
            nearest = max(covering, key=lambda a: (a.cue == self.cues[quote.pk], a.confidence))
            after = build_extracted_reading(
                nearest, self.article.text, self.speaker(quote, nearest), before.within
            )
            if {"speaker", "act", "spans"} & set(before.differs(after)):
                yield self.change(quote.pk, before, after)

    def speaker(self, quote: Quote, attribution: Attribution) -> str:
        """The name of the speaker, which is that of the quote's actor if that is one of its names."""
        name = attribution.speaker.name if attribution.speaker else ""
        if quote.actor and build_name_key(name) in {
            build_name_key(quote.actor.name),
            *(n.key for n in quote.actor.names.all()),
        }:
            return quote.actor.name
        return name

    def change(
        self, pk: int, before: QuoteReading | None, after: QuoteReading | None
    ) -> QuoteChange:
        return QuoteChange(pk, format_article_title(self.article), before, after)


def replace_rows(model: type[Row], stored: dict[Any, Row], wanted: dict[Any, Row]) -> None:
    """Delete the rows that are not wanted and make those that are missing, by their keys."""
    if gone := [row.pk for key, row in stored.items() if key not in wanted]:
        model._default_manager.filter(pk__in=gone).delete()
    model._default_manager.bulk_create([row for key, row in wanted.items() if key not in stored])
