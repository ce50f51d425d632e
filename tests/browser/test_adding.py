"""From a link, a text or a file to who said what, and to an article that is kept: in a browser, with JavaScript and without."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from claims.intake.arriving import keeping
from claims.models import Arrival, ArrivalState, Article, Delivery, Feed
from tests.arrivals import TEXT, make_arrival, make_delivery, make_document, make_quotes
from tests.browser.axe import check_nothing_is_found
from tests.browser.conftest import Contexts, open_page
from tests.claims.intake.arrivals import run_jobs

pytestmark = pytest.mark.django_db(transaction=True)

TITLE = "Mayor says the bridge is safe"
DROP_FILE = """async (drop) => {
    const carried = new DataTransfer();
    carried.items.add(new File(["<p>Bridge</p>"], "bridge.html", {type: "text/html"}));
    for (const name of ["dragenter", "dragover", "drop"])
        drop.dispatchEvent(new DragEvent(name, {bubbles: true, cancelable: true, dataTransfer: carried}));
}"""


@pytest.fixture
def one_page(contexts: Contexts, has_javascript: bool, width: int) -> Iterator[Page]:
    """A page of a width in pixels, with JavaScript or without."""
    for page in open_page(contexts.get(has_script=has_javascript), width):
        # No page fades into the next one, which would be given up half way.
        page.emulate_media(reduced_motion="reduce")
        yield page


@pytest.fixture(autouse=True)
def local(settings: Settings) -> None:
    settings.ANYBODY_MAY_ADD = True


def do_the_worker_s_part() -> None:
    """Let everything that waits have been read."""
    Arrival.objects.unsettled().update(
        state=ArrivalState.READ,
        document=make_document(1, TEXT),
        attributions=make_quotes(TEXT),
        extractor="test",
    )


def hand_in(page: Page, what: str, path: Path) -> None:
    if what == "link":
        page.get_by_label("Address of the article").fill("https://news.example/bridge")
        page.get_by_role("button", name="Read this page").click()
    elif what == "text":
        page.get_by_label("Text of the article").fill(TEXT)
        page.get_by_role("button", name="Read this text").click()
    else:
        page.get_by_label("Choose files").set_input_files(path)
        page.get_by_role("button", name="Read these files").click()


@pytest.mark.parametrize(
    ("what", "width", "has_javascript"),
    [
        ("link", 390, True),
        ("link", 1280, False),
        ("text", 390, False),
        ("text", 1280, True),
        ("file", 390, True),
        ("file", 1280, False),
    ],
)
def test_news_comes_in_is_read_looked_at_corrected_and_kept(
    one_page: Page, live_server: LiveServer, tmp_path: Path, what: str, width: int
) -> None:
    page = one_page
    path = tmp_path / "bridge.html"
    path.write_text("<p>Bridge</p>")
    page.goto(live_server.url)
    page.get_by_role("link", name="Add", exact=True).click()

    hand_in(page, what, path)
    expect(page.get_by_text("One document, in a moment")).to_be_visible()
    do_the_worker_s_part()

    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()  # nobody has pressed anything
    expect(page.get_by_role("heading", name="Nothing is stored")).to_be_visible()
    expect(page.locator(".text .ref")).to_have_count(3)
    expect(page.get_by_role("heading", name="Talked about, but not heard")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_text("Correct title, date, byline").click()
    page.get_by_label("Title", exact=True).fill("Bridge to open")
    page.get_by_role("button", name="Keep this article").click()

    expect(page.get_by_role("heading", name="Bridge to open")).to_be_visible()
    article = Article.objects.get()
    expect(page).to_have_url(live_server.url + article.get_absolute_url())
    expect(page.locator(".text .ref")).to_have_count(3)
    assert article.quotes.count() == 3


def test_a_file_that_is_dropped_is_named_and_handed_in(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/add/")
    expect(page.get_by_text("or drop them here")).to_be_visible()

    page.locator(".drop").evaluate(DROP_FILE)
    expect(page.locator(".chosen")).to_have_text("bridge.html")
    expect(page.get_by_role("button", name="Read these files")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text("bridge.html")).to_be_visible()
    assert Arrival.objects.get().where == "bridge.html"


def test_what_the_mark_in_the_browser_does_is_to_fill_in_the_link(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/add/")
    mark = page.get_by_role("link", name="Add to Newsroom")
    script = mark.evaluate("link => link.getAttribute('href')").removeprefix("javascript:")
    mark.click()
    expect(page.locator("#announcement")).to_have_text(
        "Drag this link to your browser’s bookmarks."
    )

    page.goto("about:blank#news")
    page.evaluate(script)

    expect(page.get_by_label("Address of the article")).to_have_value("about:blank#news")
    assert not Delivery.objects.exists()


def test_how_far_it_is_is_told_while_it_changes_until_all_is_done(
    page: Page, live_server: LiveServer
) -> None:
    delivery = make_delivery()
    first, second = make_arrival(delivery, "queued"), make_arrival(delivery, "queued")
    page.goto(live_server.url + delivery.get_absolute_url())
    expect(page.get_by_text("0 of 2 documents done")).to_be_visible()

    Arrival.objects.filter(pk=first.pk).update(state="refused", reason="it has no text")
    expect(page.locator("#announcement")).to_have_text("1 of 2 documents done")
    expect(page.get_by_text("It has no text")).to_be_visible()

    Arrival.objects.filter(pk=second.pk).update(state="refused", reason="it has no date")
    expect(page.locator("#announcement")).to_have_text("Done: 2 documents")
    expect(page.locator("#arrivals[hx-get]")).to_have_count(0)


def test_keys_go_from_quote_to_quote_in_what_is_not_stored(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(live_server.url + make_arrival().get_absolute_url())

    page.keyboard.press("j")
    expect(page.locator("#announcement")).to_contain_text("Quote 1 of 3: Ana Bell")
    page.keyboard.press("j")
    expect(page.locator("#announcement")).to_contain_text("Quote 2 of 3: Omar Reza unsure")

    page.locator(".entries .opens").last.click()
    expect(page.locator("#quote-3")).to_be_in_viewport()


@pytest.mark.parametrize(("width", "height"), [(390, 844), (1280, 900)])
def test_the_cursor_goes_to_what_is_to_be_mended(
    failing_page: Page, live_server: LiveServer, width: int, height: int
) -> None:
    page = failing_page
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{live_server.url}/add/")
    page.get_by_role("button", name="Read this text").click()
    expect(page.get_by_label("Text of the article")).to_be_focused()
    expect(page.get_by_text("Paste the text of an article.")).to_be_in_viewport()

    page.get_by_role("button", name="Read these files").click()
    expect(page.get_by_label("Choose files")).to_be_focused()

    page.goto(live_server.url + make_arrival().get_absolute_url())
    page.get_by_text("Correct title, date, byline").click()
    page.get_by_label("Address", exact=True).fill("nowhere")
    page.get_by_role("button", name="Keep this article").click()
    expect(page.get_by_label("Address", exact=True)).to_be_focused()

    page.goto(f"{live_server.url}/feeds/")
    page.get_by_role("button", name="Add this feed").click()
    expect(page.get_by_label("Address of a feed")).to_be_focused()


@pytest.mark.parametrize(
    "state", ["add", "errors", "tried", "waiting", "several", "read", "no quotes", "feeds", "feed"]
)
def test_axe_finds_nothing(
    failing_page: Page, live_server: LiveServer, settings: Settings, state: str
) -> None:
    page = failing_page
    delivery = make_delivery()
    address = "/add/"
    if state == "waiting":
        address = make_arrival(state="queued").delivery.get_absolute_url()
    elif state == "several":
        for each in ("queued", "reading", "read", "refused"):
            make_arrival(delivery, each)
        address = delivery.get_absolute_url()
    elif state == "read":
        address = make_arrival().get_absolute_url()
    elif state == "no quotes":
        address = make_arrival(quotes=[], title="جسر آمن", date="").get_absolute_url()
    elif state == "feeds":
        page.goto(f"{live_server.url}/feeds/")
        page.get_by_label("Address of a feed").fill("https://news.example/feed.xml")
        page.get_by_role("button", name="Add this feed").click()
        address = "/feeds/"
    elif state == "feed":
        feed = Feed.objects.create(source="https://news.example/feed.xml", problem="it is gone")
        for each in ("queued", "refused"):
            make_arrival(make_delivery(feed=feed), each)
        address = feed.get_absolute_url()
    settings.ANYBODY_MAY_ADD = state != "tried"
    page.goto(live_server.url + address)
    if state == "errors":
        page.get_by_role("button", name="Read this page").click()
        expect(page.get_by_text("Paste the link of an article.")).to_be_visible()

    check_nothing_is_found(page, state)


@pytest.mark.parametrize("has_javascript", [True, False], ids=["script", "no script"])
@pytest.mark.parametrize("width", [390])
def test_all_that_is_read_is_kept_while_the_page_tells_how_far_it_is(
    one_page: Page, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "KEPT_TOGETHER", 2)
    delivery = make_delivery()
    for number in range(5):
        make_arrival(delivery, title=f"Report {number}")
    one_page.goto(live_server.url + delivery.get_absolute_url())

    one_page.get_by_role("button", name="Keep all 5 that are read").click()
    expect(one_page.locator("#how-far")).to_have_text("Keeping 3 more documents")
    run_jobs()

    expect(one_page.locator("#how-far")).to_have_text("Done: 5 documents")
    expect(one_page.get_by_role("link", name="Report 4")).to_be_visible()
    assert Article.objects.count() == 5
