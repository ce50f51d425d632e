"""Articles, one of them as a reader sees it, and outlets."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.intake.versions import Version, versions_of
from claims.models import Article, ArticleVersion, Outlet, Quote
from claims.models.querysets import QuoteQuerySet
from claims.pages.article import read, read_part
from claims.passages.differences import differences
from claims.passages.parts import Part, part_at, parts_of
from claims.search import listing
from claims.search.filters import Problem, clipped, repeated
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
    quotes = Quote.objects.standing().filter(article=article)
    part, problems = part_asked(request.GET, parts_of(article.text), quotes)
    context = {
        "section": "articles",
        "article": article,
        "part": part,
        "quote_count": quotes.count() if part.count > 1 else 0,
        "reading": read_part(article.text, part, quotes) if part.count > 1 else read(article.text, quotes.for_reader()),
        "problems": [*problems, *listing.misused(request.GET, known=["part", "quote"])],
    }
    return render(request, "article.html", context)


def part_asked(query: QueryDict, parts: list[Part], quotes: QuoteQuerySet) -> tuple[Part, list[Problem]]:
    """The part of an article that an address asks for, by its number or by a quote in it; without it the first."""
    number, quote = query.get("part", "1"), query.get("quote", "")
    known = {str(part.number): part for part in parts}
    if quote:
        found = quotes.with_bounds().filter(pk=quote) if quote.isascii() and quote.isdecimal() and len(quote) < 19 else []
        for each in found:
            return part_at(parts, each.begins), []
        return parts[0], [Problem("quote", clipped(quote), f"This article has no quote “{clipped(quote)}”.")]
    if number in known:
        return known[number], []
    return parts[0], [Problem("part", clipped(number), f"This article has no part “{clipped(number)}”.")]


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
