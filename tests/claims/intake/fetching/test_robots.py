import time
from types import SimpleNamespace

import pytest
from pytest_django import Settings

from claims.intake.fetching import FetchRefused, fetch, may_crawl, politeness, robots
from claims.intake.fetching.addresses import parse_address
from claims.intake.fetching.robots import NOT_ALLOWED, check_may_crawl
from tests.claims.intake.fetching.sites import Internet, Page, Site

PLAIN = {"Content-Type": "text/plain"}
RULES = b"""
User-agent: Newsroom
Disallow: /private/
Allow: /private/open
Crawl-delay: 7

User-agent: *
Disallow: /
"""


def test_what_robots_txt_forbids_to_us_is_not_crawled(site: Site) -> None:
    site.pages["/robots.txt"] = Page(RULES, headers=PLAIN)

    assert may_crawl(site.find_address("/story"))
    assert may_crawl(site.find_address("/private/open"))
    assert not may_crawl(site.find_address("/private/story"))


def test_what_robots_txt_forbids_to_all_is_not_crawled(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /search", headers=PLAIN)

    assert may_crawl(site.find_address("/story"))
    assert not may_crawl(site.find_address("/search?q=bridge"))


def test_a_page_that_a_list_leads_to_is_refused_where_a_link_of_a_person_is_fetched(
    site: Site,
) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /", headers=PLAIN)
    site.pages["/story"] = Page(b"Here.")

    with pytest.raises(FetchRefused) as refused:
        fetch(site.find_address("/story"), crawling=True)
    fetched = fetch(site.find_address("/story"))

    assert str(refused.value) == NOT_ALLOWED
    assert fetched.content == b"Here."
    assert site.list_paths() == ["/robots.txt", "/story"]


def test_where_a_crawled_page_leads_is_asked_about_too(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /b", headers=PLAIN)
    site.pages["/a"] = Page(status=302, headers={"Location": "/b"})
    site.pages["/b"] = Page(b"Here.")

    with pytest.raises(FetchRefused):
        fetch(site.find_address("/a"), crawling=True)

    assert "/b" not in site.list_paths()


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_a_site_without_robots_txt_forbids_nothing(site: Site, status: int) -> None:
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /", status)

    assert may_crawl(site.find_address("/story"))


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_whose_robots_txt_has_a_fault_is_not_crawled_now(site: Site, status: int) -> None:
    site.pages["/robots.txt"] = Page(b"Sorry.", status, {"Retry-After": "90"})

    with pytest.raises(FetchRefused, match=r"its robots\.txt cannot be read") as refused:
        check_may_crawl(parse_address(site.find_address("/story")))

    assert refused.value.again_after == 90
    assert not may_crawl(site.find_address("/story"))


def test_the_rules_of_a_site_are_asked_for_once(site: Site) -> None:
    site.pages["/robots.txt"] = Page(RULES, headers=PLAIN)

    for number in range(5):
        may_crawl(site.find_address(f"/{number}"))

    assert site.list_paths() == ["/robots.txt"]


def test_the_rules_of_a_site_are_asked_for_again_after_an_hour(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/robots.txt"] = Page(RULES, headers=PLAIN)
    may_crawl(site.find_address("/private/story"))
    site.pages["/robots.txt"] = Page(b"", headers=PLAIN)
    later = time.monotonic() + robots.SECONDS_KEPT + 1
    monkeypatch.setattr(robots, "time", SimpleNamespace(monotonic=lambda: later))

    assert may_crawl(site.find_address("/private/story"))


def test_an_empty_robots_txt_and_one_that_is_a_page_forbid_nothing(site: Site) -> None:
    site.pages["/robots.txt"] = Page(b"<!DOCTYPE html><p>Welcome. Disallow: /</p>")

    assert may_crawl(site.find_address("/story"))


def test_the_pause_that_a_site_asks_for_is_kept_within_bounds(
    internet: Internet,
) -> None:
    internet.names = {"herald.example": [["93.184.215.14"]], "slow.example": [["93.184.215.14"]]}
    internet.site.pages["/robots.txt"] = Page(RULES, headers=PLAIN)
    herald = check_may_crawl(parse_address("http://herald.example/a"))
    internet.site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 86400", headers=PLAIN)
    slow = check_may_crawl(parse_address("http://slow.example/a"))

    assert (herald, slow) == (7, politeness.LONGEST_PAUSE)


def test_a_site_of_ones_own_needs_no_pause(site: Site, settings: Settings) -> None:
    own = check_may_crawl(parse_address(site.find_address("/a")))

    assert own == 0


def test_a_public_site_has_a_pause(internet: Internet) -> None:
    internet.names = {"herald.example": [["93.184.215.14"]]}

    assert check_may_crawl(parse_address("http://herald.example/a")) == politeness.PAUSE
