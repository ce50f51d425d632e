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
from claims.pages.cards import build_quote_card
from claims.pages.home import build_front_page
from claims.pages.related import find_related_quotes
from claims.passages.excerpts import build_excerpt
from claims.roles import may_add_articles
from claims.search import columns, listing, stream
from claims.search.copies import find_other_places_of_quotes
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters
from claims.search.parameters import SLUG_PARAMETERS
from claims.trust.figures import find_trust_figure
from claims.views.embedding import build_quote_embed_code
from claims.views.moved import find_quote_now, redirect_for_good
from newsroom import htmx

FRONT_PAGE = "quotes.html"
SEARCHED_ACTORS_OFFERED = 3
REFERENCES = (("bib", "BibTeX"), ("ris", "RIS"), ("csl", "CSL-JSON"))


@require_safe
def quotes(request: HttpRequest) -> HttpResponse:
    filters = Filters.read(request.GET, also=stream.PARAMETERS_BESIDE_FILTERS)
    context = {"section": "quotes", "called": find_actors_searched_for(filters)}
    return render_stream(request, FRONT_PAGE, context, filters)


def render_stream(
    request: HttpRequest, template: str, context: dict[str, Any], filters: Filters, fixed: str = ""
) -> HttpResponse:
    """Render a page of quotes, or the part of it that is asked for.

    The part `quotes` is the last of the pages shown, to go after the others; `values` are those of
    one filter. `fixed` is the filter that the page stands for.
    """
    is_more_wanted = htmx.is_target_wanted(request, "quotes")
    found = stream.build_stream(request.GET, filters, fixed, only_last=is_more_wanted)
    if is_more_wanted:
        fragment = "quotes"
    elif htmx.is_target_wanted(request, f"values-{found.unfolded.parameter}"):
        fragment = "values"
    else:
        fragment = "results"
    context |= {"stream": found, "measured": find_trust_figure}
    if template == FRONT_PAGE and not request.GET:
        context["front"] = build_front_page(found.matching.columns, found.matching.rows)
        context["may_add"] = may_add_articles(request.user)
    return htmx.render(request, template, context, fragment=fragment)


def find_actors_searched_for(filters: Filters) -> list[Actor]:
    """Return the quoted actors whose name is searched for, the most quoted first.

    There are none where the address asks for actors or outlets already, even for ones that are not
    known.
    """
    asked = {chip.parameter for chip in filters.list_chips()}
    asked |= {problem.parameter for problem in filters.problems}
    if not filters.q or asked & set(SLUG_PARAMETERS):
        return []
    counts = MatchingQuotes(columns.get_current_columns(), Filters()).counts("actor")
    meant = Actor.objects.meant_by(filters.q).order_by("pk").values_list("pk", flat=True)
    quoted = {pk: int(counts[pk]) for pk in meant if pk < len(counts) and counts[pk]}
    offered = sorted(quoted, key=lambda pk: -quoted[pk])[:SEARCHED_ACTORS_OFFERED]
    rows = Actor.objects.for_list().in_bulk(offered)
    actors = [rows[pk] for pk in offered if pk in rows]
    for actor in actors:
        actor.quote_count = quoted[actor.pk]  # type: ignore[attr-defined] # as `counted()` would add it, at the cost of a join
    return qualify_actors(actors)


@require_safe
def quote(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Quote.objects.for_display().with_version()
    quote = rows.select_related("wording__claim").filter(pk=pk).first()
    if quote is None:
        return redirect_for_good(request, find_quote_now(pk).get_absolute_url())
    address = request.build_absolute_uri(quote.get_absolute_url())
    known = columns.get_current_columns()
    places = find_other_places_of_quotes(known, [pk])
    context = {
        "section": "quotes",
        "quote": quote,
        "elsewhere": places.get(pk),
        "excerpt": build_excerpt(quote.text, list_marks(quote)),
        "fate": find_quote_placement(quote).fate if quote.version else "",
        **find_related_quotes(known, quote),
        "neighbours": find_neighbours(quote),
        "card": build_quote_card(quote),
        "citations": citing.list_citations(quote, address),
        "references": REFERENCES,
        "linked_data": citing.build_linked_data(quote, address),
        "in_original": citing.build_original_address(quote),
        "embed_code": build_quote_embed_code(request, quote),
        "changes": list_history_changes(quote),
        "problems": listing.list_query_problems(request.GET),
    }
    return render(request, "quote.html", context)


def find_neighbours(quote: Quote) -> tuple[int | None, int | None]:
    """Return the ids of the quotes before and after it in its article, None where there is none."""
    in_article = Quote.objects.standing().filter(article=quote.article_id)
    ids = list(in_article.order_by("cue_start", "pk").values_list("pk", flat=True))
    if quote.pk not in ids:
        return None, None
    place = ids.index(quote.pk)
    before = ids[place - 1] if place > 0 else None
    after = ids[place + 1] if place + 1 < len(ids) else None
    return before, after


@require_safe
def context(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the paragraph of a quote, to stand under it."""
    rows = Quote.objects.select_related("article").with_version().prefetch_related("spans")
    quote = get_object_or_404(rows, pk=pk)
    excerpt = build_excerpt(quote.text, list_marks(quote))
    return render(request, "_context.html", {"quote": quote, "excerpt": excerpt})
