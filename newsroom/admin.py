"""The admin's forms of users and groups, which tell nothing to who may not see them."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse


class Discreet(admin.ModelAdmin):  # type: ignore[type-arg]
    """Django looks first for a row and then whether one may see its history, so that its answer tells what there is."""

    def history_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return super().history_view(request, object_id, extra_context)


admin.site.unregister([User, Group])


@admin.register(User)
class PeopleAdmin(Discreet, UserAdmin):  # type: ignore[type-arg]
    pass


@admin.register(Group)
class RoleAdmin(Discreet, GroupAdmin):
    pass
