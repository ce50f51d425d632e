"""Articles whose date nobody knows: every page and output says so, and none of them fails."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.intake.rereading import format_article_title
from claims.models import Article, Quote
from claims.models.naming import build_listed_actor, list_qualifiers
from claims.pages.overview import build_overview as read_overview
from claims.pages.profile import build_profile_facts
from claims.search import columns
from claims.trust.gold import build_document_record
from claims.trust.sampling import build_item_copy
from tests.claims.query_strings import match_quotes, read_filters
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

TEXT = "Ana Bell accused Veldania of fraud. Veldania denied it had lied."


@pytest.fixture
def undated() -> Article:
    article = make_article(TEXT, published_on=None, title="Fraud")
    bell = make_actor("Ana Bell", "person", article=article)
    make_quote(article=article, actor=bell, cue="accused", content="of fraud", act="accuse")
    make_quote(article=article, cue="denied", content="it had lied", act="deny")
    return article


@pytest.mark.parametrize("dated", [False, True], ids=["none has a date", "another has a date"])
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/", "no date"),
        ("/?order=oldest", "no date"),
        ("/overview/", "Ana Bell"),
        ("/articles/", "<bdi>Harbour Herald</bdi>, no date"),
        ("/actors/ana-bell/", "(<bdi>Harbour Herald</bdi>, no date)"),
        ("/actors/veldania/", "no date"),
        ("/compare/?actor=ana-bell&actor=veldania", "no date"),
        ("article", "no date"),
        ("quote", ", no date"),
        ("/?actor=ana-bell", "Ana Bell (Harbour Herald, no date)"),
    ],
)
def test_a_page_says_that_there_is_no_date(
    client: Client, undated: Article, address: str, said: str, dated: bool
) -> None:
    if dated:
        make_quote(
            article=make_article(
                "Veldania said that the bridge is safe.", published_on=date(2024, 3, 5)
            )
        )
    quote = undated.quotes.order_by("cue_start")[0]
    addresses = {"article": undated.get_absolute_url(), "quote": quote.get_absolute_url()}

    response = client.get(addresses.get(address, address))

    assert response.status_code == 200
    assert said in response.content.decode()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/admin/claims/article/", "Fraud"),
        ("/admin/claims/article/{article}/change/", "empty where nobody knows it"),
        ("/admin/claims/quote/", "no date"),
        ("/admin/claims/quote/desk/{quote}/", "<bdi>Harbour Herald</bdi>, no date"),
    ],
)
def test_the_admin_panel_shows_what_has_no_date(
    client: Client, undated: Article, address: str, said: str
) -> None:
    client.force_login(User.objects.create_superuser("Clara"))

    response = client.get(address.format(article=undated.pk, quote=undated.quotes.all()[0].pk))

    assert response.status_code == 200
    assert said in response.content.decode()


def test_the_api_has_null_for_a_date_that_nobody_knows(client: Client, undated: Article) -> None:
    article = client.get(f"/api/v1/articles/{undated.pk}/").json()
    (quote, _) = client.get("/api/v1/quotes/").json()["results"]

    assert article["published_on"] is None
    assert quote["article"]["published_on"] is None


def test_what_goes_out_has_no_date_or_says_so(undated: Article) -> None:
    quote = Quote.objects.for_display().order_by("cue_start")[0]

    assert build_document_record(undated)["date"] is None
    assert build_item_copy(quote)["date"] == "no date"
    assert format_article_title(undated) == "“Fraud”, Harbour Herald, no date"


def test_an_actor_of_an_article_without_a_date_is_told_by_its_outlet(undated: Article) -> None:
    other = make_actor("Ana Bell", "organization")

    found = list_qualifiers(
        [build_listed_actor(make_actor("Ana Bell", "person")), build_listed_actor(other)]
    )

    assert found == ["Harbour Herald, no date", ""]


def test_the_days_of_an_actor_are_those_that_are_known(undated: Article) -> None:
    before = build_profile_facts(match_quotes(read_filters("actor=veldania")))
    make_quote(
        article=make_article(
            "Veldania said that the bridge is safe.", published_on=date(2024, 3, 5)
        )
    )

    after = build_profile_facts(match_quotes(read_filters("actor=veldania")))

    assert before
    assert after
    assert (before.quotes, before.since, before.until) == (1, None, None)
    assert (after.quotes, after.since, after.until) == (2, date(2024, 3, 5), date(2024, 3, 5))


def test_who_is_quoted_most_counts_what_has_no_date_but_in_no_bar(undated: Article) -> None:
    make_quote(
        article=make_article(
            "Veldania said that the bridge is safe.", published_on=date(2024, 3, 5)
        )
    )

    trends = read_overview(read_filters("")).trends

    assert [(trend.name.label, trend.quotes.count) for trend in trends] == [
        ("Veldania", 2),
        ("Ana Bell", 1),
    ]
    assert [[bar.count for bar in trend.over_time.bars] for trend in trends] == [[1], [0]]


def test_a_date_that_becomes_known_is_that_of_its_quotes(undated: Article) -> None:
    assert match_quotes(read_filters("since=2024-03-05")).total == 0

    undated.published_on = date(2024, 3, 5)
    undated.save()

    assert match_quotes(read_filters("since=2024-03-05")).total == 2
    assert (columns.get_current_columns()["day"] != columns.UNDATED).all()
