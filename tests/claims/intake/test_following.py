"""Links that are followed over a made-up web, which a dictionary holds."""

import gzip
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

import pytest

from claims.intake.fetching import FetchRefused
from claims.intake.following import DEEPEST_LIST, MOST_AHEAD, TOO_DEEP, follow_links
from claims.intake.readers import Document, Link, Problem, read_documents
from claims.intake.readers.sources import ReadItem
from tests.claims.intake.readers.reading import TEXT
from tests.claims.intake.readers.test_html import make_page

HERALD = "https://herald.example"
FEED = f"{HERALD}/feed"
SECONDS_FOR_ANYTHING = 30  # on a slow machine too
SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


@dataclass(frozen=True)
class WebPage:
    address: str
    content: bytes
    content_type: str = ""
    charset: str = ""
    is_unchanged: bool = False


@dataclass
class Web:
    """Pages by their address; `asked` has what was fetched, and whether as a crawl."""

    pages: dict[str, str | WebPage]
    asked: list[tuple[str, bool]] = field(default_factory=list)  # in no order

    def fetch(self, address: str, *, crawling: bool = False) -> WebPage:
        self.asked.append((address, crawling))
        page = self.pages.get(address)
        if page is None:
            raise FetchRefused("there is no page at this address (404)", status=404)
        return page if isinstance(page, WebPage) else WebPage(address, page.encode())

    def count(self, address: str) -> int:
        return [asked for asked, _ in self.asked].count(address)


def make_article(path: str) -> str:
    return make_page().replace("bridge-to-stay-open", path)


def make_feed(*addresses: str) -> str:
    items = [
        f"<item><title>A story</title><link>{escape(address)}</link><description>First lines.</description></item>"
        for address in addresses
    ]
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Herald</title>{"".join(items)}</channel></rss>'


def make_sitemap(*addresses: str, kind: str = "urlset") -> str:
    name = "url" if kind == "urlset" else "sitemap"
    entries = [f"<{name}><loc>{escape(address)}</loc></{name}>" for address in addresses]
    return f"<{kind} {SPACE}>{''.join(entries)}</{kind}>"


def read(web: Web, *paths: str, followed: set[str] | None = None) -> Sequence[ReadItem]:
    return list(follow_links(read_documents(paths), web.fetch, followed=followed))


def list_urls(items: Sequence[ReadItem]) -> list[str]:
    assert all(isinstance(item, Document) for item in items), items
    return [item.url.rsplit("/", 1)[-1] for item in items if isinstance(item, Document)]


def test_an_address_that_a_person_names_is_read() -> None:
    web = Web({f"{HERALD}/a": make_article("a")})

    (found,) = read(web, f"{HERALD}/a")

    assert isinstance(found, Document)
    assert (found.text, found.where) == (TEXT, f"{HERALD}/a")
    assert web.asked == [(f"{HERALD}/a", False)]


def test_what_a_feed_leads_to_is_crawled() -> None:
    web = Web({FEED: make_feed(f"{HERALD}/a", f"{HERALD}/b")})
    web.pages |= {f"{HERALD}/{name}": make_article(name) for name in "ab"}

    found = read(web, FEED)

    assert list_urls(found) == ["a", "b"]
    assert set(web.asked) == {(FEED, False), (f"{HERALD}/a", True), (f"{HERALD}/b", True)}


