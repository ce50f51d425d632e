"""Stores what was extracted of an article: each quote in its place, a person's decisions kept."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db.models import Model

from claims.actors.offices_told import forget_offices_told_no_more
from claims.actors.proposing import propose_candidates
from claims.actors.resolution import resolve_actors
from claims.extraction.schema import Attribution, RunnerUp, Span, Speaker, get_stance_of_act
from claims.intake.matching import is_covered_by_decision, join_contents
from claims.intake.rereading import QuoteChanges, QuotesBefore
from claims.intake.versions import ArticleEdit
from claims.models import About, Actor, Article, Detail, Quote, Wording
from claims.models import Span as ContentSpan

Row = TypeVar("Row", bound=Model)


def store_quotes(
    article: Article,
    attributions: Sequence[Attribution],
    version: str,
    edit: ArticleEdit | None = None,
    *,
    has_quotes: bool = True,
    has_offices: bool = True,
) -> QuoteChanges:
    """Bring the article's quotes to what was extracted, each in place.

    Those a person decided on stay as they are. After an edit the quotes stand where their words do
    already. `has_quotes` is false for an article without any, which then need not be asked for, and
    so is `has_offices`.
    Returns what all that changed.
    """
    found = select_surest_by_cue(attributions)
    quotes = read_present_quotes(article) if has_quotes else []
    rejected = read_absent_rejected_quotes(article) if has_quotes else []
    decided = [quote for quote in quotes if quote.touched]
    wanted = [
        attribution
        for attribution in found
        if not is_covered_by_decision(attribution, decided, rejected, article.text)
    ]
    if edit:
        standing = {quote.cue_span for quote in quotes}
        cues = [attribution.cue for attribution in wanted]
        quotes += edit.bring_back_quotes(cue for cue in cues if cue not in standing)
    undecided = {quote.cue_span: quote for quote in quotes if not quote.touched}
    before = QuotesBefore(article, quotes)
    wordings_before = {quote.wording_id for quote in quotes}
    actors_before = list_actor_keys(quotes)

    writer = QuoteWriter(article, wanted, version)
    placed = writer.write(undecided, decided)
    delete_quotes([quote for cue, quote in undecided.items() if cue not in placed])
    delete_unused_wordings(wordings_before - writer.wording_keys)
    delete_unquoted_actors(actors_before - writer.actor_keys)
    propose_candidates(article, writer.new_actors)
    if has_offices:
        forget_offices_told_no_more(article, list_all_named(found, decided))

    changes = before.compare(found, writer.actors, placed, decided)
    if edit:
        changes.add(edit.changes)
    return changes


def read_present_quotes(article: Article) -> list[Quote]:
    """Return the quotes of the article's text, locked: a correction that goes on is waited for."""
    present = Quote.objects.filter(article=article).present()
    locked = present.select_for_update(of=("self",)).select_related("actor", "named_as")
    return list(locked.prefetch_related("spans", "details", "named"))


def read_absent_rejected_quotes(article: Article) -> list[Quote]:
    return list(Quote.objects.filter(article=article).absent().filter(status="rejected"))


def list_actor_keys(quotes: Iterable[Quote]) -> set[int]:
    """Return the primary keys of those who say the quotes and of those whom they are about."""
    keys: set[int | None] = set()
    for quote in quotes:
        keys.update((quote.actor_id, quote.named_as_id))
        for about in quote.named.all():
            keys.update((about.actor_id, about.named_as_id))
    return {key for key in keys if key}


def list_all_named(found: Iterable[Attribution], decided: Iterable[Quote]) -> list[Speaker]:
    """Return whom the article names by what was found, and who says what a person decided on."""
    speakers: list[Speaker] = []
    for attribution in found:
        speakers += attribution.about
        if attribution.speaker:
            speakers.append(attribution.speaker)
    for quote in decided:
        named = quote.named_as or quote.actor
        if named and named.kind == "person":
            speakers.append(Speaker(named.name, "person", 1.0, "name"))
    return speakers


def delete_quotes(quotes: Sequence[Quote]) -> None:
    if quotes:
        Quote.objects.filter(pk__in=[quote.pk for quote in quotes]).delete()


def delete_unused_wordings(keys: set[int]) -> None:
    if keys:
        Wording.objects.delete_unused(keys)


def delete_unquoted_actors(keys: set[int]) -> None:
    if keys:
        Actor.objects.unquoted().filter(pk__in=keys).delete()


