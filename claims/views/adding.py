"""How a reporter brings news in: a link, a text or files are handed in, read while the page waits, and
shown before anything of it is kept.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from claims.desk.sending import compute_sender, has_reached_limit
from claims.intake.arriving import (
    deliver_address,
    deliver_files,
    deliver_text,
    discard_delivery,
    keep_arrival,
    keep_read_arrivals,
)
from claims.intake.known_articles import find_article_at
from claims.intake.outlets import find_outlet_name, find_published_at, read_outlet_names
from claims.intake.previewing import build_unstored_article, preview_quotes
from claims.intake.workers import is_being_kept, is_worker_running
from claims.models import Arrival, ArrivalState, Article, Delivery
from claims.models.refusals import Refused
from claims.pages.adding import (
    FILE_ENDINGS,
    CorrectionForm,
    FilesForm,
    HandInForm,
    LinkForm,
    TextForm,
    TryForm,
    list_values_read,
)
from claims.pages.arrivals import measure_progress
from claims.pages.article import read_part_of_unstored
from claims.passages.parts import split_into_parts
from claims.roles import may_add_articles, may_see_feeds
from claims.search import listing
from claims.views.articles import read_part_number
from newsroom import htmx
from newsroom.uploads import is_upload_too_large

MOST_TRIES_AN_HOUR = 20  # texts of one sender who may not add articles
TOO_MANY_TRIES_MESSAGE = (
    f"You have had {MOST_TRIES_AN_HOUR} texts read within an hour, which is as many as one can."
    " Please try this one later."
)
DELIVERIES_SHOWN = 8  # of the newest that a person has handed in
DELIVERIES_REMEMBERED = 100  # of somebody who is not signed in
SESSION_KEY = "deliveries"

LONG_COLUMNS = ("content", "article__text", "article__search")

View = Callable[..., HttpResponse]


def keep_private(view: View) -> View:
    """Keep what a view shows out of caches and search engines: whoever has its address sees it."""

    @wraps(view)
    def show(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return never_cache(show)


# Handing in


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Show the forms, or take what one of them sends."""
    may_add = may_add_articles(request.user)
    sender = compute_sender(request)
    forms = build_forms(request, may_add=may_add)
    status = 200
    if request.method == "POST":
        form = select_form_sent(request, forms)
        is_limited = not may_add and has_tried_too_often(sender)
        if is_limited:
            form.add_error(None, TOO_MANY_TRIES_MESSAGE)
        elif form.is_valid() and (delivery := hand_in(form, request, sender)):
            remember_delivery(request, delivery)
            return redirect(delivery)
        status = 429 if is_limited else 400
    own = Delivery.objects.of_person(request.user, list_remembered_deliveries(request))
    newest = own.values("pk")[:DELIVERIES_SHOWN]
    deliveries = Delivery.objects.filter(pk__in=newest).for_list()
    context = {
        "section": "add",
        "forms": forms,
        "may_add": may_add,
        "may_see_feeds": may_see_feeds(request.user),
        "deliveries": deliveries,
        "largest_upload": settings.LARGEST_UPLOAD // 1_000_000,
        "file_endings": ",".join(FILE_ENDINGS),
        "address": request.build_absolute_uri(request.path),
        "problems": listing.list_query_problems(request.GET, known=["url"]),
    }
    return render(request, "add.html", context, status=status)


def build_forms(request: HttpRequest, *, may_add: bool) -> dict[str, HandInForm]:
    """Return the forms that somebody may use by their names; that which was sent has its values."""
    sent = request.POST.get("what", "")
    forms: dict[str, HandInForm] = {}
    if may_add:
        is_sent = sent == "link"
        asked = {"url": request.GET.get("url", "")}
        forms["link"] = LinkForm(request.POST if is_sent else None, initial=asked)
        forms["files"] = build_files_form(request, is_sent=sent == "files")
    text_form = TextForm if may_add else TryForm
    forms["text"] = text_form(request.POST if sent == "text" else None)
    return forms


def build_files_form(request: HttpRequest, *, is_sent: bool) -> FilesForm:
    if not is_sent:
        return FilesForm()
    form = FilesForm(request.POST, request.FILES)
    if is_upload_too_large(request):
        form.refuse_as_too_large()
    return form


def select_form_sent(request: HttpRequest, forms: dict[str, HandInForm]) -> HandInForm:
    """Return the form that was sent. Raises `PermissionDenied` for one that is not offered."""
    form = forms.get(request.POST.get("what", ""))
    if form is None:
        raise PermissionDenied
    return form


def has_tried_too_often(sender: str) -> bool:
    return has_reached_limit(Delivery.objects.sent_lately(sender), MOST_TRIES_AN_HOUR)


def hand_in(form: HandInForm, request: HttpRequest, sender: str) -> Delivery | None:
    """Have what a form holds read; where that is refused, the form says why."""
    values = form.cleaned_data
    options: dict[str, Any] = {
        "user": get_user(request),
        "sender": sender,
        "keeps_itself": values.get("keep", False) and may_add_articles(request.user),
    }
    try:
        if isinstance(form, LinkForm):
            return deliver_address(values["url"], **options)
        if isinstance(form, FilesForm):
            return deliver_files(read_files(values["files"]), **options)
        day = values["date"]
        options["date"] = day.isoformat() if day else ""
        options["follows_links"] = may_add_articles(request.user)
        return deliver_text(values["text"], title=values["title"], **options)
    except Refused as error:
        form.add_error(form.field_refused, str(error))
        return None


