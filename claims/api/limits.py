"""How often somebody may ask in a minute: one network address, or one token.

It is counted in the database, for all processes and machines that serve the site together.
"""

import time
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from claims.models import ApiToken, ApiUsage
from newsroom.visitors import find_network

LIMIT_PERIOD = 60  # seconds


@dataclass(frozen=True, slots=True)
class Usage:
    """How much somebody has asked in this minute, of as much as they may."""

    policy: str
    most: int
    used: int
    seconds_left: int

    @property
    def left(self) -> int:
        return max(self.most - self.used, 0)


class MinuteLimit(BaseThrottle):
    """Counts a request, and refuses it where there were too many in this minute."""

    usage: Usage | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        if not settings.API_LIMIT:
            return True
        token = request.auth if isinstance(request.auth, ApiToken) else None
        self.usage = count_request(request, token)
        request._request.api_usage = self.usage  # type: ignore[attr-defined]
        return self.usage.used <= self.usage.most

    def wait(self) -> float | None:
        return self.usage.seconds_left if self.usage else None


def count_request(request: HttpRequest | Request, token: ApiToken | None) -> Usage:
    used = ApiUsage.count(build_counter_name(request, token))
    seconds_left = LIMIT_PERIOD - int(time.time()) % LIMIT_PERIOD
    policy = "token" if token else "address"
    return Usage(policy, settings.API_LIMIT, used, seconds_left)


def build_counter_name(request: Any, token: ApiToken | None) -> str:
    """Return what somebody's requests are counted under; their address cannot be read from it."""
    if token:
        return f"token {token.pk}"
    network = find_network(request)
    return salted_hmac("claims.api", f"{date.today()}|{network}", algorithm="sha256").hexdigest()
