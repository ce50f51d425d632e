"""The list of outlets: their counts, its search, and where it is linked."""

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from claims.models import Outlet, OutletHost, Quote, Wording
from claims.views.articles import OUTLETS_OFFERED
from tests.claims.search.test_copies import make_copied_articles
from tests.factories import make_article, make_match, make_outlet, make_quote

pytestmark = pytest.mark.django_db


def get_page(client: Client, address: str = "/outlets/") -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def list_rows(client: Client, address: str = "/outlets/") -> list[tuple[str, str]]:
    """Return the outlets that a page lists, each with the counts beside it."""
    listed = get_page(client, address).partition('<ul class="rows"')[2]
    return re.findall(r'<li><a [^>]*>([^<]*)</a>.*?<span class="count">([^<]*)<', listed, re.S)


def test_outlets_are_listed_with_their_counts_the_one_with_most_articles_first(
    client: Client,
) -> None:
    make_quote(article=make_article("Veldania said the bridge is safe.", outlet="Evening Post"))
    for _ in range(2):
        make_article("Nobody spoke.", outlet="Harbour Herald")
    make_article("Nobody spoke.", outlet="Abbey Times")

    rows = list_rows(client)

    assert rows == [
        ("Harbour Herald", "2 articles, 0 quotes"),
        ("Abbey Times", "1 article, 0 quotes"),
        ("Evening Post", "1 article, 1 quote"),
    ]


def test_an_outlet_without_articles_is_not_listed(client: Client) -> None:
    make_outlet("Silent Star")
    make_article(outlet="Harbour Herald")

    page = get_page(client)

    assert "Silent Star" not in page
    assert "1 outlet<" in page


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("herald", ["Harbour Herald"]),
        ("post.example", ["Evening Post"]),
        ("HARB", ["Harbour Herald"]),
        ("old-name", ["Evening Post"]),
        ("gazette", []),
    ],
)
def test_an_outlet_is_found_by_its_name_and_by_each_of_its_hosts(
    client: Client, typed: str, found: list[str]
) -> None:
    make_article(outlet="Harbour Herald")
    make_article(outlet="Evening Post")
    post = Outlet.objects.get(name="Evening Post")
    OutletHost.objects.create(outlet=post, host="old-name.example")

    rows = list_rows(client, f"/outlets/?q={typed}")

    assert [name for name, _ in rows] == found


def test_a_search_that_finds_no_outlet_leads_back_to_all(client: Client) -> None:
    make_article(outlet="Harbour Herald")

    page = get_page(client, "/outlets/?q=gazette")

    assert "No outlet fits this" in page
    assert '<a href="/outlets/"' in page


def test_outlets_have_all_that_they_published_unless_each_text_is_to_count_once(
    client: Client,
) -> None:
    make_copied_articles(["Harbour Herald", "Evening Post"])

    every, once = list_rows(client), list_rows(client, "/outlets/?copies=once")

    assert every == list_rows(client, "/outlets/?copies=all")
    assert every == [
        ("Evening Post", "1 article, 2 quotes"),
        ("Harbour Herald", "1 article, 2 quotes"),
    ]
    assert once == [("Harbour Herald", "1 article, 2 quotes")]
    assert "Count each text once: 1 articles" not in get_page(client)
    assert "Count each text once: 1 article<" in get_page(client)
    assert "Count every copy: 2 articles<" in get_page(client, "/outlets/?copies=once")


def test_the_counts_beside_an_outlet_are_those_of_its_page(client: Client) -> None:
    make_copied_articles(["Harbour Herald", "Evening Post", "Evening Post"])

    for copies in ("once", "all"):
        for name, counts in list_rows(client, f"/outlets/?copies={copies}"):
            address = Outlet.objects.get(name=name).get_absolute_url()
            page = get_page(client, f"{address}?copies={copies}")
            articles, quotes = counts.split(", ")
            assert f">{articles}</h2>" in page
            assert f">{quotes} in its articles</a>" in page


