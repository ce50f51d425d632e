"""The pages. A view reads its address, asks the rows one question, and renders the page or the part that changed."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims import listing, search, stream
from claims.marking import excerpt, in_order, marks_of, paragraphs
from claims.models import Actor, Article, Claim, Outlet, Quote
from claims.naming import alike, qualified
from claims.querysets import LIKELY
from claims.search import Filters, Problem
from newsroom import htmx

QUOTES_A_PAGE = stream.PER_PAGE
ROWS_A_PAGE = 50
OTHERS_SHOWN = 10
ACTORS_OFFERED = 3


@require_safe
def quotes(request: HttpRequest) -> HttpResponse:
    filters = Filters.read(request.GET, also=stream.ALSO)
    return streamed(request, "quotes.html", {"section": "quotes", "called": called(filters)}, filters)


def streamed(request: HttpRequest, template: str, context: dict[str, Any], filters: Filters, fixed: str = "") -> HttpResponse:
    """A page of quotes; its part `quotes` is the last of the pages shown, to go after the others."""
    more = htmx.wanted_by(request, "quotes")
    context["stream"] = stream.read(request.GET, filters, fixed, only_last=more)
    return htmx.render(request, template, context, fragment="quotes" if more else "results")


def called(filters: Filters) -> list[Actor]:
    """The actors whose name is searched for, unless actors or outlets are asked for already, be they unknown."""
    asked = {chip.parameter for chip in filters.active()} | {problem.parameter for problem in filters.problems}
    if not filters.q or asked & set(search.SLUGS):
        return []
    return qualified(Actor.objects.standing().meant_by(filters.q).most_quoted().for_list()[:ACTORS_OFFERED])


@require_safe
def quote(request: HttpRequest, pk: int) -> HttpResponse:
    quote = get_object_or_404(Quote.objects.for_display().with_outer(), pk=pk)
    marks = marks_of(quote)
    others = Quote.objects.standing().filter(claim=quote.claim).exclude(pk=pk).for_list().newest()
    context = {
        "section": "quotes",
        "quote": quote,
        "excerpt": excerpt(quote.article.text, marks),
        "inner": Quote.objects.standing().filter(within=quote).for_list().order_by("cue_start"),
        "others": others[:OTHERS_SHOWN],
        "problems": listing.misused(request.GET),
    }
    return render(request, "quote.html", context)


@require_safe
def context(request: HttpRequest, pk: int) -> HttpResponse:
    """The paragraph of a quote, to be shown under it."""
    quote = get_object_or_404(Quote.objects.select_related("article").prefetch_related("spans"), pk=pk)
    return render(request, "_context.html", {"quote": quote, "excerpt": excerpt(quote.article.text, marks_of(quote))})


@require_safe
def actors(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read(listing.ActorQuestion, request.GET)
    standing = Actor.objects.standing()
    called = standing.called(asked["q"]) if "q" in asked else standing
    found = called.of_kind(asked["kind"]) if "kind" in asked else called
    page, misses = listing.paged(found.most_quoted().for_list(), request.GET, ROWS_A_PAGE)
    kinds = listing.choices("kind", [(kind, kind, count) for kind, count in called.per_kind()], asked)
    context = {
        "section": "actors",
        "asked": asked,
        "choices": kinds,
        "page": page,
        "actors": qualified(page.object_list),
        "problems": problems + misses,
    }
    return htmx.render(request, "actors.html", context, fragment="results")


@require_safe
def actor(request: HttpRequest, slug: str) -> HttpResponse:
    actor = get_object_or_404(Actor.objects.counted().with_other_names().with_alike().for_list(), slug=slug)
    others = alike(actor)
    context = {
        "section": "actors",
        "actor": actor,
        "likely": [other for other in others if other.score >= LIKELY],
        "unlikely": [other for other in others if other.score < LIKELY],
    }
    filters = only_by(actor, Filters.read(request.GET, also=stream.ALSO))
    return streamed(request, "actor.html", context, filters, fixed="actor")


def only_by(actor: Actor, filters: Filters) -> Filters:
    """The same filters on one actor's page: another actor that the address names is a problem."""
    others = [other for other in filters.actor if other != actor.slug]
    problems = [Problem("actor", other, f"This page is about {actor.name}, not “{other}”.") for other in others]
    rows = filters.rows | {("actor", actor.slug): (actor.pk, actor.name)}
    return replace(filters, actor=(actor.slug,), rows=rows, problems=(*filters.problems, *problems))


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read(listing.WordsQuestion, request.GET)
    standing = Claim.objects.standing()
    found = standing.search(asked["q"]) if "q" in asked else standing
    page, misses = listing.paged(found.most_quoted(), request.GET, ROWS_A_PAGE)
    context = {"section": "claims", "asked": asked, "page": page, "problems": problems + misses}
    return htmx.render(request, "claims.html", context, fragment="results")


@require_safe
def claim(request: HttpRequest, pk: int) -> HttpResponse:
    claim = get_object_or_404(Claim.objects.defer("search"), pk=pk)
    standing = Quote.objects.standing().filter(claim=claim)
    page, misses = listing.paged(standing.for_list().newest(), request.GET, QUOTES_A_PAGE)
    problems = listing.misused(request.GET, known=["page"]) + misses
    context = {"section": "claims", "claim": claim, "stances": standing.per_stance(), "page": page, "problems": problems}
    return htmx.render(request, "claim.html", context, fragment="results")


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read(listing.ArticleQuestion, request.GET)
    matching = Article.objects.search(asked["q"]) if "q" in asked else Article.objects.all()
    found = matching.in_outlets(asked["outlet"]) if "outlet" in asked else matching
    page, misses = listing.paged(found.for_list(), request.GET, ROWS_A_PAGE)
    outlets = listing.choices("outlet", matching.per_outlet(), asked)
    context = {"section": "articles", "asked": asked, "choices": outlets, "page": page, "problems": problems + misses}
    return htmx.render(request, "articles.html", context, fragment="results")


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.select_related("outlet").defer("search"), pk=pk)
    quotes = in_order(Quote.objects.standing().filter(article=article).select_related("actor").prefetch_related("spans"))
    marks = [mark for number, quote in enumerate(quotes, 1) for mark in marks_of(quote, number)]
    context = {
        "section": "articles",
        "article": article,
        "quotes": with_outer(quotes),
        "paragraphs": paragraphs(article.text, marks),
        "problems": listing.misused(request.GET),
    }
    return render(request, "article.html", context)


def with_outer(quotes: list[Quote]) -> list[tuple[Quote, int | None]]:
    """Each quote with the number of the one that it stands within, if that is among them."""
    numbers = {quote.pk: number for number, quote in enumerate(quotes, 1)}
    return [(quote, numbers.get(quote.within_id or 0)) for quote in quotes]


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    outlet = get_object_or_404(Outlet.objects.counted(), slug=slug)
    page, misses = listing.paged(outlet.articles.for_list(), request.GET, ROWS_A_PAGE)
    problems = listing.misused(request.GET, known=["page"]) + misses
    context = {"section": "articles", "outlet": outlet, "page": page, "problems": problems}
    return htmx.render(request, "outlet.html", context, fragment="results")
