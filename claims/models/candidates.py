"""Which actors may be the same, and what people judged of that."""

from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from claims.models.actors import Actor
from claims.models.joins import ActorJoin
from claims.models.rules import track_history

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

LIKELY_SCORE = 0.4  # from this score on, two actors may well be one


class MergeCandidateQuerySet(models.QuerySet["MergeCandidate"]):
    def standing(self) -> Self:
        """Return all but the pairs that a person judged to be two actors."""
        return self.exclude(judgement="different")

    def unjudged(self) -> Self:
        return self.filter(judgement__isnull=True)

    def waiting(self) -> Self:
        """Return the pairs that nobody judged, but for those of a name that is taken for another."""
        alias = ActorJoin.objects.filter(Q(alias=OuterRef("first")) | Q(alias=OuterRef("second")))
        return self.unjudged().exclude(Exists(alias))

    def judge(self, judgement: str, user: "AbstractBaseUser") -> int:
        """Record what a person decided; return how many pairs that was."""
        return self.order_by().update(judgement=judgement, judged_by=user, judged_at=timezone.now())

    def for_list(self) -> Self:
        """Fetch both actors and the articles that they are known in alone, but not their
        long texts.
        """
        first, second = "first__article", "second__article"
        pairs = self.select_related(f"{first}__outlet", f"{second}__outlet", "judged_by")
        return pairs.defer(
            f"{first}__text", f"{first}__search", f"{second}__text", f"{second}__search"
        )


# What a person finds of two names bears on whom these and their namesakes are taken for.
JUDGED_PAIR_WAITS_TRIGGERS = [
    pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=operation,
        condition=pgtrigger.Condition(condition),
        func=f"""
            INSERT INTO claims_unjoined (actor_id) VALUES ({row}.first_id), ({row}.second_id);
            RETURN NULL;
        """,
    )
    for name, operation, row, condition in (
        (
            "judged_pair_waits",
            pgtrigger.UpdateOf("judgement"),  # type: ignore[no-untyped-call]
            "NEW",
            "OLD.judgement IS DISTINCT FROM NEW.judgement",
        ),
        ("new_judged_pair_waits", pgtrigger.Insert, "NEW", "NEW.judgement IS NOT NULL"),
        ("judged_pair_gone_waits", pgtrigger.Delete, "OLD", "OLD.judgement IS NOT NULL"),
    )
]


class Judgement(models.TextChoices):
    SAME = "same", "same"
    DIFFERENT = "different", "different"
    UNSURE = "unsure", "unsure"


@track_history(unindexed=("first", "second", "judged_by", "pgh_context"))
class MergeCandidate(models.Model):
    """Two actors that may be one, how likely that is, and why.

    What a person judged of them is not asked again.
    """

    # Found by `candidate_is_one_row_per_pair`.
    first = models.ForeignKey(Actor, models.CASCADE, related_name="as_first", db_index=False)
    second = models.ForeignKey(Actor, models.CASCADE, related_name="as_second")
    score = models.FloatField(help_text="how likely they are one, 0 to 1")
    reasons = models.JSONField(help_text="for and against, a short sentence each")
    judgement = models.CharField(max_length=9, null=True, blank=True, choices=Judgement)  # noqa: DJ001 (null: not judged)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True, blank=True)

    objects = MergeCandidateQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-score", "id"]
        triggers: ClassVar = JUDGED_PAIR_WAITS_TRIGGERS
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first", "second"], name="candidate_is_one_row_per_pair"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="candidate_pair_has_one_order"
            ),
            models.CheckConstraint(
                condition=Q(score__range=(0, 1)), name="candidate_score_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(judgement__isnull=True) | Q(judgement__in=Judgement.values),
                name="candidate_judgement_is_known",
            ),
            models.CheckConstraint(
                condition=Q(judgement__isnull=True, judged_at__isnull=True)
                | Q(judgement__isnull=False, judged_at__isnull=False),
                name="candidate_judgement_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"
