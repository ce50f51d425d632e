"""Every address of the site that writes is refused without its permission, and tells nothing.

The addresses are those that the resolver lists, so a new one is in these tests by itself; one that
writes has to be given its permission below.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from claims.models import (
    ApiToken,
    Decision,
    ExternalId,
    Merge,
    MergeCandidate,
    Quote,
    Report,
    TokenScope,
)
from tests.claims.desk_client import make_doubtful
from tests.claims.samples import make_sample
from tests.factories import make_actor, make_quote

pytestmark = pytest.mark.django_db

NOBODY = 999_999_999
NO_DECISION = "6f1c2a8e-0d2b-4e5f-9a61-3c1d5b7e9f00"
# The permission that each address that writes needs. That of a form of the admin is told by its
# name ("claims_actor_add").
NEEDED = {
    "claims_merge_undo": "merge_actor",
    "claims_actor_merge": "merge_actor",
    "claims_article_merge": "merge_article",
    "claims_outlet_merge": "merge_outlet",
    "claims_actor_split": "merge_actor",
    "claims_mergecandidate_desk": "change_mergecandidate",
    "claims_mergecandidate_judge": "change_mergecandidate",
    "claims_match_desk": "change_match",
    "claims_match_decide": "change_match",
    "claims_factcheckmatch_decide": "change_factcheckmatch",
    "claims_decision_revert": "revert_decision",
    "claims_quote_desk": "change_quote",
    "claims_quote_desk_undo": "change_quote",
    "claims_quote_desk_unskip": "change_quote",
    "claims_quote_desk_one": "change_quote",
    "claims_quote_desk_decide": "change_quote",
    "claims_quote_desk_skip": "change_quote",
    "claims_quote_desk_lease": "change_quote",
    "claims_quote_desk_actors": "change_quote",
    "claims_quote_desk_text": "change_quote",
    "claims_quote_desk_words": "change_quote",
    "claims_quote_missed": "add_quote",
    "claims_quote_bulk": "bulk_quote",
    "claims_sample_judge": "add_samplejudgement",
    "claims_sample_item": "add_samplejudgement",
    "claims_sample_differences": "add_samplejudgement",
    "claims_sample_settle": "add_samplejudgement",
    "claims_apitoken_own": "add_apitoken",
    "claims_webhook_own": "add_webhook",
    "auth_user_password_change": "change_user",
    "otp_totp_totpdevice_config": "view_totpdevice",
    "otp_totp_totpdevice_qrcode": "view_totpdevice",
}
# The addresses of the API that write: the scope that a token needs for each, and the permission that
# its owner needs.
API_WRITES = {
    "api-decisions": ("write:decisions", "change_quote"),
    "api-decision-undo": ("write:decisions", "change_quote"),
    "api-merges": ("write:merges", "merge_actor"),
    "api-merge-undo": ("write:merges", "merge_actor"),
    "api-deliveries": ("write:articles", "add_article"),
    "api-webhooks": ("write:webhooks", "add_webhook"),
}
# Addresses that only read, and take what is asked by POST as well, from wherever.
READ_BY_POST = {"reconcile"}
# Pages of the admin that only show, or that are everybody's own.
READING = {
    "index",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "autocomplete",
    "jsi18n",
    "view_on_site",
    "app_list",
    "second-factor",
    "claims_decision_log",
    None,
}
# Pages of the admin for whoever is not signed in.
OPEN_TO_ALL = {"login", "logout", "second-factor", "jsi18n", None}
Address = tuple[str, str | None, str]  # path with its parts to be filled in, name, permission


def list_patterns(resolver: Any = None, before: str = "") -> Iterator[tuple[str, str | None]]:
    for each in (resolver or get_resolver()).url_patterns:
        path = before + str(each.pattern).replace("^", "").replace("$", "")
        if isinstance(each, URLResolver):
            yield from list_patterns(each, path)
        elif isinstance(each, URLPattern):
            yield path, each.name


def list_writing_addresses() -> list[Address]:
    """Return the addresses of the admin that write, each with the permission that it needs."""
    addresses: list[Address] = []
    for path, name in list_patterns():
        if not path.startswith("admin/") or name is None or name in READING:
            continue
        if name.endswith(("_changelist", "_history")):
            continue
        permission = find_permission_needed(name)
        assert permission, f"{path} ({name}) writes, or is to be among those that only show"
        addresses.append((path, name, permission))
    return addresses


def find_permission_needed(name: str) -> str:
    """Return the permission for an address of the admin; empty if it is not known to write."""
    form = re.fullmatch(r"(\w+)_(\w+)_(add|change|delete)", name)
    if form and name not in NEEDED:
        return f"{form[3]}_{form[2]}"
    return NEEDED.get(name, "")


@pytest.fixture
def rows() -> dict[str, int]:
    """Store a row of each table; return their primary keys by the tables' names."""
    quote = make_doubtful()
    make_quote(content="the ferry is late")
    sample = make_sample(2)
    assert quote.actor
    one, other = sorted([quote.actor, make_actor("Norland")], key=lambda actor: actor.pk)
    MergeCandidate.objects.create(first=one, second=other, score=0.5, reasons=[])
    Merge.objects.create(work="merge", title="Two", reason="one", actors=[one.pk], survivor=one.pk)
    Report.objects.create(quote=quote, problem="speaker", sender="s")
    ExternalId.objects.create(actor=one, scheme="wikidata", value="Q7")
    Decision.objects.create(quote=quote, what="accept", after={})
    assert sample.items.exists()
    reader = User.objects.create_user("Reader")
    for device in (StaticDevice, TOTPDevice):
        device.objects.create(user=reader, name="app")
    AccessAttempt.objects.create(failures_since_start=1)
    AccessFailureLog.objects.create()
    AccessLog.objects.create()
    Group.objects.get_or_create(name="viewer")
    tables = {str(model._meta.model_name): model for model in apps.get_models()}
    first_rows = {
        name: table._default_manager.order_by("pk").first() for name, table in tables.items()
    }
    pks = {name: row.pk for name, row in first_rows.items() if row}
    return {**pks, "quote": quote.pk, "actor": one.pk}


