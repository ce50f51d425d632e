"""A quote that extraction missed, added by its words, in any article that a reader meets it in."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from claims.admin.decision_forms import read_decision_on_parts
from claims.admin.desk import refuse_what_breaks_rules
from claims.admin.requests import (
    build_decider,
    check_permission,
    require_curator,
    require_get_or_post,
)
from claims.admin.words import (
    FieldValues,
    build_form_context,
    build_parts,
    list_problems,
    read_typed_parts,
    render_words_form,
)
from claims.desk.context import build_quote_context
from claims.desk.deciding import DeskAction
from claims.desk.refusals import DecisionRefused, StaleQuote
from claims.desk.wording import TypedPart, find_typed_part
from claims.intake.versions import compute_text_digest
from claims.models import Article
from claims.passages.marking import Mark

LONGEST_CONTENTS_ASKED = 5000  # characters of a content that an address may carry
LONGEST_CONTENT_TOLD = 80  # characters of a quote in the message that it was added


def list_missed_urls() -> list[URLPattern]:
    view = admin.site.admin_view(require_curator(add_missed_quote))
    return [path("missed/<int:article>/", view, name="claims_quote_missed")]


@require_get_or_post
def add_missed_quote(request: HttpRequest, article: int) -> HttpResponse:
    """Show the form for a missed quote of an article; by POST, add the quote."""
    check_permission(request, "claims.add_quote")
    shown = Article.objects.select_related("outlet").defer("search").filter(pk=article).first()
    if shown is None:
        raise Http404
    if request.method != "POST":
        contents = request.GET.get("contents", "")[:LONGEST_CONTENTS_ASKED]
        return render_missed_form(request, shown, {"contents": contents})
    values = request.POST.dict()
    typed = read_typed_parts(request.POST, shown.text, {})
    problems = list_problems(typed)
    if problems:
        return render_missed_form(request, shown, values, problems, typed, status=422)
    try:
        return redirect_to_added_quote(request, article, typed)
    except StaleQuote as stale:
        return render_missed_form(request, shown, values, [str(stale)], typed, status=409)
    except DecisionRefused as refused:
        return render_missed_form(request, shown, values, [str(refused)], typed, status=422)


def redirect_to_added_quote(
    request: HttpRequest, pk: int, typed: Sequence[TypedPart]
) -> HttpResponse:
    """Add the quote, and lead to it at the desk, for its speaker and act to be set."""
    with refuse_what_breaks_rules():
        article = Article.objects.select_for_update(of=("self",)).get(pk=pk)
        if compute_text_digest(article.text) != request.POST.get("seen"):
            raise StaleQuote(
                "The article was edited while this page was open. Below is its text as it is now."
            )
        decision = read_decision_on_parts(DeskAction.ADD, build_parts(typed), request.POST)
        quote = build_decider(request).add_quote(article, decision.get_parts(), act=decision.act)
    messages.success(request, f"Added: “{quote.content[:LONGEST_CONTENT_TOLD]}”.")
    return HttpResponseRedirect(reverse("admin:claims_quote_desk_one", args=[quote.pk]))


def render_missed_form(
    request: HttpRequest,
    article: Article,
    values: FieldValues,
    problems: Sequence[str] = (),
    typed: Sequence[TypedPart] = (),
    status: int = 200,
) -> HttpResponse:
    marks = mark_typed_parts(article, values, typed)
    context = {
        "article": article,
        "what": DeskAction.ADD,
        "seen": compute_text_digest(article.text),
        "text": build_quote_context(article.text, marks, whole=True),
        "back": article.get_absolute_url(),
        **build_form_context(article.text, values, problems, typed),
    }
    return render_words_form(request, context, status)


def mark_typed_parts(
    article: Article, values: FieldValues, typed: Sequence[TypedPart]
) -> list[Mark]:
    """Return a mark for each part whose place is clear; at first, for each line of the content."""
    spans = [part.span for part in typed if part.span]
    if not spans:
        for line in values.get("contents", "").splitlines():
            span = find_typed_part("content", 1, line, article.text).span
            if span:
                spans.append(span)
    return [Mark(span.start, span.end, "content", 0) for span in spans]