def test_an_index_of_sitemaps_leads_to_articles() -> None:
    web = Web(
        {
            f"{HERALD}/index.xml": make_sitemap("/1.xml", "/2.xml", kind="sitemapindex"),
            f"{HERALD}/1.xml": make_sitemap("/a", "/b"),
            f"{HERALD}/2.xml": make_sitemap("/c"),
        }
    )
    web.pages |= {f"{HERALD}/{name}": make_article(name) for name in "abc"}

    assert list_urls(read(web, f"{HERALD}/index.xml")) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("stories.csv", f"title,url\nA story,{HERALD}/a\n"),
        ("addresses.txt", f"{HERALD}/a\n"),
        ("feed.rss", make_feed(f"{HERALD}/a")),
        ("sitemap.xml.gz", gzip.compress(make_sitemap(f"{HERALD}/a").encode())),
    ],
)
def test_a_file_that_holds_addresses_leads_to_articles(
    tmp_path: Path, name: str, content: str | bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    web = Web({f"{HERALD}/a": make_article("a")})

    assert list_urls(read(web, str(path))) == ["a"]
    assert web.asked == [(f"{HERALD}/a", True)]


def test_what_cannot_be_fetched_is_named_and_the_rest_goes_on() -> None:
    web = Web({FEED: make_feed(f"{HERALD}/none", f"{HERALD}/b"), f"{HERALD}/b": make_article("b")})

    problem, found = read(web, FEED)

    assert problem == Problem(
        f"{FEED}: item 1 ({HERALD}/none)", "there is no page at this address (404)"
    )
    assert isinstance(found, Document)


def test_what_several_lists_lead_to_is_fetched_once() -> None:
    web = Web(
        {
            FEED: make_feed(f"{HERALD}/a", f"{HERALD}/a#comments"),
            f"{FEED}2": make_feed(f"{HERALD}/a"),
            f"{HERALD}/a": make_article("a"),
        }
    )

    assert list_urls(read(web, FEED, f"{FEED}2")) == ["a"]
    assert web.count(f"{HERALD}/a") == 1


def test_what_could_not_be_fetched_is_tried_again_in_the_next_pass_and_what_was_is_not() -> None:
    web = Web({FEED: make_feed(f"{HERALD}/a", f"{HERALD}/b"), f"{HERALD}/a": make_article("a")})
    followed: set[str] = set()
    read(web, FEED, followed=followed)
    web.pages[f"{HERALD}/b"] = make_article("b")

    again = read(web, FEED, followed=followed)

    assert list_urls(again) == ["b"]
    assert web.count(f"{HERALD}/a") == 1


def test_an_address_that_a_person_names_is_fetched_in_each_pass() -> None:
    web = Web({f"{HERALD}/a": make_article("a")})
    followed: set[str] = set()

    first = read(web, f"{HERALD}/a", followed=followed)
    again = read(web, f"{HERALD}/a", followed=followed)

    assert list_urls(first) == list_urls(again) == ["a"]


def test_what_has_not_changed_gives_nothing() -> None:
    web = Web({FEED: WebPage(FEED, b"", is_unchanged=True)})

    assert not read(web, FEED)


def test_lists_that_lead_round_in_a_circle_end() -> None:
    web = Web(
        {f"{HERALD}/{n}.xml": make_sitemap(f"/{1 - n}.xml", kind="sitemapindex") for n in (0, 1)}
    )

    assert not [item for item in read(web, f"{HERALD}/0.xml") if isinstance(item, Document)]
    assert len(web.asked) <= 3


def test_lists_that_lead_to_ever_new_lists_end() -> None:
    web = Web(
        {f"{HERALD}/{n}.xml": make_sitemap(f"/{n + 1}.xml", kind="sitemapindex") for n in range(99)}
    )

    (problem,) = read(web, f"{HERALD}/0.xml")

    assert isinstance(problem, Problem)
    assert problem.reason == TOO_DEEP
    assert len(web.asked) == DEEPEST_LIST + 1


def test_links_are_relative_to_where_redirects_led() -> None:
    page = WebPage("https://news.herald.example/all/feed", make_feed("../b").encode())
    web = Web({FEED: page, "https://news.herald.example/b": make_article("b")})

    assert list_urls(read(web, FEED)) == ["b"]


REFUSED = {
    "paywall": (
        "<article><h1>Bridge</h1><p>The bridge stays open, the mayor said on Tuesday after a long debate that had divided "
        "the town for weeks and months and years, and nobody knew why.</p></article><p>Subscribe to continue reading.</p>",
        "a paywall",
    ),
    "consent": (
        "<p>We value your privacy. We and our 812 partners use cookies and process personal data. "
        "Do you consent to cookies?</p>",
        "the page asks for consent to cookies, and holds no article",
    ),
    "little": ("<p>Please turn on JavaScript.</p>", "too little text for an article (4 words)"),
    "undated": (make_page(day="").split("<body>", 1)[1], "it has no date, nor has its address"),
    "foreign": (
        "<article><h1>Die Brücke</h1>"
        "<p>Die Brücke bleibt offen, sagte die Bürgermeisterin, nachdem die Ingenieure sie geprüft hatten.</p>"
        "<p>Der Rat stimmt in der nächsten Woche über die Reparatur ab, das Geld soll vom Landkreis kommen.</p>"
        "<p>Die Gewerkschaft der Hafenarbeiter widersprach am Abend: Die Brücke sei nicht sicher.</p></article>",
        "its language is German, not English",
    ),
}


@pytest.mark.parametrize(("body", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_page_without_an_article_is_refused_in_plain_words(body: str, reason: str) -> None:
    web = Web(
        {f"{HERALD}/a": f"<html><head><title>Bridge</title></head><body>{body}</body></html>"}
    )

    (problem,) = read(web, f"{HERALD}/a")

    assert isinstance(problem, Problem)
    assert problem.where == f"{HERALD}/a"
    assert reason in problem.reason


def test_what_is_no_link_is_passed_on() -> None:
    items: list[ReadItem | Link] = [
        Problem("a", "b"),
        Link(f"{HERALD}/a", f"{HERALD}/a", "", is_named=True),
        Problem("c", "d"),
    ]
    web = Web({f"{HERALD}/a": make_article("a")})

    first, found, last = follow_links(items, web.fetch)

    assert (first, last) == (items[0], items[2])
    assert isinstance(found, Document)


def test_pages_are_fetched_while_others_are_awaited_and_yielded_in_their_order() -> None:
    both = threading.Barrier(2)

    def fetch(address: str, *, crawling: bool = False) -> WebPage:
        both.wait(SECONDS_FOR_ANYTHING)
        return WebPage(address, make_article(address[-1]).encode())

    links = [Link(name, f"{HERALD}/{name}", "") for name in "abcd"]
    found = list(follow_links(links, fetch))

    assert list_urls(found) == ["a", "b", "c", "d"]


def test_what_is_no_link_does_not_wait_for_a_page_that_comes_after_it() -> None:
    asked, answer = threading.Event(), threading.Event()

    def fetch(address: str, *, crawling: bool = False) -> WebPage:
        asked.set()
        answer.wait(SECONDS_FOR_ANYTHING)
        return WebPage(address, make_article("a").encode())

    found = follow_links([Problem("a", "b"), Link("c", f"{HERALD}/a", "")], fetch)

    assert next(found) == Problem("a", "b")
    answer.set()
    assert list_urls(list(found)) == ["a"]
    assert asked.is_set()


def test_no_more_is_fetched_ahead_than_is_said() -> None:
    web = Web({f"{HERALD}/{number}": make_article(str(number)) for number in range(100)})
    links = [Link(str(number), f"{HERALD}/{number}", "") for number in range(100)]

    found = follow_links(links, web.fetch)
    next(found)
    found.close()  # type: ignore[attr-defined]

    assert len(web.asked) <= MOST_AHEAD + 1
