"""What every answer of the REST API carries beside its body, whoever made it.

The rules of CORS are one: every page of the web may read, none may write. So they stand here, in the
place of a package whose many settings would have to say that none of them is wanted.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers

from claims.api.limits import LIMIT_PERIOD, Usage
from claims.api.problems import PROBLEM_MEDIA_TYPE, build_problem_response

API_PREFIX = "/api/"
DOCS_PREFIX = "/api/docs/"
READING_METHODS = ("GET", "HEAD", "OPTIONS")
READABLE_HEADERS = "ETag, Location, RateLimit, RateLimit-Policy, Retry-After"
HEADERS_TAKEN = "Accept, Authorization, If-None-Match"
PREFLIGHT_SECONDS = 86_400

Answer = Callable[[HttpRequest], HttpResponseBase]


class ApiHeadersMiddleware:
    """Adds the headers, and turns what Django answers by itself into problem details."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(API_PREFIX):
            return self.get_response(request)
        complete_slash(request)
        if is_preflight(request):
            response: HttpResponseBase = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = ", ".join(READING_METHODS)
            response["Access-Control-Allow-Headers"] = HEADERS_TAKEN
            response["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
        else:
            response = ensure_problem(request, self.get_response(request))
        if request.method in READING_METHODS:
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = READABLE_HEADERS
        add_limit_headers(request, response)
        add_cache_headers(request, response)
        return response


def complete_slash(request: HttpRequest) -> None:
    """Take an address without the slash at its end for the one with it, whatever the method."""
    if not request.path_info.endswith("/"):
        request.path_info += "/"
        request.path += "/"


def is_preflight(request: HttpRequest) -> bool:
    return request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers


def ensure_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return an error as problem details, with the headers that it had.

    Whoever develops sees Django's own page of a failure.
    """
    is_problem = response.headers.get("Content-Type", "") == PROBLEM_MEDIA_TYPE
    if response.status_code < 400 or is_problem:
        return response
    if settings.DEBUG and response.status_code == 500:
        return response
    problem = build_problem_response(request, response.status_code)
    for name in ("Allow", "Retry-After", "WWW-Authenticate"):
        if name in response.headers:
            problem[name] = response.headers[name]
    problem.cookies = response.cookies
    return problem


def add_limit_headers(request: HttpRequest, response: HttpResponseBase) -> None:
    """Tell how often one may ask and how much of that is left (draft-ietf-httpapi-ratelimit-headers-10)."""
    usage: Usage | None = getattr(request, "api_usage", None)
    if usage is None:
        return
    response["RateLimit-Policy"] = f'"{usage.policy}";q={usage.most};w={LIMIT_PERIOD}'
    response["RateLimit"] = f'"{usage.policy}";r={usage.left};t={usage.seconds_left}'


def add_cache_headers(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let everybody keep what they read, and ask each time whether it is still so, by its ETag.

    Reads are the same for everybody, so that they need not vary with a cookie. What somebody asks
    for by a token, or writes, is kept by nobody else.
    """
    if "Cache-Control" in response.headers or request.path.startswith(DOCS_PREFIX):
        return
    if request.method not in READING_METHODS or response.status_code >= 400:
        response["Cache-Control"] = "no-store"
    elif "Authorization" in request.headers:
        response["Cache-Control"] = "private, no-cache"
        patch_vary_headers(response, ["Authorization"])
    else:
        response["Cache-Control"] = "public, no-cache"
