"""Every count can be read with each text once and with every copy, and tells where else a text stands."""

import random
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.intake.copies import compare_all_waiting_texts
from claims.models import Actor, Article, Claim, Quote
from claims.search import columns
from claims.search.copies import attach_copies, build_copies_choice, list_other_places
from tests.claims.api_client import get_refusals
from tests.claims.query_strings import list_facets_of, match_quotes, read_filters
from tests.claims.stories import make_paragraphs
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

OUTLETS = ["Harbour Herald", "Northern Wire", "Evening Post", "Coast Courier"]
SAID = 'Veldania said the bridge is safe. "No," Ana Bell replied. Omar Reza warned that rain would fall.'


def make_copied_articles(outlets: list[str] | None = None, **values: Any) -> list[Article]:
    """Copies of one report, a day apart, each with a quote of several words and one of a single word."""
    body = "\n".join([SAID, *make_paragraphs(random.Random(1), 8)])
    articles = []
    for number, outlet in enumerate(outlets or OUTLETS, 1):
        day = {"published_on": date(2024, 3, number), "title": f"Headline {number}", **values}
        article = make_article(body, outlet=outlet, **day)
        make_quote(article=article, content="the bridge is safe")
        make_quote(article=article, actor="Ana Bell", cue="replied", content='"No,"', kind="direct")
        articles.append(article)
    assert sum(compare_all_waiting_texts())
    return articles


def get_total(query: str) -> int:
    return match_quotes(read_filters(query)).total


def test_the_words_that_copies_share_count_once_unless_every_copy_is_asked_for() -> None:
    make_copied_articles()
    make_quote(content="the bridge is safe")  # in an article of its own

    assert get_total("") == get_total("copies=once") == 3
    assert get_total("copies=all") == 9


def test_an_outlet_that_is_asked_for_has_all_that_it_published() -> None:
    make_copied_articles()

    assert get_total("outlet=evening-post") == 2
    assert get_total("outlet=evening-post&copies=all") == 2
    assert get_total("outlet=evening-post&copies=once") == 0
    assert get_total("outlet=harbour-herald&copies=once") == 2


def test_the_article_published_first_stands_for_the_others() -> None:
    first, second, *_ = make_copied_articles()
    assert set(read_filters("").quotes().values_list("article", flat=True)) == {first.pk}

    Article.objects.filter(pk=first.pk).update(published_on=None)

    assert set(read_filters("").quotes().values_list("article", flat=True)) == {second.pk}
    assert match_quotes(read_filters("until=2024-03-02")).total == 2


def test_what_was_only_found_in_a_later_copy_is_not_left_out() -> None:
    _, later, *_ = make_copied_articles()
    make_quote(article=later, actor="Omar Reza", cue="warned", content="that rain would fall")

    assert get_total("") == 3


def test_words_said_twice_in_one_article_count_twice() -> None:
    twice = "Veldania said no way out. Ana Bell said no way out."
    body = "\n".join([twice, *make_paragraphs(random.Random(1), 8)])
    for outlet in OUTLETS:
        article = make_article(body, outlet=outlet)
        make_quote(article=article, content="no way out")
        make_quote(article=article, actor="Ana Bell", content="no way out")
    sum(compare_all_waiting_texts())

    assert get_total("") == 2
    assert get_total("copies=all") == 8


def test_a_rejected_quote_stands_for_no_other_and_is_found_where_it_is_asked_for() -> None:
    first, second, *_ = make_copied_articles()
    Quote.objects.filter(article=first).update(status="rejected")

    assert set(read_filters("").quotes().values_list("article", flat=True)) == {second.pk}
    assert get_total("") == 2
    assert get_total("status=rejected") == read_filters("status=rejected").quotes().count() == 2


def test_texts_that_are_no_copies_count_each() -> None:
    for outlet in OUTLETS:
        make_quote(
            article=make_article("Veldania said it rains.", outlet=outlet), content="it rains"
        )
    assert sum(compare_all_waiting_texts()) == 4

    assert get_total("") == get_total("copies=all") == 4


