"""What readers say is wrong."""

from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from claims.models.rules import track_history

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

LONGEST_REPORT_NOTE = 1000  # characters


class ReportProblem(models.TextChoices):
    SPEAKER = "speaker", "somebody else said it"
    LIMITS = "limits", "it begins or ends in the wrong place"
    MEANING = "meaning", "the kind of statement is wrong"
    NOT_SAID = "not_said", "nobody says this in the article"
    OTHER = "other", "something else"


class ReportVerdict(models.TextChoices):
    CORRECTED = "corrected", "corrected"
    NO_ERROR = "no_error", "no error"


class ReportQuerySet(models.QuerySet["Report"]):
    def unsettled(self) -> Self:
        return self.filter(verdict__isnull=True)

    def sent_lately(self, sender: str) -> Self:
        """Return what this sender has reported within the last hour."""
        return self.filter(sender=sender, made_at__gt=timezone.now() - timedelta(hours=1))

    def settle(self, verdict: str, user: "AbstractBaseUser") -> int:
        """Record what a curator found; return how many reports that was."""
        unsettled = self.unsettled().order_by()
        return unsettled.update(verdict=verdict, settled_by=user, settled_at=timezone.now())


@track_history("sender")
class Report(models.Model):
    """An error that a reader reports of a quote, for a curator to settle.

    `sender` stands for the reader's network address for a day, so that one cannot flood the
    queue, and tells it to nobody.
    """

    quote = models.ForeignKey("claims.Quote", models.CASCADE, related_name="reports")
    problem = models.CharField("what is wrong", max_length=8, choices=ReportProblem)
    note = models.TextField(max_length=LONGEST_REPORT_NOTE, blank=True)
    sender = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    verdict = models.CharField(max_length=9, null=True, blank=True, choices=ReportVerdict)  # noqa: DJ001 (null: open)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["sender", "made_at"], name="report_sender"),
            models.Index(fields=["quote"], condition=Q(verdict__isnull=True), name="report_open"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(problem__in=ReportProblem.values), name="report_problem_is_known"
            ),
            models.CheckConstraint(
                condition=Q(verdict__isnull=True) | Q(verdict__in=ReportVerdict.values),
                name="report_verdict_is_known",
            ),
            models.CheckConstraint(
                condition=Q(verdict__isnull=True, settled_at__isnull=True)
                | Q(verdict__isnull=False, settled_at__isnull=False),
                name="report_verdict_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_problem_display()}: quote {self.quote_id}"
