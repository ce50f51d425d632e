"""Following by e-mail: asked for, confirmed, changed and ended, without an account."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from claims.following.alerts import change_pace, confirm
from claims.following.asking import (
    TOO_MANY_REQUESTS_MESSAGE,
    EmailForm,
    ask_to_follow,
    has_asked_too_often,
)
from claims.following.followed import Followed, read_followed, restore_followed
from claims.following.links import read_signed, sign
from claims.models import Pace, SavedSearch, Trigger
from claims.search import columns
from newsroom.mail import is_mail_sent

EXAMPLES = {
    Trigger.NEW: "Whatever comes in, also what was published long ago.",
    Trigger.REPEATED: "The same claim by the same speaker in another article.",
    Trigger.DENIED: "In the same words or in others, as far as they were matched.",
    Trigger.FIRST: "A speaker of these quotes in an outlet that never had them before.",
    Trigger.VANISHED: "An article was edited, and no longer has the words.",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Take an address to which what is new in a state of the filters, a topic or a claim is sent."""
    followed = read_followed(request.GET)
    is_post = request.method == "POST"
    form = EmailForm(request.POST if is_post else None)
    is_refused = is_post and has_asked_too_often(request)
    if is_post and form.is_valid() and not is_refused and not followed.problems:
        ask_to_follow(form, followed, request)
        return redirect("follow-asked")
    context = {
        "section": "quotes",
        "followed": followed,
        "problems": followed.problems,
        "number": count_quotes(followed),
        "form": form,
        "chosen": {"trigger": form["trigger"].value(), "pace": form["pace"].value()},
        "triggers": [(value, label, EXAMPLES[Trigger(value)]) for value, label in Trigger.choices],
        "paces": Pace.choices,
        "refused": TOO_MANY_REQUESTS_MESSAGE if is_refused else "",
        "is_mail_sent": is_mail_sent(),
    }
    return render(request, "follow.html", context, status=select_status(form, followed, is_refused))


def select_status(form: EmailForm, followed: Followed, is_refused: bool) -> int:
    if is_refused:
        return HTTPStatus.TOO_MANY_REQUESTS
    return HTTPStatus.BAD_REQUEST if form.errors or followed.problems else HTTPStatus.OK


def count_quotes(followed: Followed) -> int:
    """Return how many quotes there are by now of what is to be followed."""
    if followed.problems:
        return 0
    return len(followed.find_rows(columns.get_current_columns()))


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """Say that a mail may be on its way, whether or not one is."""
    context = {"section": "quotes", "is_mail_sent": is_mail_sent()}
    return render(request, "follow_asked.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def followed(request: HttpRequest, signed: str) -> HttpResponse:
    """Show a saved search to whoever has its link, and confirm, change or end it at a press."""
    token = read_signed(signed)
    if token is None:
        return refuse(request)
    search = SavedSearch.objects.select_related("follower").filter(token=token).first()
    if search is None:
        return render_ended(request)
    if request.method == "POST":
        what = request.POST.get("what", "")
        if what == "end":
            search.end()
            return render_ended(request)
        change(search, what, request.POST.get("pace", ""))
        return redirect("followed", sign(search))
    followed = restore_followed(search)
    context = {
        "section": "quotes",
        "search": search,
        "paces": Pace.choices,
        "page": followed.page,
        "problems": followed.problems,
    }
    return keep_from_others(render(request, "followed.html", context))


def change(search: SavedSearch, what: str, pace: str) -> None:
    """Confirm a search, or change how often it tells; anything else changes nothing."""
    if what == "confirm":
        confirm(search)
    elif what == "pace" and pace in Pace.values:
        change_pace(search, pace)


@csrf_exempt  # a mail program posts here, with nothing but the link (RFC 8058); it is signed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, signed: str) -> HttpResponse:
    """End a saved search: at once where a mail program posts, else by the button of a page."""
    token = read_signed(signed)
    if token is None:
        return refuse(request)
    search = SavedSearch.objects.filter(token=token).first()
    if search is None:
        return render_ended(request)
    if request.method == "POST":
        search.end()
        return render_ended(request)
    return redirect("followed", signed)


def render_ended(request: HttpRequest) -> HttpResponse:
    return keep_from_others(render(request, "follow_ended.html", {"section": "quotes"}))


def refuse(request: HttpRequest) -> HttpResponse:
    """Say that a link is not one of ours, whatever there is."""
    context = {"section": "quotes", "is_unknown": True}
    page = render(request, "follow_ended.html", context, status=HTTPStatus.FORBIDDEN)
    return keep_from_others(page)


def keep_from_others(response: HttpResponse) -> HttpResponse:
    """Keep a page that only its link protects out of search engines."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