def remember_delivery(request: HttpRequest, delivery: Delivery) -> None:
    """Let the browser of somebody who is not signed in find again what it handed in."""
    if not request.user.is_authenticated:
        newest = [*list_remembered_deliveries(request), delivery.pk][-DELIVERIES_REMEMBERED:]
        request.session[SESSION_KEY] = newest


def list_remembered_deliveries(request: HttpRequest) -> list[int]:
    remembered: list[int] = request.session.get(SESSION_KEY, [])
    return remembered


def get_user(request: HttpRequest) -> User | None:
    """Return who is signed in, if anybody is."""
    return request.user if request.user.is_authenticated else None


def read_files(files: list[UploadedFile]) -> list[tuple[str, bytes]]:
    return [(file.name or "file", file.read()) for file in files]


# What becomes of it


@keep_private
@require_safe
def delivery(request: HttpRequest, token: str) -> HttpResponse:
    """Show how far each document has come; the only one there is leads to what was read of it."""
    there = Delivery.objects.not_discarded().select_related("feed")
    delivery = get_object_or_404(there, token=token)
    goes_on = is_being_kept(delivery)
    progress = measure_progress(delivery, request.GET, is_being_kept=goes_on)
    arrival = None if progress.goes_on else progress.only_arrival
    if arrival and (address := find_page_of(arrival, delivery)):
        return redirect_page(request, address)
    unknown = listing.list_query_problems(request.GET, known=["page"])
    context = {
        "section": "add",
        "progress": progress,
        "is_worker_running": progress.waits_in_vain and is_worker_running(),
        "page": progress.arrivals,
        "problems": [*progress.problems, *unknown],
        "may_keep": may_add_articles(request.user),
        "may_discard": may_discard(request, delivery),
    }
    return htmx.render(request, "delivery.html", context, fragment="arrivals")


def find_page_of(arrival: Arrival, delivery: Delivery) -> str:
    """Return where a document is shown: as it was read, or as the article that it is; else ""."""
    if arrival.article:
        return arrival.article.get_absolute_url()
    if arrival.state == ArrivalState.READ:
        return f"{delivery.get_absolute_url()}{arrival.pk}/"
    return ""


def redirect_page(request: HttpRequest, address: str) -> HttpResponse:
    """Lead on: the whole page, also where htmx asked for a part of it."""
    if htmx.is_fragment_wanted(request):
        return HttpResponseClientRedirect(address)
    return redirect(address)


def may_discard(request: HttpRequest, delivery: Delivery) -> bool:
    """Return whether somebody may throw away what was handed in: those who did, or who may keep it."""
    if delivery.keeps_itself:
        return False
    if may_add_articles(request.user):
        return True
    own = Delivery.objects.of_person(request.user, list_remembered_deliveries(request))
    return own.filter(pk=delivery.pk).exists()


@keep_private
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """Show what was read of a document, or keep it."""
    arrivals = Arrival.objects.select_related("delivery", "article").defer(*LONG_COLUMNS)
    arrival = get_object_or_404(arrivals, delivery__token=token, pk=number)
    if arrival.state != ArrivalState.READ:
        return redirect(arrival.article or arrival.delivery)
    may_keep = may_add_articles(request.user)
    document = arrival.document or {}
    form = CorrectionForm(request.POST or None, initial=list_values_read(document))
    if request.method == "POST":
        if not may_keep:
            raise PermissionDenied
        if form.is_valid() and (article := keep(arrival, form, request)):
            return redirect(article)
    article = build_unstored_article(arrival)
    part, problems = read_part_number(request.GET, split_into_parts(article.text))
    unknown = listing.list_query_problems(request.GET, known=["part"])
    context = {
        "section": "add",
        "arrival": arrival,
        "article": article,
        "outlet": find_outlet_told(document),
        "form": form,
        "may_keep": may_keep,
        "may_discard": may_discard(request, arrival.delivery),
        "is_one_of_several": arrival.delivery.arrivals.count() > 1,
        "known": find_article_at(article.url),
        "part": part,
        "reading": read_part_of_unstored(article.text, part, preview_quotes(arrival)),
        "problems": [*problems, *unknown],
    }
    return render(request, "preview.html", context, status=400 if form.errors else 200)


def find_outlet_told(document: dict[str, Any]) -> str:
    """Return the outlet that a document would have as an article; "" if it tells none."""
    url, publisher = document.get("url", ""), document.get("publisher", "")
    if not url and not publisher:
        return ""
    hosts = find_published_at(url, publisher).hosts
    return find_outlet_name(url, publisher, read_outlet_names(hosts))


def keep(arrival: Arrival, form: CorrectionForm, request: HttpRequest) -> Article | None:
    """Store what was read as an article; where that is refused, the form says why."""
    try:
        return keep_arrival(arrival, form.list_corrections(), get_user(request))
    except Refused as error:
        form.add_error(None, str(error))
        return None


@keep_private
@require_POST
def keep_all(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the documents of a delivery that were read, each as it was read.

    The first of them at once; a worker goes on with the rest, and the page tells how far it is.
    """
    if not may_add_articles(request.user):
        raise PermissionDenied
    delivery = get_object_or_404(Delivery, token=token)
    keep_read_arrivals(delivery, get_user(request), timezone.now())
    return redirect(delivery)


@keep_private
@require_POST
def discard(request: HttpRequest, token: str) -> HttpResponse:
    """Throw away what was handed in; what was kept of it stays."""
    delivery = get_object_or_404(Delivery, token=token)
    if not may_discard(request, delivery):
        raise PermissionDenied
    discard_delivery(delivery)
    messages.success(request, "Thrown away. Nothing of it is stored.")
    return redirect("add")
