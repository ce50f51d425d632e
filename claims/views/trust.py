"""How far what the site shows can be trusted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.models import Sample
from claims.search import listing
from claims.trust.figures import build_trust_figure, count_changes_since

CONFIDENCE_TITLES = {
    "quote_confidence": "By the confidence of the quote: it is one",
    "limits_confidence": (
        "By the confidence of the quote: it is one, and begins and ends in the right place"
    ),
    "speaker_confidence": "By the confidence of the speaker, of the quotes: the speaker is right",
}


@require_safe
def trust(request: HttpRequest) -> HttpResponse:
    sample = Sample.objects.closed().first()
    context = {
        "section": "trust",
        "sample": sample,
        "open": Sample.objects.open().counted().first(),
        "problems": listing.list_query_problems(request.GET),
    }
    if sample:
        context |= describe_results(sample)
    return render(request, "trust.html", context)


def describe_results(sample: Sample) -> dict[str, Any]:
    """Return what the page tells of a closed sample: its results, and what has changed since it was
    drawn.
    """
    results = sample.results or {}
    figure = None
    if sample.closed_at:
        figure = build_trust_figure(results["size"], sample.closed_at, results["headline"])
    return {
        "results": results,
        "figure": figure,
        "confidences": [(title, results.get(key, [])) for key, title in CONFIDENCE_TITLES.items()],
        "since": count_changes_since(sample),
    }
