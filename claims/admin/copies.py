"""Articles that were found to be copies of one text, and the curator's word that they are none."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.admin.logged import LoggedAdmin
from claims.admin.requests import get_user
from claims.intake.copies import compare_when_stored
from claims.models import Article, CopyPair
from claims.models.copies import CopyPairQuerySet


@admin.register(CopyPair)
class CopyPairAdmin(LoggedAdmin):
    list_display = ("one", "other", "percent", "verdict")
    list_display_links = None
    list_filter = (("refused_at", admin.EmptyFieldListFilter),)
    search_fields = ("first__title", "second__title")
    search_help_text = "words of a title"
    actions = ("are_no_copies", "are_copies")
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[CopyPair]:
        return CopyPair.objects.for_list()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # they are found

    def has_change_permission(self, request: HttpRequest, obj: CopyPair | None = None) -> bool:
        """Let nobody change what was found; the actions of the list decide on it."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: CopyPair | None = None) -> bool:
        return False  # it would be found again

    @admin.display(description="article", ordering="first__title")
    def one(self, pair: CopyPair) -> SafeString:
        return render_article(pair.first)

    @admin.display(description="has a copy in", ordering="second__title")
    def other(self, pair: CopyPair) -> SafeString:
        return render_article(pair.second)

    @admin.display(description="same text", ordering="share")
    def percent(self, pair: CopyPair) -> str:
        return f"{pair.share:.0%}"

    @admin.display(description="no copies, says", ordering="refused_at")
    def verdict(self, pair: CopyPair) -> str:
        if pair.refused_at is None:
            return ""
        return str(pair.refused_by or "an account since deleted")

    @admin.action(description="They are no copies of one text", permissions=["change"])
    def are_no_copies(self, request: HttpRequest, pairs: CopyPairQuerySet) -> None:
        number = pairs.refuse(get_user(request))
        compare_when_stored()
        self.message_user(request, f"{format_pairs(number)} no copies now.")

    @admin.action(description="They are copies after all", permissions=["change"])
    def are_copies(self, request: HttpRequest, pairs: CopyPairQuerySet) -> None:
        number = pairs.take_back_refusal()
        compare_when_stored()
        self.message_user(request, f"{format_pairs(number)} copies again.")


def render_article(article: Article) -> SafeString:
    return format_html(
        '<a href="{}">{}</a>, {}', article.get_absolute_url(), article.title, article.outlet.name
    )


def format_pairs(number: int) -> str:
    return "1 pair counts as" if number == 1 else f"{number} pairs count as"
