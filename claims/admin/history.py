"""The history of everything, decisions among it, and changes reverted: by a preview, a reason and POST alone."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, register_converter, reverse
from django.urls.converters import StringConverter
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from claims.admin.logged import LoggedAdmin
from claims.admin.merging import reason_in, require_get_or_post
from claims.desk import reverting
from claims.desk.deciding import DecisionRefused
from claims.history import log
from claims.models import Decision

REVERT_PERMISSION = "claims.revert_decision"


class EventConverter(StringConverter):
    """An event of the history: its table and number."""

    regex = r"[a-z]+/[0-9]{1,18}"


register_converter(EventConverter, "event")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("claims.view_decision"):
        raise PermissionDenied
    of = request.GET.get("of", "")
    chosen = (
        {log.TRACKED_TABLES[of]: of}
        if of in log.TRACKED_TABLES
        else dict.fromkeys(log.TRACKED_MODELS)
    )
    entries = log.list_log_entries(
        {model: log.get_events_of_model(model) for model in chosen},
        read_moment(request.GET.get("before", "")),
    )
    context = {
        **admin.site.each_context(request),
        "title": "History",
        "entries": entries,
        "of": of if of in log.TRACKED_TABLES else "",
        "sorts": [
            (name, model._meta.verbose_name_plural) for name, model in log.TRACKED_TABLES.items()
        ],
        "earlier": entries[-1].when.isoformat() if len(entries) == log.ENTRIES_PER_PAGE else "",
    }
    return TemplateResponse(request, "admin/claims/decision/log.html", context)


def read_moment(text: str) -> datetime | None:
    """Return the moment that a text names; None if it names none, or one that no calendar has in our own time zone."""
    try:
        found = parse_datetime(text)
        return found.astimezone(UTC) if found and found.tzinfo else None
    except (ValueError, OverflowError):
        return None


@require_get_or_post
def revert(request: HttpRequest, event: str) -> HttpResponse:
    if not request.user.has_perm(REVERT_PERMISSION):
        raise PermissionDenied
    table, _, number = event.partition("/")
    found = (
        log.get_events_of_model(log.TRACKED_TABLES[table]).filter(pgh_id=int(number)).first()
        if table in log.TRACKED_TABLES
        else None
    )
    if found is None:
        raise Http404
    refused, reason = "", reason_in(request.POST)
    if request.method == "POST":
        try:
            done = reverting.revert_transaction(found, reason)
            messages.success(request, f"Reverted: {done} row{'' if done == 1 else 's'} as before.")
            return HttpResponseRedirect(reverse("admin:claims_decision_log"))
        except DecisionRefused as error:
            refused = str(error)
    steps = reverting.list_revert_steps(found)
    same = {
        model: log.get_events_of_model(model).filter(reverting.build_transaction_condition(found))
        for model in log.TRACKED_MODELS
    }
    context = {
        **admin.site.each_context(request),
        "title": "Revert a change",
        "entries": log.list_log_entries(same),
        "hindrance": reverting.find_revert_hindrance(steps),
        "number": len(steps),
        "refused": refused,
        "reason": reason,
    }
    return TemplateResponse(
        request, "admin/claims/decision/revert.html", context, status=409 if refused else 200
    )


@admin.register(Decision)
class DecisionAdmin(LoggedAdmin):
    """What curators decided of quotes; read here, made and undone at the desk."""

    list_display = ("what", "quote", "curator", "made_at", "undone_at")
    list_filter = ("what", "curator", ("undone_at", admin.EmptyFieldListFilter))
    list_select_related = ("quote", "curator")
    fields = ("what", "quote", "curator", "made_at", "undone_at")
    date_hierarchy = "made_at"
    show_full_result_count = False

    def get_urls(self) -> list[Any]:
        own = [
            path("log/", self.admin_site.admin_view(show), name="claims_decision_log"),
            path(
                "log/<event:event>/revert/",
                self.admin_site.admin_view(revert),
                name="claims_decision_revert",
            ),
        ]
        return own + super().get_urls()

    def get_queryset(self, request: HttpRequest) -> Any:
        return Decision.objects.defer("before", "after", "quote__search_content").order_by("-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return False  # what was decided stays told; undoing is told beside it
