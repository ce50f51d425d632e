"""Lists what people decided of quotes as gold for `manage.py evaluate`, and data to train on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, Q

from claims.models import Article, Quote, QuoteStatus

RIGHT_STATUSES = (QuoteStatus.ACCEPTED, QuoteStatus.CORRECTED)
DECIDED_STATUSES = (*RIGHT_STATUSES, QuoteStatus.REJECTED)


def list_decided_documents(*, partly: bool = False) -> Iterator[dict[str, Any]]:
    """Yield the articles all of whose quotes a person has decided.

    With `partly`, at least one of whose quotes.

    `attributions` are those that a person found right or made so. `rejected` are none, though the
    program took them for some. `undecided` nobody has looked at: they are neither right nor wrong.
    """
    present = Q(quotes__version__isnull=True)
    decided = Count("quotes", filter=present & Q(quotes__status__in=DECIDED_STATUSES))
    undecided = Count("quotes", filter=present & Q(quotes__status=QuoteStatus.UNREVIEWED))
    articles = Article.objects.annotate(decided=decided, undecided=undecided).filter(decided__gt=0)
    if not partly:
        articles = articles.filter(undecided=0)
    for pk in list(articles.order_by("pk").values_list("pk", flat=True)):
        yield build_document_record(Article.objects.select_related("outlet").get(pk=pk))


def build_document_record(article: Article) -> dict[str, Any]:
    present = Quote.objects.present().filter(article=article)
    quotes = present.select_related("actor").prefetch_related("spans").order_by("cue_start")
    return {
        "id": article.key,
        "publisher": article.outlet.name,
        "date": article.published_on.isoformat() if article.published_on else None,
        "title": article.title,
        "url": article.url,
        "text": article.text,
        "attributions": build_attribution_records(quotes, RIGHT_STATUSES),
        "rejected": build_attribution_records(quotes, (QuoteStatus.REJECTED,)),
        "undecided": build_attribution_records(quotes, (QuoteStatus.UNREVIEWED,)),
    }


def build_attribution_records(
    quotes: Iterable[Quote], statuses: Sequence[QuoteStatus]
) -> list[dict[str, Any]]:
    return [build_attribution_record(quote) for quote in quotes if quote.status in statuses]


def build_attribution_record(quote: Quote) -> dict[str, Any]:
    """Return a quote in the words of the gold data, where a quote of nobody has the kind "none"."""
    source = []
    if quote.source_start is not None:
        source = [[quote.source_start, quote.source_end]]
    return {
        "source": source,
        "cue": [[quote.cue_start, quote.cue_end]],
        "content": [[span.start, span.end] for span in quote.content_spans],
        "speaker": quote.actor.name if quote.actor else None,
        "kind": quote.actor.kind if quote.actor else "none",
        "act": quote.act,
        "status": quote.status,
    }
