"""Large files: asked for, watched, and fetched by whoever has the link."""

from http import HTTPStatus
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from claims.following.large_files import ask_for_file, is_made_large
from claims.models import FileState, MadeFile
from claims.models.refusals import Refused
from claims.outputs.formats import FORMAT_OF_ENDING
from claims.search.filters import Filters
from claims.search.problems import QueryProblem
from claims.views.following import keep_from_others
from claims.views.outputs import find_format, refuse
from newsroom import htmx


@never_cache
@require_POST
def make(request: HttpRequest, ending: str) -> HttpResponse:
    """Have a file made of the quotes that the query string asks for."""
    kind = find_format(ending)
    if not is_made_large(kind):
        raise Http404(f"{kind.name} is not made in the background.")
    filters = Filters.read(request.GET)
    if filters.problems:
        return refuse(request, list(filters.problems), HTTPStatus.BAD_REQUEST)
    try:
        return redirect(ask_for_file(kind, filters, request))
    except Refused as refusal:
        problem = QueryProblem("", "", str(refusal))
        return refuse(request, [problem], HTTPStatus.TOO_MANY_REQUESTS)


@never_cache
@require_safe
def show(request: HttpRequest, token: UUID) -> HttpResponse:
    """Show how far a file is, and where it is once it is made."""
    file = get_object_or_404(MadeFile, token=token)
    context = {"section": "quotes", "file": file, "kind": FORMAT_OF_ENDING[file.ending]}
    return keep_from_others(htmx.render(request, "made_file.html", context, fragment="results"))


@never_cache
@require_safe
def send(request: HttpRequest, token: UUID) -> HttpResponseBase:
    """Send a file that is made."""
    file = get_object_or_404(MadeFile, token=token, state=FileState.READY)
    try:
        opened = file.path.open("rb")
    except FileNotFoundError:
        raise Http404("The file is kept no more.") from None
    response = FileResponse(opened, as_attachment=True, filename=file.name)
    response["Content-Type"] = FORMAT_OF_ENDING[file.ending].media_type
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
