"""Articles, one of them as a reader sees it, and outlets."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims import listing
from claims.differences import differences
from claims.models import Article, ArticleVersion, Outlet, Quote
from claims.reading import read
from claims.search import Problem, clipped, repeated
from claims.versions import Version, versions_of
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
    edited = Exists(ArticleVersion.objects.filter(article=OuterRef("pk")))
    found = Article.objects.select_related("outlet").defer("search").annotate(edited=edited)
    article = get_object_or_404(found, pk=pk)
    quotes = Quote.objects.standing().filter(article=article).for_reader()
    context = {
        "section": "articles",
        "article": article,
        "reading": read(article.text, quotes),
        "problems": listing.misused(request.GET),
    }
    return render(request, "article.html", context)


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts that an article has had, and how two of them differ."""
    article = get_object_or_404(Article.objects.select_related("outlet").defer("search"), pk=pk)
    known = list(versions_of(article))
    old, new, problems = compared(request.GET, known)
    context = {
        "section": "articles",
        "article": article,
        "versions": known,
        "old": old,
        "new": new,
        "differences": differences(old.text, new.text),
        "problems": [*problems, *listing.misused(request.GET, known=["from", "to"])],
    }
    return render(request, "versions.html", context)


def compared(query: QueryDict, known: list[Version]) -> tuple[Version, Version, list[Problem]]:
    """The two versions that an address asks for; without it the last two."""
    keys = {version.key: version for version in known}
    chosen = {"from": known[-2] if len(known) > 1 else known[-1], "to": known[-1]}
    problems = repeated(query, list(chosen))
    for name in chosen:
        asked = query.get(name, "")
        if asked in keys:
            chosen[name] = keys[asked]
        elif asked:
            problems.append(Problem(name, clipped(asked), f"This article has no version “{clipped(asked)}”."))
    return chosen["from"], chosen["to"], problems


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    outlet = get_object_or_404(Outlet.objects.counted(), slug=slug)
    page, misses = listing.paged(outlet.articles.for_list(), request.GET)
    problems = listing.misused(request.GET, known=["page"]) + misses
    context = {"section": "articles", "outlet": outlet, "page": page, "problems": problems}
    return htmx.render(request, "outlet.html", context, fragment="results")
