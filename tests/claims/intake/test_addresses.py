"""Spellings of one address are one, and two articles are never one."""

import socket
from typing import NoReturn

import pytest

from claims.intake.addresses import (
    LONGEST_CANONICAL_ADDRESS,
    canonicalize_address,
    clean_address,
    find_registered_domain,
    is_front_page,
    is_same_site,
    load_public_suffixes,
)

SPELLINGS = [
    "https://www.harbour-herald.org/2024/03/bridge-reopens",
    "http://harbour-herald.org/2024/03/bridge-reopens",
    "https://harbour-herald.org:443/2024/03/bridge-reopens/",
    "http://www.harbour-herald.org:80/2024/03/bridge-reopens/index.html",
    "https://m.harbour-herald.org/2024/03/bridge-reopens",
    "https://amp.harbour-herald.org/2024/03/bridge-reopens",
    "https://mobile.harbour-herald.org/2024/03/bridge-reopens#comments",
    "https://HARBOUR-HERALD.org./2024/03/bridge-reopens?utm_source=feed&utm_medium=rss",
    "https://harbour-herald.org/2024/03/bridge-reopens/amp/",
    "https://harbour-herald.org/amp/2024/03/bridge-reopens",
    "https://harbour-herald.org/2024/03/bridge-reopens?amp",
    "https://harbour-herald.org/2024/03/bridge-reopens?outputType=amp&fbclid=IwAR0",
    "https://harbour-herald.org/2024/03/bridge-reopens?ref=hp_top&amp;gclid=Cj0",
    "https://harbour-herald.org/2024//03/./bridge%2Dreopens",
    "https://www-harbour--herald-org.cdn.ampproject.org/c/s/www.harbour-herald.org/2024/03/bridge-reopens",
    "https://www.google.com/amp/s/harbour-herald.org/2024/03/bridge-reopens",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_an_address_is_one_address(spelling: str) -> None:
    canonical = canonicalize_address(spelling)

    assert canonical == "https://harbour-herald.org/2024/03/bridge-reopens"
    assert canonicalize_address(canonical) == canonical


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://a.org/story?id=5", "https://a.org/story?id=6", id="number"),
        pytest.param("https://a.org/?p=12", "https://a.org/?p=13", id="number of a post"),
        pytest.param("https://a.org/story.php?cid=5", "https://a.org/story.php?cid=6", id="cid"),
        pytest.param("https://a.org/news/local?cid=5", "https://a.org/news/local?cid=6", id="part"),
        pytest.param("https://a.org/read?ref=a12", "https://a.org/read?ref=a13", id="ref as id"),
        pytest.param(
            "https://a.org/us-and-canada?src=7", "https://a.org/us-and-canada?src=8", id="src"
        ),
        pytest.param("https://a.org/show?gallery=1", "https://a.org/show?gallery=2", id="gallery"),
        pytest.param(
            "https://a.org/show?campaigner=1", "https://a.org/show?campaigner=2", id="word"
        ),
        pytest.param("https://a.org/show?pk_id=1", "https://a.org/show?pk_id=2", id="key"),
        pytest.param("https://a.org/a?format=long", "https://a.org/a?format=amp", id="format"),
        pytest.param("https://a.org/a?page=1", "https://a.org/a?page=2", id="page"),
        pytest.param("https://a.org/2024/bridge", "https://a.org/2025/bridge", id="year"),
        pytest.param("https://a.org/bridge-1", "https://a.org/bridge-2", id="number in the path"),
        pytest.param("https://a.org/Bridge", "https://a.org/bridge", id="case of the path"),
        pytest.param("https://a.org/a%2Fb", "https://a.org/a/b", id="slash that is none"),
        pytest.param("https://a.org/?a=1%262", "https://a.org/?a=1&2", id="ampersand that is none"),
        pytest.param("https://a.org/%E9", "https://a.org/%E8", id="bytes that are no UTF-8"),
        pytest.param("https://a.org/guitar/amplifier", "https://a.org/guitar", id="amplifier"),
        pytest.param("https://a.org/amp", "https://a.org/", id="a page called amp"),
        pytest.param("https://a.org/indexes.html", "https://a.org/", id="indexes"),
        pytest.param("https://news.a.org/5", "https://sport.a.org/5", id="part of the site"),
        pytest.param("https://m.com/5", "https://com/5", id="a domain called m"),
        pytest.param("https://m.co.uk/5", "https://co.uk/5", id="a domain called m, of the UK"),
        pytest.param("https://a.org:8080/5", "https://a.org/5", id="port"),
        pytest.param("https://a.org/#!/story/5", "https://a.org/#!/story/6", id="route"),
        pytest.param("https://bücher.de/5", "https://bucher.de/5", id="umlaut"),
    ],
)
def test_two_articles_stay_two(one: str, other: str) -> None:
    assert canonicalize_address(one) != canonicalize_address(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("https://bücher.de/ä", "https://XN--BCHER-KVA.de/%c3%a4", id="letters"),
        pytest.param("https://a.org/~bell", "https://a.org/%7Ebell", id="tilde"),
        pytest.param("https://a.org/a?b=2&a=1", "https://a.org/a?a=1&b=2", id="order"),
        pytest.param("https://a.org/a?q=x+y", "https://a.org/a?q=x%20y", id="space"),
        pytest.param("https://a.org/a?q=", "https://a.org/a?q", id="no value"),
        pytest.param("https://ann:pw@a.org/a", "https://a.org/a", id="sign-in"),
        pytest.param("https://a.org/a;jsessionid=7F", "https://a.org/a", id="session"),
        pytest.param("https://a.org/s.php?id=5&cid=rss", "https://a.org/s.php?id=5", id="cid"),
        pytest.param("https://a.org/story.amp.html", "https://a.org/story.html", id="amp.html"),
        pytest.param("http://[::1]:80/a", "https://[::1]/a", id="IPv6"),
    ],
)
def test_what_no_site_tells_apart_is_one(one: str, other: str) -> None:
    assert canonicalize_address(one) == canonicalize_address(other)


