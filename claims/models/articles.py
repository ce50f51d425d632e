"""Outlets and their articles."""

from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse

from claims.models.changes import ARTICLE_IS_NOTED
from claims.querysets import ArticleQuerySet, OutletQuerySet, plain

if TYPE_CHECKING:
    from django.db.models import Manager

    from claims.models.quotes import Quote


class Outlet(models.Model):
    """Who published an article."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=100, unique=True)
    host = models.CharField(max_length=253, unique=True, help_text="the host of its addresses, without www.")

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("outlet", args=[self.slug])


class Article(models.Model):
    """One published text. The offsets of its quotes point into `text`, which never changes under them."""

    if TYPE_CHECKING:
        quotes: "Manager[Quote]"

    key = models.CharField(max_length=2100, unique=True, help_text="its address, or its id where it has none")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="articles")
    url = models.URLField(max_length=2000, blank=True)
    title = models.CharField(max_length=1000)
    text = models.TextField()
    published_on = models.DateField()
    extractor = models.CharField(
        max_length=40, blank=True, editable=False, help_text="the version that last read it; empty: not read yet"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    search = models.GeneratedField(
        expression=SearchVector(plain("title"), weight="A", config="english")
        + SearchVector(plain("text"), weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-published_on", "-id"]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="article_search"),
            models.Index(fields=["-published_on", "-id"], name="article_newest"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="text_stands_under_quotes",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("text"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("OLD.text IS DISTINCT FROM NEW.text"),
                func="""
                    IF EXISTS (SELECT 1 FROM claims_quote WHERE article_id = NEW.id) THEN
                        RAISE EXCEPTION 'the text of article % cannot change while quotes point into it', NEW.id
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            ARTICLE_IS_NOTED,
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])

    @property
    def web_address(self) -> str:
        """Its address if a reader may safely follow it, else nothing: articles come from anywhere."""
        return self.url if self.url.lower().startswith(("https://", "http://")) else ""
