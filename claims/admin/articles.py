"""Outlets and articles: what came in."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.admin.logged import LoggedAdmin
from claims.models import Article, Outlet, Quote


@admin.register(Outlet)
class OutletAdmin(LoggedAdmin):
    list_display = ("name", "host", "slug", "article_count")
    search_fields = ("name", "host")
    prepopulated_fields: ClassVar = {"slug": ("name",)}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Outlet]:
        # Rows that are counted have lost the model's order.
        return Outlet.objects.counted().order_by("name", "pk")

    @admin.display(description="articles", ordering="article_count")
    def article_count(self, outlet: Outlet) -> int:
        return getattr(outlet, "article_count", 0)


@admin.register(Article)
class ArticleAdmin(LoggedAdmin):
    list_display = ("title", "outlet", "published_on", "quote_count", "extractor", "added_at")
    list_filter = ("outlet", "published_on", "extractor")
    search_fields = ("title", "url")
    date_hierarchy = "published_on"
    list_select_related = ("outlet",)
    list_per_page = 50
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "title",
                    "outlet",
                    "published_on",
                    "author",
                    "section",
                    "language",
                    "licence",
                    "url",
                    "text",
                    "key",
                    "extractor",
                    "added_at",
                ),
                "description": "An article is as its document says: what was changed here would be"
                " overwritten as soon as the document is ingested again. Correct the document.",
            },
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return Article.objects.counted().newest().defer("search")

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # the description of its fields says why

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # articles come in by `manage.py ingest`, which reads them for quotes

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Let the quotes of an article go with it, though none is deleted by itself."""
        rows, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        return rows, counts, forbidden - {Quote._meta.verbose_name}, protected

    @admin.display(description="quotes", ordering="quote_count")
    def quote_count(self, article: Article) -> int:
        return getattr(article, "quote_count", 0)
