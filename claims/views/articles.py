"""Articles, one of them as a reader sees it, and outlets."""

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.intake.versions import TextVersion, list_text_versions
from claims.models import Article, ArticleVersion, Outlet, Quote
from claims.models.quote_queryset import QuoteQuerySet
from claims.pages.article import build_article_reading, read_part
from claims.passages.differences import compare_texts
from claims.passages.parts import Part, find_part_at, split_into_parts
from claims.search import listing
from claims.search.problems import QueryProblem, list_repeated_problems, shorten_query_value
from newsroom import htmx


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read_list_query(listing.ArticleListForm, request.GET)
    matching = Article.objects.search(asked["q"]) if "q" in asked else Article.objects.all()
    found = matching.in_outlets(asked["outlet"]) if "outlet" in asked else matching
    page, misses = listing.select_page(found.for_list(), request.GET)
    outlets = listing.build_list_choices("outlet", matching.per_outlet(), asked)
    context = {
        "section": "articles",
        "asked": asked,
        "choices": outlets,
        "page": page,
        "problems": problems + misses,
    }
    return htmx.render(request, "articles.html", context, fragment="results")


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    edited = Exists(ArticleVersion.objects.filter(article=OuterRef("pk")))
    found = Article.objects.select_related("outlet").defer("search").annotate(edited=edited)
    article = get_object_or_404(found, pk=pk)
    quotes = Quote.objects.standing().filter(article=article)
    part, problems = part_asked(request.GET, split_into_parts(article.text), quotes)
    context = {
        "section": "articles",
        "article": article,
        "part": part,
        "quote_count": quotes.count() if part.count > 1 else 0,
        "reading": read_part(article.text, part, quotes)
        if part.count > 1
        else build_article_reading(article.text, quotes.for_reader()),
        "problems": [*problems, *listing.list_query_problems(request.GET, known=["part", "quote"])],
    }
    return render(request, "article.html", context)


def part_asked(
    query: QueryDict, parts: list[Part], quotes: QuoteQuerySet
) -> tuple[Part, list[QueryProblem]]:
    """The part of an article that an address asks for, by its number or by a quote in it; without it the first."""
    number, quote = query.get("part", "1"), query.get("quote", "")
    known = {str(part.number): part for part in parts}
    if quote:
        found = (
            quotes.with_bounds().filter(pk=quote)
            if quote.isascii() and quote.isdecimal() and len(quote) < 19
            else []
        )
        for each in found:
            return find_part_at(parts, each.begins), []
        return parts[0], [
            QueryProblem(
                "quote",
                shorten_query_value(quote),
                f"This article has no quote “{shorten_query_value(quote)}”.",
            )
        ]
    if number in known:
        return known[number], []
    return parts[0], [
        QueryProblem(
            "part",
            shorten_query_value(number),
            f"This article has no part “{shorten_query_value(number)}”.",
        )
    ]


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts that an article has had, and how two of them differ."""
    article = get_object_or_404(Article.objects.select_related("outlet").defer("search"), pk=pk)
    known = list(list_text_versions(article))
    old, new, problems = read_versions_compared(request.GET, known)
    context = {
        "section": "articles",
        "article": article,
        "versions": known,
        "old": old,
        "new": new,
        "differences": compare_texts(old.text, new.text),
        "problems": [*problems, *listing.list_query_problems(request.GET, known=["from", "to"])],
    }
    return render(request, "versions.html", context)


def read_versions_compared(
    query: QueryDict, known: list[TextVersion]
) -> tuple[TextVersion, TextVersion, list[QueryProblem]]:
    """The two versions that an address asks for; without it the last two."""
    keys = {version.key: version for version in known}
    chosen = {"from": known[-2] if len(known) > 1 else known[-1], "to": known[-1]}
    problems = list_repeated_problems(query, list(chosen))
    for name in chosen:
        asked = query.get(name, "")
        if asked in keys:
            chosen[name] = keys[asked]
        elif asked:
            problems.append(
                QueryProblem(
                    name,
                    shorten_query_value(asked),
                    f"This article has no version “{shorten_query_value(asked)}”.",
                )
            )
    return chosen["from"], chosen["to"], problems


@require_safe
def outlet(request: HttpRequest, slug: str) -> HttpResponse:
    outlet = get_object_or_404(Outlet.objects.counted(), slug=slug)
    page, misses = listing.select_page(outlet.articles.for_list(), request.GET)
    problems = listing.list_query_problems(request.GET, known=["page"]) + misses
    context = {"section": "articles", "outlet": outlet, "page": page, "problems": problems}
    return htmx.render(request, "outlet.html", context, fragment="results")
