"""Quotes as W3C Web Annotations: their selectors find the words, and nobody is credited in doubt."""

import json
from typing import Any

import pytest
from django.test import Client

from claims.models import ExternalId
from tests.claims.outputs.reading import fetch
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db

TEXT = "It was noon. “The bridge,” Ana Bell said, “is 🌉 safe.” Rain fell on the harbour and all its boats."


def read_annotations(client: Client, address: str) -> list[dict[str, Any]]:
    content, response = fetch(client, address)
    assert response["Content-Type"].startswith("application/ld+json; profile=")
    collection = json.loads(content)
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["type"] == "AnnotationCollection"
    assert collection["first"]["type"] == "AnnotationPage"
    items: list[dict[str, Any]] = collection["first"]["items"]
    assert collection["total"] == len(items)
    return items


def check_selectors(target: dict[str, Any], text: str) -> str:
    """Return the words that both selectors of a target select, which must be the same ones."""
    quoted, place = target["selector"]
    assert text[place["start"] : place["end"]] == quoted["exact"]
    around = quoted.get("prefix", "") + quoted["exact"] + quoted.get("suffix", "")
    assert text.count(around) == 1
    assert text.index(around) + len(quoted.get("prefix", "")) == place["start"]
    exact: str = quoted["exact"]
    return exact


def make_interrupted() -> Any:
    article = make_article(TEXT)
    return make_quote(
        actor=make_actor("Ana Bell", "person"),
        article=article,
        content=("“The bridge,”", "“is 🌉 safe.”"),
        kind="direct",
    )


def test_each_part_of_a_quote_is_selected_by_its_words_and_by_its_place(client: Client) -> None:
    quote = make_interrupted()

    (annotation,) = read_annotations(client, f"/quotes/{quote.pk}.anno")

    selected = [check_selectors(target, TEXT) for target in annotation["target"]]
    assert selected == ["“The bridge,”", "“is 🌉 safe.”"]
    assert annotation["id"] == f"http://testserver/quotes/{quote.pk}.anno"
    assert {target["source"] for target in annotation["target"]} == {quote.article.url}


def test_an_article_has_its_quotes_in_the_order_of_its_text(client: Client) -> None:
    article = make_article(
        "Veldania said it rains. Norland denied that it is dry. Veldania added it snows."
    )
    make_quote(article=article, cue="added", content="it snows", status="rejected")
    second = make_quote(
        article=article, actor="Norland", cue="denied", content="that it is dry", act="deny"
    )
    first = make_quote(article=article, content="it rains")
    make_quote()

    annotations = read_annotations(client, f"/articles/{article.pk}.anno")

    addresses = [f"http://testserver/quotes/{quote.pk}.anno" for quote in (first, second)]
    assert [each["id"] for each in annotations] == addresses
    assert annotations[1]["body"][0]["value"].startswith("Norland denied that it is dry")
    for each in annotations:
        check_selectors(each["target"], article.text)


def test_only_a_sure_speaker_is_identified(client: Client) -> None:
    sure = make_quote(actor="Norland")
    assert sure.actor
    ExternalId.objects.create(actor=sure.actor, value="Q7747")
    unsure = make_quote(content="it rains", actor_confidence=0.4)

    identified = []
    for quote in (sure, unsure):
        (annotation,) = read_annotations(client, f"/quotes/{quote.pk}.anno")
        sources = [
            body["source"] for body in annotation["body"] if body["purpose"] == "identifying"
        ]
        identified.append(sources)

    assert identified == [["https://www.wikidata.org/entity/Q7747"], []]


def test_an_article_without_an_address_is_the_page_that_shows_it(client: Client) -> None:
    article = make_article("Veldania said it rains.", url="", key="a")
    make_quote(article=article, content="it rains")

    (annotation,) = read_annotations(client, f"/articles/{article.pk}.anno")

    assert annotation["target"]["source"] == f"http://testserver/articles/{article.pk}/"


def test_an_article_goes_out_in_the_other_formats_too(client: Client) -> None:
    quote = make_quote()
    address = f"/articles/{quote.article_id}"

    assert b"the bridge is safe" in fetch(client, f"{address}.csv")[0]
    assert client.get(f"{address}.csv?act=deny").status_code == 400
    assert client.get("/articles/999999.csv").status_code == 404
    assert f"{address}.anno" in client.get(f"{address}/").content.decode()
