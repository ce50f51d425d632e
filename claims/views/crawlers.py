"""What search engines ask for: where they may go, and every page that there is."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from claims.pages.sitemap import KINDS, list_parts, write_index, write_part
from claims.search import columns

XML = "application/xml; charset=utf-8"
KEPT_FOR = 3600  # seconds
# Whatever has no end, is for programs, or is of no use to somebody who comes from a search.
CLOSED_PATHS = (
    "/admin/",
    "/add/",
    "/api/",
    "/compare/",
    "/claims/alike/",
    "/quotes.",
    "/charts/",
    "/oembed/",
    "/*/context/",
    "/*/report/",
    "/*?*q=",
    "/*?*since=",
    "/*?*until=",
    "/*?*more=",
    "/*?*find=",
)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say where search engines may go: nowhere on a closed site."""
    lines = ["User-agent: *"]
    if settings.INDEXED:
        lines += [f"Disallow: {path}" for path in CLOSED_PATHS]
        lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    else:
        lines.append("Disallow: /")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """List the parts of the sitemap."""
    check_open()
    parts = [
        (kind, reverse("sitemap-part", args=[kind, number]))
        for kind, number in list_parts(columns.get_current_columns())
    ]
    response = HttpResponse(write_index(find_site(request), parts), content_type=XML)
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return response


@require_safe
def sitemap_part(request: HttpRequest, kind: str, number: int) -> HttpResponseBase:
    check_open()
    if (kind, number) not in list_parts(columns.get_current_columns()):
        raise Http404("There is no such part.")
    lines = write_part(find_site(request), KINDS[kind], number)
    response = StreamingHttpResponse(lines, content_type=XML)
    patch_cache_control(response, public=True, max_age=KEPT_FOR)
    return response


def check_open() -> None:
    """Raise `Http404` on a site that search engines should pass by."""
    if not settings.INDEXED:
        raise Http404("This site is not for search engines.")


def find_site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"
