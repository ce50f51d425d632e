"""Names that are taken for those of actors, and the curator's word that one is another's."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.actors.joining import tell_apart
from claims.admin.requests import get_user
from claims.models import Actor, ActorJoin
from newsroom.admin import DiscreetAdmin


@admin.register(ActorJoin)
class ActorJoinAdmin(DiscreetAdmin):
    list_display = ("name", "taken_for", "why")
    list_display_links = None
    search_fields = ("alias__name", "actor__name")
    search_help_text = "words of a name"
    actions = ("are_two",)
    show_full_result_count = False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        titled = {"title": "Names that are taken for others’", **(extra_context or {})}
        return super().changelist_view(request, titled)

    def get_queryset(self, request: HttpRequest) -> QuerySet[ActorJoin]:
        article = "alias__article"
        joins = ActorJoin.objects.select_related("actor", f"{article}__outlet")
        return joins.defer(f"{article}__text", f"{article}__search")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # they are found

    def has_change_permission(self, request: HttpRequest, obj: ActorJoin | None = None) -> bool:
        """Let nobody change what was found; the action of the list decides on it."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: ActorJoin | None = None) -> bool:
        return False  # it would be found again

    @admin.display(description="name", ordering="alias__name")
    def name(self, join: ActorJoin) -> str:
        return str(join.alias)

    @admin.display(description="taken for", ordering="actor__name")
    def taken_for(self, join: ActorJoin) -> SafeString:
        return render_actor(join.actor)

    @admin.display(description="since")
    def why(self, join: ActorJoin) -> str:
        return "; ".join(join.reasons)

    @admin.action(description="They are two actors", permissions=["change"])
    def are_two(self, request: HttpRequest, joins: QuerySet[ActorJoin]) -> None:
        number = tell_apart(joins, get_user(request))
        told_apart = "1 name is" if number == 1 else f"{number} names are"
        self.message_user(
            request, f"{told_apart} not that of the actor; judge the pair anew to take this back."
        )


def render_actor(actor: Actor) -> SafeString:
    return format_html('<a href="{}">{}</a>', actor.get_absolute_url(), actor.name)