def fill_address(path: str, rows: dict[str, int], number: int | None = None) -> str:
    """Return the address of a row that there is, or of this number."""
    table = path.split("/")[2] if path.count("/") > 2 else ""
    pk = rows.get(table, NOBODY) if number is None else number
    path = path.replace("<int:position>", "1").replace("<slug:what>", "spans")
    path = re.sub(r"<uuid:\w+>", NO_DECISION, path)
    event = number
    if event is None:
        event = Quote.pgh_event_model.objects.first().pk  # type: ignore[attr-defined]
    path = path.replace("<event:event>", f"quote/{event}")
    return "/" + re.sub(r"<(\w+:)?\w+>", str(pk), path)


def dump_all_rows() -> dict[str, list[Any]]:
    """Return all rows of the site, and of their history; but not who is signed in."""
    kept = [
        m
        for m in apps.get_models()
        if m._meta.app_label in ("claims", "auth") and not m._meta.proxy
    ]
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in kept
    }


def make_member(client: Client, permissions: Any) -> Client:
    user = User.objects.create_user("Sam", is_staff=True)
    user.user_permissions.set(permissions)
    client.force_login(user)
    return client


def test_nothing_is_written_without_its_permission_whatever_else_one_may(
    client: Client, rows: dict[str, int]
) -> None:
    addresses = list_writing_addresses()
    for permission in sorted({needed for _, _, needed in addresses}):
        client = make_member(Client(), Permission.objects.exclude(codename=permission))
        before = dump_all_rows()
        for path, name, needed in addresses:
            if needed != permission:
                continue
            for number in (None, NOBODY):
                response = client.post(
                    fill_address(path, rows, number),
                    {"post": "yes", "reason": "so", "confirm": "yes"},
                )
                assert response.status_code == 403, (name, permission, number)
        assert dump_all_rows() == before, permission
        User.objects.filter(username="Sam").delete()
    assert len(addresses) > 60


@pytest.mark.parametrize("what", ["split", "add", "new"])
def test_what_makes_a_row_at_the_desk_needs_its_permission(
    client: Client, rows: dict[str, int], what: str
) -> None:
    needed = "add_actor" if what == "new" else "add_quote"
    browser = make_member(client, Permission.objects.exclude(codename=needed))
    before = dump_all_rows()

    desk = f"/admin/claims/quote/desk/{rows['quote']}/"

    assert browser.post(f"{desk}decide/", {"what": what}).status_code == 403
    if what != "new":
        assert browser.post(f"{desk}words/{what}/").status_code == 403
    assert dump_all_rows() == before


def test_staff_without_permissions_cannot_tell_what_there_is(
    client: Client, rows: dict[str, int]
) -> None:
    browser = make_member(client, [])
    addresses = [
        (path, name)
        for path, name in list_patterns()
        if re.match(r"admin/(claims|auth|axes|otp_\w+)/", path) and name
    ]

    for path, name in addresses:
        for method in (browser.get, browser.post):
            answers = {
                method(fill_address(path, rows, number)).status_code for number in (None, NOBODY)
            }
            assert answers <= {403, 405}, (name, method.__name__)
            assert len(answers) == 1, (name, method.__name__)
    assert {
        "accessattempt",
        "accessfailurelog",
        "accesslog",
        "staticdevice",
        "totpdevice",
    } <= rows.keys()
    assert len(addresses) > 100


