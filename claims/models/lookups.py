"""That somebody had claims looked for that are like a sentence of theirs."""

from datetime import timedelta
from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

HOURS_KEPT = 24


class LookupQuerySet(models.QuerySet["Lookup"]):
    def sent_lately(self, sender: str) -> Self:
        """Return what this sender has had looked for within the last hour."""
        return self.filter(sender=sender, made_at__gt=timezone.now() - timedelta(hours=1))

    def forget_old(self) -> int:
        """Forget who looked for something long ago; return how often that was."""
        old = self.filter(made_at__lt=timezone.now() - timedelta(hours=HOURS_KEPT))
        return old.delete()[0]


class Lookup(models.Model):
    """A sentence that was compared with stored claims: by whom, so that nobody does so too often.

    `sender` stands for a network address for a day and tells it to nobody. The sentence is not kept.
    """

    sender = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = LookupQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sender", "made_at"], name="lookup_of_sender")]

    def __str__(self) -> str:
        return f"lookup of {self.made_at:%Y-%m-%d %H:%M}"
