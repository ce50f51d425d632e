"""The feeds that are looked at again and again: their state, and for curators what to do with them."""

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from claims.intake.looking import check_feed_source
from claims.intake.queueing import queue_look
from claims.models import Arrival, Feed
from claims.models.refusals import Refused
from claims.pages.arrivals import count_states
from claims.pages.feeds import USUAL_PAUSE, ArrivalListForm, FeedForm
from claims.roles import may_add_feeds, may_see_feeds
from claims.search import listing
from claims.views.adding import get_user
from newsroom import htmx


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feeds(request: HttpRequest) -> HttpResponse:
    """Show the feeds, or take a new one."""
    if not may_see_feeds(request.user):
        raise PermissionDenied
    may_add = may_add_feeds(request.user)
    form = FeedForm(request.POST or None, initial={"minutes": USUAL_PAUSE})
    if request.method == "POST":
        if not may_add:
            raise PermissionDenied
        if form.is_valid() and (feed := add_feed(form, get_user(request))):
            queue_look(feed)
            messages.success(request, "Added. It is checked for the first time in a moment.")
            return redirect("feeds")
    page, page_problems = listing.select_page(Feed.objects.with_counts(), request.GET)
    unknown = listing.list_query_problems(request.GET, known=["page"])
    context = {
        "section": "add",
        "form": form,
        "may_add": may_add,
        "page": page,
        "problems": [*page_problems, *unknown],
    }
    return render(request, "feeds.html", context, status=400 if form.errors else 200)


def add_feed(form: FeedForm, user: User | None) -> Feed | None:
    """Store the feed that a form names; where it cannot be one, the form says why."""
    values = form.cleaned_data
    try:
        source = check_feed_source(values["source"])
    except Refused as error:
        form.add_error("source", str(error))
        return None
    pause = values["minutes"]
    made_now = {"minutes_between_looks": pause, "added_by": user}
    feed, is_new = Feed.objects.get_or_create(source=source, defaults=made_now)
    if not is_new:
        form.add_error("source", "This feed is here already.")
        return None
    return feed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def feed(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a feed has brought, or do with it what a form says."""
    if not may_see_feeds(request.user):
        raise PermissionDenied
    feed = get_object_or_404(Feed, pk=pk)
    if request.method == "POST":
        if not may_add_feeds(request.user):
            raise PermissionDenied
        change_feed(feed, request)
        return redirect("feeds")
    arrivals = Arrival.objects.filter(delivery__feed=feed)
    asked, problems = listing.read_list_query(ArrivalListForm, request.GET)
    found = arrivals.filter(state=asked["state"]) if "state" in asked else arrivals
    page, page_problems = listing.select_page(found.for_list().order_by("-pk"), request.GET)
    counted = [(each.state.value, each.name, each.count) for each in count_states(arrivals)]
    context = {
        "section": "add",
        "feed": feed,
        "choices": listing.build_list_choices("state", counted, asked),
        "page": page,
        "problems": problems + page_problems,
    }
    return htmx.render(request, "feed.html", context, fragment="results")


def change_feed(feed: Feed, request: HttpRequest) -> None:
    """Pause a feed, go on with it and look at it now, or remove it; its articles stay."""
    match request.POST.get("what", ""):
        case "pause":
            Feed.objects.filter(pk=feed.pk).update(is_active=False)
            messages.success(request, f"{feed} is paused.")
        case "look":
            Feed.objects.filter(pk=feed.pk).update(is_active=True)
            queue_look(feed)
            messages.success(request, f"{feed} is checked in a moment.")
        case "remove":
            feed.delete()
            messages.success(request, f"{feed} is removed. Its articles stay.")
        case _:
            messages.error(request, "Nothing was changed.")
