"""Who writes, and why: kept with every change that triggers note while a request is answered."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware

LONGEST_REASON_KEPT = 1000  # characters


class WhoAndWhyMiddleware(HistoryMiddleware):
    """Keeps the user, the address, and the reason that a form has sent as "why" or "reason", if it
    has.
    """

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        context = super().get_context(request)
        sent = request.POST.get("why") or request.POST.get("reason") or ""
        reason = " ".join(sent.replace("\0", "").split())[:LONGEST_REASON_KEPT]
        return {**context, "why": reason} if reason else context
