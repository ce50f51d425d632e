import gzip

import pytest

from tests.claims.intake.readers.reading import read_all, read_links, read_refusal

START = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
SITEMAP = (
    f"{START}<urlset {SPACE} {NEWS}>"
    "<url><loc> https://herald.example/bridge?a=1&amp;b=2 </loc><lastmod>2024-04-01</lastmod>"
    "<news:news><news:publication_date>2024-03-05T08:00:00Z</news:publication_date></news:news></url>"
    "<url><loc>https://herald.example/ferry</loc><lastmod>2024-04-01</lastmod></url></urlset>"
)
LINKS = [
    ("https://herald.example/bridge?a=1&b=2", "2024-03-05"),
    ("https://herald.example/ferry", ""),
]


@pytest.mark.parametrize("name", ["sitemap.xml", "sitemap", "news.txt"])
def test_a_sitemap_leads_to_pages_with_the_day_on_which_they_were_published(name: str) -> None:
    assert read_links(SITEMAP, name) == LINKS


def test_a_packed_sitemap_is_read() -> None:
    assert read_links(gzip.compress(SITEMAP.encode()), "sitemap.xml.gz") == LINKS


def test_an_index_leads_to_sitemaps() -> None:
    index = (
        f"{START}<sitemapindex {SPACE}><sitemap><loc>https://herald.example/1.xml.gz</loc></sitemap>"
        "<sitemap><loc>/2.xml</loc></sitemap></sitemapindex>"
    )

    links = read_links(index, "sitemap.xml", address="https://herald.example/sitemap.xml")

    assert links == [("https://herald.example/1.xml.gz", ""), ("https://herald.example/2.xml", "")]


def test_an_entry_without_an_address_is_named_and_the_rest_goes_on() -> None:
    content = f"<urlset {SPACE}><url><loc>bridge</loc></url><url><loc>https://a.example/b</loc></url></urlset>"

    broken, link = read_all(content, "sitemap.xml")

    assert str(broken) == "sitemap.xml: entry 1: 'bridge' is not an http or https URL"
    assert link.where == "sitemap.xml: entry 2 (https://a.example/b)"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (f"<urlset {SPACE}></urlset>", "the sitemap names no pages"),
        (f"<urlset {SPACE}><url>", "the XML cannot be read"),
        (f'<!DOCTYPE x [<!ENTITY a "b">]><urlset {SPACE}></urlset>', "defines XML entities"),
    ],
)
def test_a_sitemap_that_leads_nowhere_is_refused(content: str, reason: str) -> None:
    assert reason in read_refusal(content, "sitemap.xml")


@pytest.mark.parametrize("between", ["\n", "\r\n\r\n  ", " "])
def test_a_list_of_addresses_leads_to_them(between: str) -> None:
    content = f"https://herald.example/bridge{between}http://herald.example/ferry\n"

    links = read_links(content, "addresses.txt")

    assert links == [("https://herald.example/bridge", ""), ("http://herald.example/ferry", "")]


def test_a_text_with_an_address_in_it_is_no_list() -> None:
    refusal = read_refusal("https://herald.example/bridge\nThe bridge will stay open.", "a.txt")

    assert refusal
