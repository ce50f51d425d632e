"""Merging two articles: shown, and then done or judged to be two, with a reason and by POST alone."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse

from claims.admin.merging import add_undo_message, read_token, render_merge_page
from claims.admin.requests import (
    get_permitted_user,
    read_reason,
    read_submitted,
    require_get_or_post,
)
from claims.intake.merging_articles import keep_apart, merge_articles, plan_article_merge
from claims.models import Article, ArticleAddress
from claims.models.refusals import Refused
from newsroom.row_numbers import read_row_numbers

MERGE_ARTICLES_PERMISSION = "claims.merge_article"


@require_get_or_post
def merge(request: HttpRequest) -> HttpResponse:
    """Show what merging two articles would do; by POST, do it, or note that they are two."""
    user = get_permitted_user(request, MERGE_ARTICLES_PERMISSION)
    values = read_submitted(request)
    articles = find_articles_chosen(values)
    if len(articles) != 2:
        messages.error(request, "Choose two articles.")
        return HttpResponseRedirect(reverse("admin:claims_article_changelist"))
    kept, gone = choose_kept(values, articles)
    refused = ""
    if request.method == "POST" and "apart" in values:
        keep_apart(kept, gone, user)
        messages.success(request, "They stay two articles, and are not offered again.")
        return HttpResponseRedirect(reverse("admin:claims_article_changelist"))
    if request.method == "POST":
        try:
            done = merge_articles(kept.pk, gone.pk, user, read_reason(values), read_token(values))
        except Refused as error:
            refused = str(error)
        else:
            add_undo_message(request, "{} is merged.", done)
            return HttpResponseRedirect(reverse("admin:claims_article_change", args=[kept.pk]))
    return render_merge_page(
        request,
        "article/merge",
        "Merge articles",
        plan=plan_article_merge(kept, gone),
        articles=articles,
        refused=refused,
        reason=read_reason(values),
        opts=Article._meta,
    )


def find_articles_chosen(values: QueryDict) -> list[Article]:
    pks = read_row_numbers(values.getlist("article"))[:3]
    rows = Article.objects.counted().select_related("outlet").defer("search").in_bulk(pks)
    return [rows[pk] for pk in pks if pk in rows]


def choose_kept(values: QueryDict, articles: list[Article]) -> tuple[Article, Article]:
    """Return the article that is kept and the other: the one asked for, else the older one."""
    first, second = sorted(articles, key=lambda article: article.pk)
    wanted = read_row_numbers(values.getlist("into"))
    if wanted and wanted[0] == second.pk:
        return second, first
    return first, second


def get_article_merge_address(pks: Iterable[int]) -> str:
    chosen = urlencode([("article", pk) for pk in pks])
    return f"{reverse('admin:claims_article_merge')}?{chosen}"


def find_articles_sharing_address(article: Article) -> list[Article]:
    """Return the other articles that an address of this one is of, too, unless kept apart."""
    rows = ArticleAddress.objects.filter(kept_apart_at__isnull=True)
    same = rows.filter(address__in=rows.filter(article=article).values("address"))
    others = Article.objects.filter(pk__in=same.values("article")).exclude(pk=article.pk)
    return list(others.select_related("outlet").defer("text", "search"))
