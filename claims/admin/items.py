"""Items of Wikidata that actors may be, and the curator's word on each."""

from django.contrib import admin
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Left
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from claims.actors.reconciling import judge_items
from claims.admin.found import FoundAdmin
from claims.admin.requests import get_user
from claims.models import ItemMatch, Quote

QUOTES_SHOWN = 2  # of each actor
WORDS_SHOWN = 160  # characters of each


@admin.register(ItemMatch)
class ItemMatchAdmin(FoundAdmin):
    """What a file proposes; judging it again takes a judgement back."""

    list_display = ("who", "item", "why", "says", "status", "judged_by")
    list_filter = ("status",)
    search_fields = ("actor__name", "label")
    search_help_text = "words of a name"
    list_per_page = 25
    actions = ("confirm", "refuse", "take_back")

    def get_queryset(self, request: HttpRequest) -> QuerySet[ItemMatch]:
        quotes = Quote.objects.standing().filter(actor=OuterRef("actor")).order_by("-pk")
        words = quotes.values_list(Left("content", WORDS_SHOWN))[:QUOTES_SHOWN]
        matches = ItemMatch.objects.annotate(words_said=ArraySubquery(words))
        return matches.select_related("actor", "judged_by").order_by("status", "pk")

    @admin.display(description="actor", ordering="actor__name")
    def who(self, match: ItemMatch) -> SafeString:
        return format_html(
            '<a href="{}"><bdi>{}</bdi></a>', match.actor.get_absolute_url(), match.actor.name
        )

    @admin.display(description="item", ordering="label")
    def item(self, match: ItemMatch) -> SafeString:
        return format_html(
            "<bdi>{}</bdi> ({})<br><bdi>{}</bdi>", match.label, match.value, match.description
        )

    @admin.display(description="since")
    def why(self, match: ItemMatch) -> str:
        return "; ".join(match.reasons)

    @admin.display(description="says")
    def says(self, match: ItemMatch) -> SafeString:
        rows = [(words,) for words in match.words_said]  # type: ignore[attr-defined]
        return format_html_join(mark_safe("<br>"), "<bdi>{}</bdi>", rows)

    @admin.action(description="They are these items", permissions=["bulk"])
    def confirm(self, request: HttpRequest, matches: QuerySet[ItemMatch]) -> None:
        self.judge(request, matches, "confirmed")

    @admin.action(description="They are not these items", permissions=["bulk"])
    def refuse(self, request: HttpRequest, matches: QuerySet[ItemMatch]) -> None:
        self.judge(request, matches, "refused")

    @admin.action(description="Take back what was said", permissions=["bulk"])
    def take_back(self, request: HttpRequest, matches: QuerySet[ItemMatch]) -> None:
        self.judge(request, matches, "proposed")

    def judge(self, request: HttpRequest, matches: QuerySet[ItemMatch], status: str) -> None:
        number = judge_items(matches, status, get_user(request))
        judged = "1 item is" if number == 1 else f"{number} items are"
        self.message_user(request, f"{judged} {status} now.")
