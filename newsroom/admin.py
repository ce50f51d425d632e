"""What every form of the admin does; and the forms of users, groups, sign-ins and second factors."""

from typing import Any

from axes.admin import AccessAttemptAdmin, AccessFailureLogAdmin, AccessLogAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.admin.views.main import ERROR_FLAG, SEARCH_VAR
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_otp.plugins.otp_static.admin import StaticDeviceAdmin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDeviceAdmin
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.row_numbers import read_row_number

LIBRARY_ADMINS: dict[Any, Any] = {
    User: UserAdmin,
    Group: GroupAdmin,
    AccessAttempt: AccessAttemptAdmin,
    AccessFailureLog: AccessFailureLogAdmin,
    AccessLog: AccessLogAdmin,
    StaticDevice: StaticDeviceAdmin,
    TOTPDevice: TOTPDeviceAdmin,
}


class DiscreetAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Tells nothing to who may not see it, and what cannot be looked up is no failure.

    Django looks first for a row and then whether one may see its history, so that its answer tells what there is.
    """

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Lead to the whole list, as Django does for other values that a filter cannot have."""
        filters = {name: values for name, values in request.GET.lists() if name != SEARCH_VAR}
        if any(has_no_use(value) for values in filters.values() for value in values):
            return HttpResponseRedirect(f"{request.path}?{ERROR_FLAG}=1")
        return super().changelist_view(request, extra_context)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


def has_no_use(value: str) -> bool:
    """Return whether no text has these characters, or no year or number these digits."""
    return "\0" in value or (value.isdigit() and read_row_number(value) is None)


for model, form in LIBRARY_ADMINS.items():
    admin.site.unregister(model)
    admin.site.register(model, type(form.__name__, (DiscreetAdmin, form), {}))
