"""Claims like a sentence that somebody pastes."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from claims.desk.sending import compute_sender, has_reached_limit
from claims.gathering.alike import find_alike
from claims.models import Lookup
from claims.pages.alike import build_alike_groups
from claims.search import columns, listing
from newsroom import htmx

MOST_LOOKUPS_AN_HOUR = 60  # of one sender who is not signed in
TOO_MANY_LOOKUPS_MESSAGE = (
    f"You have had {MOST_LOOKUPS_AN_HOUR} sentences looked for within an hour, which is as many as"
    " one can. Please try this one later."
)


@never_cache
@require_safe
def alike(request: HttpRequest) -> HttpResponse:
    asked, problems = listing.read_list_query(listing.AlikeForm, request.GET)
    context = {"section": "claims", "asked": asked, "problems": problems}
    status = 200
    if asked and not may_look_up(request):
        context["refusal"] = TOO_MANY_LOOKUPS_MESSAGE
        status = 429
    elif asked:
        known = columns.get_current_columns()
        context["groups"] = build_alike_groups(known, find_alike(asked["text"]))
    return htmx.render(request, "alike.html", context, fragment="results", status=status)


def may_look_up(request: HttpRequest) -> bool:
    """Return whether somebody may have one more sentence looked for, and note that they had."""
    if request.user.is_authenticated:
        return True
    sender = compute_sender(request)
    if has_reached_limit(Lookup.objects.sent_lately(sender), MOST_LOOKUPS_AN_HOUR):
        return False
    Lookup.objects.create(sender=sender)
    return True
