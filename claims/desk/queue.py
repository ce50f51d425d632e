"""The review desk: which quotes wait for a curator, and which of them each one gets, so that no two get the same."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.utils import timezone

from claims.desk.conflicts import list_conflicting_quotes
from claims.models import Lease, Outlet, Quote, Report
from claims.models.doubt import IS_IN_DOUBT
from claims.models.quote_queryset import QuoteQuerySet
from claims.passages.excerpts import build_excerpt
from claims.passages.marking import Mark, MarkedParagraph, mark_paragraphs, place_paragraphs

LEASE_TIME = timedelta(minutes=10)
PARAGRAPHS_AROUND_QUOTE = 1  # paragraphs shown before and after those of a quote
MOST_CHARACTERS_AROUND = 1500  # characters shown at most before and after a quote
LEASE_TRIES = 20  # times that another curator may be quicker


def order_by_oldest_report(quotes: QuoteQuerySet) -> QuoteQuerySet:
    made = (
        Report.objects.unsettled()
        .filter(quote=OuterRef("pk"))
        .values("quote")
        .annotate(first=Min("made_at"))
    )
    return quotes.alias(reported_at=Subquery(made.values("first"))).order_by("reported_at", "pk")


@dataclass(frozen=True)
class ReviewReason:
    """Why quotes wait; each reason has an index that gives them, but for conflicts, whose keys are kept in memory."""

    name: str
    words: str
    having: Callable[[QuoteQuerySet], QuoteQuerySet]
    first: Callable[[QuoteQuerySet], QuoteQuerySet]


def select_in_conflict(quotes: QuoteQuerySet) -> QuoteQuerySet:
    return quotes.unreviewed().filter(pk__in=list_conflicting_quotes())


# The most important first.
REVIEW_REASONS = (
    ReviewReason("reported", "reported by readers", QuoteQuerySet.reported, order_by_oldest_report),
    ReviewReason(
        "conflict",
        "conflicting",
        select_in_conflict,
        lambda quotes: quotes.order_by("confidence", "pk"),
    ),
    ReviewReason(
        "quote",
        "quote in doubt",
        QuoteQuerySet.quote_in_doubt,
        lambda quotes: quotes.order_by("confidence", "pk"),
    ),
    ReviewReason(
        "unknown",
        "speaker unknown",
        QuoteQuerySet.speaker_unknown,
        lambda quotes: quotes.order_by("confidence", "pk"),
    ),
    ReviewReason(
        "speaker",
        "speaker in doubt",
        QuoteQuerySet.speaker_in_doubt,
        lambda q: q.order_by("actor_confidence", "pk"),
    ),
)


@dataclass(frozen=True)
class ReviewQueue:
    """The part of what waits that a curator has chosen; nothing chosen is all."""

    reason: str = ""
    outlet: str = ""

    @classmethod
    def read(cls, reason: str, outlet: str) -> "ReviewQueue":
        return cls(reason if reason in {each.name for each in REVIEW_REASONS} else "", outlet)

    @property
    def asked(self) -> str:
        """The choice as it stands in an address."""
        chosen = {
            name: value
            for name, value in (("reason", self.reason), ("outlet", self.outlet))
            if value
        }
        return f"?{urlencode(chosen)}" if chosen else ""

    def quotes(self) -> QuoteQuerySet:
        return (
            Quote.objects.present().in_outlets(self.outlet)
            if self.outlet
            else Quote.objects.present()
        )

    def counts(self) -> list[tuple[ReviewReason, int, str]]:
        """How many are left for each reason, and the address of each part."""
        return [
            (each, each.having(self.quotes()).count(), ReviewQueue(each.name, self.outlet).asked)
            for each in REVIEW_REASONS
        ]

    def holds(self, quote: Quote) -> bool:
        wanted = [each for each in REVIEW_REASONS if self.reason in ("", each.name)]
        return any(each.having(self.quotes()).filter(pk=quote.pk).exists() for each in wanted)

    def next_for(self, curator: User, skipped: Sequence[int] = ()) -> int | None:
        """The quote that the curator gets now, which is nobody else's for ten minutes; none if nothing is left."""
        for reason in REVIEW_REASONS:
            if self.reason in ("", reason.name) and (taken := self.take(reason, curator, skipped)):
                return taken
        return None

    def take(self, reason: ReviewReason, curator: User, skipped: Sequence[int]) -> int | None:
        """Locked rows are passed over, so those who ask at once do not wait for each other.

        Whoever asked a moment before may have got the row that this statement still saw as free. The lease tells, and then
        the next row is tried.
        """
        waiting = reason.first(
            reason.having(self.quotes()).free_for(curator).exclude(pk__in=list(skipped))
        )
        for _ in range(LEASE_TRIES):
            with transaction.atomic():
                locked = waiting.select_for_update(skip_locked=True, of=("self",), no_key=True)
                found = locked.values_list("pk", flat=True).first()
                if found is None or lease_quote(found, curator):
                    return found
        return None

    def outlets(self) -> list[tuple[str, str, int]]:
        """Slug and name of each outlet that something waits in, with how many quotes."""
        any_reason = IS_IN_DOUBT
        reported = Exists(Report.objects.unsettled().filter(quote=OuterRef("pk")))
        chosen = next((each for each in REVIEW_REASONS if each.name == self.reason), None)
        waiting = Q(any_reason | Q(pk__in=list_conflicting_quotes()), status="unreviewed") | Q(
            reported
        )
        quotes = (
            chosen.having(Quote.objects.present())
            if chosen
            else Quote.objects.present().filter(waiting)
        )
        counted = quotes.order_by().values("article__outlet").annotate(number=Count("pk"))
        numbers = {row["article__outlet"]: row["number"] for row in counted}
        return [
            (each.slug, each.name, numbers[each.pk])
            for each in Outlet.objects.filter(pk__in=numbers).order_by("name")
        ]


