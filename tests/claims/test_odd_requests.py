"""Every address of the site, asked with whatever somebody may write into it: it is answered or refused, and never fails."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote as quoted
from urllib.parse import urlencode

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from claims.actors import merge_plans, merging, splitting, undo_plans
from claims.admin import bulk
from claims.following.links import sign
from claims.history import log
from claims.intake.versions import compute_text_digest
from claims.models import (
    Actor,
    CopyPair,
    Decision,
    Feed,
    MadeFile,
    Quote,
    Report,
    Sample,
    Webhook,
)
from tests.arrivals import make_arrival
from tests.claims.desk_client import (
    DESK,
    decide_quote,
    format_desk_span,
    get_quote_state,
    make_doubtful,
)
from tests.claims.following.followers import make_search
from tests.claims.merged import make_pair
from tests.claims.samples import RIGHT_ANSWERS, make_sample
from tests.factories import make_actor, make_factcheck, make_match, make_quote

pytestmark = pytest.mark.django_db

ODD = [
    "-1",
    "²",  # a digit, but no number
    "9" * 19,  # no bigint any more
    "9" * 5000,  # no number that Python reads
    "a\0b",
    "-" * 40,
    "9999999999999999999-3,5",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
]
ODD_LOOKUPS = ["²", "9" * 30, "a\0b", "99999"]
ODD_FIELDS = ["²", "9" * 30, "9" * 5000, "a\0b"]
ODD_NUMBERS = ["0", "٣", "9" * 19, "9" * 30, "9" * 5000]
ODD_EVENTS = ["quote/0", "quote/999999999999999999", "quote/9999999999999999999", "user/1", "x/1"]
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
OF_PATTERNS = re.compile(r"\(\?P<(\w+)>[^)]*\)")
OF_DJANGO = re.compile(
    r"admin/(auth|axes|otp_\w+)/|admin/(password_change|logout|login|jsi18n)|<str:(url|app_label)>"
)


@dataclass
class Address:
    """One address of the site: its route, and what stands in it where all is well."""

    route: str
    name: str
    well: dict[str, str]

    @property
    def is_of_django(self) -> bool:
        """Return whether Django reads what it is asked with, as it does for every admin."""
        return self.name.startswith("claims_") and self.name.endswith(
            ("_add", "_change", "_delete")
        )

    def path(self, **odd: str) -> str:
        values = self.well | odd
        return "/" + ARGUMENT.sub(lambda found: quoted(values[found[2]]), self.route)

    def paths(self) -> Iterator[str]:
        """Yield the address with each odd value in each of its places."""
        for kind, name in ARGUMENT.findall(self.route):
            for value in {"int": ODD_NUMBERS, "event": ODD_EVENTS}.get(kind, ODD):
                yield self.path(**{name: value})


@dataclass
class Asking:
    """Asks a browser, undoes what that wrote, and remembers what failed and which parameters were read."""

    client: Client
    failed: list[str] = field(default_factory=list)
    read: set[str] = field(default_factory=set)

    def ask(self, method: str, path: str, values: list[tuple[str, str]]) -> None:
        with transaction.atomic():
            try:
                sent = getattr(self.client, method)
                data = urlencode(values)
                kind = "application/x-www-form-urlencoded"
                response = (
                    sent(path, data, content_type=kind)
                    if method == "post"
                    else sent(f"{path}?{data}")
                )
                if response.streaming:
                    list(response)  # to its end, where a file is closed
                if response.status_code >= 500:
                    self.failed.append(f"{method} {path[:100]} {values}: {response.status_code}")
            except Exception as error:
                self.failed.append(f"{method} {path[:100]} {str(values)[:300]}: {error!r}"[:600])
            transaction.set_rollback(True)

    def told(self) -> str:
        return "\n".join(self.failed)

    def parameters(self, method: str, path: str, values: list[tuple[str, str]]) -> list[str]:
        """Return the names of what an address reads when it is asked with these values."""
        self.read.clear()
        self.ask(method, path, values)
        return sorted(self.read)

    def ask_all(self, method: str, path: str) -> None:
        """Ask with each odd value of each parameter that is read, one value of each at a time."""
        names = self.parameters(method, path, [])
        for first in range(len(ODD) if names else 0):
            self.ask(
                method,
                path,
                [(name, ODD[(first + at) % len(ODD)]) for at, name in enumerate(names)],
            )

    def send_all(self, path: str, form: list[tuple[str, str]]) -> None:
        """Send a form that would be taken, with one of its fields odd at a time."""
        for at, (name, _) in enumerate(form):
            for value in ODD_FIELDS:
                self.ask("post", path, [*form[:at], (name, value), *form[at + 1 :]])


@pytest.fixture
def asking(curator: Client, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """A superuser's browser."""
    made = Asking(curator)
    for method in ("get", "getlist", "__getitem__", "__contains__"):
        monkeypatch.setattr(QueryDict, method, remembering(getattr(QueryDict, method), made.read))
    return made


