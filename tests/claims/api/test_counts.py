"""What can be counted of quotes, with the same numbers as on the pages."""

from typing import Any

import pytest
from django.test import Client

from claims.search import columns
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters
from tests.claims.api_client import API, get_json, get_refusals
from tests.claims.samples import make_closed_sample, make_quotes
from tests.factories import make_actor, make_quote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("query", ["", "actor=veldania", "q=bridge", "status=rejected"])
def test_facets_count_what_the_list_has(client: Client, varied: None, query: str) -> None:
    told = get_json(client, f"{API}/facets/?{query}")

    assert told["count"] == get_json(client, f"{API}/quotes/?{query}")["count"]
    for facet in told["facets"]:
        for value in facet["values"]:
            if facet["parameter"] in query or facet["parameter"] == "status":
                continue
            narrowed = f"{API}/quotes/?{query}&{facet['parameter']}={value['value']}"
            assert get_json(client, narrowed)["count"] == value["count"], narrowed


def test_a_facet_is_unfolded_and_its_values_looked_for(client: Client, varied: None) -> None:
    (facet,) = [
        each
        for each in get_json(client, f"{API}/facets/?more=actor&find=ana")["facets"]
        if each["parameter"] == "actor"
    ]

    assert [value["value"] for value in facet["values"]] == ["ana-bell"]


def test_the_timeline_has_every_quote_that_has_a_date(client: Client, varied: None) -> None:
    told = get_json(client, f"{API}/timeline/")

    total = sum(bar["count"] for bar in told["bars"]) + told["undated"]
    assert (told["step"], total) == ("day", get_json(client, f"{API}/quotes/")["count"])
    assert all(bar["since"] <= bar["until"] for bar in told["bars"])


def test_the_overview_counts_as_the_filters_do(client: Client, varied: None) -> None:
    told = get_json(client, f"{API}/overview/?act=say&act=deny")

    found = MatchingQuotes(columns.get_current_columns(), Filters(act=("say", "deny")))
    assert told["count"] == found.total == sum(each["count"] for each in told["actors"])
    assert len(told["acts"]["heads"]) == len(told["acts"]["whole"]["counts"])
    assert told["acts"]["whole"]["total"] == found.total


def test_two_actors_are_compared(client: Client, varied: None) -> None:
    told = get_json(client, f"{API}/comparison/?actor=ana-bell&actor=veldania")

    assert [(each["slug"], each["quote_count"]) for each in told["actors"]] == [
        ("ana-bell", 2),
        ("veldania", 2),
    ]
    assert told["actors"][0]["naming_count"] == 1
    numbers = next(table for table in told["tables"] if table["key"] == "numbers")
    assert numbers["lines"][0] == {"label": "Quotes", "counts": [2, 2]}


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("comparison/?actor=ana-bell", "actor"),
        ("comparison/", "actor"),
        ("comparison/?actor=ana-bell&actor=veldania&actor=omar-reza", "actor"),
        ("comparison/?actor=ana-bell&actor=veldania&name=reza", "name"),
        ("facets/?more=act", "more"),
        ("facets/?find=ana", "find"),
        ("timeline/?colour=red", "colour"),
        ("overview/?act=shout", "act"),
        ("trust/?q=bridge", "q"),
    ],
)
def test_what_cannot_be_counted_is_refused_by_name(
    client: Client, varied: None, query: str, name: str
) -> None:
    assert list(get_refusals(client, f"{API}/{query}")) == [name]


def test_nothing_is_known_of_trust_before_a_sample_is_judged(client: Client) -> None:
    assert get_json(client, f"{API}/trust/") == {"sample": None}


def test_what_a_sample_showed_is_told(client: Client) -> None:
    make_quotes(10)
    sample = make_closed_sample(10, wrong=2)

    told = get_json(client, f"{API}/trust/")["sample"]

    assert (told["name"], told["size"]) == (sample.name, 10)
    assert (told["headline"]["right"], told["headline"]["number"]) == (8, 10)
    assert told["headline"]["low"] < told["headline"]["value"] < told["headline"]["high"]


# Of one row


def test_the_history_of_a_quote_is_told_without_who(client: Client) -> None:
    quote = make_quote(act="say")
    type(quote).objects.filter(pk=quote.pk).update(act="deny")

    told: Any = get_json(client, f"{API}/quotes/{quote.pk}/history/")

    changes = [(each["word"], each["by"], each["what"]) for each in told["changes"]]
    assert ("changed", "program", ["act: say → deny"]) in changes
    assert "made" in {word for word, _, _ in changes}


def test_the_texts_of_an_article_are_told(client: Client) -> None:
    article = make_quote(actor=make_actor("Veldania")).article

    (now,) = get_json(client, f"{API}/articles/{article.pk}/versions/")["results"]

    assert (now["key"], now["text"], now["superseded_at"]) == ("now", article.text, None)


@pytest.mark.parametrize("address", ["quotes/404/history/", "articles/x/versions/"])
def test_of_what_there_is_not_nothing_is_told(client: Client, address: str) -> None:
    get_json(client, f"{API}/{address}", status=404)
