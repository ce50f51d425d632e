"""Page or fragment: the one place where that is chosen."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails

HEADERS_THAT_CHOOSE = (
    "HX-Request",
    "HX-Boosted",
    "HX-History-Restore-Request",
    "HX-Target",
)


def get_htmx(request: HttpRequest) -> HtmxDetails | None:
    """Return what htmx says of its request; None where htmx did not ask."""
    htmx = cast("HtmxDetails | None", getattr(request, "htmx", None))
    return htmx or None


def is_fragment_wanted(request: HttpRequest) -> bool:
    """Tell whether htmx asks for a part of the page that it shows, not for a page (boosted, or from
    its history).
    """
    htmx = get_htmx(request)
    return htmx is not None and not htmx.boosted and not htmx.history_restore_request


def is_target_wanted(request: HttpRequest, target: str) -> bool:
    """Tell whether htmx asks for what goes into the element with this id."""
    htmx = get_htmx(request)
    return htmx is not None and htmx.target == target and is_fragment_wanted(request)


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    fragment: str,
    status: int = 200,
) -> HttpResponse:
    """Render the page, or only its partial `fragment` for htmx."""
    name = f"{template}#{fragment}" if is_fragment_wanted(request) else template
    response = render_template(request, name, context, status=status)
    patch_vary_headers(response, HEADERS_THAT_CHOOSE)
    return response
