"""A real browser over the live site. Debian's Chromium; without it the tests are skipped, but never in CI."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    ViewportSize,
    sync_playwright,
)

from benchmarks.browser import CHROMIUM, launch

# Playwright's loop runs in the thread of the tests, where Django would otherwise refuse to reach the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists() and not os.environ.get("CI"):
        pytest.skip(
            f"there is no browser at {CHROMIUM}: install Debian's chromium, or set CHROMIUM"
        )
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def either_page(browser: Browser, request: pytest.FixtureRequest, width: int) -> Iterator[Page]:
    """A page once with and once without JavaScript, on a phone, a tablet and a desk."""
    size: ViewportSize = {"width": width, "height": 844}
    yield from open_page(
        browser.new_context(java_script_enabled=request.param == "with JavaScript", viewport=size)
    )


@pytest.fixture(params=[390, 768, 1280])
def width(request: pytest.FixtureRequest) -> int:
    """Of the window, in pixels."""
    return int(request.param)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    yield from open_page(browser.new_context())


@pytest.fixture
def sized_page(browser: Browser, width: int) -> Iterator[Page]:
    """A page on a phone, a tablet and a desk."""
    yield from open_page(browser.new_context(viewport={"width": width, "height": 844}))


@pytest.fixture
def failing_page(browser: Browser) -> Iterator[Page]:
    """A page whose site is made to fail, which browsers complain about in the console."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def failing_sized_page(failing_page: Page, width: int) -> Page:
    failing_page.set_viewport_size({"width": width, "height": 844})
    return failing_page


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    yield from open_page(
        browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    )


# What htmx says when it gives up a request for a later one, as it does under who types faster than the site answers; of
# a request that fails it says more than this.
GIVEN_UP_MESSAGES = ("htmx:afterRequest, ", "htmx:sendAbort, ")


def open_page(context: BrowserContext) -> Iterator[Page]:
    """A page whose console must stay clean: no error, no refusal by the content security policy."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(GIVEN_UP_MESSAGES):
            complaints.append(message.text)

    page = context.new_page()
    page.set_default_timeout(10_000)
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


def choose_filter(page: Page, value: str) -> None:
    """Take up or drop a value of a filter."""
    unfold_filters(page, value)
    page.locator(value).click()


def unfold_filters(page: Page, value: str) -> None:
    """Make a part of the filters seen where they are folded away."""
    if not page.locator(value).is_visible():
        page.locator("#filters > summary").click()
