"""Each role may do what its row says, and nothing else."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.test import Client

from claims.models import Actor, Quote, Sample, SampleJudgement
from claims.roles import ROLES
from tests.claims.admin_client import decide_in_bulk, get_change_address
from tests.claims.desk_client import send_decision
from tests.claims.samples import RIGHT_ANSWERS, make_quotes, make_sample
from tests.factories import make_actor, make_article

pytestmark = pytest.mark.django_db

CURATING = (Path(__file__).resolve().parents[2] / "docs" / "curating.md").read_text(
    encoding="utf-8"
)
# What each role may beyond looking, and beyond the roles before it.
MORE = {
    "viewer": "",
    "curator": """add_quote change_quote add_span change_span delete_span change_report change_mergecandidate
        change_copypair change_actorjoin change_match add_samplejudgement change_samplejudgement add_article
        add_feed change_feed delete_feed change_factcheckmatch add_apitoken add_webhook""",
    "editor": """add_actor change_actor delete_actor add_actorname change_actorname delete_actorname change_claim delete_claim
        add_outlet change_outlet delete_outlet add_outlethost change_outlethost delete_outlethost
        delete_article delete_report delete_mergecandidate
        add_externalid change_externalid delete_externalid merge_actor merge_article merge_outlet bulk_quote revert_decision
        change_itemmatch
        add_sample change_sample delete_sample""",
}


@pytest.fixture(autouse=True)
def roles(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("roles")


def granted(role: str) -> set[str]:
    return set(Group.objects.get(name=role).permissions.values_list("codename", flat=True))


def ours(*apps: str) -> set[str]:
    return set(
        Permission.objects.filter(content_type__app_label__in=apps).values_list(
            "codename", flat=True
        )
    )


@pytest.mark.parametrize("role", MORE)
def test_a_role_has_its_permissions_and_those_of_the_roles_before_it(role: str) -> None:
    before = list(MORE)[: list(MORE).index(role) + 1]
    looking = {name for name in ours("claims") if name.startswith("view_")}

    assert granted(role) == looking | {name for each in before for name in MORE[each].split()}


def test_an_administrator_may_do_all_with_quotes_and_with_users() -> None:
    users = {
        f"{verb}_{name}"
        for verb in ("add", "change", "delete", "view")
        for name in ("user", "group")
    }

    assert granted("administrator") == ours("claims") | users


def test_the_groups_stand_after_the_migrations() -> None:
    assert list(Group.objects.order_by("pk").values_list("name", flat=True)) == list(ROLES)


def test_a_permission_that_comes_later_is_granted_when_the_command_runs_again() -> None:
    Permission.objects.get(codename="merge_actor").delete()
    call_command("roles")
    assert "merge_actor" not in granted("editor")
    content_type = ContentType.objects.get_for_model(Actor)
    Permission.objects.create(
        codename="merge_actor", name="Can merge actors", content_type=content_type
    )

    call_command("roles")

    assert [role for role in ROLES if "merge_actor" in granted(role)] == ["editor", "administrator"]


def test_what_somebody_added_to_a_role_is_taken_back() -> None:
    viewer = Group.objects.get(name="viewer")
    viewer.permissions.add(Permission.objects.get(codename="change_quote"))

    call_command("roles")

    assert "change_quote" not in granted("viewer")
    assert Group.objects.filter(name="viewer").count() == 1


@pytest.mark.parametrize(
    ("role", "done"),
    [
        ("viewer", {"look"}),
        ("curator", {"look", "accept", "judge"}),
        (
            "editor",
            {"look", "accept", "judge", "bulk", "draw", "delete an article", "delete an actor"},
        ),
        (
            "administrator",
            {
                "look",
                "accept",
                "judge",
                "bulk",
                "draw",
                "delete an article",
                "delete an actor",
                "see users",
            },
        ),
    ],
)
def test_each_role_does_its_work_in_the_admin_and_no_more(
    client: Client, role: str, done: set[str]
) -> None:
    make_quotes(2)
    sample, article, actor = make_sample(2), make_article(), make_actor("Omar Reza", "person")
    user = User.objects.create_user("Sam", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    quote = Quote.objects.all()[0]

    found = {"look"} if client.get(get_change_address(quote)).status_code == 200 else set()
    send_decision(client, quote, "accept")
    decide_in_bulk(client, "reject", [Quote.objects.exclude(pk=quote.pk)[0]])
    client.post(f"/admin/claims/sample/{sample.pk}/judge/1/", RIGHT_ANSWERS)
    client.post("/admin/claims/sample/add/", {"name": "mine", "size": 2, "double": 0})
    for row in (article, actor):
        client.post(get_change_address(row).replace("change", "delete"), {"post": "yes"})

    found |= {"accept"} if Quote.objects.filter(status="accepted") else set()
    found |= {"bulk"} if Quote.objects.filter(status="rejected") else set()
    found |= {"judge"} if SampleJudgement.objects.exists() else set()
    found |= {"draw"} if Sample.objects.filter(name="mine") else set()
    found |= {"delete an article"} if not type(article).objects.filter(pk=article.pk) else set()
    found |= {"delete an actor"} if not type(actor).objects.filter(pk=actor.pk) else set()
    found |= {"see users"} if client.get("/admin/auth/user/").status_code == 200 else set()
    assert found == done


def test_each_role_is_documented() -> None:
    section = CURATING.split("## Roles", 1)[1].split("\n#", 1)[0]

    assert re.findall(r"^\| `(\w+)`", section, re.MULTILINE) == list(ROLES)
