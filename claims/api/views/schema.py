"""The schema of the REST API, for programs."""

from types import SimpleNamespace
from typing import Any

from drf_spectacular.views import SpectacularAPIView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.permissions import AllowAny, BasePermission


class FormatByParameter(DefaultContentNegotiation):
    """Takes the format from `?format=`, which all other addresses leave alone."""

    settings = SimpleNamespace(URL_FORMAT_OVERRIDE="format")  # type: ignore[assignment]


class SchemaView(SpectacularAPIView):
    """The schema, as YAML or with `?format=json` as JSON."""

    content_negotiation_class = FormatByParameter
    authentication_classes: list[Any] = []  # noqa: RUF012
    permission_classes: list[type[BasePermission]] = [AllowAny]  # noqa: RUF012
