"""The history of everything, decisions among it; and changes reverted, once they were shown."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, register_converter, reverse
from django.urls.converters import StringConverter
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_safe

from claims.admin.logged import LoggedAdmin
from claims.admin.requests import check_permission, read_reason, require_get_or_post
from claims.desk import reverting
from claims.history import log
from claims.models import Decision
from claims.models.refusals import Refused

REVERT_PERMISSION = "claims.revert_decision"


class EventConverter(StringConverter):
    """An event of the history, by its table and its number there."""

    regex = r"[a-z]+/[0-9]{1,18}"


register_converter(EventConverter, "event")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what was written, all of it or one table, a page at a time."""
    check_permission(request, "claims.view_decision")
    table = request.GET.get("of", "")
    if table in log.TRACKED_TABLES:
        models: Iterable[type[Model]] = [log.TRACKED_TABLES[table]]
    else:
        table = ""
        models = log.TRACKED_MODELS
    events = {model: log.get_events_of_model(model) for model in models}
    entries = log.list_log_entries(events, read_moment(request.GET.get("before", "")))
    has_earlier = len(entries) == log.ENTRIES_PER_PAGE
    context = {
        **admin.site.each_context(request),
        "title": "History",
        "entries": entries,
        "of": table,
        "sorts": [
            (name, model._meta.verbose_name_plural) for name, model in log.TRACKED_TABLES.items()
        ],
        "earlier": entries[-1].when.isoformat() if has_earlier else "",
    }
    return TemplateResponse(request, "admin/claims/decision/log.html", context)


def read_moment(text: str) -> datetime | None:
    """Return the moment that a text names.

    None if it names none, or one that no calendar has in our own time zone.
    """
    try:
        moment = parse_datetime(text)
        return moment.astimezone(UTC) if moment and moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


@require_get_or_post
def revert(request: HttpRequest, event: str) -> HttpResponse:
    """Show what reverting a transaction would put back; by POST, revert it."""
    check_permission(request, REVERT_PERMISSION)
    written = find_event_or_404(event)
    reason = read_reason(request.POST)
    refused = ""
    if request.method == "POST":
        try:
            number = reverting.revert_transaction(written, reason)
        except Refused as error:
            refused = str(error)
        else:
            rows = "1 row" if number == 1 else f"{number} rows"
            messages.success(request, f"Reverted: {rows} as before.")
            return HttpResponseRedirect(reverse("admin:claims_decision_log"))
    steps = reverting.list_revert_steps(written)
    of_transaction = reverting.build_transaction_condition(written)
    events = {
        model: log.get_events_of_model(model).filter(of_transaction) for model in log.TRACKED_MODELS
    }
    context = {
        **admin.site.each_context(request),
        "title": "Revert a change",
        "entries": log.list_log_entries(events),
        "hindrance": reverting.find_revert_hindrance(steps),
        "number": len(steps),
        "refused": refused,
        "reason": reason,
    }
    status = 409 if refused else 200
    return TemplateResponse(request, "admin/claims/decision/revert.html", context, status=status)


def find_event_or_404(address: str) -> Any:
    """Return the event that a part of an address names: "quote/12"."""
    table, _, number = address.partition("/")
    if table not in log.TRACKED_TABLES:
        raise Http404
    events = log.get_events_of_model(log.TRACKED_TABLES[table])
    event = events.filter(pgh_id=int(number)).first()
    if event is None:
        raise Http404
    return event


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
        wrap = self.admin_site.admin_view
        return [
            path("log/", wrap(show), name="claims_decision_log"),
            path("log/<event:event>/revert/", wrap(revert), name="claims_decision_revert"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return Decision.objects.defer("before", "after", "quote__search_content").order_by("-pk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Decision | None = None) -> bool:
        return False  # what was decided stays told; undoing is told beside it