def test_the_memory_learns_that_articles_are_copies() -> None:
    make_copied_articles()
    assert get_total("") == 2

    Article.objects.order_by("pk")[0].delete()
    assert get_total("") == 2

    later = Article.objects.order_by("pk")[0]
    Article.objects.exclude(pk=later.pk).delete()
    sum(compare_all_waiting_texts())
    assert get_total("") == get_total("copies=all") == 2
    assert not columns.get_current_columns()["copied"].any()


@pytest.mark.parametrize("query", ["", "copies=once", "copies=all", "act=say&copies=all"])
def test_every_value_of_a_filter_leaves_as_many_quotes_as_it_says(query: str) -> None:
    make_copied_articles()
    make_copied_articles(["Evening Post", "Harbour Herald"], published_on=date(2024, 5, 1))
    values = [value for facet in list_facets_of(read_filters(query)) for value in facet.values]

    wrong = {value.query: value.count for value in values if get_total(value.query) != value.count}

    assert len(values) > 8
    assert not wrong


def test_the_choice_says_how_many_quotes_there_are_either_way() -> None:
    make_copied_articles()

    told = {}
    for query in ("", "copies=once", "copies=all", "outlet=evening-post&act=say"):
        choice = build_copies_choice(match_quotes(read_filters(query)))
        told[query] = (choice.is_once, choice.once, choice.every)
        assert get_total(choice.once_query) == choice.once
        assert get_total(choice.every_query) == choice.every

    assert told == {
        "": (True, 2, 8),
        "copies=once": (True, 2, 8),
        "copies=all": (False, 2, 8),
        "outlet=evening-post&act=say": (False, 0, 2),
    }


def test_a_list_without_copies_offers_no_choice(client: Client) -> None:
    make_quote()

    assert 'class="per-text"' not in get_page(client, "/")
    assert 'class="per-text"' not in get_page(client, "/articles/")


def get_page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_front_page_shows_a_quote_once_and_where_else_it_stands(client: Client) -> None:
    articles = make_copied_articles()

    page = get_page(client, "/")

    assert page.count('class="quote"') == 2
    assert "also in" in page
    other = Quote.objects.get(article=articles[1], content="the bridge is safe")
    assert f'<a href="{other.address_in_article}"><bdi>Northern Wire</bdi></a>' in page
    assert f'<a href="{articles[0].get_absolute_url()}#copies">1 more</a>' in page
    assert "Count every copy: 8" in page
    assert get_page(client, "/?copies=all").count('class="quote"') == 8


def test_the_page_of_a_quote_says_where_else_it_stands(client: Client) -> None:
    articles = make_copied_articles()
    quote = Quote.objects.get(article=articles[3], content="the bridge is safe")

    page = get_page(client, quote.get_absolute_url())

    assert "<bdi>Harbour Herald</bdi>" in page
    assert f'<a href="{articles[3].get_absolute_url()}#copies">1 more</a>' in page


def test_the_overview_counts_either_way(client: Client) -> None:
    make_copied_articles()

    once = client.get("/overview/").context["overview"]
    every = client.get("/overview/?copies=all").context["overview"]

    assert (once.total, every.total) == (2, 8)
    assert once.acts.whole.total.count == 2
    assert [line.total.count for line in once.acts.lines] == [2, 2, 2, 2]
    for line in [once.acts.whole, *once.acts.lines, *every.acts.lines]:
        assert get_total(line.total.query) == line.total.count
        for cell in line.cells:
            assert get_total(cell.query) == cell.count


def test_the_list_of_articles_shows_a_text_once_and_where_else_it_stands(client: Client) -> None:
    first, *_, last = make_copied_articles()
    alone = make_article("Rain fell.", title="Rain")
    other = f'{last.get_absolute_url()}"'

    page = get_page(client, "/articles/")

    assert "2 articles" in page
    assert first.title in page
    assert alone.title in page
    assert other not in page
    assert f'<a href="{first.get_absolute_url()}#copies">1 more</a>' in page
    assert "Count every copy: 5" in page
    assert "5 articles" in get_page(client, "/articles/?copies=all")


def test_the_list_of_an_outlets_articles_has_its_copies(client: Client) -> None:
    make_copied_articles()

    assert "1 article<" in get_page(client, "/articles/?outlet=coast-courier")
    assert "0 articles" in get_page(client, "/articles/?outlet=coast-courier&copies=once")
    told = '2024</time>, <span class="elsewhere">also in <a '
    assert told in get_page(client, "/outlets/coast-courier/")


