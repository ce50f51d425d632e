"""The base of the admin's forms, whose “History” is what triggers kept of a row."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from claims.history import log
from newsroom.admin import DiscreetAdmin
from newsroom.row_numbers import read_row_number


class LoggedAdmin(DiscreetAdmin):
    """A form of the admin whose “History” tells every write, and not the admin's own alone."""

    object_history_template = "admin/claims/row_history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        number = read_row_number(unquote(object_id))
        entries = []
        if number is not None:
            table = self.model._meta.concrete_model or self.model
            entries = log.list_log_entries(log.get_events_of_row(table, number))
        context = {"entries": entries, **(extra_context or {})}
        return super().history_view(request, object_id, context)
