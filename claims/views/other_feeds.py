"""Feeds beside those of quotes and claims: of a topic, of disputes, and of corrections with their page."""

from http import HTTPStatus

import numpy as np
from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from claims.following.corrections import (
    CORRECTION_KINDS,
    KIND_LABELS,
    CorrectionFeed,
    describe_corrections,
    select_corrections,
)
from claims.following.dispute_feed import DisputeFeed, sort_by_arrival
from claims.outputs.formats import Format
from claims.outputs.selecting import build_selection
from claims.pages.topics import find_rows_on_topic
from claims.search import columns, disputed, listing
from claims.search.filters import Filters
from claims.search.problems import QueryProblem
from claims.views.outputs import find_format, find_site, refuse, send, send_feed

ORDERS = [(order, order) for order in ("published", "arrived")]
CORRECTIONS_PER_PAGE = 25
NO_WORDS = QueryProblem("q", "", "A topic needs words: “q”.")


class OrderedDisputesForm(listing.DisputeListForm):
    order = forms.ChoiceField(required=False, choices=ORDERS)


class CorrectionListForm(forms.Form):
    """What is asked of the list of corrections."""

    kind = forms.ChoiceField(required=False, choices=[(kind, kind) for kind in CORRECTION_KINDS])
    order = forms.ChoiceField(required=False, choices=ORDERS)


@require_safe
def topic_as(request: HttpRequest, ending: str) -> HttpResponseBase:
    """Send the quotes on a topic, of all sides, the newest first or in the order in which they came in."""
    kind = find_format(ending)
    filters = Filters.read(request.GET, also=["page"])
    problems = list(filters.problems) if filters.q else [*filters.problems, NO_WORDS]
    if problems:
        return refuse(request, problems, HTTPStatus.BAD_REQUEST)
    known = columns.get_current_columns()
    sides = find_rows_on_topic(known, filters).sides.values()
    ids = known["id"][np.sort(np.concatenate(list(sides)))]
    if filters.order == "arrived":
        ids = np.sort(ids)[::-1]
    selection = build_selection(
        ids, find_site(request), reverse("topics"), filters, title=f"On the topic “{filters.q}”"
    )
    return send(request, kind, selection)


@require_safe
def disputes_as(request: HttpRequest, ending: str) -> HttpResponse:
    """Send disputes as a feed: by the dates of the articles, or in the order in which they came in."""
    kind = find_feed_format(ending)
    asked, problems = listing.read_list_query(OrderedDisputesForm, request.GET)
    known = columns.get_current_columns()
    found = disputed.find_disputes(known, asked)
    problems = [each for each in [*problems, *found.problems] if each.parameter != "page"]
    if problems:
        return refuse(request, problems, HTTPStatus.BAD_REQUEST)
    is_by_arrival = asked.get("order") == "arrived"
    source = DisputeFeed(
        known=known,
        found=found,
        disputes=sort_by_arrival(known, found) if is_by_arrival else found.disputes,
        site=find_site(request),
        page_address=find_site(request) + reverse("disputes"),
        described=describe(asked),
    )
    return send_feed(request, kind, source)


@require_safe
def corrections_as(request: HttpRequest, ending: str) -> HttpResponse:
    """Send corrections as a feed: as they were made, or by the dates of the articles."""
    kind = find_feed_format(ending)
    asked, problems = listing.read_list_query(CorrectionListForm, request.GET)
    problems = [each for each in problems if each.parameter != "page"]
    if problems:
        return refuse(request, problems, HTTPStatus.BAD_REQUEST)
    decisions = select_corrections(asked.get("kind", ""), asked.get("order", ""))
    source = CorrectionFeed(
        decisions=decisions,
        site=find_site(request),
        page_address=find_site(request) + reverse("corrections"),
        described=describe(asked),
        total=decisions.count(),
    )
    return send_feed(request, kind, source)


@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    """Show what was corrected, the last first."""
    asked, problems = listing.read_list_query(CorrectionListForm, request.GET)
    decisions = select_corrections(asked.get("kind", ""), asked.get("order", ""))
    page, page_problems = listing.select_page(decisions, request.GET, CORRECTIONS_PER_PAGE)
    kinds = [
        (kind, KIND_LABELS[kind], select_corrections(kind, "").count()) for kind in KIND_LABELS
    ]
    counted = [(kind, label, count) for kind, label, count in kinds if count]
    context = {
        "section": "overview",
        "choices": listing.build_list_choices("kind", counted, asked),
        "page": page,
        "corrections": describe_corrections(list(page), ""),
        "kind": asked.get("kind", ""),
        "problems": [*problems, *page_problems],
    }
    return render(request, "corrections.html", context)


def find_feed_format(ending: str) -> Format:
    """Return the format of a feed, or raise `Http404`."""
    kind = find_format(ending)
    if kind.write_feed is None:
        raise Http404(f"{kind.name} is no feed.")
    return kind


def describe(asked: dict[str, object]) -> str:
    """Return what is asked for, in words."""
    told = [f"{name} {value}" for name, value in asked.items() if name != "order"]
    return "; ".join(told) or "all"
