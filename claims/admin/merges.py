"""Merges and splits that were made, and undoing one: shown first, then done with a reason."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.html import format_html
from django.utils.safestring import SafeString

from claims.actors.undoing import preview_undo, undo_merge
from claims.admin.logged import LoggedAdmin
from claims.admin.merging import get_undo_address, read_token, render_merge_page
from claims.admin.requests import (
    MERGE_PERMISSION,
    check_permission,
    get_permitted_user,
    read_reason,
    require_get_or_post,
)
from claims.models import Merge
from claims.models.refusals import Refused


@require_get_or_post
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what undoing a merge or split would put back; by POST, undo it."""
    user = get_permitted_user(request, MERGE_PERMISSION)
    done = get_object_or_404(Merge, pk=pk)
    check_permission(request, f"claims.merge_{done.table}")
    reason = read_reason(request.POST)
    refused = ""
    if request.method == "POST":
        try:
            undone = undo_merge(pk, user, reason, read_token(request.POST))
        except Refused as error:
            refused = str(error)
            done.refresh_from_db()
        else:
            told = f"{done.title} is undone."
            if undone.left:
                told = f"{told} {len(undone.left)} rows are left as they are since."
            messages.success(request, told)
            return HttpResponseRedirect(get_undo_address(done))
    return render_merge_page(
        request,
        "merge/undo",
        f"Undo: {done}",
        done=done,
        plan=None if done.undone_at else preview_undo(done),
        refused=refused,
        reason=reason,
        opts=Merge._meta,
    )


@admin.register(Merge)
class MergeAdmin(LoggedAdmin):
    """What was merged and split, by whom, when and why; each can be undone."""

    list_display = ("what", "reason", "made_by", "made_at", "state")
    list_display_links = None
    list_filter = ("work", "table", ("undone_at", admin.EmptyFieldListFilter))
    search_fields = ("title", "reason")
    list_select_related = ("made_by", "undone_by")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(undo)
        return [path("<int:pk>/undo/", view, name="claims_merge_undo"), *super().get_urls()]

    def has_view_permission(self, request: HttpRequest, obj: Merge | None = None) -> bool:
        return super().has_view_permission(request, obj) or request.user.has_perm(MERGE_PERMISSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # it is done where the actors are

    def has_change_permission(self, request: HttpRequest, obj: Merge | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Merge | None = None) -> bool:
        return False  # what was done stays told; undoing is told beside it

    @admin.display(description="what", ordering="title")
    def what(self, done: Merge) -> str:
        return f"{done.get_work_display()}: {done.title}"

    @admin.display(description="undone", ordering="undone_at")
    def state(self, done: Merge) -> SafeString:
        address = get_undo_address(done)
        if not done.undone_at:
            return format_html('<a href="{}">Undo…</a>', address)
        who = done.undone_by or "an account since deleted"
        link = format_html('<a href="{}">undone by {}</a>', address, who)
        return format_html("{}: {}", link, done.undone_because)
