"""Outlets that are one are merged, and that is undone."""

import pytest
from django.http import QueryDict
from django.test import Client

from claims.actors.merging import MergeRefused
from claims.actors.undoing import undo_merge
from claims.intake.merging_outlets import merge_outlets
from claims.intake.outlets import find_or_create_outlet, find_published_at
from claims.models import Article, FormerOutletSlug, Merge, Outlet, OutletHost, find_unused_slug
from claims.search.filters import Filters
from tests.factories import make_article, make_outlet, make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def times() -> Outlet:
    return make_outlet("The Harbour Times")


@pytest.fixture
def done(times: Outlet) -> Merge:
    """“ht”, which has two articles, has become one with The Harbour Times, which has one."""
    short = make_outlet("ht")
    for outlet in (short, short, times):
        make_quote(article=make_article("Veldania said the bridge is safe.", outlet=outlet))
    return merge_outlets(times.pk, [short.pk], None, "one paper")


def list_rows() -> list[object]:
    rows: list[object] = [list(Article.objects.order_by("pk").values_list("pk", "outlet"))]
    for model in (Outlet, OutletHost, FormerOutletSlug):
        rows.append(list(model._default_manager.order_by("pk").values()))
    return rows


def test_articles_and_hosts_of_the_one_that_goes_are_the_others(done: Merge, times: Outlet) -> None:
    assert set(Article.objects.values_list("outlet", flat=True)) == {times.pk}
    assert {row.host for row in times.hosts.all()} == {"the-harbour-times.example", "ht.example"}
    assert find_or_create_outlet(find_published_at("https://www.ht.example/5", "ht")) == times
    assert str(done) == "“ht” into “The Harbour Times”"


def test_the_old_slug_leads_to_the_outlet_on_pages_in_filters_and_in_the_api(
    client: Client, done: Merge
) -> None:
    page = client.get("/outlets/ht/?page=1")
    one = client.get("/api/v1/outlets/ht/")
    filters = Filters.read(QueryDict("outlet=ht"))

    assert (page.status_code, page["Location"]) == (301, "/outlets/the-harbour-times/?page=1")
    assert page["Cache-Control"] == "no-cache"
    assert one["Location"] == "http://testserver/api/v1/outlets/the-harbour-times/"
    assert (filters.outlet, filters.problems) == (("the-harbour-times",), ())
    assert "found to be one outlet" in client.get("/?outlet=ht").content.decode()
    assert client.get("/?outlet=ht").content.decode().count("3 quotes</h2>") == 1
    assert client.get("/outlets/nobody/").status_code == 404
    assert client.get("/api/v1/outlets/nobody/").status_code == 404


def test_nobody_else_gets_the_slug(done: Merge) -> None:
    assert find_unused_slug(Outlet, "ht") == "ht-2"


def test_undoing_puts_every_row_back(times: Outlet) -> None:
    short = make_outlet("ht")
    for outlet in (short, times):
        make_article(outlet=outlet)
    before = list_rows()
    done = merge_outlets(times.pk, [short.pk], None, "one paper")

    undo_merge(done.pk, None, "two papers")

    assert list_rows() == before


def test_an_article_that_came_in_since_stays_where_it_is(done: Merge, times: Outlet) -> None:
    since = make_article(outlet=times)

    undo_merge(done.pk, None, "two papers")

    since.refresh_from_db()
    assert since.outlet == times
    assert Article.objects.filter(outlet__slug="ht").count() == 2


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_merge_without_a_reason_is_refused(times: Outlet, reason: str) -> None:
    short = make_outlet("ht")

    with pytest.raises(MergeRefused, match="Say why"):
        merge_outlets(times.pk, [short.pk], None, reason)


def test_a_merge_of_an_outlet_with_itself_is_refused(times: Outlet) -> None:
    with pytest.raises(MergeRefused, match="two outlets"):
        merge_outlets(times.pk, [times.pk], None, "one")


def test_the_statements_of_a_merge_do_not_grow_with_the_articles(
    times: Outlet, django_assert_max_num_queries: object
) -> None:
    short = make_outlet("ht")
    for _ in range(30):
        make_article(outlet=short)

    with django_assert_max_num_queries(30):  # type: ignore[operator]
        merge_outlets(times.pk, [short.pk], None, "one paper")