@pytest.mark.parametrize("query", ["", "q=bridge", "copies=all", "copies=once"])
def test_the_outlets_of_the_list_lead_to_as_many_articles_as_they_say(
    client: Client, query: str
) -> None:
    make_copied_articles()
    shown = client.get(f"/articles/?{query}").context

    for choice in shown["choices"]:
        found = client.get(f"/articles/?{choice.query}").context["page"].paginator.count
        assert found == choice.count
    for is_once in (True, False):
        link = shown["copies"].once_query if is_once else shown["copies"].every_query
        count = shown["copies"].once if is_once else shown["copies"].every
        assert client.get(f"/articles/?{link}").context["page"].paginator.count == count


def test_an_article_lists_its_copies_in_the_order_in_which_they_were_published(
    client: Client,
) -> None:
    articles = make_copied_articles()

    page = get_page(client, articles[1].get_absolute_url())

    places = [
        page.index(f'href="{article.get_absolute_url()}"', page.index('id="copies"'))
        for article in (articles[0], articles[2], articles[3])
    ]
    assert places == sorted(places)


def test_places_are_told_by_outlet_each_once() -> None:
    first, *_ = make_copied_articles(["Harbour Herald", "Evening Post", "Evening Post"])
    article = Article.objects.with_shared_text().get(pk=first.pk)

    attach_copies([article])
    places = list_other_places(article)

    assert places
    assert ([name for name, _ in places.named], places.more) == (["Evening Post"], 0)


# Lists of what is quoted


@pytest.fixture
def copied() -> list[Article]:
    """Four copies of one report: two quotes in each, of which the single word is a claim of its
    article alone; and a bearer of a bare name whom one copy alone has.
    """
    articles = make_copied_articles()
    make_quote(content="the bridge is safe")  # in an article of its own
    bell = make_actor("Bell", "person", article=articles[2])
    Actor.objects.filter(name="Ana Bell").update(kind="person")
    Quote.objects.filter(article=articles[2], actor__name="Ana Bell").update(actor=bell)
    return articles


def list_rows(client: Client, address: str) -> list[tuple[str, int]]:
    """Return the names of what a page lists, each with the count beside it."""
    listed = get_page(client, address).partition('<ul class="rows"')[2]
    rows = re.findall(r'<li><a [^>]*>([^<]*)</a>.*?<span class="count">([\d,]+) quote', listed)
    return [(name, int(count)) for name, count in rows]


def test_actors_have_the_quotes_of_each_text_once_unless_every_copy_is_asked_for(
    client: Client, copied: list[Article]
) -> None:
    once = [("Veldania", 2), ("Ana Bell", 1)]

    assert list_rows(client, "/actors/") == list_rows(client, "/actors/?copies=once") == once
    assert list_rows(client, "/actors/?copies=all") == [
        ("Veldania", 5),
        ("Ana Bell", 3),
        ("Bell", 1),
    ]
    assert "Count every copy: 9 quotes" in get_page(client, "/actors/")
    assert "Count each text once: 3 quotes" in get_page(client, "/actors/?copies=all")


def test_the_kinds_of_the_list_lead_to_as_many_actors_as_they_say(
    client: Client, copied: list[Article]
) -> None:
    told = {}
    for query in ("copies=once", "copies=all", "copies=all&q=bell"):
        choices = client.get(f"/actors/?{query}").context["choices"]
        told[query] = {choice.value: choice.count for choice in choices}
        for choice in choices:
            found = client.get(f"/actors/?{choice.query}").context["page"].paginator.count
            assert found == choice.count

    assert told == {
        "copies=once": {"person": 1, "state": 1},
        "copies=all": {"person": 2, "state": 1},
        "copies=all&q=bell": {"person": 2},
    }


def list_claims(client: Client, address: str) -> list[tuple[str, int]]:
    """Return the claims of a list with the number of their quotes."""
    item = r'<li><p class="words"><a [^>]*>([^<]*)</a>.*?class="count">(\d+) quote'
    found = re.findall(item, get_page(client, address), re.DOTALL)
    return [(text, int(count)) for text, count in found]


