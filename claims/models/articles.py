"""Outlets, their articles, and what these said before."""

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F

from claims.models.addresses import get_address
from claims.models.changes import ARTICLE_NOTE_TRIGGER
from claims.models.checks import TEXT_IS_CHECKED
from claims.models.querysets import ArticleQuerySet, OutletQuerySet, build_plain_column
from claims.models.rules import track_history

if TYPE_CHECKING:
    from django.db.models import Manager

    from claims.models.quotes import Quote


@track_history()
class Outlet(models.Model):
    """Who published an article."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=100, unique=True)
    host = models.CharField(
        max_length=253, unique=True, help_text="the host of its addresses, without www."
    )

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return get_address("outlet", self.slug)


TEXT_IS_KEPT_SQL = """
    INSERT INTO claims_articleversion (article_id, text, title, sha256, seen_at, superseded_at, sightings)
    VALUES (OLD.id, OLD.text, OLD.title, encode(sha256(convert_to(OLD.text, 'UTF8')), 'hex'),
            coalesce((SELECT max(superseded_at) FROM claims_articleversion WHERE article_id = OLD.id), OLD.added_at),
            clock_timestamp(), 1)
        ON CONFLICT (article_id, sha256) DO UPDATE
       SET title = excluded.title, superseded_at = excluded.superseded_at,
           sightings = claims_articleversion.sightings + 1;
    RETURN NULL;
"""


@track_history("text", "search")
class Article(models.Model):
    """One published text. The offsets of its quotes point into `text`, which changes only together with them.

    What it said before is kept in its versions, whoever changes it.
    """

    if TYPE_CHECKING:
        quotes: "Manager[Quote]"
        versions: "Manager[ArticleVersion]"

    key = models.CharField(
        max_length=2100, unique=True, help_text="its address, or its id where it has none"
    )
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="articles")
    url = models.URLField(max_length=2000, blank=True)
    title = models.CharField(max_length=1000)
    text = models.TextField()
    published_on = models.DateField(null=True, blank=True, help_text="empty where nobody knows it")
    author = models.CharField(
        max_length=300,
        blank=True,
        default="",
        help_text="who wrote it; empty where nobody is named",
    )
    language = models.CharField(
        max_length=35, blank=True, default="", help_text="as BCP 47 names it, such as en-GB"
    )
    section = models.CharField(
        max_length=100, blank=True, default="", help_text="of its outlet, such as Politics"
    )
    extractor = models.CharField(
        max_length=40,
        blank=True,
        editable=False,
        help_text="the version that last read it; empty: not read yet",
    )
    added_at = models.DateTimeField(auto_now_add=True)
    search = models.GeneratedField(
        expression=SearchVector(build_plain_column("title"), weight="A", config="english")
        + SearchVector(build_plain_column("text"), weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [F("published_on").desc(nulls_last=True), "-id"]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="article_search"),
            models.Index(
                F("published_on").desc(nulls_last=True), F("id").desc(), name="article_newest"
            ),
            models.Index(fields=["published_on", "id"], name="article_oldest"),
        ]
        triggers: ClassVar = [
            TEXT_IS_CHECKED,
            pgtrigger.Trigger(
                name="what_it_said_is_kept",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("text"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("OLD.text IS DISTINCT FROM NEW.text"),
                func=TEXT_IS_KEPT_SQL,
            ),
            ARTICLE_NOTE_TRIGGER,
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return get_address("article", self.pk)

    @property
    def web_address(self) -> str:
        """Its address if a reader may safely follow it, else nothing: articles come from anywhere."""
        return self.url if self.url.lower().startswith(("https://", "http://")) else ""


class ArticleVersion(models.Model):
    """A text that an article had before another took its place: once each, however often it came back in between."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="versions")
    text = models.TextField()
    title = models.CharField(max_length=1000)
    sha256 = models.CharField(max_length=64, help_text="of the text, as UTF-8")
    seen_at = models.DateTimeField(help_text="when it was first seen")
    superseded_at = models.DateTimeField(help_text="when another text last took its place")
    sightings = models.PositiveIntegerField(default=1, help_text="how many times it came")

    class Meta:
        ordering: ClassVar = ["superseded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "sha256"], name="version_is_kept_once")
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="text_stays_as_it_was",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.text IS DISTINCT FROM NEW.text OR OLD.sha256 IS DISTINCT FROM NEW.sha256"
                    " OR OLD.article_id IS DISTINCT FROM NEW.article_id"
                ),
                func="""
                    RAISE EXCEPTION 'version % of an article stays as it was', OLD.id
                        USING ERRCODE = 'integrity_constraint_violation';
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, as seen on {self.seen_at:%Y-%m-%d}"
