"""Who published an article: hosts are rows, and names come from who knows best."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest
from pytest_django import DjangoAssertNumQueries

from claims.extraction.schema import Attribution
from claims.intake.ingest import ingest_documents
from claims.intake.outlets import (
    find_or_create_outlet,
    find_outlet_name,
    find_published_at,
    list_well_known_hosts,
    read_outlet_names,
)
from claims.models import Article, Outlet, OutletHost, OutletNameOrigin
from tests.claims.intake.test_ingest import document
from tests.factories import make_outlet


@pytest.mark.parametrize(
    ("url", "publisher", "host", "name"),
    [
        ("https://www.bbc.com/news/a", "", "bbc.co.uk", "BBC News"),
        ("https://news.bbc.co.uk/1", "", "bbc.co.uk", "BBC News"),
        ("https://www.bbc.com/news/a", "BBC", "bbc.co.uk", "BBC News"),
        ("http://hosted.ap.org/a", "", "apnews.com", "Associated Press"),
        ("https://apnews.com/a", "AP News", "apnews.com", "Associated Press"),
        ("https://www.nytimes.com/a", "nyt", "nytimes.com", "The New York Times"),
        ("https://www.nytimes.com/a", "New York Times", "nytimes.com", "The New York Times"),
        ("https://www.dailymail.co.uk/a", "Mail Plus", "dailymail.co.uk", "Mail Plus"),
        ("https://m.example.org/a", "", "example.org", "example.org"),
        ("https://edition.example.org/a", "", "example.org", "example.org"),
        ("https://www.example.org/a", "The Example", "example.org", "The Example"),
        ("https://notbbc.com/a", "", "notbbc.com", "notbbc.com"),
        ("http://127.0.0.1:8001/a", "The Example", "the example", "The Example"),
        ("http://127.0.0.1:8001/a", "", "127.0.0.1", "127.0.0.1"),
        ("", "nyt", "nytimes.com", "The New York Times"),
        ("", "The Guardian", "guardian.co.uk", "The Guardian"),
        ("", "Harbour Herald", "harbour herald", "Harbour Herald"),
        ("", "", "unknown publisher", "unknown publisher"),
    ],
)
def test_the_outlet_is_known_by_its_host(url: str, publisher: str, host: str, name: str) -> None:
    found = find_published_at(url, publisher)

    hosts = list_well_known_hosts(found.well_known) or [found.host]
    assert (hosts[0], found.name.name) == (host, name)


def ingest(url: str, publisher: str = "") -> Outlet:
    """Take a document in; return its outlet."""

    def extract(document: object) -> Sequence[Attribution]:
        return []

    list(ingest_documents([replace(document(url), publisher=publisher)], extract, "1"))
    return Article.objects.get(key=url).outlet


@pytest.mark.django_db
def test_the_hosts_of_a_well_known_outlet_are_one_outlet() -> None:
    addresses = ("https://bbc.com/1", "https://news.bbc.co.uk/2", "https://m.bbc.com/3")
    outlets = {ingest(address) for address in addresses}

    (outlet,) = outlets
    assert {row.host for row in outlet.hosts.all()} == {"bbc.co.uk", "bbc.com"}
    assert (outlet.name, outlet.slug) == ("BBC News", "bbc-news")


@pytest.mark.django_db
def test_a_collections_short_name_is_the_outlet_itself() -> None:
    by_name = find_or_create_outlet(find_published_at("", "nyt"))

    assert find_or_create_outlet(find_published_at("https://nytimes.com/a", "")) == by_name


@pytest.mark.django_db
def test_a_name_that_a_page_tells_takes_the_place_of_a_host_and_the_slug_stays() -> None:
    before = ingest("https://harbour.example/1")
    assert (before.name, before.named_by) == ("harbour.example", OutletNameOrigin.HOST)

    after = ingest("https://harbour.example/2", "Harbour Herald")

    assert after == before
    assert (after.name, after.named_by) == ("Harbour Herald", OutletNameOrigin.PAGE)
    assert after.slug == "harbourexample"


@pytest.mark.django_db
def test_of_two_names_that_pages_tell_the_first_stays() -> None:
    ingest("https://harbour.example/1", "Harbour Herald")

    assert ingest("https://harbour.example/2", "Herald Sport").name == "Harbour Herald"


@pytest.mark.django_db
def test_a_name_that_a_curator_set_stays() -> None:
    outlet = ingest("https://harbour.example/1")
    Outlet.objects.filter(pk=outlet.pk).update(name="The Herald", named_by=OutletNameOrigin.CURATOR)

    assert ingest("https://harbour.example/2", "Harbour Herald").name == "The Herald"


@pytest.mark.django_db
def test_a_host_that_a_curator_gave_to_another_outlet_is_that_outlets() -> None:
    herald = make_outlet("Harbour Herald")
    ingest("https://www.bbc.com/1")
    OutletHost.objects.filter(host="bbc.com").update(outlet=herald)

    assert ingest("https://www.bbc.com/2") == herald
    assert ingest("https://www.bbc.co.uk/2").name == "BBC News"


@pytest.mark.django_db
def test_the_engine_is_told_the_name_that_the_outlet_has(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    outlet = ingest("https://harbour.example/1", "Harbour Herald")
    Outlet.objects.filter(pk=outlet.pk).update(name="The Herald", named_by=OutletNameOrigin.CURATOR)
    get_names = cache(read_outlet_names)

    with django_assert_num_queries(1):
        told = [
            find_outlet_name("https://www.harbour.example/2", "Harbour Herald", get_names()),
            find_outlet_name("https://ferry.example/2", "Ferry Post", get_names()),
            find_outlet_name("https://ferry.example/2", "", get_names()),
        ]

    assert told == ["The Herald", "Ferry Post", "ferry.example"]
