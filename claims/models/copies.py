"""Which articles are copies of one text: the same report of a wire in several outlets, perhaps cut
or under another headline.
"""

from typing import TYPE_CHECKING, Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import DateField, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from claims.models.rules import build_share_constraint, track_history

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

NO_DAY = "9999-12-31"  # stands where an article has no date: after all others

# Every text that comes in or changes waits to be compared, whoever writes it. So do the articles of
# a pair that a curator decided on, and what is left of a group when one of its articles goes.
ARTICLE_COPIES_TRIGGERS = [
    pgtrigger.Trigger(
        name="text_waits_to_be_compared",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        referencing=pgtrigger.Referencing(new="new_rows"),  # type: ignore[no-untyped-call]
        func="""
            INSERT INTO claims_uncompared (article_id) SELECT id FROM new_rows;
            RETURN NULL;
        """,
    ),
    pgtrigger.Trigger(
        name="new_text_waits_to_be_compared",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("text"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Condition("OLD.text IS DISTINCT FROM NEW.text"),
        func="""
            INSERT INTO claims_uncompared (article_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
            RETURN NULL;
        """,
    ),
    pgtrigger.Trigger(
        name="what_tells_its_copies_goes_with_it",
        when=pgtrigger.After,
        operation=pgtrigger.Delete,
        func="""
            DELETE FROM claims_copypair WHERE first_id = OLD.id OR second_id = OLD.id;
            DELETE FROM claims_fingerprint WHERE article_id = OLD.id;
            DELETE FROM claims_uncompared WHERE article_id = OLD.id;
            RETURN NULL;
        """,
    ),
]
REST_WAITS_TRIGGER = pgtrigger.Trigger(
    name="rest_of_its_group_waits",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Delete,
    referencing=pgtrigger.Referencing(old="old_rows"),  # type: ignore[no-untyped-call]
    func="""
        INSERT INTO claims_uncompared (article_id)
        SELECT article_id FROM claims_fingerprint
         WHERE shared_text IN (SELECT shared_text FROM old_rows)
            ON CONFLICT DO NOTHING;
        RETURN NULL;
    """,
)
DECIDED_PAIR_WAITS_TRIGGER = pgtrigger.Trigger(
    name="decided_pair_waits",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("refused_at"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Condition("OLD.refused_at IS DISTINCT FROM NEW.refused_at"),
    func="""
        INSERT INTO claims_uncompared (article_id) VALUES (NEW.first_id), (NEW.second_id)
            ON CONFLICT DO NOTHING;
        RETURN NULL;
    """,
)
# The lock waits for quotes that are being stored in the article, so that none is left unnoted.
GROUP_NOTE_TRIGGER = pgtrigger.Trigger(
    name="quotes_change_with_the_group",
    when=pgtrigger.After,
    operation=pgtrigger.UpdateOf("shared_text"),  # type: ignore[no-untyped-call]
    condition=pgtrigger.Condition("OLD.shared_text IS DISTINCT FROM NEW.shared_text"),
    func="""
        PERFORM 1 FROM claims_article WHERE id = NEW.article_id FOR UPDATE;
        INSERT INTO claims_change (quote_id)
        SELECT id FROM claims_quote WHERE article_id = NEW.article_id;
        RETURN NULL;
    """,
)


class Uncompared(models.Model):
    """An article whose text is yet to be compared with those of others."""

    article = models.OneToOneField(
        "claims.Article", models.CASCADE, primary_key=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"article {self.article_id}"


class Fingerprint(models.Model):
    """What tells an article's text from others, and whether it has copies.

    Two texts may be copies if they have one of their `bands` in common (`passages/shingles.py`).
    """

    article = models.OneToOneField(
        "claims.Article", models.CASCADE, primary_key=True, related_name="fingerprint"
    )
    bands = ArrayField(models.IntegerField())
    shared_text = models.BigIntegerField(
        null=True, help_text="a number that all copies of one text have; null: it has no copy"
    )

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["bands"], name="fingerprint_bands", fastupdate=False),
            models.Index(
                fields=["shared_text"],
                condition=Q(shared_text__isnull=False),
                name="fingerprint_shared_text",
            ),
        ]
        triggers: ClassVar = [REST_WAITS_TRIGGER, GROUP_NOTE_TRIGGER]

    def __str__(self) -> str:
        return f"text of article {self.article_id}"


class CopyPairQuerySet(models.QuerySet["CopyPair"]):
    def standing(self) -> Self:
        """Return all but the pairs that a curator found to be no copies."""
        return self.filter(refused_at__isnull=True)

    def for_list(self) -> Self:
        """Fetch both articles, but not their long texts."""
        pairs = self.select_related("first__outlet", "second__outlet", "refused_by")
        return pairs.defer("first__text", "first__search", "second__text", "second__search")

    def refuse(self, user: "AbstractBaseUser") -> int:
        """Record that these are no copies; return how many pairs that was."""
        return self.standing().order_by().update(refused_by=user, refused_at=timezone.now())

    def take_back_refusal(self) -> int:
        """Let these be copies again; return how many pairs that was."""
        refused = self.filter(refused_at__isnull=False).order_by()
        return refused.update(refused_by=None, refused_at=None)


@track_history()
class CopyPair(models.Model):
    """Two articles nearly all of whose text is the same.

    That a curator found them to be no copies is not forgotten when they are compared again.
    """

    first = models.ForeignKey("claims.Article", models.CASCADE, related_name="+")
    second = models.ForeignKey("claims.Article", models.CASCADE, related_name="+")
    share = models.FloatField(help_text="of the shorter text that the longer one has, 0 to 1")
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField(
        null=True, blank=True, help_text="when a curator found them to be no copies"
    )

    objects = CopyPairQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["first", "second"], name="copies_are_one_row_per_pair"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="copies_have_one_order"
            ),
            build_share_constraint("share", "copies_share_is_a_share"),
        ]
        triggers: ClassVar = [DECIDED_PAIR_WAITS_TRIGGER]

    def __str__(self) -> str:
        return f"{self.first} and {self.second}"


def build_day_column(article: str, outer: bool = False) -> Coalesce:
    """Return the day of an article, for the order in which copies were published.

    `article` leads to it; `outer` is for one of the query around a subquery.
    """
    name = f"{article}published_on"
    column: Any = OuterRef(name) if outer else F(name)
    return Coalesce(column, Value(NO_DAY, DateField()), output_field=DateField())


def build_earlier_copy_condition(article: str, key: str) -> Q:
    """Return the condition that the article of a subquery's row is a copy of that of the query's
    row, published before it.

    `article` leads from a row to its article, and `key` is the column of the article's number. Of
    one day, that which came in first is the earlier one.
    """
    shared_text = f"{article}fingerprint__shared_text"
    outer_day = build_day_column(article, outer=True)
    is_copy = Q(**{shared_text: OuterRef(shared_text)})
    is_of_earlier_day = Q(copy_day__lt=outer_day)
    is_of_same_day = Q(copy_day=outer_day)
    came_before = Q(**{f"{key}__lt": OuterRef(key)})
    return is_copy & (is_of_earlier_day | (is_of_same_day & came_before))
