"""How two wordings relate, and what waits to be related."""

from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least

from claims.models.changed_rows import build_log_triggers
from claims.models.claims import Wording
from claims.models.decided import (
    DECIDED_STATUSES,
    FOUND_CHOICES,
    PUBLIC_STATUSES,
    DecidedMixin,
    DecidedQuerySet,
    MatchStatus,
)
from claims.models.rules import build_share_constraint, track_history

# Columns of a quote that tell how its wording reads.
COLUMNS_READ = (
    "id",
    "article_id",
    "wording_id",
    "version_id",
    "actor_id",
    "status",
    "stance",
    "source_text",
    "cue",
    "content",
)


class MatchKind(models.TextChoices):
    COPY = "copy", "the same words"
    PARAPHRASE = "paraphrase", "the same in other words"
    DENIES = "denies", "denies it"
    ANSWERS = "answers", "answers it"
    NARROWS = "narrows", "says part of it"
    CONFLICTS = "conflicts", "tells it otherwise"


# Of these kinds the first and the second wording say one thing.
SAME_KINDS = (MatchKind.COPY, MatchKind.PARAPHRASE)

# And of these one speaks against the other.
DISPUTING_KINDS = (MatchKind.DENIES, MatchKind.CONFLICTS)


class MatchQuerySet(DecidedQuerySet["Match"]):
    def joining(self) -> Self:
        """Return the matches by which wordings are of one claim."""
        return self.public().filter(kind__in=SAME_KINDS)

    def disputing(self) -> Self:
        """Return what readers see of wordings that speak against others; figures of two sides, of
        which both may be right, do not.
        """
        told = self.public().filter(kind__in=DISPUTING_KINDS)
        return told.exclude(evidence__contains=["other side"])

    def of(self, *wordings: int) -> Self:
        return self.filter(Q(first__in=wordings) | Q(second__in=wordings))

    def with_wordings(self) -> Self:
        """Return the matches with both wordings, without what is kept of these to search in."""
        both = self.select_related("first", "second", "decided_by")
        return both.defer("first__search", "second__search")


# Whoever writes or takes back a decision: the claims of both wordings are formed anew.
DECIDED_MATCH_WAITS_TRIGGER = pgtrigger.Trigger(
    name="decided_match_waits",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func="""
        IF TG_OP <> 'INSERT' AND OLD.decided_at IS NOT NULL THEN
            INSERT INTO claims_unrelated (wording) VALUES (OLD.first_id), (OLD.second_id);
        ELSIF TG_OP <> 'DELETE' AND NEW.decided_at IS NOT NULL THEN
            INSERT INTO claims_unrelated (wording) VALUES (NEW.first_id), (NEW.second_id);
        END IF;
        RETURN NULL;
    """,
)


@track_history()
class Match(DecidedMixin, models.Model):
    """How the second of two wordings relates to the first, how sure that is, and why.

    What a person decided on a pair of wordings holds whatever is read of them later; `found` is what
    was read of them, to which taking the decision back returns.
    """

    first = models.ForeignKey(Wording, models.DO_NOTHING, related_name="+")
    second = models.ForeignKey(Wording, models.DO_NOTHING, related_name="+")
    kind = models.CharField(max_length=10, choices=MatchKind)
    score = models.FloatField(help_text="how likely that is, 0 to 1")
    evidence = models.JSONField(default=list, blank=True, help_text="codes for and against")
    status = models.CharField(max_length=9, choices=MatchStatus)
    found = models.CharField(
        max_length=9, choices=FOUND_CHOICES, blank=True, help_text="empty: a person alone says so"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = MatchQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-score", "id"]
        verbose_name_plural = "matches"
        indexes: ClassVar = [
            models.Index(
                fields=["-score", "id"], condition=Q(status="proposed"), name="match_proposed"
            ),
            models.Index(
                fields=["kind", "first", "second"],
                condition=Q(kind__in=DISPUTING_KINDS, status__in=PUBLIC_STATUSES),
                name="match_disputed",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                Least("first", "second"),
                Greatest("first", "second"),
                name="match_is_one_row_per_pair",
            ),
            models.CheckConstraint(
                condition=~Q(first=F("second")), name="match_is_of_two_wordings"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MatchKind.values), name="match_kind_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=MatchStatus.values), name="match_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=DECIDED_STATUSES, decided_at__isnull=False)
                | (~Q(status__in=DECIDED_STATUSES) & Q(decided_at__isnull=True)),
                name="match_decision_has_its_time",
            ),
            build_share_constraint("score", "match_score_is_a_share"),
        ]
        triggers: ClassVar = [
            DECIDED_MATCH_WAITS_TRIGGER,
            *build_log_triggers("match", "SELECT 'match', id::text FROM {rows}"),
        ]

    def __str__(self) -> str:
        return f"“{self.second}” to “{self.first}”: {self.get_kind_display()}"


def build_waiting_triggers() -> list[pgtrigger.Trigger]:
    """Return triggers of quotes: the wordings of those written wait to be related, once a statement."""
    columns = ", ".join(COLUMNS_READ)
    changed = f"SELECT {columns} FROM new_rows EXCEPT SELECT {columns} FROM old_rows"
    changed_back = f"SELECT {columns} FROM old_rows EXCEPT SELECT {columns} FROM new_rows"
    either = f"""
        SELECT wording_id FROM ({changed}) after UNION SELECT wording_id FROM ({changed_back}) before
    """
    return [
        build_waiting_trigger(
            "its_wording_waits",
            pgtrigger.Insert,
            "SELECT DISTINCT wording_id FROM new_rows",
            new="new_rows",
        ),
        build_waiting_trigger(
            "changed_wording_waits", pgtrigger.Update, either, new="new_rows", old="old_rows"
        ),
        build_waiting_trigger(
            "left_wording_waits",
            pgtrigger.Delete,
            "SELECT DISTINCT wording_id FROM old_rows",
            old="old_rows",
        ),
    ]


def build_waiting_trigger(
    name: str, operation: Any, wordings: str, **referencing: str
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**referencing),  # type: ignore[no-untyped-call]
        func=f"INSERT INTO claims_unrelated (wording) {wordings}; RETURN NULL;",
    )


class Unrelated(models.Model):
    """A wording that is yet to be related to others; it may be here several times.

    No key holds it to one row, so that nobody who stores a quote waits for another.
    """

    wording = models.BigIntegerField()

    def __str__(self) -> str:
        return f"wording {self.wording}"


class WordingPrint(models.Model):
    """What tells a wording from others: the runs of its words by which its likes are looked up.

    `read_as` is the digest of the quotes that it was read by; it is read again where they change.
    """

    wording = models.OneToOneField(
        Wording, models.DO_NOTHING, primary_key=True, related_name="fingerprint"
    )
    runs = ArrayField(models.IntegerField())
    read_as = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["runs"], name="wording_runs", fastupdate=False)]

    def __str__(self) -> str:
        return f"runs of wording {self.wording_id}"