def test_the_order_of_a_parameter_that_comes_twice_stays() -> None:
    assert canonicalize_address("https://a.org/a?t=2&t=1") == "https://a.org/a?t=2&t=1"


@pytest.mark.parametrize(
    "address",
    [
        "http://[bad/a",
        "http://a.org:port/a",
        "https://www.google.com/amp/s/a.org:port/a",
        "no address",
    ],
)
def test_what_is_no_address_does_no_harm(address: str) -> None:
    assert canonicalize_address(canonicalize_address(address)) == canonicalize_address(address)
    assert clean_address(address) == address


def test_long_addresses_are_cut_and_stay_two() -> None:
    one = canonicalize_address("https://a.org/" + "ä" * 1900 + "1")
    other = canonicalize_address("https://a.org/" + "ä" * 1900 + "2")

    assert len(one) == len(other) == LONGEST_CANONICAL_ADDRESS
    assert one != other


@pytest.mark.parametrize(
    ("address", "cleaned"),
    [
        ("https://www.a.org/a/", "https://www.a.org/a/"),
        ("https://www.a.org/a?b=2&utm_source=x&a=1#top", "https://www.a.org/a?b=2&a=1"),
        ("http://a.org/a?utm_source=x", "http://a.org/a"),
        ("http://a.org/#!/a", "http://a.org/#!/a"),
    ],
)
def test_an_address_to_follow_loses_only_what_follows_readers(address: str, cleaned: str) -> None:
    assert clean_address(address) == cleaned


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("news.bbc.co.uk", "bbc.co.uk"),
        ("ann.github.io", "ann.github.io"),
        ("www.harbour.example", "harbour.example"),
        ("127.0.0.1", "127.0.0.1"),
        ("localhost", "localhost"),
    ],
)
def test_a_registered_domain_is_found(host: str, domain: str) -> None:
    assert find_registered_domain(host) == domain


def test_sites_are_the_same_by_their_registered_domain() -> None:
    assert is_same_site("https://www.bbc.co.uk/a", "http://amp.news.bbc.co.uk/b")
    assert is_same_site("https://www-a-org.cdn.ampproject.org/c/s/a.org/1", "https://a.org/1")
    assert not is_same_site("https://ann.github.io/a", "https://bob.github.io/a")
    assert not is_same_site("https://bbc.co.uk/a", "https://itv.co.uk/a")


@pytest.mark.parametrize(
    ("address", "is_front"),
    [
        ("https://www.a.org", True),
        ("https://www.a.org/index.html?utm_source=x#top", True),
        ("https://www.a.org/?p=5", False),
        ("https://www.a.org/#!/5", False),
        ("https://www.a.org/a", False),
    ],
)
def test_the_front_page_of_a_site_is_told(address: str, is_front: bool) -> None:
    assert is_front_page(address) == is_front


def test_the_list_of_public_suffixes_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    load_public_suffixes.cache_clear()
    find_registered_domain.cache_clear()

    assert find_registered_domain("www.bbc.co.uk") == "bbc.co.uk"
    assert load_public_suffixes().suffix_list_urls == ()
