"""How far what was handed in has come: each of its documents, and what they are together."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.paginator import Page
from django.db.models import Count, Q
from django.http import QueryDict
from django.utils import timezone

from claims.models import Arrival, ArrivalState, Delivery
from claims.models.arrivals import PASTED
from claims.search import listing
from claims.search.problems import QueryProblem

if TYPE_CHECKING:
    from claims.models.arrivals import ArrivalQuerySet

PATIENCE = timedelta(seconds=8)  # with which a document waits until the page asks for a worker
KEEPING_TIME = timedelta(minutes=1)  # in which what keeps itself is kept once it is read
STATE_NAMES = {ArrivalState.REFUSED: "not added"}  # the others are called as they are
STATES_IN_ORDER = (
    ArrivalState.QUEUED,
    ArrivalState.READING,
    ArrivalState.READ,
    ArrivalState.KEPT,
    ArrivalState.REFUSED,
)


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many documents of a delivery are in a state.

    Of those `explained` a reason is told; `fresh` are so many others that have only just come into
    that state.
    """

    state: ArrivalState
    count: int
    explained: int
    fresh: int

    @property
    def name(self) -> str:
        return name_state(self.state)


@dataclass(frozen=True, slots=True)
class DeliveryProgress:
    """How far a delivery has come.

    `arrivals` is a page of its documents, those that wait longest first. `is_being_kept` says that
    somebody has asked for all that is read to be kept, and that this goes on; `waits_in_vain`,
    that nothing of it has moved for a while, so that perhaps nothing reads.
    """

    delivery: Delivery
    counts: list[StateCount]
    arrivals: Page[Arrival]
    problems: list[QueryProblem]
    is_being_kept: bool
    waits_in_vain: bool

    @property
    def total(self) -> int:
        return sum(counted.count for counted in self.counts)

    def count_in(self, *states: ArrivalState) -> int:
        return sum(counted.count for counted in self.counts if counted.state in states)

    @property
    def about_to_be_kept(self) -> int:
        """Return how many documents are read, and become articles by themselves in a moment."""
        if not self.delivery.keeps_itself:
            return 0
        return sum(each.fresh for each in self.counts if each.state == ArrivalState.READ)

    @property
    def settled(self) -> int:
        waiting = self.count_in(ArrivalState.QUEUED, ArrivalState.READING)
        return self.total - waiting - self.about_to_be_kept

    @property
    def is_settled(self) -> bool:
        return self.settled == self.total

    @property
    def goes_on(self) -> bool:
        """Return whether something will be different in a moment."""
        return self.is_being_kept or not self.is_settled

    @property
    def to_keep(self) -> int:
        """Return how many documents wait for a person to keep them."""
        return self.count_in(ArrivalState.READ) - self.about_to_be_kept

    @property
    def not_kept(self) -> int:
        """Return how many of those could not be kept as they were read."""
        return sum(each.explained for each in self.counts if each.state == ArrivalState.READ)

    @property
    def has_to_keep_or_wait(self) -> bool:
        """Return whether there is anything that can still be thrown away."""
        return bool(self.to_keep) or not self.is_settled

    @property
    def is_refused_whole(self) -> bool:
        return bool(self.total) and self.count_in(ArrivalState.REFUSED) == self.total

    @property
    def is_pasted(self) -> bool:
        """Return whether what was added is a text that somebody pasted."""
        return all(arrival.where == PASTED for arrival in self.arrivals.object_list)

    @property
    def only_arrival(self) -> Arrival | None:
        """Return the document of a delivery that has no other."""
        return self.arrivals.object_list[0] if self.total == 1 else None


def measure_progress(
    delivery: Delivery, query: QueryDict, *, is_being_kept: bool = False
) -> DeliveryProgress:
    """Return how far a delivery has come, with the page of its documents that is asked for.

    `is_being_kept` says whether somebody has asked for what is read to be kept.
    """
    arrivals = Arrival.objects.filter(delivery=delivery)
    counts = count_states(arrivals)
    has_read = any(counted.state == ArrivalState.READ for counted in counts)
    goes_on = is_being_kept and has_read
    page, problems = listing.select_page(arrivals.for_list(), query)
    shown = list(page.object_list)
    return DeliveryProgress(
        delivery=delivery,
        counts=counts,
        arrivals=page,
        problems=problems,
        is_being_kept=goes_on,
        waits_in_vain=has_waited_in_vain(shown, timezone.now(), is_being_kept=goes_on),
    )


def count_states(arrivals: "ArrivalQuerySet") -> list[StateCount]:
    """Return how many documents are in each state that any is in."""
    explained = Count("pk", filter=~Q(reason=""))
    is_fresh = Q(reason="", changed_at__gt=timezone.now() - KEEPING_TIME)
    rows = arrivals.order_by().values_list("state")
    numbers = rows.annotate(Count("pk"), explained=explained, fresh=Count("pk", filter=is_fresh))
    counted = {state: each for state, *each in numbers}
    return [StateCount(state, *counted[state]) for state in STATES_IN_ORDER if state in counted]


def name_state(state: ArrivalState) -> str:
    """Return how pages call a state."""
    return STATE_NAMES.get(state) or str(state.label)


def has_waited_in_vain(
    arrivals: list[Arrival], now: datetime, *, is_being_kept: bool = False
) -> bool:
    """Return whether some of these documents wait, and none of them has changed for a while."""
    is_waiting = is_being_kept or any(arrival.state == ArrivalState.QUEUED for arrival in arrivals)
    is_read_now = any(arrival.state == ArrivalState.READING for arrival in arrivals)
    if not is_waiting or is_read_now:
        return False
    return max(arrival.changed_at for arrival in arrivals) < now - PATIENCE
