"""Outlets in the admin: their names, their hosts, their merges; and articles that are one."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from claims.models import Article, ArticleAddress, FormerOutletSlug, Merge, Outlet, OutletNameOrigin
from tests.claims.admin_client import get_change_address, get_page, read_form_errors
from tests.factories import make_article, make_outlet

pytestmark = pytest.mark.django_db

MERGE_OUTLETS = "/admin/claims/outlet/merge/"
MERGE_ARTICLES = "/admin/claims/article/merge/"


def build_form_values(outlet: Outlet, **values: Any) -> dict[str, Any]:
    """Return what the form of an outlet sends."""
    hosts = list(outlet.hosts.all())
    sent: dict[str, Any] = {
        "name": outlet.name,
        "slug": outlet.slug,
        "hosts-TOTAL_FORMS": len(hosts),
        "hosts-INITIAL_FORMS": len(hosts),
    }
    for number, row in enumerate(hosts):
        sent |= {f"hosts-{number}-id": row.pk, f"hosts-{number}-outlet": outlet.pk}
        sent[f"hosts-{number}-host"] = row.host
    return {**sent, **values}


def read_token(shown: str) -> str:
    found = re.search(r'name="token" value="(\w+)"', shown)
    assert found
    return found[1]


# Outlets


def test_a_name_that_a_curator_gives_is_the_curators_and_a_former_slug_leads_on(
    curator: Client,
) -> None:
    outlet = make_outlet("harbour.example")
    Outlet.objects.filter(pk=outlet.pk).update(named_by=OutletNameOrigin.HOST)
    sent = build_form_values(outlet, name="Harbour Herald", slug="harbour-herald")

    response = curator.post(get_change_address(outlet), sent)

    assert response.status_code == 302, read_form_errors(response)
    outlet.refresh_from_db()
    assert (outlet.name, outlet.named_by) == ("Harbour Herald", OutletNameOrigin.CURATOR)
    assert curator.get("/outlets/harbourexample/")["Location"] == "/outlets/harbour-herald/"


def test_a_slug_that_is_taken_back_leads_nowhere_else(curator: Client) -> None:
    outlet = make_outlet("Harbour Herald")
    for slug in ("herald", "harbour-herald"):
        curator.post(get_change_address(outlet), build_form_values(outlet, slug=slug))
        outlet.refresh_from_db()

    assert list(FormerOutletSlug.objects.values_list("slug", flat=True)) == ["herald"]
    assert curator.get("/outlets/harbour-herald/").status_code == 200


def test_a_host_is_added_on_the_form_of_its_outlet(curator: Client) -> None:
    outlet = make_outlet("Harbour Herald")
    more = {"hosts-TOTAL_FORMS": 2, "hosts-1-host": "herald.example", "hosts-1-outlet": outlet.pk}

    response = curator.post(get_change_address(outlet), build_form_values(outlet, **more))

    assert response.status_code == 302, read_form_errors(response)
    assert [row.host for row in outlet.hosts.all()] == ["harbour-herald.example", "herald.example"]
    history = get_page(curator, f"/admin/claims/outlet/{outlet.pk}/history/")
    assert "herald.example" in history


def test_outlets_are_merged_and_that_is_undone(curator: Client) -> None:
    times, short = make_outlet("The Harbour Times"), make_outlet("ht")
    make_article(outlet=times)
    make_article(outlet=short)
    chosen = f"{MERGE_OUTLETS}?outlet={short.pk}&outlet={times.pk}&into={times.pk}"
    shown = get_page(curator, chosen)
    assert "1 article and 1 host (<bdi>ht.example</bdi>) go to" in shown
    sent = {
        "outlet": [short.pk, times.pk],
        "into": times.pk,
        "token": read_token(shown),
        "reason": "one paper",
    }

    response = curator.post(MERGE_OUTLETS, sent, follow=True)

    done = Merge.objects.get()
    undo = f"/admin/claims/merge/{done.pk}/undo/"
    assert undo in response.content.decode()
    assert times.articles.count() == 2
    curator.post(undo, {"reason": "two", "token": read_token(get_page(curator, undo))})
    assert times.articles.count() == 1
    assert Outlet.objects.filter(slug="ht").exists()


def test_outlets_are_chosen_in_the_list_or_by_name(curator: Client) -> None:
    times, short = make_outlet("The Harbour Times"), make_outlet("ht")

    response = curator.post(
        "/admin/claims/outlet/", {"action": "merge", "_selected_action": [times.pk, short.pk]}
    )

    assert response["Location"].startswith(MERGE_OUTLETS)
    assert "What merging would do" in get_page(curator, response["Location"])
    offered = get_page(curator, f"{MERGE_OUTLETS}?outlet={short.pk}&name=harbour")
    assert f'name="outlet" value="{times.pk}"' in offered
    assert f"{MERGE_OUTLETS}?outlet={short.pk}" in get_page(curator, get_change_address(short))


@pytest.mark.parametrize(
    ("changes", "told"),
    [({"reason": " "}, "Say why they are one."), ({"token": "stale"}, "look again")],
)
def test_a_merge_that_is_refused_says_why(
    curator: Client, changes: dict[str, str], told: str
) -> None:
    times, short = make_outlet("The Harbour Times"), make_outlet("ht")
    shown = get_page(curator, f"{MERGE_OUTLETS}?outlet={times.pk}&outlet={short.pk}")
    sent = {"outlet": [times.pk, short.pk], "token": read_token(shown), "reason": "one"}

    response = curator.post(MERGE_OUTLETS, {**sent, **changes})

    assert response.status_code == 409
    assert told in response.content.decode()
    assert Outlet.objects.count() == 2


@pytest.mark.parametrize("address", [MERGE_OUTLETS, MERGE_ARTICLES])
def test_merging_needs_its_permission(staff: Callable[..., Client], address: str) -> None:
    assert staff("change_outlet", "view_article").get(address).status_code == 403


# Articles


@pytest.fixture
def two() -> tuple[Article, Article]:
    """Two articles of one address, of which the first has it."""
    first, second = make_article("Rain fell."), make_article("Rain fell. Corrected.")
    ArticleAddress.objects.create(article=first, address="https://a.org/1")
    ArticleAddress.objects.create(article=second, address="https://a.org/1", of_another=True)
    return first, second


def test_articles_with_one_address_are_offered(
    curator: Client, two: tuple[Article, Article]
) -> None:
    first, second = two
    other = make_article(title="Ferry is late")

    listed = get_page(curator, "/admin/claims/article/?doubled=yes")
    offered = get_page(curator, get_change_address(second))

    assert second.title in listed
    assert other.title not in listed
    assert f"{MERGE_ARTICLES}?article={second.pk}&amp;article={first.pk}" in offered


def test_articles_are_merged_after_a_look_and_that_is_undone(
    curator: Client, two: tuple[Article, Article]
) -> None:
    first, second = two
    shown = get_page(curator, f"{MERGE_ARTICLES}?article={second.pk}&article={first.pk}")
    assert f'value="{first.pk}" checked' in shown
    assert "stays readable as a version" in shown
    sent = {"article": [first.pk, second.pk], "into": first.pk, "token": read_token(shown)}

    curator.post(MERGE_ARTICLES, {**sent, "reason": "one article"})

    assert Article.objects.get() == first
    undo = f"/admin/claims/merge/{Merge.objects.get().pk}/undo/"
    curator.post(undo, {"reason": "two", "token": read_token(get_page(curator, undo))})
    assert set(Article.objects.values_list("pk", flat=True)) == {first.pk, second.pk}


def test_two_articles_that_a_curator_keeps_apart_are_not_offered_again(
    curator: Client, two: tuple[Article, Article]
) -> None:
    first, second = two
    sent = {"article": [first.pk, second.pk], "apart": "They are two", "token": "-"}

    curator.post(MERGE_ARTICLES, sent)

    row = ArticleAddress.objects.get(of_another=True)
    assert str(row.kept_apart_by) == "Clara"
    assert second.title not in get_page(curator, "/admin/claims/article/?doubled=yes")
    assert "no other" in get_page(curator, get_change_address(second))
    assert Article.objects.count() == 2