def lease_quote(pk: int, curator: User) -> bool:
    """Take or renew the lease of a quote, in one statement; false where another curator has it."""
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO claims_lease (quote_id, curator_id, until) VALUES (%s, %s, %s)
            ON CONFLICT (quote_id) DO UPDATE SET curator_id = excluded.curator_id, until = excluded.until
             WHERE claims_lease.curator_id = excluded.curator_id OR claims_lease.until <= %s
            RETURNING quote_id
            """,
            [pk, curator.pk, now + LEASE_TIME, now],
        )
        return cursor.fetchone() is not None


def find_other_holder(pk: int, curator: User) -> str:
    """Who else has the quote before them now; empty if nobody has."""
    taken = Lease.objects.of_others(curator).filter(quote=pk).select_related("curator").first()
    return taken.curator.get_username() if taken else ""


def find_leased_quote(curator: User) -> Quote | None:
    """The quote that the curator has before them, if the lease lasts."""
    lease = Lease.objects.lasting().filter(curator=curator).order_by("-until").first()
    return Quote.objects.filter(pk=lease.quote_id).first() if lease else None


def release_lease(curator: User) -> None:
    Lease.objects.filter(curator=curator).delete()


@dataclass(frozen=True)
class QuoteContext:
    """Paragraphs of an article, each with the place of its first character in the article's text."""

    paragraphs: tuple[tuple[int, MarkedParagraph], ...]


def build_quote_context(text: str, marks: Sequence[Mark], whole: bool = False) -> QuoteContext:
    """The paragraphs that the marks stand in and those beside them, or the whole article."""
    if whole:
        placed = place_paragraphs(mark_paragraphs(text, marks))
    else:
        excerpt = build_excerpt(text, marks, MOST_CHARACTERS_AROUND, PARAGRAPHS_AROUND_QUOTE)
        placed = place_paragraphs(excerpt.paragraphs, excerpt.start)
    return QuoteContext(tuple((place, paragraph) for place, paragraph in placed if paragraph))
