"""What is disputed, both sides side by side."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from claims.models import Match
from claims.models.matches import DISPUTING_KINDS
from claims.pages.disputes import build_dispute_lines
from claims.search import columns, disputed, listing
from newsroom import htmx

DISPUTES_PER_PAGE = 20


@require_safe
def disputes(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read_list_query(listing.DisputeListForm, request.GET)
    known = columns.get_current_columns()
    found = disputed.find_disputes(known, asked)
    page, page_problems = listing.select_page(found.disputes, request.GET, DISPUTES_PER_PAGE)
    may_judge = request.user.has_perm("claims.change_match")
    context = {
        "section": "claims",
        "asked": asked,
        "feed_query": urlencode(asked),
        "choices": found.choices,
        "chips": found.chips,
        "page": page,
        "lines": build_dispute_lines(known, list(page), found),
        "proposed": count_proposed() if may_judge else 0,
        "problems": [*problems, *found.problems, *page_problems],
    }
    return htmx.render(request, "disputes.html", context, fragment="results")


def count_proposed() -> int:
    """Return how many disputes wait for a curator to say whether they are any."""
    return Match.objects.proposed().filter(kind__in=DISPUTING_KINDS).count()