def remembering(method: Any, read: set[str]) -> Any:
    def remember(query: QueryDict, name: str, *rest: Any, **more: Any) -> Any:
        if isinstance(name, str) and name.isascii() and name.isprintable() and len(name) < 50:
            read.add(name)
        return method(query, name, *rest, **more)

    return remember


@pytest.fixture
def rows(curator: Client) -> dict[str, Any]:
    """One row of every table that an address names, by the word that it has for them."""
    quote = make_doubtful()
    decide_quote(curator, quote, "accept")
    first, second = make_actor("Ana Bell", "person"), make_actor("A. Bell", "person")
    make_pair(make_actor("Omar Reza", "person"), make_actor("O. Reza", "person"))
    other = make_quote(actor=first, content="the ferry is late")
    make_quote(actor=first, content="the toll will rise")
    user = Decision.objects.get().curator
    merging.merge_actors(first.pk, [second.pk], user, "one person", token_of(first, second))
    Report.objects.create(quote=quote, problem="speaker", sender="somebody")
    make_sample(2)
    CopyPair.objects.create(first=quote.article, second=other.article, share=0.9)
    match = make_match(quote, other, status="proposed")
    check = make_factcheck(quote)
    found = {
        str(model._meta.model_name): model._default_manager.first() for model in log.TRACKED_MODELS
    }
    plural = {
        "quotes": quote,
        "actors": quote.actor,
        "articles": quote.article,
        "claims": quote.claim,
        "wordings": quote.wording,
        "matches": match,
        "factchecks": check,
    }
    return {
        **found,
        **plural,
        "outlets": quote.article.outlet,
        "quote": quote,
        "other quote": other,
        "sample": Sample.objects.get(),
        "add": make_arrival(),
        "feeds": Feed.objects.create(source="https://news.example/feed"),
        "follow": make_search("act=deny"),
        "files": MadeFile.objects.create(ending="xlsx", described="all"),
        "webhooks": Webhook.make(user, "a mirror", "https://mirror.example/", "", ""),
    }


def token_of(survivor: Actor, other: Actor) -> str:
    return merge_plans.plan_merge(survivor, [other]).token


def addresses(rows: dict[str, Any]) -> Iterator[Address]:
    for route, name in routes(get_resolver().url_patterns):
        if not OF_DJANGO.search(route):
            yield Address(
                route, name, {each: well(each, route, rows) for _, each in ARGUMENT.findall(route)}
            )


def routes(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str]]:
    for each in patterns:
        own = OF_PATTERNS.sub(r"<str:\1>", str(each.pattern)).replace("^", "").replace("$", "")
        if isinstance(each, URLResolver):
            yield from routes(each.url_patterns, before + own)
        elif isinstance(each, URLPattern):
            yield before + own, each.name or ""


