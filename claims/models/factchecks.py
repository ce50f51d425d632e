"""What others found of claims, and which of our claims that is about."""

import hashlib
from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from claims.models.changed_rows import build_log_triggers
from claims.models.claims import Wording
from claims.models.decided import (
    DECIDED_STATUSES,
    FOUND_CHOICES,
    DecidedMixin,
    DecidedQuerySet,
    MatchStatus,
)
from claims.models.rules import build_share_constraint, track_history
from claims.models.standing import build_quote_exists

if TYPE_CHECKING:
    from django.db.models import Manager


def build_factcheck_exists() -> Exists:
    """Return whether any fact-check may be about a claim, whatever is thought of that."""
    return Exists(FactCheckMatch.objects.filter(wording__claim=OuterRef("pk")))


@track_history("key", "runs", "read_as")
class FactCheck(models.Model):
    """What somebody found of a claim: their judgement, and no claim of ours.

    `runs` are those of the claim's words (`WordingPrint`); `read_as` is the digest of what was read
    when its likes were looked up, "" as long as that waits.
    """

    if TYPE_CHECKING:
        matches: "Manager[FactCheckMatch]"

    key = models.CharField(
        max_length=64, unique=True, editable=False, help_text="SHA-256 of its address and its claim"
    )
    address = models.CharField(max_length=2000, help_text="where the reviewer says so")
    claim = models.TextField(help_text="what was reviewed, in the reviewer's words")
    reviewer = models.CharField(max_length=300)
    rating = models.CharField(max_length=300, help_text="in the reviewer's words")
    said_by = models.CharField(
        max_length=300, blank=True, help_text="whose claim it is, as the reviewer has it"
    )
    said_on = models.DateField(null=True, blank=True, help_text="when it was made")
    reviewed_on = models.DateField(null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)
    runs = ArrayField(models.IntegerField(), default=list, editable=False)
    read_as = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["-id"]
        verbose_name, verbose_name_plural = "fact-check", "fact-checks"
        indexes: ClassVar = [
            GinIndex(fields=["runs"], name="factcheck_runs", fastupdate=False),
            models.Index(fields=["id"], condition=Q(read_as=""), name="factcheck_waits"),
        ]
        triggers: ClassVar = build_log_triggers(
            "factcheck", "SELECT 'factcheck', id::text FROM {rows}"
        )

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.rating}"

    @staticmethod
    def key_of(address: str, claim: str) -> str:
        words = " ".join(claim.casefold().split())
        return hashlib.sha256(f"{address}\n{words}".encode()).hexdigest()


class FactCheckMatchQuerySet(DecidedQuerySet["FactCheckMatch"]):
    def seen(self) -> Self:
        """Return those of wordings of which readers see a quote."""
        wordings = Wording.objects.filter(build_quote_exists(Wording), key=OuterRef("wording"))
        return self.filter(Exists(wordings.order_by()))


@track_history()
class FactCheckMatch(DecidedMixin, models.Model):
    """That a fact-check is about what a wording says, how sure that is, and who decided it.

    It hangs on the wording by its key, so that a decision outlives every reading of its articles.
    """

    factcheck = models.ForeignKey(FactCheck, models.CASCADE, related_name="matches")
    wording: Any = models.ForeignKey(
        Wording,
        models.DO_NOTHING,
        to_field="key",
        db_constraint=False,
        related_name="factcheck_matches",
    )
    score = models.FloatField(help_text="how likely that is, 0 to 1")
    evidence = models.JSONField(default=list, blank=True, help_text="codes for and against")
    status = models.CharField(max_length=9, choices=MatchStatus)
    found = models.CharField(
        max_length=9, choices=FOUND_CHOICES, blank=True, help_text="empty: it is found no more"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = FactCheckMatchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-score", "id"]
        verbose_name = "claim of a fact-check"
        verbose_name_plural = "claims of fact-checks"
        indexes: ClassVar = [
            models.Index(
                fields=["-score", "id"],
                condition=Q(status="proposed"),
                name="factcheck_match_proposed",
            )
        ]
        triggers: ClassVar = build_log_triggers(
            "factcheckmatch", "SELECT 'factcheck', factcheck_id::text FROM {rows}"
        )
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["factcheck", "wording"], name="factcheck_is_of_a_wording_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=MatchStatus.values), name="factcheck_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=DECIDED_STATUSES, decided_at__isnull=False)
                | (Q(status=F("found")) & Q(decided_at__isnull=True)),
                name="factcheck_decision_has_its_time",
            ),
            build_share_constraint("score", "factcheck_score_is_a_share"),
        ]

    def __str__(self) -> str:
        return f"{self.factcheck}: is it of this claim?"
