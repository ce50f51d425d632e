"""Whom to tell of a hole in the security of a site (RFC 9116)."""

from datetime import UTC, datetime, time

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def security_contact(request: HttpRequest) -> HttpResponse:
    """Name the contact, until the day on which what is said here is no longer to be trusted."""
    expires = settings.SECURITY_EXPIRES
    if expires is None or expires < datetime.now(UTC).date():
        raise Http404("This site names no contact for its security.")
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {datetime.combine(expires, time(), UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    ]
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
