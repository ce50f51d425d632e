"""Which names are taken for which actor, on what articles say together (`actors/joining.py`)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from claims.models.actors import Actor


class ActorJoin(models.Model):
    """A name that is taken for that of another actor: what `alias` says is what `actor` says.

    Joins follow from what articles say and from what people judged, and from nothing else: each
    can be found anew. The quotes of an alias are its actor's, and tell whose they were
    (`Quote.named_as`).
    """

    alias = models.OneToOneField(Actor, models.CASCADE, related_name="join")
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="joins")
    reasons = models.JSONField(help_text="why, a short sentence each")

    class Meta:
        ordering: ClassVar = ["id"]
        verbose_name, verbose_name_plural = "name taken for another's", "names taken for others'"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(alias=F("actor")), name="join_is_of_two_actors")
        ]

    def __str__(self) -> str:
        return f"{self.alias} is {self.actor}"


class Unjoined(models.Model):
    """An actor of whom articles say something new, or of whom a person decided something: its
    joins are yet to be found anew.

    `name` is that of one that is gone. Nothing is unique, so that nobody waits for another who
    stores at the same time.
    """

    actor_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=300, blank=True, db_default="")

    def __str__(self) -> str:
        return self.name or f"actor {self.actor_id}"