def select_surest_by_cue(attributions: Iterable[Attribution]) -> list[Attribution]:
    """Return one attribution for each cue: two readings of one cue are one quote, the surer."""
    surest: dict[Span, Attribution] = {}
    for attribution in attributions:
        other = surest.get(attribution.cue)
        if other is None or attribution.confidence > other.confidence:
            surest[attribution.cue] = attribution
    return list(surest.values())


def get_or_create_wordings(contents: Sequence[str], article: Article) -> dict[str, Wording]:
    """Return the wording of each content by its key, made where there is none yet."""
    texts: dict[str, str] = {}
    for content in reversed(contents):
        texts[Wording.key_of(content, article.key)] = content
    wordings = [Wording(key=key, text=text) for key, text in texts.items()]
    Wording.objects.bulk_create(wordings, ignore_conflicts=True)
    stored = Wording.objects.filter(key__in=texts).only("key").order_by()
    return {wording.key: wording for wording in stored}


def list_nesting_levels(wanted: Sequence[Attribution]) -> Iterator[list[Attribution]]:
    """Yield quotes level by level: those within none of the others, then those within these, …"""
    left = {attribution.cue: attribution for attribution in wanted}
    while left:
        level = [attribution for attribution in left.values() if attribution.within not in left]
        if not level:  # they go in a circle
            level = list(left.values())
        for attribution in level:
            del left[attribution.cue]
        yield level


class QuoteWriter:
    """Writes an article's quotes in a number of queries that grows with their nesting alone."""

    def __init__(self, article: Article, wanted: Sequence[Attribution], version: str):
        self.article = article
        self.wanted = wanted
        self.version = version
        resolved = resolve_actors(article, wanted)
        self.resolved = resolved
        self.actors = resolved.actors
        self.new_actors = resolved.made
        contents = [join_contents(attribution.contents, article.text) for attribution in wanted]
        self.wordings = get_or_create_wordings(contents, article)

    @property
    def wording_keys(self) -> set[int]:
        return {wording.pk for wording in self.wordings.values()}

    @property
    def actor_keys(self) -> set[int]:
        named = {actor.pk for actor in self.resolved.named.values()}
        return {actor.pk for actor in self.actors.values()} | named

    def write(self, stored: dict[Span, Quote], decided: Sequence[Quote]) -> dict[Span, Quote]:
        """Write the quotes, and return them by their cues.

        What is `stored` with the same cue is changed in place.
        """
        placed: dict[Span, Quote] = {}
        changed: list[Quote] = []
        changed_fields: set[str] = set()
        for level in list_nesting_levels(self.wanted):
            quotes: dict[Span, Quote] = {}
            for attribution in level:
                outer = find_outer_quote(attribution, placed, decided)
                quote = stored.get(attribution.cue) or Quote(article=self.article)
                within = outer.pk if outer else None
                fields = assign_values(quote, self.build_values(attribution, within))
                if quote.pk and fields:
                    changed.append(quote)
                    changed_fields |= fields
                quotes[attribution.cue] = quote
            Quote.objects.bulk_create([quote for quote in quotes.values() if not quote.pk])
            placed |= quotes
        if changed:
            Quote.objects.bulk_update(changed, sorted(changed_fields))
        kept = [quote for cue, quote in stored.items() if cue in placed]
        self.write_spans(placed, kept)
        self.write_names(placed, kept)
        self.write_details(placed, kept)
        return placed

    def build_values(self, attribution: Attribution, within: int | None) -> dict[str, Any]:
        """Return the values of a quote's columns."""
        content = join_contents(attribution.contents, self.article.text)
        wording = self.wordings[Wording.key_of(content, self.article.key)]
        return {
            **build_quote_values(attribution, self.article.text, content, self.version),
            "actor_id": self.resolved.get_number(attribution.speaker),
            "named_as_id": self.resolved.get_number_named(attribution.speaker),
            "wording_id": wording.pk,
            "within_id": within,
        }

    def write_spans(self, placed: dict[Span, Quote], kept: Sequence[Quote]) -> None:
        """Bring the content spans of the quotes to what was extracted.

        What is there already stays.
        """
        stored: dict[Any, ContentSpan] = {}
        for quote in kept:
            for row in quote.spans.all():
                stored[row.quote_id, row.start, row.end] = row
        wanted: dict[Any, ContentSpan] = {}
        for attribution in self.wanted:
            quote = placed[attribution.cue]
            for span in attribution.contents:
                row = ContentSpan(quote=quote, start=span.start, end=span.end)
                wanted[quote.pk, span.start, span.end] = row
        replace_rows(ContentSpan, stored, wanted)

    def write_names(self, placed: dict[Span, Quote], kept: Sequence[Quote]) -> None:
        """Bring the notes of whom the quotes name to what was extracted.

        What is there already stays.
        """
        stored: dict[Any, About] = {}
        for quote in kept:
            for row in quote.named.all():
                stored[row.quote_id, row.actor_id] = row
        wanted: dict[Any, About] = {}
        for attribution in self.wanted:
            quote = placed[attribution.cue]
            for named in attribution.about:
                actor = self.actors.get(named)
                if actor:
                    named_as = self.resolved.named.get(named)
                    note = About(quote=quote, actor=actor, named_as=named_as)
                    wanted[quote.pk, actor.pk] = note
        replace_rows(About, stored, wanted)

    def write_details(self, placed: dict[Span, Quote], kept: Sequence[Quote]) -> None:
        """Bring the details of the quotes to what was extracted; what is there already stays."""
        stored: dict[Any, Detail] = {}
        for quote in kept:
            for row in quote.details.all():
                stored[row.quote_id, row.role, row.start, row.end] = row
        wanted: dict[Any, Detail] = {}
        for attribution in self.wanted:
            quote = placed[attribution.cue]
            for detail in attribution.details:
                start, end = detail.span.start, detail.span.end
                words = detail.span.of(self.article.text)
                row = Detail(quote=quote, role=detail.role, start=start, end=end, text=words)
                wanted[quote.pk, detail.role, start, end] = row
        replace_rows(Detail, stored, wanted)


