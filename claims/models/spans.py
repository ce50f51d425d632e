"""The stretches of an article's text that belong to a quote: its content, and words that say more
of it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from claims.extraction.schema import DETAIL_ROLES
from claims.models.changed_rows import build_log_triggers
from claims.models.checks import (
    SPAN_STAYS_WITH_ITS_QUOTE,
    build_check_when_changed,
    build_check_when_gone,
    build_check_when_made,
)
from claims.models.rules import build_field_choices, build_one_of_constraint, track_history

# Quotes that are made are in the log already.
LOGGED_QUOTES = "SELECT 'quote', quote_id::text FROM {rows}"


@track_history(unindexed=("pgh_context",))
class Span(models.Model):
    """A stretch of the article's text that is content of a quote; `start` included, `end` not."""

    # Found by `span_starts_once`.
    quote = models.ForeignKey("claims.Quote", models.CASCADE, related_name="spans", db_index=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["start"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="span_is_not_empty"),
            # Checked when a correction is whole: a span may take the place of one that leaves it.
            models.UniqueConstraint(
                fields=["quote", "start"],
                name="span_starts_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers: ClassVar = [
            build_check_when_made("quote_id"),
            build_check_when_changed("quote_id", ("id", "quote_id", "start", "end")),
            build_check_when_gone("quote_id"),
            SPAN_STAYS_WITH_ITS_QUOTE,
            *build_log_triggers("span", LOGGED_QUOTES, when=("changed", "removed")),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"


@track_history(unindexed=("pgh_context",))
class Detail(models.Model):
    """Words of the article that say more of a quote: whom it was told to, on what evidence,
    when and where.
    """

    # Found by `detail_is_given_once`.
    quote = models.ForeignKey(
        "claims.Quote", models.CASCADE, related_name="details", db_index=False
    )
    role = models.CharField(max_length=9, choices=build_field_choices(DETAIL_ROLES))
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField(help_text="in the article's words")

    class Meta:
        ordering: ClassVar = ["start", "role"]
        constraints: ClassVar = [
            build_one_of_constraint("role", DETAIL_ROLES, "detail_role_is_known"),
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="detail_is_not_empty"),
            models.UniqueConstraint(
                fields=["quote", "role", "start", "end"], name="detail_is_given_once"
            ),
        ]
        triggers: ClassVar = [
            build_check_when_made("quote_id"),
            build_check_when_changed("quote_id", ("id", "quote_id", "start", "end", "text")),
            *build_log_triggers("detail", LOGGED_QUOTES, when=("changed", "removed")),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.text}"
