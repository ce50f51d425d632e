"""The admin's forms of users, groups, sign-ins and second factors, which tell nothing to who may not see them."""

from typing import Any

from axes.admin import AccessAttemptAdmin, AccessFailureLogAdmin, AccessLogAdmin
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django_otp.plugins.otp_static.admin import StaticDeviceAdmin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.admin import TOTPDeviceAdmin
from django_otp.plugins.otp_totp.models import TOTPDevice

OF_LIBRARIES: dict[Any, Any] = {
    User: UserAdmin,
    Group: GroupAdmin,
    AccessAttempt: AccessAttemptAdmin,
    AccessFailureLog: AccessFailureLogAdmin,
    AccessLog: AccessLogAdmin,
    StaticDevice: StaticDeviceAdmin,
    TOTPDevice: TOTPDeviceAdmin,
}


class Discreet(admin.ModelAdmin):  # type: ignore[type-arg]
    """Django looks first for a row and then whether one may see its history, so that its answer tells what there is."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


for model, form in OF_LIBRARIES.items():
    admin.site.unregister(model)
    admin.site.register(model, type(form.__name__, (Discreet, form), {}))
