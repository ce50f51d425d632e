"""What curators decide, so that it can be undone."""

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.quotes import Quote
from claims.models.rules import track_history

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class DecisionWork(models.TextChoices):
    ACCEPT = "accept", "accepted"
    REJECT = "reject", "rejected"
    UNREVIEW = "unreview", "put back to unreviewed"
    SPEAKER = "speaker", "given another speaker"
    ACT = "act", "given another act"
    KIND = "kind", "given another kind"
    SPANS = "spans", "given other limits"
    CORRECT = "correct", "corrected"
    ADD = "add", "added"
    SPLIT = "split", "split in two"
    JOIN = "join", "joined with the next"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def last_of(self, curator: "AbstractBaseUser", sitting: str) -> Self:
        """Return what the curator decided in this sitting and has not undone, the last first."""
        decided = self.filter(curator=curator.pk, sitting=sitting, undone_at__isnull=True)
        return decided.order_by("-pk")


@track_history()
class Decision(models.Model):
    """What a curator did to a quote, with all its values before and after.

    Decisions of one `group` were made at once, and are undone at once. `sitting` is the
    curator's session at the desk.
    """

    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    quote = models.ForeignKey(Quote, models.SET_NULL, null=True, related_name="decisions")
    what = models.CharField(max_length=8, choices=DecisionWork)
    before = models.JSONField(null=True, help_text="null: the quote was made by this")
    after = models.JSONField()
    group = models.UUIDField(default=uuid.uuid4)
    sitting = models.CharField(max_length=32, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["curator", "sitting", "-id"],
                condition=Q(undone_at__isnull=True),
                name="decision_last",
            ),
            models.Index(fields=["group"], name="decision_group"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(what__in=DecisionWork.values), name="decision_work_is_known"
            ),
        ]
        permissions: ClassVar = [("revert_decision", "Can revert any change of the history")]

    def __str__(self) -> str:
        return f"quote {self.quote_id} {self.get_what_display()}"
