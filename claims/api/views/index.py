"""Where everything is."""

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.views import RESOURCES


@extend_schema(exclude=True)
@api_view(["GET"])
def index(request: Request) -> Response:
    """Return the address of each list."""
    lists = {}
    for name, plural in RESOURCES.items():
        lists[plural] = reverse(f"api-{name}-list", request=request)
    return Response(lists)
