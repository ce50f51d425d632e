"""Quotes as files and feeds, at the address of their page with an ending."""

import os
import tempfile
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import IO

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from claims.following.large_files import is_made_large
from claims.models import Article, Claim, Quote
from claims.models.refusals import Refused
from claims.outputs.feeds import FeedPage, FeedSource, QuoteFeed
from claims.outputs.formats import FORMAT_OF_ENDING, Format
from claims.outputs.rows import read_batches
from claims.outputs.selecting import (
    Selection,
    select_by_article,
    select_by_claim,
    select_by_filters,
    select_by_quote,
)
from claims.search import columns, listing
from claims.search.filters import Filters
from claims.search.problems import QueryProblem
from claims.search.stream import PARAMETERS_BESIDE_FILTERS
from claims.views.moved import find_article_now, find_claim_now, find_quote_now, redirect_for_good
from newsroom.row_numbers import read_row_number


@require_safe
def quotes_as(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Send what the page of quotes shows for the same query string."""
    kind = find_format(ending)
    filters = Filters.read(request.GET, also=PARAMETERS_BESIDE_FILTERS)
    problems = [each for each in filters.problems if each.parameter != "page"]
    if problems:
        return refuse(request, problems, HTTPStatus.BAD_REQUEST)
    known = columns.get_current_columns()
    return send(request, kind, select_by_filters(known, filters, find_site(request)))


@require_safe
def claim_as(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """Send the quotes of a claim."""
    kind = find_format(ending)
    claim = Claim.objects.defer("search").filter(pk=pk).first()
    if claim is None:
        now = find_claim_now(pk)
        return redirect_for_good(request, reverse("claim-as", args=[now.pk, ending]))
    asked, problems = listing.read_list_query(listing.OrderedCopiesForm, request.GET)
    problems = [each for each in problems if each.parameter != "page"]
    if problems:
        return refuse(request, problems, HTTPStatus.BAD_REQUEST)
    known = columns.get_current_columns()
    return send(request, kind, select_by_claim(known, claim, asked, find_site(request)))


@require_safe
def article_as(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """Send the quotes of an article."""
    kind = find_format(ending)
    article = Article.objects.only("title").filter(pk=pk).first()
    if article is None:
        now = find_article_now(pk)
        return redirect_for_good(request, reverse("article-as", args=[now.pk, ending]))
    problems = [
        each
        for each in listing.list_query_problems(request.GET, ["page"])
        if each.parameter != "page"
    ]
    if problems:
        return refuse(request, problems, HTTPStatus.BAD_REQUEST)
    known = columns.get_current_columns()
    return send(request, kind, select_by_article(known, article, find_site(request)))


@require_safe
def quote_as(request: HttpRequest, pk: int, ending: str) -> HttpResponseBase:
    """Send one quote, as its reference or in a table."""
    kind = find_format(ending)
    if not Quote.objects.filter(pk=pk).exists():
        now = find_quote_now(pk)
        return redirect_for_good(request, reverse("quote-as", args=[now.pk, ending]))
    problems = listing.list_query_problems(request.GET)
    if problems:
        return refuse(request, problems, HTTPStatus.BAD_REQUEST)
    return send(request, kind, select_by_quote(pk, find_site(request)))


def find_format(ending: str) -> Format:
    """Return the format of an ending, or raise `Http404`."""
    if ending not in FORMAT_OF_ENDING:
        raise Http404(f"There is no format {ending}; there are {', '.join(FORMAT_OF_ENDING)}.")
    return FORMAT_OF_ENDING[ending]


def find_site(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def send(request: HttpRequest, kind: Format, selection: Selection) -> HttpResponseBase:
    """Send quotes in a format; what cannot be sent is refused in words."""
    try:
        if kind.check:
            kind.check()
    except Refused as refusal:
        problem = QueryProblem("", "", str(refusal))
        return refuse(request, [problem], HTTPStatus.NOT_IMPLEMENTED)
    if kind.write_feed:
        feed = send_feed(request, kind, QuoteFeed(selection))
        if feed.status_code == HTTPStatus.OK:
            describe_in_headers(feed, selection)
        return feed
    most = kind.most_rows_sent
    if most is not None and selection.total > most:
        return refuse_as_too_many(request, kind, selection, most)
    response: HttpResponseBase
    selection = replace(selection, table=build_own_address(request, kind, "csv"))
    if kind.write_file:
        response = FileResponse(write_to_temporary_file(kind, selection))
    elif kind.stream:
        response = StreamingHttpResponse(kind.stream(selection, read_batches(selection)))
    response["Content-Type"] = kind.media_type
    name = kind.build_file_name(selection)
    how = "inline" if kind.is_read_at_once else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    describe_in_headers(response, selection)
    if kind.ending == "csv":
        address = build_own_address(request, kind, "csvw")
        response["Link"] = f'<{address}>; rel="describedby"; type="application/csvm+json"'
    return response


def build_own_address(request: HttpRequest, kind: Format, ending: str) -> str:
    """Return the address that is asked for, without a page, with another ending."""
    query = request.GET.copy()
    for name in PARAMETERS_BESIDE_FILTERS:
        query.pop(name, None)
    address = f"{find_site(request)}{request.path.removesuffix(kind.ending)}{ending}"
    return f"{address}?{query.urlencode()}" if query else address


def describe_in_headers(response: HttpResponseBase, selection: Selection) -> None:
    """Say how many rows there are and of which filters, where a format has no place for it."""
    response["Newsroom-Total"] = str(selection.total)
    response["Newsroom-Query"] = selection.query
    patch_cache_control(response, no_cache=True)


def write_to_temporary_file(kind: Format, selection: Selection) -> IO[bytes]:
    """Return a format as a file that is gone when it has been sent."""
    assert kind.write_file is not None
    handle, name = tempfile.mkstemp(suffix=f".{kind.ending}")
    os.close(handle)
    path = Path(name)
    try:
        kind.write_file(selection, read_batches(selection), path)
        return path.open("rb")
    finally:
        path.unlink()


def send_feed(request: HttpRequest, kind: Format, source: FeedSource) -> HttpResponse:
    """Send the page of a feed that is asked for."""
    assert kind.write_feed is not None
    number = read_row_number(request.GET.get("page", "1"))
    page = FeedPage(source, build_own_address(request, kind, kind.ending), number or 0)
    if not 1 <= page.number <= page.last:
        message = f"This feed has the pages 1 to {page.last}."
        return refuse(request, [QueryProblem("page", "", message)], HTTPStatus.NOT_FOUND)
    return HttpResponse(kind.write_feed(page), content_type=kind.media_type)


def refuse_as_too_many(
    request: HttpRequest, kind: Format, selection: Selection, most: int
) -> HttpResponse:
    """Say how many rows there are, and what to do."""
    message = (
        f"These are {selection.total:,} quotes, and {kind.name} is made here of {most:,} at most."
        " Narrow the filters, or take CSV or JSON Lines, which have no limit."
    )
    if kind.most_rows is None or selection.total <= kind.most_rows:
        asked = f" --query '{selection.query}'" if selection.query else ""
        command = f"manage.py dump quotes.{kind.ending}{asked}"
        message += f" Who runs the site can make the file by {command}"
    is_made = is_made_large(kind) and selection.page == reverse("quotes")
    make = f"{reverse('make-file', args=[kind.ending])}?{selection.query}" if is_made else ""
    context = {
        "section": "quotes",
        "problems": [QueryProblem("", "", message)],
        "make": make.removesuffix("?"),
        "kind": kind,
    }
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return render(request, "refused_output.html", context, status=status)


def refuse(request: HttpRequest, problems: list[QueryProblem], status: int) -> HttpResponse:
    """Say on a page what is wrong with what was asked for."""
    context = {"section": "quotes", "problems": problems}
    return render(request, "refused_output.html", context, status=status)
