"""What is found of pairs, and what people decide on it, which no machine changes."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import F
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

Row = TypeVar("Row", bound=models.Model)


class MatchStatus(models.TextChoices):
    SURE = "sure", "sure"
    PROPOSED = "proposed", "proposed"
    CONFIRMED = "confirmed", "confirmed by a person"
    REFUSED = "refused", "refused by a person"


FOUND_CHOICES = [
    (status.value, status.label) for status in (MatchStatus.SURE, MatchStatus.PROPOSED)
]
DECIDED_STATUSES = (MatchStatus.CONFIRMED, MatchStatus.REFUSED)
PUBLIC_STATUSES = (MatchStatus.SURE, MatchStatus.CONFIRMED)


class DecidedQuerySet(models.QuerySet[Row]):
    """Rows with a status, found or decided; `found` is what a decision taken back returns to."""

    def decided(self) -> Self:
        """Return what a person confirmed or refused; no machine changes it."""
        return self.filter(status__in=DECIDED_STATUSES)

    def proposed(self) -> Self:
        return self.filter(status=MatchStatus.PROPOSED)

    def public(self) -> Self:
        """Return what readers see: what is sure, and what a person confirmed."""
        return self.filter(status__in=PUBLIC_STATUSES)

    def decide(self, status: str, user: "AbstractBaseUser | None") -> int:
        """Record what a person decided; return how many that was."""
        now = timezone.now()
        return self.order_by().update(status=status, decided_by=user, decided_at=now)

    def take_back(self) -> int:
        """Return to what was found, as if nobody had decided; what was not is gone.

        Return how many decisions that was.
        """
        decided = self.decided().order_by()
        gone = decided.filter(found="").delete()[0]
        return gone + decided.update(status=F("found"), decided_by=None, decided_at=None)


class DecidedMixin:
    """What both kinds of rows can tell of themselves."""

    status: Any

    @property
    def is_decided(self) -> bool:
        """Tell whether a person confirmed or refused it."""
        return self.status in DECIDED_STATUSES