def test_whoever_is_not_signed_in_is_led_to_the_login_wherever(
    client: Client, rows: dict[str, int]
) -> None:
    before = dump_all_rows()

    for path, name in list_patterns():
        if not path.startswith("admin/") or name in OPEN_TO_ALL:
            continue
        for number in (None, NOBODY):
            address = fill_address(
                path.replace("(?P<app_label>claims|auth|axes|otp_totp|otp_static)", "claims"),
                rows,
                number,
            )
            for response in (client.get(address), client.post(address)):
                assert response.status_code == 302, address
                assert response["Location"].startswith("/admin/login/?next="), address
    assert dump_all_rows() == before


def test_no_form_from_elsewhere_is_taken(rows: dict[str, int]) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.create_superuser("Clara"))
    before = dump_all_rows()

    for path, name in list_patterns():
        if "(?P<" in path and not path.startswith("api/"):
            continue
        address = fill_address(re.sub(r"\(\?P<\w+>[^)]*\)", "1", path), rows)
        response = browser.post(address, {"what": "reject", "post": "yes", "confirm": "yes"})
        is_of_api = path.startswith("api/v1/") or name == "api-schema"
        takes_only_get = is_of_api and name not in API_WRITES
        refusal = 405 if takes_only_get else 403
        if name in READ_BY_POST:
            refusal = 400  # as what makes no sense
        assert response.status_code == refusal, (address, name)
    assert dump_all_rows() == before


def list_api_addresses(rows: dict[str, int]) -> list[tuple[str, str | None]]:
    """Return the addresses of the API that take POST, with their names."""
    addresses = []
    for path, name in list_patterns():
        if not path.startswith("api/v1/") or "(?P<" in path:
            continue
        address = fill_address(path, rows)
        if Client().post(address, {}, "application/json").status_code != 405:
            addresses.append((address, name))
    return addresses


def test_the_api_writes_nothing_without_its_scope_and_its_permission(
    rows: dict[str, int],
) -> None:
    addresses = list_api_addresses(rows)
    before = dump_all_rows()
    end = timezone.now() + timedelta(days=1)

    for address, name in addresses:
        scope, permission = API_WRITES[str(name)]
        everything = User.objects.create_superuser("Clara")
        lacking = User.objects.create_user("Sam")
        lacking.user_permissions.set(Permission.objects.exclude(codename=permission))
        other_scopes = [each for each in TokenScope.values if each != scope]
        tokens = [
            ApiToken.make(everything, "a script", other_scopes, end)[1],
            ApiToken.make(lacking, "a script", TokenScope.values, end)[1],
        ]
        body = {"what": "accept", "others": ["norland"], "reason": "so", "text": "It is safe."}
        sent: list[dict[str, str]] = [{}] + [
            {"authorization": f"Bearer {token}"} for token in tokens
        ]
        answers = [
            Client().post(address, body, "application/json", headers=headers) for headers in sent
        ]
        assert [answer.status_code for answer in answers] == [401, 403, 403], name
        User.objects.filter(username__in=["Clara", "Sam"]).delete()
    assert dump_all_rows() == before
    assert {name for _, name in addresses} == API_WRITES.keys()


def test_no_action_of_a_list_is_done_by_who_may_only_look(
    client: Client, rows: dict[str, int]
) -> None:
    call_command("roles", verbosity=0)
    user = User.objects.create_user("Sam", is_staff=True)
    user.groups.add(Group.objects.get(name="viewer"))
    client.force_login(user)
    before = dump_all_rows()
    tried = 0

    for model, form in admin.site._registry.items():
        if model._meta.app_label != "claims":
            continue
        for _, action, _ in form._get_base_actions():  # type: ignore[attr-defined]
            sent = {
                "action": action,
                "_selected_action": [rows.get(str(model._meta.model_name), 1)],
            }
            extra = {"post": "yes", "confirmed": "yes", "confirm": "yes"}
            response = client.post(f"/admin/claims/{model._meta.model_name}/", {**sent, **extra})
            assert response.status_code in (200, 302, 403)
            tried += 1
    assert dump_all_rows() == before
    assert tried > 20


@pytest.mark.parametrize("role", ["curator", "editor"])
def test_bulk_is_for_editors(client: Client, rows: dict[str, int], role: str) -> None:
    call_command("roles", verbosity=0)
    user = User.objects.create_user("Sam", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)

    previews = {
        "quote": ("reject", "Nothing is written yet"),
        "mergecandidate": ("same", 'name="confirmed"'),
    }
    for model, (action, words) in previews.items():
        response = client.post(
            f"/admin/claims/{model}/",
            {"action": action, "_selected_action": [rows[model]]},
            follow=True,
        )
        assert (words in response.content.decode()) == (role == "editor"), model
    assert client.post("/admin/claims/quote/bulk/", {"quotes": str(rows["quote"])}).status_code == (
        403 if role == "curator" else 409
    )
