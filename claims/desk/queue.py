"""The review queue: which quotes wait for a curator and why, and which one each gets next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import numpy as np
from django.contrib.auth.models import User
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Min, OuterRef, Subquery, Value

from claims.desk.conflicts import list_conflicting_quotes
from claims.desk.leases import LEASE_TRIES, lease_quote
from claims.models import Outlet, Quote, Report
from claims.models.quote_queryset import QuoteQuerySet
from claims.search.columns import get_current_columns


@dataclass(frozen=True)
class ReviewReason:
    """Why quotes wait: which ones do, and which of them come first.

    Each reason has an index that gives its quotes, but for conflicts: their keys are in memory.
    """

    name: str
    words: str
    select: Callable[[QuoteQuerySet], QuoteQuerySet]
    order: Callable[[QuoteQuerySet], QuoteQuerySet]


def select_in_conflict(quotes: QuoteQuerySet) -> QuoteQuerySet:
    return quotes.unreviewed().filter(pk__in=list_conflicting_quotes())


def order_by_oldest_report(quotes: QuoteQuerySet) -> QuoteQuerySet:
    reports = Report.objects.unsettled().filter(quote=OuterRef("pk"))
    oldest = reports.values("quote").annotate(first=Min("made_at"))
    reported_at = Subquery(oldest.values("first"))
    return quotes.alias(reported_at=reported_at).order_by("reported_at", "pk")


def order_by_doubt(quotes: QuoteQuerySet) -> QuoteQuerySet:
    return quotes.order_by("confidence", "pk")


def order_by_doubt_of_speaker(quotes: QuoteQuerySet) -> QuoteQuerySet:
    return quotes.order_by("actor_confidence", "pk")


# The most important first.
REVIEW_REASONS = (
    ReviewReason("reported", "reported by readers", QuoteQuerySet.reported, order_by_oldest_report),
    ReviewReason("conflict", "conflicting", select_in_conflict, order_by_doubt),
    ReviewReason("quote", "quote in doubt", QuoteQuerySet.quote_in_doubt, order_by_doubt),
    ReviewReason("unknown", "speaker unknown", QuoteQuerySet.speaker_unknown, order_by_doubt),
    ReviewReason(
        "speaker", "speaker in doubt", QuoteQuerySet.speaker_in_doubt, order_by_doubt_of_speaker
    ),
)
REASONS_BY_NAME = {reason.name: reason for reason in REVIEW_REASONS}


@dataclass(frozen=True)
class ReviewQueue:
    """The part of what waits that a curator has chosen: of one reason, of one outlet, or all."""

    reason: str = ""
    outlet: str = ""

    @property
    def query_string(self) -> str:
        """Return the choice as it stands in an address, with its question mark; empty for all."""
        chosen = {}
        if self.reason:
            chosen["reason"] = self.reason
        if self.outlet:
            chosen["outlet"] = self.outlet
        return f"?{urlencode(chosen)}" if chosen else ""

    def select_quotes(self) -> QuoteQuerySet:
        """Return the quotes that could be in this part, whether or not they wait."""
        quotes = Quote.objects.present()
        return quotes.in_outlets(self.outlet) if self.outlet else quotes

    def list_reasons(self) -> list[ReviewReason]:
        if self.reason:
            return [REASONS_BY_NAME[self.reason]]
        return list(REVIEW_REASONS)

    def count_by_reason(self) -> list[tuple[ReviewReason, int, str]]:
        """Return how many are left for each reason, and the address of each part."""
        counts = []
        for reason in REVIEW_REASONS:
            part = ReviewQueue(reason.name, self.outlet)
            number = reason.select(self.select_quotes()).count()
            counts.append((reason, number, part.query_string))
        return counts

    def includes(self, quote: Quote) -> bool:
        """Tell whether the quote waits in this part."""
        waiting = (reason.select(self.select_quotes()) for reason in self.list_reasons())
        return any(quotes.filter(pk=quote.pk).exists() for quotes in waiting)

    def lease_next_quote(self, curator: User, skipped: Sequence[int] = ()) -> int | None:
        """Return the quote that the curator gets now, which is nobody else's for ten minutes.

        None if nothing is left.
        """
        for reason in self.list_reasons():
            pk = self.lease_first_of(reason, curator, skipped)
            if pk:
                return pk
        return None

    def lease_first_of(
        self, reason: ReviewReason, curator: User, skipped: Sequence[int]
    ) -> int | None:
        """Lease the first quote that waits for this reason and that nobody else is taking.

        Locked rows are passed over, so those who ask at once do not wait for each other. Whoever
        asked a moment before may have got the row that this statement still saw as free. The lease
        tells, and then the next row is tried.
        """
        free = reason.select(self.select_quotes()).free_for(curator)
        waiting = reason.order(free.exclude(pk__in=list(skipped)))
        for _ in range(LEASE_TRIES):
            with transaction.atomic():
                locked = waiting.select_for_update(skip_locked=True, of=("self",), no_key=True)
                pk = locked.values_list("pk", flat=True).first()
                if pk is None or lease_quote(pk, curator):
                    return pk
        return None

    def find_waiting(self) -> set[int]:
        """Return the primary keys of the quotes of all outlets that wait for one of the reasons.

        Each reason has an index that gives them; together in one condition they would have every
        quote read.
        """
        waiting: set[int] = set()
        for reason in self.list_reasons():
            found = reason.select(Quote.objects.present()).order_by()
            waiting.update(found.aggregate(numbers=ArrayAgg("pk", default=Value([])))["numbers"])
        return waiting

    def list_outlets(self) -> list[tuple[str, str, int]]:
        """Return slug and name of each outlet that something waits in, with how many quotes."""
        known = get_current_columns()
        quotes = np.array(list(self.find_waiting()), np.int64)
        rows = np.flatnonzero(known.mask_quotes(quotes))
        counts = np.bincount(known["outlet"][rows])
        numbers = {int(outlet): int(counts[outlet]) for outlet in np.flatnonzero(counts)}
        outlets = Outlet.objects.filter(pk__in=numbers).order_by("name")
        return [(outlet.slug, outlet.name, numbers[outlet.pk]) for outlet in outlets]


def choose_queue(reason: str, outlet: str) -> ReviewQueue:
    """Return the part with these names; a reason that there is not counts as none chosen."""
    return ReviewQueue(reason if reason in REASONS_BY_NAME else "", outlet)
