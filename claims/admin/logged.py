"""The history of one row: what triggers kept of it, for people to read."""

from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from claims.history import log
from newsroom.admin import DiscreetAdmin
from newsroom.row_numbers import read_row_number


class LoggedAdmin(DiscreetAdmin):
    """A form of the admin whose “History” tells every write, by whatever means, and not the admin's own alone."""

    object_history_template = "admin/claims/row_history.html"

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        number = read_row_number(unquote(object_id))
        found = (
            []
            if number is None
            else log.list_log_entries(log.get_events_of_row(self.model, number))
        )
        return super().history_view(request, object_id, {"entries": found, **(extra_context or {})})
