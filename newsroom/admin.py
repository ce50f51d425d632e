"""What every form of the admin does; and the forms of users, groups, sign-ins and second
factors.
"""

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
from procrastinate.contrib.django.admin import ProcrastinateJobAdmin
from procrastinate.contrib.django.models import ProcrastinateJob

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

# Jobs are nothing to meddle with: what became of a document, its delivery tells.
NOT_SHOWN: dict[Any, Any] = {ProcrastinateJob: ProcrastinateJobAdmin}


class DiscreetAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Tells nothing to those who may not see it, and takes what cannot be looked up for no failure.

    Django first looks for a row and then whether one may see its history, so that its answer tells
    what there is.
    """

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list.

        Where a filter has a value that it cannot have, lead to the whole list, as Django does.
        """
        for name, values in request.GET.lists():
            if name != SEARCH_VAR and any(map(is_unusable, values)):
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


def is_unusable(value: str) -> bool:
    """Tell whether no text can have these characters, or no year or number these digits."""
    return "\0" in value or (value.isdigit() and read_row_number(value) is None)


for model, library_admin in LIBRARY_ADMINS.items():
    discreet = type(library_admin.__name__, (DiscreetAdmin, library_admin), {})
    admin.site.unregister(model)
    admin.site.register(model, discreet)

for model in NOT_SHOWN:
    admin.site.unregister(model)
