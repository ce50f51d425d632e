"""Trying the REST API from its page: a form's fields become an address of the API.

The form works without JavaScript. What is left empty in it is left out of the address.
"""

import re
from typing import Any
from urllib.parse import quote, urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from claims.api.docs import list_operations, load_schema

PLACE = re.compile(r"{(\w+)}")
NOTHING = "-"  # in the place of a part of an address that is left empty


@require_safe
def try_operation(request: HttpRequest, operation: str) -> HttpResponse:
    """Lead to the address that asks for what the form of an operation was filled in with."""
    for described in list_operations(load_schema()):
        if described["operationId"] == operation and described["method"] == "GET":
            return redirect(build_address(described, request))
    raise Http404


def build_address(operation: dict[str, Any], request: HttpRequest) -> str:
    filled = {name: values for name, values in request.GET.lists() if any(values)}

    def fill(place: re.Match[str]) -> str:
        value = "".join(filled.pop(place[1], [])) or NOTHING
        return quote(value, safe="")

    path = PLACE.sub(fill, operation["path"])
    pairs = [(name, value) for name, values in filled.items() for value in values if value]
    return f"{path}?{urlencode(pairs)}" if pairs else path
