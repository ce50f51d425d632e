"""What a decision changes of a quote, value by value, and saving it with what follows."""

from collections.abc import Iterable
from typing import cast

from django.contrib.auth.models import User

from claims.desk.parts import QuoteParts
from claims.extraction.schema import Act, Span, get_stance_of_act
from claims.models import Actor, Quote, QuoteStatus, Report, Wording, note_actors_named
from claims.models import Span as ContentSpan
from claims.models.reports import ReportVerdict

CURATOR_METHOD = "curator"  # who found an actor, or a quote that extraction missed


def set_speaker(quote: Quote, actor: Actor | None) -> None:
    quote.actor = actor
    quote.named_as = None  # the person names the actor, whatever the article does
    quote.actor_method = CURATOR_METHOD if actor else ""
    quote.actor_confidence = 1.0 if actor else None
    quote.runners_up = []


def set_act(quote: Quote, act: str) -> None:
    quote.act = act
    quote.act_confidence = 1.0
    quote.stance = get_stance_of_act(cast("Act", act))


def set_parts(quote: Quote, parts: QuoteParts) -> None:
    """Give a quote its parts.

    Content spans are rows and are written at once; those that stay as they are keep theirs. The
    quote itself is not saved.
    """
    quote.source_start = None
    quote.source_end = None
    if parts.source:
        quote.source_start = parts.source.start
        quote.source_end = parts.source.end
    quote.cue_start = parts.cue.start
    quote.cue_end = parts.cue.end
    stored = {Span(row.start, row.end): row.pk for row in quote.spans.all()}
    outdated = [pk for span, pk in stored.items() if span not in parts.contents]
    ContentSpan.objects.filter(pk__in=outdated).delete()
    added = [span for span in parts.contents if span not in stored]
    ContentSpan.objects.bulk_create(
        [ContentSpan(quote=quote, start=span.start, end=span.end) for span in added]
    )


def save_corrected_quote(quote: Quote) -> None:
    """Save a quote with what its spans select: texts, wording, and whom it names.

    A wording that nobody uses any more goes.
    """
    former_wording = quote.wording_id
    former_content = quote.content
    quote.select_texts()
    quote.save()
    if quote.content != former_content:
        note_actors_named(quote)
    delete_unused_wordings([former_wording])
    is_only_quote = quote.wording.quotes.count() == 1
    if is_only_quote and quote.wording.text != quote.content:
        Wording.objects.filter(pk=quote.wording_id).update(text=quote.content)


def delete_unused_wordings(wordings: Iterable[int]) -> None:
    """Delete those of the wordings that no quote has."""
    Wording.objects.delete_unused(wordings)


def settle_reports(quote: Quote, curator: User) -> None:
    """Settle what readers reported of a quote by the status that a curator gave it."""
    if quote.status == QuoteStatus.UNREVIEWED:
        return
    is_accepted = quote.status == QuoteStatus.ACCEPTED
    verdict = ReportVerdict.NO_ERROR if is_accepted else ReportVerdict.CORRECTED
    Report.objects.filter(quote=quote).settle(verdict, curator)
