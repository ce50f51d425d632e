"""Pages that hold nothing but where they lead."""

import time

import pytest
from pytest_django import Settings

from claims.intake.fetching import FetchRefused, fetch
from claims.intake.fetching.answers import MOST_REDIRECTS
from claims.intake.fetching.refreshing import LONGEST_DELAY, MOST_WORDS, find_refresh
from tests.claims.intake.fetching.sites import Internet, Page, Site

STORY = b"<html><body><p>The bridge stays open.</p></body></html>"


def build_page(content: str, body: str = "", head: str = "") -> bytes:
    meta = f'<meta http-equiv="refresh" content="{content}">'
    return f"<!doctype html><html><head>{head}{meta}</head><body>{body}</body></html>".encode()


def test_a_page_that_has_nothing_to_read_is_followed_as_a_redirect_is(site: Site) -> None:
    site.pages["/short"] = Page(build_page("0; url=/story"))
    site.pages["/story"] = Page(STORY)

    fetched = fetch(site.find_address("/short"))

    assert fetched.address == site.find_address("/story")
    assert fetched.content == STORY


@pytest.mark.parametrize(
    ("content", "address"),
    [
        ("0;url=/story", "/story"),
        ("0; URL='/story'", "/story"),
        ("&#9;1 , url = /story ", "/story"),
        ("0 /story", "/story"),
        ("0.5;https://herald.example/story?a=1&amp;b=2", "https://herald.example/story?a=1&b=2"),
        ("0", ""),
        ("0;", ""),
        ("0; url=", ""),
        ("", ""),
        ("soon; url=/story", ""),
        (f"{LONGEST_DELAY + 1}; url=/story", ""),
    ],
)
def test_what_it_says_is_read_as_browsers_read_it(content: str, address: str) -> None:
    assert find_refresh(build_page(content), "text/html; charset=utf-8") == address


@pytest.mark.parametrize(
    ("body", "is_followed"),
    [
        ("<script>go('a b c d e f')</script><style>p { color: red }</style>" * 20, True),
        (
            "<!-- " + "words " * 99 + "--><p>Click <a href='/story'>here</a> if nothing happens.",
            True,
        ),
        ("<p>" + "word " * MOST_WORDS, True),
        ("<p>" + "word " * (MOST_WORDS + 1), False),
        ("<p>one</p>" * (MOST_WORDS + 1), False),
    ],
    ids=["scripts", "a link", "a few words", "more words", "words in many places"],
)
def test_a_page_that_has_something_to_read_is_read(body: str, is_followed: bool) -> None:
    found = find_refresh(build_page("0; url=/story", body), "text/html")

    assert bool(found) == is_followed


def test_a_page_without_scripts_says_so_within_noscript_and_names_a_base() -> None:
    head = '<base href="https://herald.example/news/"><noscript>'

    found = find_refresh(build_page("0; url=story", head=head), "text/html")

    assert found == "https://herald.example/news/story"


def test_what_is_no_page_leads_nowhere() -> None:
    assert find_refresh(build_page("0; url=/story"), "application/json") == ""
    assert find_refresh(build_page("0; url=/story") + b" " * 300_000, "text/html") == ""


def test_pages_that_lead_to_each_other_are_a_circle(site: Site) -> None:
    site.pages["/a"] = Page(build_page("0; url=/b"))
    site.pages["/b"] = Page(build_page("0; url=/a"))

    with pytest.raises(FetchRefused, match="leads round in a circle"):
        fetch(site.find_address("/a"))


def test_pages_that_lead_on_and_on_are_refused_as_redirects_are(site: Site) -> None:
    for number in range(MOST_REDIRECTS + 2):
        site.pages[f"/{number}"] = Page(build_page(f"0; url=/{number + 1}"))

    with pytest.raises(FetchRefused, match=f"leads on more than {MOST_REDIRECTS} times"):
        fetch(site.find_address("/0"))

    assert len(site.asked) == MOST_REDIRECTS + 1


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest/", "http://127.0.0.1:22/", "http://[::1]/", "http://2130706433/",
     "http://inner.example/", "file:///etc/passwd", "javascript:alert(1)", "//10.0.0.1/"],
)  # fmt: skip
def test_a_page_that_leads_to_what_is_not_fetched_is_refused(
    internet: Internet, address: str
) -> None:
    internet.names = {"herald.example": [["93.184.215.14"]], "inner.example": [["10.0.0.7"]]}
    internet.site.pages["/a"] = Page(build_page(f"0; url={address}"))

    with pytest.raises(FetchRefused):
        fetch("http://herald.example/a")

    assert internet.site.list_paths() == ["/a"]


def test_robots_txt_is_asked_of_where_a_page_leads_in_a_crawl(
    site: Site, settings: Settings
) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /private")
    site.pages["/a"] = Page(build_page("0; url=/private/b"))
    site.pages["/private/b"] = Page(STORY)

    with pytest.raises(FetchRefused, match=r"robots\.txt"):
        fetch(site.find_address("/a"), crawling=True)

    assert "/private/b" not in site.list_paths()


@pytest.mark.parametrize(
    "content",
    [
        b"<meta http-equiv=refresh content='" + b"0" * 190_000 + b"'>",
        b"<meta http-equiv=refresh content='0" + b" " * 190_000 + b"'>",
        b"<meta http-equiv=refresh content='0;url=/a'>" + b"<div>" * 30_000,
        b"http-equiv=" * 18_000 + b"<meta http-equiv=refresh>" * 100,
    ],
    ids=["digits", "blanks", "deep", "names"],
)
def test_hostile_pages_are_looked_at_quickly(content: bytes) -> None:
    began = time.process_time()

    find_refresh(content, "text/html")

    assert time.process_time() - began < 5