def test_claims_have_the_quotes_of_each_text_once_unless_every_copy_is_asked_for(
    client: Client, copied: list[Article]
) -> None:
    assert list_claims(client, "/claims/") == [("the bridge is safe", 2), ("&quot;No,&quot;", 1)]
    assert list_claims(client, "/claims/?copies=all&q=bridge") == [("the bridge is safe", 5)]
    assert len(list_claims(client, "/claims/?copies=all")) == 5
    assert "Count every copy: 5 quotes" in get_page(client, "/claims/?q=bridge")


def test_a_claim_has_the_quotes_of_each_text_once_and_tells_where_else_they_stand(
    client: Client, copied: list[Article]
) -> None:
    address = Claim.objects.get(text="the bridge is safe").get_absolute_url()

    once, every = get_page(client, address), get_page(client, f"{address}?copies=all")

    assert "2 quotes<" in once
    assert "asserted in 2 quotes<" in once
    assert "also in" in once
    assert "Count every copy: 5" in once
    assert "asserted in 5 quotes<" in every
    assert "Count each text once: 2" in every


def test_the_profile_of_an_actor_counts_as_its_page_is_asked_to(
    client: Client, copied: list[Article]
) -> None:
    once = client.get("/actors/veldania/").context["profile"]
    every = client.get("/actors/veldania/?copies=all").context["profile"]

    assert (once.facts.quotes, every.facts.quotes) == (2, 5)
    assert [(each.quotes, each.own) for each in once.claims] == [(2, [("asserts", 2)])]
    assert [(each.quotes, each.own) for each in every.claims] == [(5, [("asserts", 5)])]
    page = get_page(client, "/actors/veldania/?copies=all")
    assert f'href="{every.claims[0].claim.get_absolute_url()}?copies=all"' in page
    assert "in every copy of a text" in page


@pytest.mark.parametrize("copies", ["", "copies=once", "copies=all"])
def test_each_number_of_a_profile_leads_to_as_many_quotes(
    client: Client, copied: list[Article], copies: str
) -> None:
    page = client.get(f"/actors/veldania/?{copies}")

    wrong = {}
    for listing in page.context["profile"].listings:
        for row in listing.chart.rows:
            address = row.address.partition("#")[0]
            if address.startswith("?"):
                address = f"/actors/veldania/{address}"
            found = client.get(address).context["stream"].total
            if found != row.count:
                wrong[row.address] = (row.count, found)

    assert page.context["profile"].listings
    assert not wrong


def test_an_outlet_has_all_that_it_published_or_what_it_had_first(
    client: Client, copied: list[Article]
) -> None:
    every = get_page(client, "/outlets/coast-courier/")
    once = get_page(client, "/outlets/coast-courier/?copies=once")

    assert "2 quotes in its articles" in every
    assert "1 article<" in every
    assert "0 quotes in its articles" in once
    assert "0 articles<" in once
    assert "No text was published here first" in once
    assert 'href="/?outlet=coast-courier&amp;copies=once"' in once


@pytest.mark.parametrize("copies", ["", "copies=once", "copies=all"])
def test_a_list_says_of_each_row_as_many_quotes_as_the_list_of_its_quotes_has(
    client: Client, copied: list[Article], copies: str
) -> None:
    actors = client.get(f"/actors/?{copies}").context["actors"]
    claims = client.get(f"/claims/?{copies}").context["rows"]

    assert actors
    for actor in actors:
        assert get_total(f"actor={actor.slug}&{copies}") == actor.quote_count
    for row in claims:
        found = client.get(f"{row.claim.get_absolute_url()}?{copies}").context["page"]
        assert found.paginator.count == row.told.quotes


def test_a_wrong_way_of_counting_is_told_on_each_page(
    client: Client, copied: list[Article]
) -> None:
    claim = Claim.objects.all()[0].get_absolute_url()

    for address in ("/actors/", "/claims/", claim, "/outlets/coast-courier/"):
        assert "“copies” is left out" in get_page(client, f"{address}?copies=twice")


