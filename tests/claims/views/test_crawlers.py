"""What search engines are told: where they may go, which pages there are, which address to keep."""

import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from claims.models import Decision, Quote
from claims.pages import sitemap
from newsroom.environment import check_security_contact
from tests.factories import make_actor, make_article, make_long_article, make_quote

pytestmark = pytest.mark.django_db

SITEMAP = {"s": sitemap.NAMESPACE}


def read_xml(client: Client, address: str) -> Any:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    content = b"".join(response) if response.streaming else response.content
    return etree.fromstring(content)


def list_pages(client: Client) -> dict[str, str]:
    """Return every page of all parts, with when it last changed."""
    index = read_xml(client, "/sitemap.xml")
    pages = {}
    for part in index.xpath("//s:loc/text()", namespaces=SITEMAP):
        urls = read_xml(client, part.removeprefix("http://testserver"))
        assert 0 < len(urls) <= sitemap.ROWS_PER_PART
        for url in urls:
            address, changed = (each.text for each in url)
            assert address not in pages
            pages[address.removeprefix("http://testserver")] = changed
    return pages


# The sitemap


def test_every_page_with_quotes_is_in_the_sitemap_once(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "ROWS_PER_PART", 2)
    quotes = [
        make_quote(actor=f"State {number}", content=f"it rains {number}") for number in range(5)
    ]
    make_actor("Silent")
    rejected = make_quote(content="it is dry", status="rejected")

    pages = list_pages(client)

    wanted = {quote.get_absolute_url() for quote in quotes}
    wanted |= {quote.claim.get_absolute_url() for quote in quotes if quote.wording.is_proposition}
    wanted |= {quote.actor.get_absolute_url() for quote in quotes if quote.actor}
    wanted |= {quote.article.get_absolute_url() for quote in quotes}
    assert wanted | {"/outlets/harbour-herald/"} == pages.keys()
    assert rejected.get_absolute_url() not in pages
    assert set(pages.values()) == {datetime.now(UTC).date().isoformat()}
    for address in pages:
        assert client.get(address).status_code == 200


def test_a_decision_changes_a_page(client: Client, admin_user: Any) -> None:
    quote = make_quote()
    Quote.objects.filter(pk=quote.pk).update(added_at=datetime(2020, 1, 1, tzinfo=UTC))
    before = list_pages(client)[quote.get_absolute_url()]

    Decision.objects.create(quote=quote, what="accept", after={}, curator=admin_user)

    after = list_pages(client)[quote.get_absolute_url()]
    assert (before, after) == ("2020-01-01", datetime.now(UTC).date().isoformat())


def test_a_part_takes_as_few_statements_whatever_it_has(client: Client) -> None:
    make_quote()
    list_pages(client)
    with CaptureQueriesContext(connection) as of_few:
        list_pages(client)
    for number in range(5):
        make_quote(content=f"it rains {number}")
    list_pages(client)

    with CaptureQueriesContext(connection) as of_many:
        list_pages(client)

    assert len(of_many) == len(of_few)


def test_an_empty_site_has_an_empty_sitemap(client: Client) -> None:
    assert list_pages(client) == {}
    assert client.get("/sitemap-quotes-1.xml").status_code == 404
    assert client.get("/sitemap-dreams-1.xml").status_code == 404


# robots.txt


