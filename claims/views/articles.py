"""Articles, one of them as a reader sees it, and outlets."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims import listing
from claims.models import Article, Outlet, Quote
from claims.reading import read
from newsroom import htmx


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read(listing.ArticleQuestion, request.GET)
    matching = Article.objects.search(asked["q"]) if "q" in asked else Article.objects.all()
    found = matching.in_outlets(asked["outlet"]) if "outlet" in asked else matching
    page, misses = listing.paged(found.for_list(), request.GET)
    outlets = listing.choices("outlet", matching.per_outlet(), asked)
    context = {"section": "articles", "asked": asked, "choices": outlets, "page": page, "problems": problems + misses}
    return htmx.render(request, "articles.html", context, fragment="results")


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    article = get_object_or_404(Article.objects.select_related("outlet").defer("search"), pk=pk)
    quotes = Quote.objects.standing().filter(article=article).for_reader()
    context = {
        "section": "articles",
        "article": article,
        "reading": read(article.text, quotes),
        "problems": listing.misused(request.GET),
    }
    return render(request, "article.html", context)


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    outlet = get_object_or_404(Outlet.objects.counted(), slug=slug)
    page, misses = listing.paged(outlet.articles.for_list(), request.GET)
    problems = listing.misused(request.GET, known=["page"]) + misses
    context = {"section": "articles", "outlet": outlet, "page": page, "problems": problems}
    return htmx.render(request, "outlet.html", context, fragment="results")
