"""The base of lists of what is found or taken in: nobody writes it by hand, people decide on it."""

from typing import Any, Protocol

from django.contrib import admin
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme

from claims.admin.logged import LoggedAdmin
from claims.admin.requests import BULK_PERMISSION
from newsroom.admin import DiscreetAdmin


class FoundAdmin(DiscreetAdmin):
    """Rows that are found or taken in; the actions of the list decide on them."""

    list_display_links = None
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # they are found

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody change what was found; the actions decide on it."""
        return obj is None and super().has_change_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False  # it would be found again

    def has_bulk_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and request.user.has_perm(BULK_PERMISSION)


class DecidedRow(Protocol):
    """What was found with a score, and what a person decided on it."""

    score: float
    status: str
    decided_at: Any
    decided_by: AbstractBaseUser | None

    def get_status_display(self) -> str: ...


class DecidedAdmin(FoundAdmin, LoggedAdmin):
    """Rows found with a score, on each of which a person may decide."""

    @admin.display(description="score", ordering="score")
    def likeness(self, match: DecidedRow) -> str:
        return f"{match.score:.0%}"

    @admin.display(description="status", ordering="status")
    def standing(self, match: DecidedRow) -> str:
        if match.decided_at is None:
            return match.get_status_display()
        who = match.decided_by or "an account since deleted"
        return f"{match.status}, {who}, {date_format(match.decided_at, 'j F Y')}"


def find_next_address(request: HttpRequest, fallback: str) -> str:
    """Return where the form leads; to the view of this name where that is no page of this site."""
    address = str(request.POST.get("next", ""))
    if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()):
        return address
    return reverse(fallback)


def format_number_decided(number: int, noun: str = "") -> str:
    """Return the subject of what was decided: "1 pair is", "2 are"."""
    if number == 1:
        return f"1 {noun} is" if noun else "1 is"
    return f"{number} {noun}s are" if noun else f"{number} are"
