"""A reader says that something is wrong with a quote. Needs no login; a curator settles it in the
admin.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from claims.desk.reporting import (
    TOO_MANY_REPORTS_MESSAGE,
    ReportForm,
    has_sent_too_many,
    store_report,
)
from claims.models import Quote
from claims.views.moved import find_quote_now, redirect_for_good


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    quote = Quote.objects.standing().for_list().filter(pk=pk).first()
    if quote is None:
        return redirect_for_good(request, reverse("quote-report", args=[find_quote_now(pk).pk]))
    form = ReportForm(request.POST or None)
    is_refused = request.method == "POST" and has_sent_too_many(request)
    if request.method == "POST" and form.is_valid() and not is_refused:
        store_report(form, quote, request)
        return redirect("quote-reported", pk)
    context = {
        "section": "quotes",
        "quote": quote,
        "form": form,
        "refused": TOO_MANY_REPORTS_MESSAGE if is_refused else "",
    }
    return render(request, "report.html", context, status=select_status(form, is_refused))


def select_status(form: ReportForm, is_refused: bool) -> int:
    """Return the status of a page that shows the form: too many requests, a bad one, or
    all well.
    """
    if is_refused:
        return 429
    return 400 if form.errors else 200


@require_safe
def reported(request: HttpRequest, pk: int) -> HttpResponse:
    quote = get_object_or_404(Quote.objects.for_list(), pk=pk)
    return render(request, "reported.html", {"section": "quotes", "quote": quote})
