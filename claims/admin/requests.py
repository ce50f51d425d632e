"""What pages of the admin read from any request: who sends it, whether they may, and why."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_http_methods

from claims.desk.deciding import Decider

AdminView = Callable[..., HttpResponse]
MERGE_PERMISSION = "claims.merge_actor"
BULK_PERMISSION = "claims.bulk_quote"
require_get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def get_user(request: HttpRequest) -> User:
    """Return who is signed in; the admin lets nobody else come so far."""
    return cast("User", request.user)


def get_permitted_user(request: HttpRequest, permission: str) -> User:
    """Return who is signed in. Raise `PermissionDenied` if they lack a permission."""
    check_permission(request, permission)
    return get_user(request)


def check_permission(request: HttpRequest, permission: str) -> None:
    if not get_user(request).has_perm(permission):
        raise PermissionDenied


def require_curator(view: AdminView) -> AdminView:
    """Keep a view from whoever may not change quotes, who learns not even which there are."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        check_permission(request, "claims.change_quote")
        return view(request, *args, **kwargs)

    return checked


def get_sitting(request: HttpRequest) -> str:
    """Return the name of this session of the browser; undoing goes back no further than it."""
    if "desk_sitting" not in request.session:
        request.session["desk_sitting"] = uuid.uuid4().hex
    return str(request.session["desk_sitting"])


def build_decider(request: HttpRequest) -> Decider:
    """Return who decides by this request; all that it decides is undone at once."""
    return Decider(get_user(request), get_sitting(request))


def read_submitted(request: HttpRequest) -> QueryDict:
    """Return what the form of a page sends: in the body of a POST, else in the address."""
    return request.POST if request.method == "POST" else request.GET


def read_text(values: QueryDict, name: str) -> str:
    """Return a text as it was typed, but for NUL, which no text that is stored holds."""
    return str(values.get(name, "")).replace("\0", "")


def read_reason(values: QueryDict) -> str:
    """Return why somebody does something, as they typed it."""
    return read_text(values, "reason")
