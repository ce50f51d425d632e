"""Outputs held to the grammars of their formats; `benchmarks.taken` has other people's tools read them."""

from pathlib import Path

import pytest
from django.test import Client
from lxml import etree

from tests.claims.outputs.reading import fetch
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))
ATOM = {"a": "http://www.w3.org/2005/Atom"}
WORDS = ["]]></title><b> & co", "bell \x07 and 𝕌 🦊", "two\nlines"]


def test_every_page_of_a_feed_is_atom(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.outputs.feeds.ENTRIES_PER_PAGE", 2)
    for words in WORDS:
        article = make_article(f"Veldania said {words}.", title=words, published_on=None)
        make_quote(article=article, content=words)

    for number in (1, 2):
        feed = etree.fromstring(fetch(client, f"/quotes.atom?page={number}")[0])

        assert GRAMMAR.validate(feed), GRAMMAR.error_log
        # What the grammar leaves to its prose: each entry has an author, and one page that it is.
        for entry in feed.findall("a:entry", ATOM):
            authors = entry.findall("a:author", ATOM) or feed.findall("a:author", ATOM)
            assert authors
            links = entry.xpath("a:link[not(@rel) or @rel='alternate']", namespaces=ATOM)
            assert len(links) == 1


def test_a_feed_that_is_no_atom_is_seen(client: Client) -> None:
    make_quote()
    feed = etree.fromstring(fetch(client, "/quotes.atom")[0])
    feed.remove(feed.find("a:id", ATOM))

    assert not GRAMMAR.validate(feed)