def test_outlets_come_page_by_page(client: Client) -> None:
    for number in range(51):
        make_article(outlet=f"Outlet {number:02}")

    assert len(list_rows(client)) == 50
    assert list_rows(client, "/outlets/?page=2") == [("Outlet 50", "1 article, 0 quotes")]


def test_the_list_of_outlets_takes_as_many_queries_whatever_it_holds(
    client: Client,
    keep_columns: Callable[[], None],
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_quote(article=make_article("Veldania said the bridge is safe.", outlet="Evening Post"))
    keep_columns()
    with django_assert_num_queries(4):
        get_page(client)

    for number in range(60):
        make_article(outlet=f"Outlet {number}")

    keep_columns()
    with django_assert_num_queries(4):
        get_page(client)
    with django_assert_num_queries(4):
        get_page(client, "/outlets/?q=outlet&copies=once&page=2")


def test_the_list_is_linked_where_outlets_are_listed(client: Client) -> None:
    quote = make_quote()

    for address in ("/articles/", quote.article.outlet.get_absolute_url()):
        assert 'href="/outlets/"' in get_page(client, address), address


def test_the_hosts_of_an_outlet_are_told_but_no_name_that_stands_for_one(client: Client) -> None:
    post = make_outlet("Evening Post")
    OutletHost.objects.create(outlet=post, host="post.news.example")
    bare = make_outlet("Old Paper")
    OutletHost.objects.filter(outlet=bare).update(host="old paper")
    named_by_host = make_outlet("echo.example")
    OutletHost.objects.filter(outlet=named_by_host).update(host="echo.example")
    for outlet in (post, bare, named_by_host):
        make_article(outlet=outlet)

    listed, page = get_page(client), get_page(client, post.get_absolute_url())

    assert '<span class="hint">evening-post.example</span>' in listed
    assert "evening-post.example, post.news.example" in page
    assert listed.count("echo.example") == 1
    assert "old paper" not in listed + get_page(client, bare.get_absolute_url())


def test_an_outlet_s_own_page_does_not_name_it_beside_each_article(client: Client) -> None:
    article = make_article(outlet="Evening Post")

    page = get_page(client, article.outlet.get_absolute_url())

    assert "<bdi>Evening Post</bdi>" not in page
    assert "5 March 2024" in page


def test_the_articles_offer_the_outlets_with_most_and_lead_to_all(client: Client) -> None:
    for number in range(OUTLETS_OFFERED + 3):
        make_article(outlet=f"Outlet {number:02}")
    last = Outlet.objects.get(name=f"Outlet {OUTLETS_OFFERED + 2:02}")

    page = get_page(client, "/articles/")
    chosen = client.get(f"/articles/?outlet={last.slug}").context["choices"]

    assert page.count('id="choice-') == OUTLETS_OFFERED
    assert f">All {OUTLETS_OFFERED + 3} outlets</a>" in page
    assert [choice.value for choice in chosen if choice.selected] == [last.slug]
    assert len(chosen) == OUTLETS_OFFERED + 1


def test_an_outlet_tells_how_much_no_other_had_before_it(client: Client) -> None:
    had_first = tell("the mill is sold", "Northern Wire", day=1)
    make_match(had_first, tell("the mill has been sold", "Evening Post", day=2), kind="copy")
    before = tell("the pier is shut", "Evening Post", day=1)
    make_match(before, tell("the old pier is shut", "Northern Wire", day=2), kind="copy")
    tell("it snows in the north", "Northern Wire", day=3)
    for text, claim in (("the mill has been sold", had_first), ("the old pier is shut", before)):
        Wording.objects.filter(text=text).update(claim=claim.wording_id)

    page = get_page(client, "/outlets/northern-wire/")

    assert "3 quotes in its articles</a>" in page
    assert "2 if what it repeats, or another had before it, does not count" in page


def tell(content: str, outlet: str, *, day: int) -> Quote:
    text = f"It was noon. Ana Bell said {content}. Rain fell."
    article = make_article(text, outlet=outlet, published_on=date(2024, 3, day))
    return make_quote(actor="Ana Bell", article=article, cue="said", content=content)
