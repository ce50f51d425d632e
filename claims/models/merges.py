"""What was merged and split, row by row, so that it can be undone.

The addresses of actors that were merged into others are kept here, too.
"""

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from claims.extraction.schema import ACTOR_KINDS
from claims.models.actors import Actor
from claims.models.articles import Article
from claims.models.names import build_key_column
from claims.models.rules import build_field_choices, track_history

if TYPE_CHECKING:
    from django.db.models import Manager

LONGEST_MERGE_REASON = 1000  # characters


class MergeWork(models.TextChoices):
    MERGE = "merge", "merged"
    SPLIT = "split", "split"


class MergeTable(models.TextChoices):
    ACTOR = "actor", "actors"
    ARTICLE = "article", "articles"
    OUTLET = "outlet", "outlets"


class MergeQuerySet(models.QuerySet["Merge"]):
    def of(self, number: int, table: str = "actor") -> Self:
        """Return what was merged, split and undone of an actor, or of a row of another table."""
        return self.filter(actors__contains=[number], table=table)

    def standing(self) -> Self:
        """Return the merges and splits that nobody has undone."""
        return self.filter(undone_at__isnull=True)


@track_history()
class Merge(models.Model):
    """Actors merged into one, or one split into two: who did it, when and why, and whether it
    is undone.

    Articles and outlets are merged in the same way; `table` says what was. `actors` are the
    primary keys of all it was done to, whether or not they are there now.
    `left` has a sentence for each row that undoing left alone, since it had changed in
    between.
    """

    if TYPE_CHECKING:
        rows: "Manager[MergedRow]"

    work = models.CharField("what", max_length=5, choices=MergeWork)
    table = models.CharField(
        "of what", max_length=7, choices=MergeTable, default="actor", db_default="actor"
    )
    title = models.CharField(max_length=1000)
    reason = models.TextField("why", max_length=LONGEST_MERGE_REASON)
    actors = ArrayField(models.BigIntegerField())
    survivor = models.BigIntegerField(help_text="the one that all went to")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_because = models.TextField("why undone", max_length=LONGEST_MERGE_REASON, blank=True)
    left = models.JSONField(default=list, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]
        verbose_name, verbose_name_plural = "merge or split", "merges and splits"
        indexes: ClassVar = [GinIndex(fields=["actors"], name="merge_actors")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(work__in=MergeWork.values), name="merge_work_is_known"
            ),
            models.CheckConstraint(
                condition=Q(table__in=MergeTable.values), name="merge_table_is_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="merge_has_a_reason"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | ~Q(undone_because=""),
                name="undoing_a_merge_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MergedRow(models.Model):
    """A row that a merge made, changed or removed, with all its columns before and after.

    None where there is no row.

    A row that is the same before and after took the place of another one: it has to stay for
    as long as the merge stands.
    """

    merge = models.ForeignKey(Merge, models.CASCADE, related_name="rows")
    table = models.CharField(max_length=20)
    row = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["table", "row"], name="merged_row")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["merge", "table", "row"], name="merged_row_is_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(before__isnull=False) | Q(after__isnull=False),
                name="merged_row_is_before_or_after",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.row}"


class FormerSlug(models.Model):
    """The address of an actor that was merged into another one, and its name: both lead to
    that other one now.
    """

    slug = models.SlugField(max_length=100, unique=True)
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="former")
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=build_field_choices(ACTOR_KINDS))
    article = models.ForeignKey(Article, models.CASCADE, null=True, blank=True, related_name="+")
    key = models.GeneratedField(
        expression=build_key_column("name"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        ordering: ClassVar = ["slug"]
        indexes: ClassVar = [
            models.Index(fields=["key"], name="former_key"),
            models.Index(fields=["name"], name="former_name"),
        ]

    def __str__(self) -> str:
        return self.slug
