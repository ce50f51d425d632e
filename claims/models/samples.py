"""Random samples of quotes, and what people judge of them: on these rests what is published of how
often quotes are right.
"""

from typing import TYPE_CHECKING, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from claims.models.quotes import Quote
from claims.models.rules import track_history

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Manager


class SampleQuerySet(models.QuerySet["Sample"]):
    def closed(self) -> Self:
        """Return the samples whose figures stand, the newest first."""
        return self.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")

    def open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def counted(self) -> Self:
        """Annotate `size`, and `judged`: how many items somebody has judged."""
        judged = Count("items", filter=Q(items__judgements__isnull=False), distinct=True)
        return self.annotate(size=Count("items", distinct=True), judged=judged)


class SampleItemQuerySet(models.QuerySet["SampleItem"]):
    def to_be_judged_by(self, user: "AbstractBaseUser") -> Self:
        """Return the items that wait for a judge, and that this one has not judged, in
        their order.
        """
        given = Count("judgements", filter=Q(judgements__settles=False))
        waiting = self.annotate(given=given).filter(Q(given=0) | Q(given=1, double=True))
        return waiting.exclude(judgements__judge=user).order_by("position")


@track_history()
class Sample(models.Model):
    """Quotes drawn at random, stratum by stratum.

    `design` says of which, `results` what was found once it is closed.
    """

    if TYPE_CHECKING:
        items: "Manager[SampleItem]"

    name = models.CharField(max_length=100, unique=True)
    drawn_at = models.DateTimeField(auto_now_add=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    seed = models.PositiveBigIntegerField(
        help_text="the same seed draws the same quotes from the same collection"
    )
    design = models.JSONField(
        help_text="strata with their sizes, and the versions of the extractor"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    results = models.JSONField(
        null=True, blank=True, help_text="the figures, from the moment it is closed"
    )

    objects = SampleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-drawn_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, results__isnull=True)
                | Q(closed_at__isnull=False, results__isnull=False),
                name="sample_has_results_once_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("trust")


class SampleItem(models.Model):
    """A quote of a sample.

    `shown` is a copy of what judges see of it, which stays when the quote changes or goes.
    """

    if TYPE_CHECKING:
        judgements: "Manager[SampleJudgement]"

    sample = models.ForeignKey(Sample, models.CASCADE, related_name="items")
    quote = models.ForeignKey(Quote, models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveIntegerField(
        help_text="its place in the order of judging, which is random"
    )
    stratum = models.PositiveIntegerField(help_text="its place among the strata of the design")
    double = models.BooleanField(help_text="given to two judges")
    shown = models.JSONField()

    objects = SampleItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["sample", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sample", "position"], name="sample_item_has_its_place"
            ),
            models.UniqueConstraint(fields=["sample", "quote"], name="sample_has_a_quote_once"),
        ]

    def __str__(self) -> str:
        return f"{self.position} of {self.sample_id}"

    @property
    def judges(self) -> int:
        """Return by how many people it is to be judged."""
        return 2 if self.double else 1


class SampleAnswer(models.TextChoices):
    YES = "yes", "yes"
    NO = "no", "no"
    UNCLEAR = "unclear", "cannot tell"


def build_answer_field(text: str, *, unclear: bool = False) -> models.CharField:  # type: ignore[type-arg]
    """Return the field of a question, empty where it is not asked.

    `unclear` offers that a judge cannot tell.
    """
    choices = [(answer.value, answer.label) for answer in SampleAnswer]
    if not unclear:
        choices.remove((SampleAnswer.UNCLEAR.value, SampleAnswer.UNCLEAR.label))
    return models.CharField(text, max_length=7, blank=True, choices=choices)


IS_WHOLE_JUDGEMENT = Q(
    is_quote="yes", limits__in=["yes", "no"], speaker__in=SampleAnswer.values, act__in=["yes", "no"]
)
IS_JUDGED_NO_QUOTE = Q(is_quote="no", limits="", speaker="", act="")


@track_history()
class SampleJudgement(models.Model):
    """What one judge says of an item; may be changed until the sample is closed.

    One of a third person settles it.
    """

    item = models.ForeignKey(SampleItem, models.CASCADE, related_name="judgements")
    judge = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    is_quote = build_answer_field("Does somebody say or think this, in the words of the article?")
    limits = build_answer_field("Are the marked words the whole of it, and no more?")
    speaker = build_answer_field("Is the speaker right?", unclear=True)
    act = build_answer_field("Is the kind of statement right?")
    settles = models.BooleanField(default=False, help_text="decides between two judges who differ")
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["item", "made_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["item", "judge"], name="sample_judgement_is_one_per_judge"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(settles=True), name="sample_item_is_settled_once"
            ),
            models.CheckConstraint(
                condition=IS_WHOLE_JUDGEMENT | IS_JUDGED_NO_QUOTE,
                name="sample_judgement_answers_all_that_is_asked",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="closed_sample_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("item_id", "is_quote", "limits", "speaker", "act", "settles"),  # type: ignore[no-untyped-call]
                func="""
                    IF EXISTS (
                        SELECT 1 FROM claims_sampleitem item JOIN claims_sample sample ON sample.id = item.sample_id
                         WHERE item.id = NEW.item_id AND sample.closed_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'the sample of item % is closed', NEW.item_id
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"item {self.item_id}: {self.is_quote} {self.limits} {self.speaker} {self.act}"
