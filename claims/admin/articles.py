"""Outlets and articles: what came in."""

from typing import ClassVar

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.models import Article, Outlet


@admin.register(Outlet)
class OutletAdmin(admin.ModelAdmin):
    list_display = ("name", "host", "slug", "article_count")
    search_fields = ("name", "host")
    prepopulated_fields: ClassVar = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        return Outlet.objects.counted().order_by("name", "pk")  # rows that are counted have lost the model's order

    @admin.display(description="articles", ordering="article_count")
    def article_count(self, outlet: Outlet) -> int:
        return getattr(outlet, "article_count", 0)


@admin.register(Article)
class ArticleAdmin(admin.ModelAdmin):
    list_display = ("title", "outlet", "published_on", "quote_count", "extractor", "added_at")
    list_filter = ("outlet", "published_on", "extractor")
    search_fields = ("title", "url")
    autocomplete_fields = ("outlet",)
    date_hierarchy = "published_on"
    list_select_related = ("outlet",)
    fields = ("title", "outlet", "published_on", "url", "text", "key", "extractor", "added_at")
    readonly_fields = ("key", "extractor", "added_at")
    formfield_overrides: ClassVar = {models.URLField: {"assume_scheme": "https"}}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return Article.objects.counted().order_by("-published_on", "-pk").defer("search")

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> tuple[str, ...]:
        """Quotes point into the text by offsets, so it stands as long as there are any."""
        return (*self.readonly_fields, "text") if obj and obj.quotes.exists() else self.readonly_fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # articles come in by `manage.py ingest`, which reads them for quotes

    @admin.display(description="quotes", ordering="quote_count")
    def quote_count(self, article: Article) -> int:
        return getattr(article, "quote_count", 0)