def build_quote_values(
    attribution: Attribution, text: str, content: str, version: str
) -> dict[str, Any]:
    """Return the values of those columns of a quote that point to no other row."""
    return {
        **build_speaker_values(attribution.speaker),
        **build_source_values(attribution.source, text),
        "stance": get_stance_of_act(attribution.act),
        "kind": attribution.kind,
        "act": attribution.act,
        "cue_start": attribution.cue.start,
        "cue_end": attribution.cue.end,
        "cue": attribution.cue.of(text),
        "content": content,
        "confidence": attribution.confidence,
        "act_confidence": attribution.act_confidence,
        "said_on": attribution.said_on,
        "extractor": version,
    }


def build_speaker_values(speaker: Speaker | None) -> dict[str, Any]:
    if speaker is None:
        return {"actor_confidence": None, "actor_method": "", "runners_up": []}
    return {
        "actor_confidence": speaker.confidence,
        "actor_method": speaker.method,
        "runners_up": [build_runner_up(runner_up) for runner_up in speaker.runners_up],
    }


def build_runner_up(runner_up: RunnerUp) -> dict[str, Any]:
    return {
        "name": runner_up.name,
        "kind": runner_up.kind,
        "confidence": runner_up.confidence,
    }


def build_source_values(source: Span | None, text: str) -> dict[str, Any]:
    if source is None:
        return {"source_start": None, "source_end": None, "source_text": ""}
    return {
        "source_start": source.start,
        "source_end": source.end,
        "source_text": source.of(text),
    }


def assign_values(quote: Quote, values: dict[str, Any]) -> set[str]:
    """Give a quote these values, and return the names of those that differed."""
    differing = set()
    for name, value in values.items():
        if getattr(quote, name) != value:
            differing.add(name)
        setattr(quote, name, value)
    return differing


def find_outer_quote(
    attribution: Attribution, placed: dict[Span, Quote], decided: Sequence[Quote]
) -> Quote | None:
    """Return the quote in whose content this one stands, as just written or as a person left it."""
    cue = attribution.within
    if cue is None:
        return None
    if cue in placed:
        return placed[cue]
    return next((quote for quote in decided if cue.overlaps(quote.cue_span)), None)


def replace_rows(model: type[Row], stored: dict[Any, Row], wanted: dict[Any, Row]) -> None:
    """Delete the rows that are not wanted and make those that are missing, by their keys."""
    gone = [row.pk for key, row in stored.items() if key not in wanted]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()
    missing = [row for key, row in wanted.items() if key not in stored]
    model._default_manager.bulk_create(missing)