def well(name: str, route: str, rows: dict[str, Any]) -> str:
    """Return what stands in an address of a row that there is."""
    fixed = {"position": "1", "what": "spans", "content_type_id": "1", "ending": "csv"}
    fixed["chart"] = "timeline"
    if name in fixed:
        return fixed[name]
    if route.startswith("sitemap-"):
        return {"kind": "quotes", "number": "1"}[name]
    if name == "event":
        return f"quote/{log.get_events_of_model(Quote).first().pgh_id}"
    if name == "article":
        return str(rows["articles"].pk)
    if name == "signed":
        return sign(rows["follow"])
    if name == "token" and route.startswith("files/"):
        return str(rows["files"].token)
    if name == "token":
        return str(rows["add"].delivery.token)
    of_admin = re.match(r"admin/claims/(\w+)/", route)
    word = of_admin[1] if of_admin else route.removeprefix("api/v1/").split("/")[0]
    row = rows.get(word, rows["quote"])
    return str(row.slug if name == "slug" else row.pk)


def filters_of(address: Address) -> list[str]:
    """Return the parameters of a list of the admin, which Django reads all at once and not by their names."""
    models = {
        f"claims_{model._meta.model_name}_changelist": made
        for model, made in admin.site._registry.items()
    }
    made = models.get(address.name)
    if made is None:
        return []
    fields = [
        each if isinstance(each, str) else each[0]
        for each in made.list_filter
        if isinstance(each, (str, tuple))
    ]
    found = [f"{name}{lookup}" for name in fields for lookup in ("__exact", "__isempty")]
    hierarchy = (
        [f"{made.date_hierarchy}__{part}" for part in ("year", "month", "day")]
        if made.date_hierarchy
        else []
    )
    return [*found, *hierarchy, "o", "p", "q", "all", "e", "id__in", "pk__gt"]


def test_odd_parts_of_an_address_never_fail(asking: Asking, rows: dict[str, Any]) -> None:
    for address in addresses(rows):
        for path in address.paths():
            asking.ask("get", path, [])
            asking.ask("post", path, [])

    assert not asking.failed, asking.told()


def test_odd_parameters_never_fail(asking: Asking, rows: dict[str, Any]) -> None:
    for address in addresses(rows):
        if not address.is_of_django:
            asking.ask_all("get", address.path())

    assert not asking.failed, asking.told()


def test_odd_filters_of_the_lists_of_the_admin_never_fail(
    asking: Asking, rows: dict[str, Any]
) -> None:
    for address in addresses(rows):
        for name in filters_of(address):
            for value in ODD_LOOKUPS:
                asking.ask("get", address.path(), [(name, value), ("e", "1")])

    assert not asking.failed, asking.told()


def test_odd_fields_of_a_form_never_fail(asking: Asking, rows: dict[str, Any]) -> None:
    for address in addresses(rows):
        if not address.is_of_django:
            asking.ask_all("post", address.path())

    assert not asking.failed, asking.told()


def test_a_form_with_one_odd_field_never_fails(asking: Asking, rows: dict[str, Any]) -> None:
    for path, form in forms(rows):
        asking.send_all(path, list(form.items()))

    for path, pairs in forms_with_several(rows):
        asking.send_all(path, pairs)

    assert not asking.failed, asking.told()


def test_an_odd_word_looked_up_in_the_admin_never_fails(
    asking: Asking, rows: dict[str, Any]
) -> None:
    known = {
        "app_label": "claims",
        "model_name": "quote",
        "field_name": "actor",
        "term": "Bell",
        "page": "1",
    }

    for name in known:
        for value in ODD:
            asking.ask("get", "/admin/autocomplete/", list({**known, name: value}.items()))

    assert not asking.failed, asking.told()


