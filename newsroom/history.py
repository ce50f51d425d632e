"""Whose a write is, and why: kept with every change that triggers note while a request is answered."""

from typing import Any

from django.http import HttpRequest
from pghistory.middleware import HistoryMiddleware

LONGEST_REASON_KEPT = 1000  # characters


class WhoAndWhyMiddleware(HistoryMiddleware):
    """Beside the user and the address, the reason that a form has sent, if it asks for one ("why" or "reason")."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        sent = request.POST.get("why") or request.POST.get("reason") or ""
        why = " ".join(sent.replace("\0", "").split())[:LONGEST_REASON_KEPT]
        return {**super().get_context(request), **({"why": why} if why else {})}
