"""Page or fragment: the one place where that is chosen."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers
from django_htmx.middleware import HtmxDetails


def is_fragment_wanted(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of the page it shows, not for a page (boosted, or from its history)."""
    htmx = cast("HtmxDetails | None", getattr(request, "htmx", None))
    return bool(htmx) and htmx is not None and not htmx.boosted and not htmx.history_restore_request


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    fragment: str,
    status: int = 200,
) -> HttpResponse:
    """The page, or only its partial `fragment` for htmx."""
    name = f"{template}#{fragment}" if is_fragment_wanted(request) else template
    response = render_template(request, name, context, status=status)
    patch_vary_headers(
        response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request", "HX-Target"]
    )
    return response


def is_target_wanted(request: HttpRequest, target: str) -> bool:
    """Whether htmx asks for what goes into the element with this id."""
    htmx = cast("HtmxDetails | None", getattr(request, "htmx", None))
    return is_fragment_wanted(request) and htmx is not None and htmx.target == target
