"""The page of one quote: cited, found in the original, reported."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Quote, Report
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

FILLING = "\n".join(f"Paragraph {number} is about the weather." for number in range(120))


@pytest.fixture
def quote() -> Quote:
    article = make_article(
        f"{FILLING}\nAna Bell said the well-known bridge, she thinks, is safe & sound.",
        title="A bridge",
    )
    return make_quote(
        article=article,
        actor="Ana Bell",
        content="the well-known bridge, she thinks, is safe & sound",
    )


def test_a_citation_is_copied(browser: Browser, live_server: LiveServer, quote: Quote) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(live_server.url + quote.get_absolute_url())
    page.get_by_text("Cite this quote").click()

    page.get_by_role("button", name="Copy").nth(2).click()

    expect(page.get_by_role("button", name="Copied")).to_have_count(1)
    expect(page.locator("#announcement")).to_have_text("Copied")
    assert (
        page.evaluate("navigator.clipboard.readText()")
        == page.locator("#cite-chicago").inner_text()
    )
    assert "Ana Bell, quoted in “A bridge,”" in page.locator("#cite-chicago").inner_text()
    context.close()


def test_the_citations_can_be_read_without_javascript(
    either_page: Page, live_server: LiveServer, quote: Quote
) -> None:
    either_page.goto(live_server.url + quote.get_absolute_url())
    either_page.get_by_text("Cite this quote").click()

    for style in ("sentence", "plain", "apa", "chicago", "json", "link"):
        expect(either_page.locator(f"#cite-{style}")).to_be_visible()
    assert either_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_a_browser_finds_the_words_in_the_original_by_the_link(
    browser: Browser, live_server: LiveServer, quote: Quote
) -> None:
    quote.article.url = f"{live_server.url}{quote.article.get_absolute_url()}"
    quote.article.save()
    page = browser.new_page()
    page.goto(live_server.url + quote.get_absolute_url())
    address = page.locator("#cite-link").text_content() or ""
    page.close()

    original = browser.new_page()
    original.goto(address)

    original.wait_for_function("window.scrollY > 1000")
    original.close()


def test_an_error_is_reported(either_page: Page, live_server: LiveServer, quote: Quote) -> None:
    page = either_page
    page.goto(live_server.url + quote.get_absolute_url())
    page.get_by_role("link", name="Report an error").click()
    page.get_by_label("somebody else said it").check()
    page.get_by_label("Anything that helps").fill("It was the engineer.")

    page.get_by_role("button", name="Send the report").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert Report.objects.get().note == "It was the engineer."
    page.get_by_role("link", name="Back to the quote").click()
    expect(page.locator("mark.cue")).to_contain_text("said")


def test_on_paper_the_ink_is_dark_whatever_the_screen_is(
    page: Page, live_server: LiveServer, quote: Quote
) -> None:
    page.goto(live_server.url + quote.get_absolute_url())
    colours = "[...document.querySelectorAll('main, .verb, .place')].map((each) => getComputedStyle(each).color)"
    page.emulate_media(color_scheme="light", media="print")
    light = page.evaluate(colours)

    page.emulate_media(color_scheme="dark", media="print")

    assert page.evaluate(colours) == light
