"""Who is looking at which quote, so that two curators never have the same."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class LeaseQuerySet(models.QuerySet["Lease"]):
    def lasting(self) -> Self:
        return self.filter(until__gt=timezone.now())

    def of_others(self, curator: "AbstractBaseUser") -> Self:
        """Return what somebody else has before them now."""
        return self.lasting().exclude(curator=curator.pk)


class Lease(models.Model):
    """A quote that a curator has before them: nobody else gets it `until` then."""

    quote = models.OneToOneField("claims.Quote", models.CASCADE, related_name="lease")
    curator = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateTimeField()

    objects = LeaseQuerySet.as_manager()

    def __str__(self) -> str:
        return f"quote {self.quote_id} until {self.until:%H:%M}"
