"""Articles: what came in, and those that are one."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from claims.admin.logged import LoggedAdmin
from claims.admin.merging_articles import (
    MERGE_ARTICLES_PERMISSION,
    find_articles_sharing_address,
    get_article_merge_address,
    merge,
)
from claims.models import Article, ArticleAddress, CopyPair, Quote


class DoubledFilter(admin.SimpleListFilter):
    """Shows the articles that have the address of another one, and may be one with it."""

    title = "may be one with another"
    parameter_name = "doubled"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if self.value() == "yes":
            doubled = ArticleAddress.objects.doubled().values("article")
            return queryset.filter(pk__in=doubled)
        return queryset


@admin.register(Article)
class ArticleAdmin(LoggedAdmin):
    list_display = ("title", "outlet", "published_on", "quote_count", "extractor", "added_at")
    list_filter = (DoubledFilter, "outlet", "published_on", "extractor")
    actions = ("merge",)
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
                    "known_addresses",
                    "may_be_one_with",
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

    readonly_fields = ("known_addresses", "may_be_one_with")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(merge)
        return [path("merge/", view, name="claims_article_merge"), *super().get_urls()]

    def has_merge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(MERGE_ARTICLES_PERMISSION)

    @admin.action(description="Merge the two chosen articles…", permissions=["merge"])
    def merge(self, request: HttpRequest, articles: QuerySet[Article]) -> HttpResponse:
        return HttpResponseRedirect(
            get_article_merge_address(articles.values_list("pk", flat=True))
        )

    @admin.display(description="known by")
    def known_addresses(self, article: Article) -> str:
        own = ArticleAddress.objects.own().filter(article=article)
        return "\n".join(own.values_list("address", flat=True)) or "its key"

    @admin.display(description="may be one with")
    def may_be_one_with(self, article: Article) -> SafeString | str:
        others = find_articles_sharing_address(article)
        links = []
        for other in others:
            links.append((get_article_merge_address([article.pk, other.pk]), other))
        return format_html_join(", ", '<a href="{}">{}</a>', links) or "no other"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        return Article.objects.counted().newest().defer("search")

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False  # the description of its fields says why

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # articles come in by “Add” and by commands, which have them read for quotes

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[Any, Any, Any, Any]:
        """Let the quotes of an article and its pairs with copies go with it, though none is
        deleted by itself.
        """
        rows, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        parts = {Quote._meta.verbose_name, CopyPair._meta.verbose_name}
        return rows, counts, forbidden - parts, protected

    @admin.display(description="quotes", ordering="quote_count")
    def quote_count(self, article: Article) -> int:
        return getattr(article, "quote_count", 0)