def test_search_engines_are_led_to_the_sitemap_and_away_from_what_has_no_end(
    client: Client,
) -> None:
    response = client.get("/robots.txt")
    lines = response.content.decode().splitlines()

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /admin/", "Disallow: /*?*q="} <= set(lines)
    assert "Sitemap: http://testserver/sitemap.xml" in lines


def test_a_closed_site_is_left_alone(client: Client, settings: Any) -> None:
    settings.INDEXED = False

    robots = client.get("/robots.txt").content.decode()

    assert robots == "User-agent: *\nDisallow: /\n"
    assert client.get("/sitemap.xml").status_code == 404
    assert find_canonical(client, "/") == "noindex"


# The address to keep


def find_canonical(client: Client, address: str) -> str:
    """Return the address that a page says to keep, or `noindex`."""
    page = client.get(address).content.decode()
    head = page.partition("</head>")[0]
    links = re.findall(r'<link rel="canonical" href="([^"]+)">', head)
    is_listed = '<meta name="robots" content="noindex">' not in head
    assert len(links) == int(is_listed)
    return unescape(links[0]).removeprefix("http://testserver") if links else "noindex"


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("/", "/"),
        ("/?order=newest&utm_source=x", "/"),
        ("/?act=deny", "/?act=deny"),
        ("/?page=2&act=deny", "/?act=deny&page=2"),
        ("/?act=deny&act=deny", "/?act=deny"),
        ("/?act=say&act=deny", "noindex"),
        ("/?act=deny&kind=direct", "noindex"),
        ("/?q=bridge", "noindex"),
        ("/?since=2024-01-01", "noindex"),
        ("/?page=1-2", "noindex"),
        ("/quotes/{quote}/", "/quotes/{quote}/"),
        ("/quotes/{quote}/?utm_source=x", "/quotes/{quote}/"),
        ("/actors/", "/actors/"),
        ("/actors/veldania/", "/actors/veldania/"),
        ("/actors/?kind=state", "/actors/?kind=state"),
        ("/claims/", "/claims/"),
        ("/claims/{claim}/?copies=all", "/claims/{claim}/?copies=all"),
        ("/claims/alike/?text=it+rains", "noindex"),
        ("/articles/", "/articles/"),
        ("/outlets/harbour-herald/?page=1", "/outlets/harbour-herald/"),
        ("/overview/", "/overview/"),
        ("/disputes/", "/disputes/"),
        ("/topics/", "/topics/"),
        ("/topics/?q=bridge", "noindex"),
        ("/trust/", "/trust/"),
        ("/add/", "noindex"),
        ("/api/docs/", "/api/docs/"),
    ],
)
def test_each_state_has_one_address_to_keep(client: Client, address: str, kept: str) -> None:
    quote = make_quote()
    names = {"quote": quote.pk, "claim": quote.claim_id}

    assert find_canonical(client, address.format(**names)) == kept.format(**names)


def test_a_quote_in_a_long_article_leads_to_its_part(client: Client) -> None:
    article = make_long_article(1200)
    last = Quote.objects.order_by("cue_start").last()
    assert last

    kept = find_canonical(client, last.address_in_article)

    assert re.fullmatch(rf"/articles/{article.pk}/\?part=\d+", kept)


def test_a_page_that_is_not_there_has_no_address_to_keep(client: Client) -> None:
    page = client.get("/quotes/999999/").content.decode()

    assert 'rel="canonical"' not in page


# security.txt


def test_the_contact_for_security_is_named_until_its_day(client: Client, settings: Any) -> None:
    settings.SECURITY_CONTACT = "mailto:security@news.example"
    settings.SECURITY_EXPIRES = date(2999, 6, 30)
    address = "/.well-known/security.txt"

    response = client.get(address)

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Contact: mailto:security@news.example",
        "Expires: 2999-06-30T00:00:00Z",
        "Preferred-Languages: en",
        f"Canonical: http://testserver{address}",
    ]
    settings.SECURITY_EXPIRES = date(2020, 1, 1)
    assert client.get(address).status_code == 404
    settings.SECURITY_EXPIRES = None
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("contact", "expires"),
    [
        ("security@news.example", "2027-06-30"),
        ("mailto:security@news.example", ""),
        ("mailto:security@news.example", "soon"),
        ("", "2027-06-30"),
        ("https://news.example\nX: y", "2027-06-30"),
    ],
)
def test_a_contact_that_says_nothing_stops_the_program(contact: str, expires: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="NEWSROOM_SECURITY"):
        check_security_contact(contact, expires)


def test_articles_without_quotes_are_no_page_to_find(client: Client) -> None:
    make_article()

    assert list_pages(client) == {}