def forms(rows: dict[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield forms of the staff as they would be taken, each with the address that takes it."""
    quote, pair = rows["quote"], rows["mergecandidate"]
    first = pair.first
    spans = {
        "source": format_desk_span("Ana Bell"),
        "cue": format_desk_span("denied"),
        "contents": format_desk_span("it"),
    }
    fields: dict[str, dict[str, str]] = {
        "actor": {"actor": str(first.pk)},
        "runner": {"runner": "0"},
        "new": {"name": "Ruth Okafor", "kind_of_actor": "person"},
        "act": {"act": "deny"},
        "kind": {"kind": "direct"},
        "spans": spans,
        "split": spans,
        "join": {"other": "1"},
        "add": {**spans, "act": "deny"},
    }
    state = {"state": get_quote_state(quote)}
    shown = {**state, "seen": "1-1", "outlet": "harbour-herald", "reason": "quote", "stay": "1"}
    yield f"{DESK}{quote.pk}/decide/", {"what": "accept", **shown}
    for what, values in fields.items():
        yield f"{DESK}{quote.pk}/decide/", {"what": what, **state, **values}
    words = {
        "source": "Ana Bell",
        "cue": "denied",
        "contents": "it",
        "at-content-1": "77-79",
        "act": "deny",
    }
    yield f"{DESK}{quote.pk}/words/add/", {**shown, **words}
    yield (
        f"/admin/claims/quote/missed/{quote.article_id}/",
        {**words, "seen": compute_text_digest(quote.article.text)},
    )
    many = {"quotes": str(quote.pk), "state": bulk.compute_quotes_state([quote]), "confirm": "yes"}
    yield (
        "/admin/claims/quote/bulk/",
        {**many, "what": "speaker", "actor": str(first.pk), "find": "Bell"},
    )
    yield "/admin/claims/quote/bulk/", {**many, "what": "act", "act": "deny"}
    why = {"reason": "they are one"}
    wanted = splitting.SplitRequest((), (rows["other quote"].pk,), None, "Ruth Okafor", "person")
    parts = {
        "quote": str(wanted.quotes[0]),
        "name": wanted.name,
        "kind": wanted.kind,
        "name_row": "1",
        "target": "",
        "q": "it",
    }
    token = splitting.plan_split(rows["other quote"].actor, wanted).token
    yield (
        f"/admin/claims/actor/{rows['other quote'].actor_id}/split/",
        {**parts, **why, "confirm": "yes", "token": token},
    )
    yield (
        f"/admin/claims/merge/{rows['merge'].pk}/undo/",
        {**why, "token": undo_plans.plan_undo(rows["merge"]).token},
    )
    yield (
        f"/admin/claims/decision/log/quote/{log.get_events_of_model(Quote).last().pgh_id}/revert/",
        why,
    )
    yield f"/admin/claims/mergecandidate/{pair.pk}/judge/", {"judgement": "same"}
    yield f"/admin/claims/sample/{rows['sample'].pk}/judge/1/", RIGHT_ANSWERS
    yield "/admin/claims/sample/add/", {"name": "summer", "size": "2", "double": "0.5", "seed": "3"}
    yield (
        f"/quotes/{quote.pk}/report/",
        {"problem": "speaker", "note": "It was Bell.", "website": ""},
    )
    yield "/admin/second-factor/", {"code": "123456"}
    yield "/add/", {"what": "link", "url": "https://news.example/bridge", "keep": "1"}
    yield "/add/", {"what": "text", "text": "It is safe.", "title": "Safe", "date": "2024-03-05"}
    yield (
        rows["add"].get_absolute_url(),
        {
            "title": "Bridge to open",
            "date": "2024-03-05",
            "author": "Ruth Okafor",
            "publisher": "Harbour Herald",
            "section": "Politics",
            "url": "https://news.example/bridge",
            "licence": "© Harbour Herald",
        },
    )
    yield "/feeds/", {"source": "https://news.example/rss", "minutes": "15"}
    yield f"/feeds/{rows['feeds'].pk}/", {"what": "pause"}
    email = {"email": "ada@reader.example", "trigger": "new", "pace": "daily", "website": ""}
    yield "/follow/?act=deny", email
    yield f"/follow/{sign(rows['follow'])}/", {"what": "pace", "pace": "weekly"}
    yield (
        "/admin/claims/webhook/own/",
        {"what": "make", "name": "a", "address": "https://a.example/", "query": "act=deny"},
    )
    yield "/admin/claims/webhook/own/", {"what": "stop", "webhook": str(rows["webhooks"].pk)}


def forms_with_several(rows: dict[str, Any]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield forms that send one name several times."""
    first, second = rows["mergecandidate"].first, rows["mergecandidate"].second
    actors = [("actor", str(first.pk)), ("actor", str(second.pk)), ("into", str(first.pk))]
    why = [("reason", "they are one"), ("sure", "yes"), ("token", token_of(first, second))]
    yield "/admin/claims/actor/merge/", [*actors, *why]
