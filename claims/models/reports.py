"""What readers say is wrong."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.querysets import ReportQuerySet
from claims.models.quotes import Quote
from claims.models.rules import track_history

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


@track_history("sender")
class Report(models.Model):
    """An error that a reader reports of a quote, for a curator to settle.

    `sender` stands for the reader's network address for a day, so that one cannot flood the queue, and tells it to nobody.
    """

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="reports")
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
