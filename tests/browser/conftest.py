"""A real browser over the live site. Debian's Chromium; without it the tests are skipped, but never in CI."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    sync_playwright,
)

from benchmarks.browser import BROWSERS, find_browser, launch

# Playwright's loop runs in the thread of the tests, where Django would otherwise refuse to reach the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


DESK_WIDTH = 1280
PHONE_WIDTH = 390
HEIGHT = 844


class Contexts:
    """The contexts in which pages are opened, by what sets them apart."""

    def __init__(self, browser: Browser):
        self.browser = browser
        self.made: dict[tuple[bool, bool], BrowserContext] = {}

    def get(self, *, has_script: bool = True, has_touch: bool = False) -> BrowserContext:
        key = (has_script, has_touch)
        if key not in self.made:
            context = self.browser.new_context(java_script_enabled=has_script, has_touch=has_touch)
            context.new_page()  # it stays, so that others are tabs beside it and not windows
            self.made[key] = context
        return self.made[key]

    def close(self) -> None:
        for context in self.made.values():
            context.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(find_browser()).is_file() and not os.environ.get("CI"):
        pytest.skip(
            f"there is no browser at {find_browser() or BROWSERS[0]}: "
            "install Debian's chromium-headless-shell or chromium, or set CHROMIUM"
        )
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser, django_db_setup: None) -> Iterator[Contexts]:
    """The contexts of pages, each made once: a new one for each test would take half a second.

    They are closed before the database goes, whose connections the site holds as long as theirs.
    """
    contexts = Contexts(browser)
    yield contexts
    contexts.close()


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def either_page(contexts: Contexts, request: pytest.FixtureRequest, width: int) -> Iterator[Page]:
    """A page once with and once without JavaScript, on a phone, a tablet and a desk."""
    yield from open_page(contexts.get(has_script=request.param == "with JavaScript"), width)


@pytest.fixture(params=[390, 768, 1280])
def width(request: pytest.FixtureRequest) -> int:
    """Of the window, in pixels."""
    return int(request.param)


@pytest.fixture
def page(contexts: Contexts) -> Iterator[Page]:
    yield from open_page(contexts.get())


@pytest.fixture
def sized_page(contexts: Contexts, width: int) -> Iterator[Page]:
    """A page on a phone, a tablet and a desk."""
    yield from open_page(contexts.get(), width)


@pytest.fixture
def failing_page(contexts: Contexts) -> Iterator[Page]:
    """A page whose site is made to fail, which browsers complain about in the console."""
    context = contexts.get()
    yield context.new_page()
    forget_visit(context)


@pytest.fixture
def failing_sized_page(failing_page: Page, width: int) -> Page:
    failing_page.set_viewport_size({"width": width, "height": HEIGHT})
    return failing_page


@pytest.fixture
def phone(contexts: Contexts) -> Iterator[Page]:
    yield from open_page(contexts.get(has_touch=True), PHONE_WIDTH)


# What htmx says when it gives up a request for a later one, as it does under who types faster than the site answers; of
# a request that fails it says more than this.
GIVEN_UP_MESSAGES = ("htmx:afterRequest, ", "htmx:sendAbort, ")
# What Chromium says when a page gives way to the next one while it still fades in.
GIVEN_UP_FADING = "Transition was aborted because of invalid state"


def open_page(context: BrowserContext, width: int = DESK_WIDTH) -> Iterator[Page]:
    """A page whose console must stay clean: no error, no refusal by the content security policy."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(GIVEN_UP_MESSAGES):
            complaints.append(message.text)

    def hear_error(error: Error) -> None:
        if not error.message.startswith(GIVEN_UP_FADING):
            complaints.append(error.message)

    page = context.new_page()
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.set_default_timeout(10_000)
    page.on("console", hear)
    page.on("pageerror", hear_error)
    yield page
    forget_visit(context)
    assert complaints == []


def forget_visit(context: BrowserContext) -> None:
    """Close the pages of a context but its first, and forget what the site has left in it."""
    for page in context.pages[1:]:
        if page.url.startswith("http"):
            page.evaluate("localStorage.clear()")
        page.close()
    context.clear_cookies()


def choose_filter(page: Page, value: str) -> None:
    """Take up or drop a value of a filter."""
    unfold_filters(page, value)
    page.locator(value).click()


def unfold_filters(page: Page, value: str) -> None:
    """Make a part of the filters seen where they are folded away."""
    if not page.locator(value).is_visible():
        page.locator("#filters > summary").click()
