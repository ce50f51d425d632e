"""Outlets, and one of them with its articles."""

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from claims.models import FormerOutletSlug, Outlet
from claims.pages.lineage import count_had_first
from claims.search import columns, listing, publishing, quoted
from claims.search.copies import attach_copies, build_list_copies_choice
from claims.search.filters import counts_texts_once
from claims.views.moved import redirect_for_good
from newsroom import htmx


@require_safe
def outlets(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read_list_query(listing.OutletListForm, request.GET)
    found = publishing.find_outlets(asked)
    page, page_problems = listing.select_page(found.outlets, request.GET)
    outlets = list(page.object_list)
    prefetch_related_objects(outlets, "hosts")
    is_once = found.copies.is_once
    counts = quoted.count_quotes(columns.get_current_columns(), "outlet", is_once=is_once)
    counts.attach(outlets)
    context = {
        "section": "articles",
        "asked": asked,
        "copies": found.copies,
        "page": page,
        "outlets": outlets,
        "problems": problems + page_problems,
    }
    return htmx.render(request, "outlets.html", context, fragment="results")


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    outlet = Outlet.objects.prefetch_related("hosts").filter(slug=slug).first()
    if outlet is None:
        former = get_object_or_404(FormerOutletSlug.objects.select_related("outlet"), slug=slug)
        return redirect_for_good(request, former.outlet.get_absolute_url())
    asked, problems = listing.read_list_query(listing.CopiesForm, request.GET)
    is_once = counts_texts_once(asked.get("copies", ""), [slug])
    published = outlet.articles.all()
    had_first = published.once_per_text()
    shown = had_first if is_once else published
    page, page_problems = listing.select_page(shown.for_list(), request.GET)
    attach_copies(page.object_list)
    once = page.paginator.count if is_once else had_first.count()
    every = published.count() if is_once else page.paginator.count
    counts = quoted.count_quotes(columns.get_current_columns(), "outlet", is_once=is_once)
    context = {
        "section": "articles",
        "asked": asked,
        "outlet": outlet,
        "quote_count": counts.get(outlet.pk),
        "had_first": count_had_first(columns.get_current_columns(), outlet.pk),
        "copies": build_list_copies_choice(asked, once, every, is_once_by_default=False),
        "page": page,
        "problems": problems + page_problems,
    }
    return htmx.render(request, "outlet.html", context, fragment="results")