def test_counting_for_the_lists_asks_no_table_of_quotes(
    client: Client, copied: list[Article], keep_columns: Callable[[], None]
) -> None:
    most_queries = {
        "/actors/": 2,
        "/actors/?q=bell": 2,
        "/claims/": 5,  # who, where, and who denies it, too
        "/claims/?q=bridge&copies=all": 6,
    }
    for address, most in most_queries.items():
        keep_columns()
        with CaptureQueriesContext(connection) as queries:
            get_page(client, address)

        assert len(queries) <= most
        assert not [query["sql"] for query in queries if "claims_quote" in query["sql"]]


# The API


def get_json(client: Client, address: str) -> Any:
    response = client.get(f"/api/v1{address}")
    assert response.status_code == 200
    return response.json()


def test_the_api_counts_either_way(client: Client) -> None:
    articles = make_copied_articles()

    once = get_json(client, "/quotes/")
    every = get_json(client, "/quotes/?copies=all")

    assert (once["count"], len(once["results"])) == (2, 2)
    assert (every["count"], len(every["results"])) == (8, 8)
    assert len(get_json(client, "/articles/")["results"]) == 1
    assert len(get_json(client, "/articles/?copies=all")["results"]) == 4
    assert len(get_json(client, "/articles/?outlet=coast-courier")["results"]) == 1
    one = get_json(client, f"/articles/{articles[2].pk}/")
    assert [each["id"] for each in one["copies"]] == [articles[n].pk for n in (0, 1, 3)]


def list_counts(client: Client, address: str) -> dict[str, int]:
    """Return the number of quotes that a list of the API tells of each row."""
    rows = get_json(client, address)["results"]
    return {row.get("slug") or row["text"]: row["quote_count"] for row in rows}


def test_the_api_tells_the_counts_of_actors_claims_and_outlets_either_way(
    client: Client, copied: list[Article]
) -> None:
    slug = Actor.objects.get(name="Bell").slug

    assert list_counts(client, "/actors/") == {"ana-bell": 1, "veldania": 2}
    assert list_counts(client, "/actors/?copies=all") == {"ana-bell": 3, "veldania": 5, slug: 1}
    assert get_json(client, f"/actors/{slug}/")["quote_count"] == 0
    assert get_json(client, f"/actors/{slug}/?copies=all")["quote_count"] == 1
    assert list_counts(client, "/claims/?q=bridge") == {"the bridge is safe": 2}
    assert list_counts(client, "/claims/?q=bridge&copies=all") == {"the bridge is safe": 5}
    assert list_counts(client, "/outlets/")["coast-courier"] == 2
    assert list_counts(client, "/outlets/?copies=once")["coast-courier"] == 0
    courier = get_json(client, "/outlets/coast-courier/?copies=once")
    assert (courier["article_count"], courier["quote_count"]) == (0, 0)
    herald = get_json(client, "/outlets/harbour-herald/?copies=once")
    assert (herald["article_count"], herald["quote_count"]) == (2, 3)


@pytest.mark.parametrize(
    "address",
    [
        "/articles/",
        "/quotes/",
        "/actors/",
        "/claims/",
        "/outlets/",
        "/actors/veldania/",
        "/outlets/harbour-herald/",
    ],
)
def test_the_api_refuses_another_way_of_counting(client: Client, address: str) -> None:
    make_copied_articles()

    refused = get_refusals(client, f"/api/v1{address}?copies=twice")

    assert "twice" in refused["copies"][0]


# Cost


@pytest.mark.parametrize(
    "address",
    ["/", "/articles/", "/articles/{}/", "/outlets/evening-post/", "/actors/", "/claims/"],
)
def test_copies_cost_one_query_at_most_however_many_there_are(
    client: Client, address: str, keep_columns: Callable[[], None]
) -> None:
    costs = []
    for copied in (False, True):
        if copied:
            made = make_copied_articles()
        else:
            made = [
                make_quote(
                    article=make_article(outlet="Evening Post", text="Veldania said it rains."),
                    content="it rains",
                ).article
            ]
        client.get(address.format(made[0].pk))
        with pytest.MonkeyPatch.context() as kept:
            known = columns.get_current_columns()
            kept.setattr(columns, "get_current_columns", lambda known=known: known)
            with CaptureQueriesContext(connection) as queries:
                get_page(client, address.format(made[0].pk))
        costs.append(len(queries))

    assert costs[1] <= costs[0] + 1
