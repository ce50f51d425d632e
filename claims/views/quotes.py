"""The front page, and one quote."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.history.quotes import list_history_changes
from claims.intake.versions import find_quote_placement
from claims.models import Actor, Quote
from claims.models.marks import list_marks
from claims.models.naming import qualify_actors
from claims.pages import citing
from claims.passages.excerpts import build_excerpt
from claims.search import columns, listing, stream
from claims.search import filters as search
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters
from claims.trust.figures import find_trust_figure
from newsroom import htmx

OTHER_QUOTES_SHOWN = 10
SEARCHED_ACTORS_OFFERED = 3


@require_safe
def quotes(request: HttpRequest) -> HttpResponse:
    filters = Filters.read(request.GET, also=stream.PARAMETERS_BESIDE_FILTERS)
    return render_stream(
        request,
        "quotes.html",
        {"section": "quotes", "called": find_actors_searched_for(filters)},
        filters,
    )


def render_stream(
    request: HttpRequest, template: str, context: dict[str, Any], filters: Filters, fixed: str = ""
) -> HttpResponse:
    """A page of quotes; its part `quotes` is the last of the pages shown, to go after the others; `values` one filter's."""
    more = htmx.is_target_wanted(request, "quotes")
    found = stream.build_stream(request.GET, filters, fixed, only_last=more)
    values = htmx.is_target_wanted(request, f"values-{found.unfolded.parameter}")
    part = "quotes" if more else "values" if values else "results"
    return htmx.render(
        request, template, context | {"stream": found, "measured": find_trust_figure}, fragment=part
    )


def find_actors_searched_for(filters: Filters) -> list[Actor]:
    """The actors whose name is searched for, unless actors or outlets are asked for already, be they unknown."""
    asked = {chip.parameter for chip in filters.list_chips()} | {
        problem.parameter for problem in filters.problems
    }
    if not filters.q or asked & set(search.SLUG_PARAMETERS):
        return []
    counts = MatchingQuotes(columns.get_current_columns(), Filters()).counts("actor")
    meant = Actor.objects.meant_by(filters.q).order_by("pk").values_list("pk", flat=True)
    quoted = {pk: int(counts[pk]) for pk in meant if pk < len(counts) and counts[pk]}
    found = Actor.objects.for_list().in_bulk(
        sorted(quoted, key=lambda pk: -quoted[pk])[:SEARCHED_ACTORS_OFFERED]
    )
    for pk, actor in found.items():
        actor.quote_count = quoted[pk]  # type: ignore[attr-defined] # as `counted()` would add it, at the cost of a join
    return qualify_actors(sorted(found.values(), key=lambda actor: -quoted[actor.pk]))


@require_safe
def quote(request: HttpRequest, pk: int) -> HttpResponse:
    quote = get_object_or_404(Quote.objects.for_display().with_outer().with_version(), pk=pk)
    standing = Quote.objects.standing()
    denials = list(standing.denials_of(quote).for_list().newest()[:OTHER_QUOTES_SHOWN])
    others = (
        standing.filter(claim=quote.claim)
        .exclude(pk__in=[pk, *(denial.pk for denial in denials)])
        .for_list()
        .newest()
    )
    address = request.build_absolute_uri(quote.get_absolute_url())
    context = {
        "section": "quotes",
        "quote": quote,
        "excerpt": build_excerpt(quote.text, list_marks(quote)),
        "fate": find_quote_placement(quote).fate if quote.version else "",
        "inner": standing.filter(within=quote).for_list().order_by("cue_start"),
        "denials": denials,
        "denied": standing.denied_by(quote).for_list().order_by("cue_start")[:OTHER_QUOTES_SHOWN],
        "others": others[:OTHER_QUOTES_SHOWN],
        "neighbours": find_neighbours(quote),
        "citations": citing.list_citations(quote, address),
        "linked_data": citing.build_linked_data(quote, address),
        "in_original": citing.build_original_address(quote),
        "changes": list_history_changes(quote),
        "problems": listing.list_query_problems(request.GET),
    }
    return render(request, "quote.html", context)


def find_neighbours(quote: Quote) -> tuple[int | None, int | None]:
    """The quotes before and after it in its article, by their ids."""
    ids = list(
        Quote.objects.standing()
        .filter(article=quote.article_id)
        .order_by("cue_start", "pk")
        .values_list("pk", flat=True)
    )
    if quote.pk not in ids:
        return None, None
    around = [None, *ids, None]
    at = around.index(quote.pk)
    return around[at - 1], around[at + 1]


@require_safe
def context(request: HttpRequest, pk: int) -> HttpResponse:
    """The paragraph of a quote, to be shown under it."""
    found = Quote.objects.select_related("article").with_version().prefetch_related("spans")
    quote = get_object_or_404(found, pk=pk)
    return render(
        request,
        "_context.html",
        {"quote": quote, "excerpt": build_excerpt(quote.text, list_marks(quote))},
    )
