"""Pages that other sites may show in a frame: no script, nothing loaded but the stylesheet."""

from collections.abc import Callable
from typing import Any, ParamSpec

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

FRAMED_POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [NONE],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": ["*"],
}
Parameters = ParamSpec("Parameters")


def allow_framing(view: Callable[Parameters, HttpResponse]) -> Callable[Parameters, HttpResponse]:
    """Return the view with headers by which every site may show its page, and it may run nothing."""
    replace_policy: Any = csp_replace(FRAMED_POLICY)
    framed: Callable[Parameters, HttpResponse] = xframe_options_exempt(replace_policy(view))
    return framed
