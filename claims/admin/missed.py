"""A quote that extraction missed, added by its words: from a quotation in the reader's meter, in whatever article."""

from django.contrib import admin, messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from claims.admin import desk, words
from claims.desk import queue as queues
from claims.desk.deciding import Decider, DecisionRefused, StaleQuote
from claims.desk.wording import QuotePart, find_quote_part
from claims.extraction.schema import ACTS
from claims.intake.versions import compute_text_digest
from claims.models import Article
from claims.passages.marking import Mark

FieldValues = dict[str, str]


def list_missed_urls() -> list[URLPattern]:
    view = admin.site.admin_view(desk.require_curator(missed))
    return [path("missed/<int:article>/", view, name="claims_quote_missed")]


@require_http_methods(["GET", "HEAD", "POST"])
def missed(request: HttpRequest, article: int) -> HttpResponse:
    desk.check_permission(request, "claims.add_quote")
    found = Article.objects.select_related("outlet").defer("search").filter(pk=article).first()
    if found is None:
        raise Http404
    if request.method != "POST":
        return render_missed_form(
            request, found, {"contents": request.GET.get("contents", "")[:5000]}
        )
    parts = words.read_parts_by_words(request.POST, found.text, {})
    wrong, status = (
        [each.wrong for each in parts if each.wrong] or words.list_missing_parts(parts),
        422,
    )
    if not wrong:
        try:
            return redirect_to_added_quote(request, article, parts)
        except StaleQuote as stale:
            wrong, status = [str(stale)], 409
        except DecisionRefused as refused:
            wrong = [str(refused)]
        except IntegrityError:
            wrong = ["The database refused this."]
    return render_missed_form(request, found, request.POST.dict(), wrong, parts, status)


def redirect_to_added_quote(request: HttpRequest, pk: int, parts: list[QuotePart]) -> HttpResponse:
    """Lead to the quote that was made, at the desk, for its speaker and act to be set."""
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
        if compute_text_digest(article.text) != request.POST.get("seen"):
            raise StaleQuote(
                "The article was edited while this page was open. Below is its text as it is now."
            )
        values = words.build_editor_values(parts, request.POST)
        act = desk.read_choice(values, "act", ACTS)
        quote = Decider(desk.get_curator(request), desk.get_sitting(request)).add(
            article, *desk.read_parts(values), act=act
        )
    messages.success(request, f"Added: “{quote.content[:80]}”.")
    return HttpResponseRedirect(reverse("admin:claims_quote_desk_one", args=[quote.pk]))


def render_missed_form(
    request: HttpRequest,
    article: Article,
    values: FieldValues,
    wrong: list[str] | None = None,
    parts: list[QuotePart] | None = None,
    status: int = 200,
) -> HttpResponse:
    places = [each.span for each in parts or [] if each.span]
    first = [
        find_quote_part("content", 1, line, article.text).span
        for line in values.get("contents", "").splitlines()
    ]
    marks = [Mark(span.start, span.end, "content", 0) for span in places or first if span]
    context = {
        "article": article,
        "what": "add",
        "seen": compute_text_digest(article.text),
        "text": queues.build_quote_context(article.text, marks, whole=True),
        "back": article.get_absolute_url(),
    }
    return words.render_words_form(request, article.text, values, context, wrong, parts, status)
