"""How far what was handed in has come: each of its documents, and what they are together."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.paginator import Page
from django.db.models import Count
from django.http import QueryDict
from django.utils import timezone

from claims.models import Arrival, ArrivalState, Delivery
from claims.search import listing
from claims.search.problems import QueryProblem

if TYPE_CHECKING:
    from claims.models.arrivals import ArrivalQuerySet

PATIENCE = timedelta(seconds=8)  # with which a document waits until the page asks for a worker
STATES_IN_ORDER = (
    ArrivalState.QUEUED,
    ArrivalState.READING,
    ArrivalState.READ,
    ArrivalState.KEPT,
    ArrivalState.REFUSED,
)


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many documents of a delivery are in a state."""

    state: ArrivalState
    count: int


@dataclass(frozen=True, slots=True)
class DeliveryProgress:
    """How far a delivery has come.

    `arrivals` is a page of its documents, those that wait longest first. `waits_in_vain` says that
    nothing of it has moved for a while, so that perhaps nothing reads.
    """

    delivery: Delivery
    counts: list[StateCount]
    arrivals: Page[Arrival]
    problems: list[QueryProblem]
    waits_in_vain: bool

    @property
    def total(self) -> int:
        return sum(counted.count for counted in self.counts)

    def count_in(self, *states: ArrivalState) -> int:
        return sum(counted.count for counted in self.counts if counted.state in states)

    @property
    def settled(self) -> int:
        return self.total - self.count_in(ArrivalState.QUEUED, ArrivalState.READING)

    @property
    def is_settled(self) -> bool:
        return self.settled == self.total

    @property
    def to_keep(self) -> int:
        """Return how many documents wait for a person to keep them."""
        return self.count_in(ArrivalState.READ)

    @property
    def has_to_keep_or_wait(self) -> bool:
        """Return whether there is anything that can still be thrown away."""
        return bool(self.to_keep) or not self.is_settled

    @property
    def is_refused_whole(self) -> bool:
        return bool(self.total) and self.count_in(ArrivalState.REFUSED) == self.total

    @property
    def only_arrival(self) -> Arrival | None:
        """Return the document of a delivery that has no other."""
        return self.arrivals.object_list[0] if self.total == 1 else None


def measure_progress(delivery: Delivery, query: QueryDict) -> DeliveryProgress:
    """Return how far a delivery has come, with the page of its documents that is asked for."""
    arrivals = Arrival.objects.filter(delivery=delivery)
    counts = count_states(arrivals)
    page, problems = listing.select_page(arrivals.for_list(), query)
    return DeliveryProgress(
        delivery=delivery,
        counts=counts,
        arrivals=page,
        problems=problems,
        waits_in_vain=has_waited_in_vain(list(page.object_list), timezone.now()),
    )


def count_states(arrivals: "ArrivalQuerySet") -> list[StateCount]:
    """Return how many documents are in each state that any is in."""
    rows = arrivals.order_by().values_list("state").annotate(Count("pk"))
    counted: Mapping[str, int] = dict(rows)
    return [StateCount(state, counted[state]) for state in STATES_IN_ORDER if state in counted]


def has_waited_in_vain(arrivals: list[Arrival], now: datetime) -> bool:
    """Return whether some of these documents wait, and none of them has changed for a while."""
    is_waiting = any(arrival.state == ArrivalState.QUEUED for arrival in arrivals)
    is_read_now = any(arrival.state == ArrivalState.READING for arrival in arrivals)
    if not is_waiting or is_read_now:
        return False
    return max(arrival.changed_at for arrival in arrivals) < now - PATIENCE
