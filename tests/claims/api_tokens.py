"""Tokens of the API, as programs send them."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from claims.models import ApiToken


def make_user(*permissions: str, name: str = "Sam") -> User:
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def make_token(*scopes: str, user: User | None = None) -> str:
    """Return a token of somebody, who is made where nobody is given."""
    end = timezone.now() + timedelta(days=30)
    return ApiToken.make(user or make_user(), "a script", list(scopes or ["read"]), end)[1]


def build_header(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def send(client: Client, address: str, body: Any, token: str = "") -> Any:
    """Return the response to a body that is sent as JSON."""
    headers = build_header(token) if token else {}
    return client.post(address, body, content_type="application/json", headers=headers)
