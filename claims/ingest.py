"""Articles in, rows out: read, extract, store, one article a transaction."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import DatabaseError, connection, transaction

from claims.extraction.schema import Attribution, Span, stance
from claims.models import CONTENT_GAP, Actor, Article, Claim, Outlet, Quote, unused_slug
from claims.models import Span as ContentSpan
from claims.outlets import outlet_of
from claims.readers import Document, Problem, Skipped
from claims.resolution import actors_of

Extract = Callable[[str], Sequence[Attribution]]
WRITERS = 7_239_051  # the advisory lock that lets one article be written at a time, whoever writes


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of one document."""

    document: Document
    outcome: Literal["new", "updated", "unchanged"]
    quotes: int


class Refused(ValueError):
    """A document that cannot replace what is stored."""


def ingest(
    found: Iterable[Document | Problem | Skipped], extract: Extract, version: str
) -> Iterator[Stored | Problem | Skipped]:
    """Store each document; one that cannot be stored is a problem, and the rest goes on.

    `version` is the extractor's; an article it has read already, unchanged, is passed over without a second reading.
    Raises `OperationalError` when the database itself is gone or full: nothing more can be stored then.
    """
    for item in found:
        if not isinstance(item, Document):
            yield item
            continue
        try:
            yield ingest_one(item, extract, version)
        except Refused as error:
            yield Problem(item.where, str(error))
        except DatabaseError as error:
            if unusable(error):
                raise
            yield Problem(item.where, f"the database refused it: {first_line(error)}")


def unusable(error: DatabaseError) -> bool:
    """Whether the server is gone (08, 57), full (53, 58) or without the tables (42): SQLSTATE classes of PostgreSQL."""
    state = getattr(error.__cause__, "sqlstate", None)
    return state is None or state[:2] in ("08", "42", "53", "57", "58")


def first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]


def ingest_one(document: Document, extract: Extract, version: str) -> Stored:
    known = Article.objects.filter(key=document.key).first()
    if known and unchanged(known, document) and known.extractor == version:
        return Stored(document, "unchanged", known.quotes.count())
    try:
        attributions = extract(document.text)
    except Exception as error:
        raise Refused(f"it cannot be read for quotes ({type(error).__name__}: {first_line(error)})") from error
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS])
        article = store_article(document, version)
        store_quotes(article, attributions, version)
    return Stored(document, "updated" if known else "new", len(attributions))


def unchanged(article: Article, document: Document) -> bool:
    return (article.text, article.title, article.published_on) == (document.text, document.title, document.published_on)


def store_article(document: Document, version: str) -> Article:
    host, name = outlet_of(document.url, document.publisher)
    outlet = Outlet.objects.filter(host=host).first()
    outlet = outlet or Outlet.objects.create(host=host, name=name, slug=unused_slug(Outlet, name))
    article = Article.objects.filter(key=document.key).first() or Article(key=document.key)
    if article.pk:  # the quotes before their article, as corrections lock them: else each could wait for the other
        list(article.quotes.order_by("pk").select_for_update().values_list("pk"))
    if article.pk and article.text != document.text and article.quotes.exists():
        raise Refused("its text differs from the one stored, which quotes point into; the stored one is kept")
    article.outlet, article.url, article.title = outlet, document.url, document.title
    article.text, article.published_on, article.extractor = document.text, document.published_on, version
    article.save()
    return article


def store_quotes(article: Article, attributions: Sequence[Attribution], version: str) -> None:
    """Bring the article's quotes to what was extracted, each in place; those a person touched stay as they are."""
    quotes = list(article.quotes.select_for_update().prefetch_related("spans"))  # a correction being saved is waited for
    touched = [quote for quote in quotes if quote.touched]
    known = {(quote.cue_start, quote.cue_end): quote for quote in quotes if not quote.touched}
    wanted = [a for a in once_a_cue(attributions) if not any(decided(quote, a, article.text) for quote in touched)]
    before = {quote.claim_id for quote in quotes}
    gone = [quote.pk for key, quote in known.items() if key not in {(a.cue.start, a.cue.end) for a in wanted}]
    Quote.objects.filter(pk__in=gone).delete()
    actors = actors_of(article, wanted)
    claims = claims_of([content_of(a.contents, article.text) for a in wanted], article)
    for attribution in wanted:
        quote = known.get((attribution.cue.start, attribution.cue.end)) or Quote(article=article)
        actor = actors[attribution.speaker] if attribution.speaker else None
        write(quote, attribution, actor, claims, version)
    Claim.objects.filter(pk__in=before, quotes__isnull=True).delete()
    Actor.objects.filter(pk__in={q.actor_id for q in quotes if q.actor_id}, quotes__isnull=True).delete()


def once_a_cue(attributions: Iterable[Attribution]) -> list[Attribution]:
    """Two readings of one cue are one quote: the surer."""
    best: dict[Span, Attribution] = {}
    for attribution in attributions:
        if attribution.cue not in best or attribution.confidence > best[attribution.cue].confidence:
            best[attribution.cue] = attribution
    return list(best.values())


def decided(quote: Quote, attribution: Attribution, text: str) -> bool:
    """Whether a person's decision on `quote` covers what was extracted: the same reporting words or the same content."""
    same_cue = attribution.cue.overlaps(Span(quote.cue_start, quote.cue_end))
    return same_cue or content_of(attribution.contents, text) == quote.content


def content_of(contents: Iterable[Span], text: str) -> str:
    return CONTENT_GAP.join(span.of(text) for span in contents)


def claims_of(contents: Iterable[str], article: Article) -> dict[str, Claim]:
    """A claim for each content, by its normalised words; made where there is none yet."""
    texts = {Claim.key_of(content, article.key): content for content in reversed(list(contents))}
    Claim.objects.bulk_create([Claim(key=key, text=text) for key, text in texts.items()], ignore_conflicts=True)
    return {claim.key: claim for claim in Claim.objects.filter(key__in=texts)}


def write(quote: Quote, attribution: Attribution, actor: Actor | None, claims: dict[str, Claim], version: str) -> None:
    text, speaker = quote.article.text, attribution.speaker
    content = content_of(attribution.contents, text)
    values = {
        "actor": actor,
        "claim": claims[Claim.key_of(content, quote.article.key)],
        "stance": stance(attribution.act),
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
        "extractor": version,
    }
    changed = quote.pk is None or any(getattr(quote, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(quote, name, value)
    if changed:
        quote.save()
    if [(s.start, s.end) for s in quote.spans.all()] != [(s.start, s.end) for s in attribution.contents]:
        quote.spans.all().delete()
        ContentSpan.objects.bulk_create([ContentSpan(quote=quote, start=s.start, end=s.end) for s in attribution.contents])
