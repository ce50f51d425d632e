"""Articles, and one of them as a reader sees it."""

from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.intake.versions import TextVersion, list_text_versions
from claims.models import Article, ArticleVersion, Quote
from claims.models.articles import ArticleQuerySet, OutletCount
from claims.models.quote_queryset import QuoteQuerySet
from claims.pages.article import build_article_reading, read_part
from claims.pages.cards import build_article_card
from claims.pages.identity import build_article_data
from claims.passages.differences import compare_texts
from claims.passages.parts import Part, find_part_at, split_into_parts
from claims.search import listing
from claims.search.copies import CopiesChoice, attach_copies, build_list_copies_choice
from claims.search.filters import counts_texts_once
from claims.search.problems import QueryProblem, list_repeated_problems, shorten_query_value
from claims.views.moved import find_article_now, redirect_for_good
from newsroom import htmx
from newsroom.row_numbers import read_row_number

OUTLETS_OFFERED = 12  # beside the list of articles; all of them have a page of their own


@require_safe
def articles(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read_list_query(listing.ArticleListForm, request.GET)
    matching = Article.objects.all()
    if "q" in asked:
        matching = matching.search(asked["q"])
    found = matching.in_outlets(asked["outlet"]) if "outlet" in asked else matching
    is_once = counts_texts_once(asked.get("copies", ""), asked.get("outlet", ""))
    shown = found.once_per_text() if is_once else found
    page, page_problems = listing.select_page(shown.for_list(), request.GET)
    attach_copies(page.object_list)
    # An outlet that is chosen has all that it published, unless each text is to count once.
    of_outlets = matching.once_per_text() if asked.get("copies") == "once" else matching
    per_outlet = of_outlets.per_outlet()
    context = {
        "section": "articles",
        "asked": asked,
        "choices": listing.build_list_choices(
            "outlet", select_outlets_offered(per_outlet, asked.get("outlet", "")), asked
        ),
        "outlets": len(per_outlet),
        "copies": build_article_copies_choice(asked, found, page.paginator.count, per_outlet),
        "page": page,
        "problems": problems + page_problems,
    }
    return htmx.render(request, "articles.html", context, fragment="results")


def select_outlets_offered(per_outlet: list[OutletCount], chosen: str) -> list[OutletCount]:
    """Return the outlets with most articles, and the one that is chosen."""
    first, others = per_outlet[:OUTLETS_OFFERED], per_outlet[OUTLETS_OFFERED:]
    return first + [outlet for outlet in others if outlet[0] == chosen]


def build_article_copies_choice(
    asked: dict[str, Any], found: ArticleQuerySet, shown: int, per_outlet: list[OutletCount]
) -> CopiesChoice:
    """Return how many articles there are either way of counting; `shown` are counted as asked.

    It takes a query, but where the outlets tell it.
    """
    is_once = counts_texts_once(asked.get("copies", ""), asked.get("outlet", ""))
    if not is_once:
        once, every = found.once_per_text().count(), shown
    elif "copies" in asked:
        once, every = shown, found.count()
    else:
        once, every = shown, sum(count for _, _, count in per_outlet)
    return build_list_copies_choice(asked, once, every, is_once_by_default="outlet" not in asked)


@require_safe
def article(request: HttpRequest, pk: int) -> HttpResponse:
    edited = Exists(ArticleVersion.objects.filter(article=OuterRef("pk")))
    rows = Article.objects.select_related("outlet").defer("search").annotate(edited=edited)
    article = rows.with_shared_text().filter(pk=pk).first()
    if article is None:
        return redirect_for_good(request, find_article_now(pk).get_absolute_url())
    attach_copies([article])
    quotes = Quote.objects.standing().filter(article=article).with_others(article.pk)
    part, problems = read_part_asked(request.GET, split_into_parts(article.text), quotes)
    if part.count == 1:
        quote_count = 0  # told only beside a part
        reading = build_article_reading(article.text, quotes.for_reader())
    else:
        quote_count = quotes.count()
        reading = read_part(article.text, part, quotes)
    unknown = listing.list_query_problems(request.GET, known=["part", "quote"])
    card = build_article_card(article, quote_count or len(reading.entries))
    context = {
        "section": "articles",
        "article": article,
        "card": card,
        "linked_data": build_article_data(article, request.build_absolute_uri(request.path)),
        "part": part,
        "quote_count": quote_count,
        "reading": reading,
        "problems": [*problems, *unknown],
    }
    return render(request, "article.html", context)


def read_part_asked(
    query: QueryDict, parts: list[Part], quotes: QuoteQuerySet
) -> tuple[Part, list[QueryProblem]]:
    """Return the part of an article that an address asks for, by its number or by a quote in it.

    Without either it is the first. With it comes a problem where there is no such quote or part.
    """
    key = query.get("quote", "")
    if key:
        beginning = find_beginning(key, quotes)
        if beginning is None:
            return parts[0], [build_missing_problem("quote", key, "quote")]
        return find_part_at(parts, beginning), []
    return read_part_number(query, parts)


def read_part_number(query: QueryDict, parts: list[Part]) -> tuple[Part, list[QueryProblem]]:
    """Return the part that an address asks for by its number, else the first and a problem."""
    number = query.get("part", "1")
    for part in parts:
        if str(part.number) == number:
            return part, []
    return parts[0], [build_missing_problem("part", number, "part")]


def find_beginning(key: str, quotes: QuoteQuerySet) -> int | None:
    """Return where the quote begins that an address names by its key, or did before a merge.

    It is None if there is no such quote.
    """
    number = read_row_number(key)
    if number is None:
        return None
    with_bounds = quotes.with_bounds()
    quote = (
        with_bounds.filter(pk=number).first() or with_bounds.filter(former__number=number).first()
    )
    return None if quote is None else quote.begins


def build_missing_problem(name: str, value: str, noun: str) -> QueryProblem:
    """Return the problem of an article that lacks what a parameter of its address asks for."""
    shown = shorten_query_value(value)
    return QueryProblem(name, shown, f"This article has no {noun} “{shown}”.")


@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the texts that an article has had, and how two of them differ."""
    rows = Article.objects.select_related("outlet").defer("search")
    article = rows.filter(pk=pk).first()
    if article is None:
        now = find_article_now(pk)
        return redirect_for_good(request, reverse("article-versions", args=[now.pk]))
    known = list(list_text_versions(article))
    old, new, problems = read_versions_compared(request.GET, known)
    unknown = listing.list_query_problems(request.GET, known=["from", "to"])
    context = {
        "section": "articles",
        "article": article,
        "versions": known,
        "old": old,
        "new": new,
        "differences": compare_texts(old.text, new.text),
        "problems": [*problems, *unknown],
    }
    return render(request, "versions.html", context)


def read_versions_compared(
    query: QueryDict, known: list[TextVersion]
) -> tuple[TextVersion, TextVersion, list[QueryProblem]]:
    """Return the two versions that an address asks for, or else the last two, and what is wrong
    with the address.
    """
    by_key = {version.key: version for version in known}
    chosen = {"from": known[-2] if len(known) > 1 else known[-1], "to": known[-1]}
    problems = list_repeated_problems(query, list(chosen))
    for name in chosen:
        key = query.get(name, "")
        if key in by_key:
            chosen[name] = by_key[key]
        elif key:
            problems.append(build_missing_problem(name, key, "version"))
    return chosen["from"], chosen["to"], problems
