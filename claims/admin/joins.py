"""Names that are taken for those of actors, and the curator's word that one is another's."""

from typing import Any

from django.contrib import admin
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Left
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from claims.actors.joining import tell_apart
from claims.admin.found import FoundAdmin
from claims.admin.requests import get_user
from claims.models import Actor, ActorJoin, Quote

QUOTES_SHOWN = 2  # of each name
WORDS_SHOWN = 160  # characters of each


@admin.register(ActorJoin)
class ActorJoinAdmin(FoundAdmin):
    """Each name with what would be its own again, were the two told apart."""

    list_display = ("name", "taken_for", "why", "quotes", "says")
    search_fields = ("alias__name", "actor__name")
    search_help_text = "words of a name"
    actions = ("are_two",)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        titled = {"title": "Names that are taken for others’", **(extra_context or {})}
        return super().changelist_view(request, titled)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ActorJoin]:
        article = "alias__article"
        joins = ActorJoin.objects.select_related("actor", f"{article}__outlet")
        credited = Quote.objects.standing().filter(named_as=OuterRef("alias")).order_by()
        words = credited.order_by("-pk").values_list(Left("content", WORDS_SHOWN))[:QUOTES_SHOWN]
        counted = credited.values("named_as").annotate(number=Count("pk")).values("number")
        joins = joins.annotate(
            words_said=ArraySubquery(words), quotes_said=Coalesce(Subquery(counted), 0)
        )
        return joins.defer(f"{article}__text", f"{article}__search")

    @admin.display(description="name", ordering="alias__name")
    def name(self, join: ActorJoin) -> str:
        return str(join.alias)

    @admin.display(description="taken for", ordering="actor__name")
    def taken_for(self, join: ActorJoin) -> SafeString:
        return render_actor(join.actor)

    @admin.display(description="since")
    def why(self, join: ActorJoin) -> str:
        return "; ".join(join.reasons)

    @admin.display(description="quotes under this name")
    def quotes(self, join: ActorJoin) -> int:
        return int(join.quotes_said)  # type: ignore[attr-defined]

    @admin.display(description="such as")
    def says(self, join: ActorJoin) -> SafeString:
        rows = [(words,) for words in join.words_said]  # type: ignore[attr-defined]
        return format_html_join(mark_safe("<br>"), "<bdi>{}</bdi>", rows)

    @admin.action(description="They are two actors", permissions=["change"])
    def are_two(self, request: HttpRequest, joins: QuerySet[ActorJoin]) -> None:
        number = tell_apart(joins, get_user(request))
        told_apart = "1 name is" if number == 1 else f"{number} names are"
        self.message_user(
            request, f"{told_apart} not that of the actor; judge the pair anew to take this back."
        )


def render_actor(actor: Actor) -> SafeString:
    return format_html('<a href="{}">{}</a>', actor.get_absolute_url(), actor.name)
