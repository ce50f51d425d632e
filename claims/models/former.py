"""The addresses of articles, quotes and outlets that were merged into others: they lead to these."""

from typing import ClassVar

from django.db import models

from claims.models.articles import Article
from claims.models.outlets import Outlet
from claims.models.quotes import Quote


class FormerArticle(models.Model):
    """The number of an article that is one with another now."""

    number = models.BigIntegerField(unique=True)
    article = models.ForeignKey(Article, models.CASCADE, related_name="former")

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"article {self.number}"


class FormerQuote(models.Model):
    """The number of a quote that is one with another now, since their articles are one."""

    number = models.BigIntegerField(unique=True)
    quote = models.ForeignKey(Quote, models.CASCADE, related_name="former")

    class Meta:
        ordering: ClassVar = ["number"]

    def __str__(self) -> str:
        return f"quote {self.number}"


class FormerOutletSlug(models.Model):
    """The slug of an outlet that was merged into another one, or that has another slug now."""

    slug = models.SlugField(max_length=100, unique=True)
    outlet = models.ForeignKey(Outlet, models.CASCADE, related_name="former")

    class Meta:
        ordering: ClassVar = ["slug"]

    def __str__(self) -> str:
        return self.slug
