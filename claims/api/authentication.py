"""Who asks: by a token, or by being signed in, which counts for writing alone.

What is read is the same for everybody, so that a reader's session is not even looked at.
"""

from typing import Any, cast

from django.conf import settings
from rest_framework.authentication import (
    BaseAuthentication,
    SessionAuthentication,
    get_authorization_header,
)
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from claims.api.limits import count_request
from claims.models import ApiToken, TokenScope

SCHEME = "bearer"


class TokenAuthentication(BaseAuthentication):
    """Takes `Authorization: Bearer newsroom_…`."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        scheme, _, written = get_authorization_header(request).partition(b" ")
        if scheme.decode("latin-1").lower() != SCHEME:
            return None
        token = ApiToken.objects.find_usable(written.decode("latin-1").strip())
        if token is None:
            refuse_too_many(request)
            raise AuthenticationFailed("This token is unknown, expired or revoked.")
        token.note_use()
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="Newsroom"'


def refuse_too_many(request: Request) -> None:
    """Count a request whose token is none, which the limits never see. Raises `Throttled`."""
    if not settings.API_LIMIT:
        return
    usage = count_request(request, None)
    request._request.api_usage = usage  # type: ignore[attr-defined]
    if usage.used > usage.most:
        raise Throttled(usage.seconds_left)


class SessionForWriting(SessionAuthentication):
    """Takes the session of a browser, with its CSRF token, where the address takes the method."""

    def authenticate(self, request: Request) -> Any:
        view = request.parser_context["view"]
        is_taken = hasattr(view, str(request.method).lower())
        if request.method in SAFE_METHODS or not is_taken:
            return None
        return super().authenticate(request)


class MayWrite(BasePermission):
    """Holds a view's writing to what it says is needed: `scope` of a token, `permission` of its
    owner.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        token = cast("ApiToken | None", request.auth)
        if request.method in SAFE_METHODS:
            return token is None or TokenScope.READ in token.scopes
        scope = getattr(view, "scope", None)
        if scope is None or not hasattr(view, str(request.method).lower()):
            return True  # an address that takes no such method says so
        if request.user is None or not request.user.is_active:
            return False
        if token and scope not in token.scopes:
            self.message = f"This token lacks the scope “{scope}”."
            return False
        self.message = "Your account may not do this."
        return bool(request.user.has_perm(view.permission))
