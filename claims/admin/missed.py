"""A quote that extraction missed, added by its words: from a quotation in the reader's meter, in whatever article."""

from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from claims.admin import desk, words
from claims.desk import queue as queues
from claims.desk.deciding import Deciding, Refused, Stale
from claims.desk.wording import Part, part
from claims.extraction.schema import ACTS
from claims.intake.versions import digest
from claims.models import Article
from claims.passages.marking import Mark

Fields = dict[str, str]


def urls() -> list[URLPattern]:
    view = admin.site.admin_view(desk.curators_only(missed))
    return [path("missed/<int:article>/", view, name="claims_quote_missed")]


@require_http_methods(["GET", "HEAD", "POST"])
def missed(request: HttpRequest, article: int) -> HttpResponse:
    desk.need(request, "claims.add_quote")
    found = Article.objects.select_related("outlet").defer("search").filter(pk=article).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        return shown(request, found, {"contents": request.GET.get("contents", "")[:5000]})
    parts = words.parts_in(request.POST, found.text, {})
    wrong, status = [each.wrong for each in parts if each.wrong] or words.missing(parts), 422
    if not wrong:
        try:
            return added(request, article, parts)
        except Stale as stale:
            wrong, status = [str(stale)], 409
        except Refused as refused:
            wrong = [str(refused)]
        except IntegrityError:
            wrong = ["The database refused this."]
    return shown(request, found, request.POST.dict(), wrong, parts, status)


def added(request: HttpRequest, pk: int, parts: list[Part]) -> HttpResponse:
    """Lead to the quote that was made, at the desk, for its speaker and act to be set."""
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
        if digest(article.text) != request.POST.get("seen"):
            raise Stale("The article was edited while this page was open. Below is its text as it is now.")
        values = words.sent(parts, request.POST)
        act = desk.one_of(values, "act", ACTS)
        quote = Deciding(desk.curator_of(request), desk.sitting(request)).add(article, *desk.parts_in(values), act=act)
    messages.success(request, f"Added: “{quote.content[:80]}”.")
    return HttpResponseRedirect(reverse("admin:claims_quote_desk_one", args=[quote.pk]))


def shown(
    request: HttpRequest,
    article: Article,
    values: Fields,
    wrong: list[str] | None = None,
    parts: list[Part] | None = None,
    status: int = 200,
) -> HttpResponse:
    places = [each.span for each in parts or [] if each.span]
    first = [part("content", 1, line, article.text).span for line in values.get("contents", "").splitlines()]
    marks = [Mark(span.start, span.end, "content", 0) for span in places or first if span]
    context = {
        "article": article,
        "what": "add",
        "seen": digest(article.text),
        "text": queues.context(article.text, marks, whole=True),
        "back": article.get_absolute_url(),
    }
    return words.form(request, article.text, values, context, wrong, parts, status)
