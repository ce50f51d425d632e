"""The verbs of review: reports, what curators have before them, what they decided."""

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils import timezone

if TYPE_CHECKING:  # named in the base classes below, where ruff does not look
    from django.contrib.auth.base_user import AbstractBaseUser

    from claims.models import Decision, Lease, Report  # noqa: F401


class ReportQuerySet(models.QuerySet["Report"]):
    def unsettled(self) -> Self:
        return self.filter(verdict__isnull=True)

    def sent_lately(self, sender: str) -> Self:
        """What this sender has reported within the last hour."""
        return self.filter(sender=sender, made_at__gt=timezone.now() - timedelta(hours=1))

    def settle(self, verdict: str, user: "AbstractBaseUser") -> int:
        """Record what a curator found; how many reports that was."""
        return (
            self.unsettled()
            .order_by()
            .update(verdict=verdict, settled_by=user, settled_at=timezone.now())
        )


class LeaseQuerySet(models.QuerySet["Lease"]):
    def lasting(self) -> Self:
        return self.filter(until__gt=timezone.now())

    def of_others(self, curator: "AbstractBaseUser") -> Self:
        """What somebody else has before them now."""
        return self.lasting().exclude(curator=curator.pk)


class DecisionQuerySet(models.QuerySet["Decision"]):
    def last_of(self, curator: "AbstractBaseUser", sitting: str) -> Self:
        """What the curator decided in this sitting and has not undone, the last first."""
        return self.filter(curator=curator.pk, sitting=sitting, undone_at__isnull=True).order_by(
            "-pk"
        )
