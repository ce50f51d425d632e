"""The main path, as a reader walks it."""

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.stories import BRIDGE, tell_of_the_bridge

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def bridge() -> None:
    tell_of_the_bridge()


def test_from_a_filter_to_the_words_in_their_article_and_back(either_page: Page, live_server: LiveServer) -> None:
    page = either_page
    page.goto(live_server.url)
    expect(page.locator("#total")).to_have_text("5 quotes")

    page.locator("#actor-veldania").click()
    expect(page.locator("#total")).to_have_text("2 quotes")
    page.locator("#act-deny").click()
    expect(page.locator("#total")).to_have_text("1 quote")
    assert "actor=veldania" in page.url
    assert "act=deny" in page.url
    found = page.url

    page.get_by_role("link", name="Details").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Veldania")
    expect(page.locator("mark.content")).to_contain_text("any part in the delay")

    page.get_by_role("link", name="Read it in the article").click()
    expect(page.locator(".text")).to_contain_text("The bridge was built in 1931")
    expect(page.locator("a.cue", has_text="denied")).to_be_visible()
    assert "#quote-" in page.url

    page.go_back()
    page.go_back()
    expect(page.locator("#total")).to_have_text("1 quote")
    assert page.url == found
    expect(page.locator(".chips a")).to_contain_text(["Veldania", "deny"])


def test_back_undoes_a_filter(either_page: Page, live_server: LiveServer) -> None:
    page = either_page
    page.goto(live_server.url)
    page.locator("#act-deny").click()
    expect(page.locator("#total")).to_have_text("1 quote")

    page.go_back()

    expect(page.locator("#total")).to_have_text("5 quotes")


def test_a_search_keeps_the_filters_and_a_chip_takes_one_away(either_page: Page, live_server: LiveServer) -> None:
    page = either_page
    page.goto(f"{live_server.url}/?actor=veldania")
    page.get_by_label("Search what was said").fill("bill")
    page.get_by_label("Search what was said").press("Enter")
    expect(page.locator("#total")).to_have_text("1 quote")
    expect(page.locator(".chips a")).to_contain_text(["Veldania", "bill"])

    page.locator(".chips a", has_text="bill").click()

    expect(page.locator("#total")).to_have_text("2 quotes")


def test_an_address_shared_shows_the_same(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    page.locator("#act-accuse").click()
    expect(page.locator("#total")).to_have_text("1 quote")

    page.reload()

    expect(page.locator("#total")).to_have_text("1 quote")
    expect(page.locator("#act-accuse")).to_have_attribute("aria-current", "true")


def test_the_keyboard_alone_filters_and_keeps_its_place(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()

    page.locator("#act-deny").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_have_text("1 quote")

    expect(page.locator("#act-deny")).to_be_focused()
    expect(page.locator("#announcement")).to_have_text("1 quote")


def test_focus_is_not_lost_with_the_chip_that_held_it(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/?act=deny")
    page.locator(".chips a").first.focus()

    page.keyboard.press("Enter")

    expect(page.locator("#total")).to_have_text("5 quotes")
    expect(page.locator("#total")).to_be_focused()


def test_a_failure_is_told_and_what_was_shown_stays(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    page.route("**/?act=deny", lambda route: route.fulfill(status=500, body="no"))

    page.locator("#act-deny").click()

    expect(page.locator("#failure")).to_contain_text("error (500)")
    expect(page.locator("#failure a")).to_have_attribute("href", "/?act=deny")
    expect(page.locator("#total")).to_have_text("5 quotes")
    assert page.url == f"{live_server.url}/"


def test_a_site_out_of_reach_is_told(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)
    page.route("**/?act=deny", lambda route: route.abort())

    page.locator("#act-deny").click()

    expect(page.locator("#failure")).to_contain_text("could not be reached")


def test_of_two_quick_clicks_the_last_one_counts(page: Page, live_server: LiveServer) -> None:
    held: list[Route] = []
    page.goto(live_server.url)
    page.route("**/?act=deny", held.append)

    page.locator("#act-deny").click()
    page.locator("#act-accuse").click()

    expect(page.locator("#act-accuse")).to_have_attribute("aria-current", "true")
    for route in held:
        route.abort()
    expect(page.locator(".words")).to_have_text(["the harbour committee of hiding the bill"])


def test_filters_fold_away_on_a_phone_and_stand_open_on_a_desk(
    page: Page, phone: Page, live_server: LiveServer
) -> None:
    phone.goto(live_server.url)
    page.goto(live_server.url)

    expect(page.locator("#act-deny")).to_be_visible()
    expect(phone.locator("#act-deny")).not_to_be_visible()
    phone.get_by_text("Filters", exact=True).last.tap()
    phone.locator("#act-deny").tap()
    expect(phone.locator("#total")).to_have_text("1 quote")


@pytest.mark.parametrize(
    "address", ["/", "/actors/", "/actors/veldania/", "/claims/", "/articles/", "{article}", "{quote}"]
)
def test_nothing_scrolls_sideways_on_a_phone(phone: Page, live_server: LiveServer, address: str) -> None:
    story = BRIDGE
    phone.goto(live_server.url + address.format(article=story.article, quote=story.quote))

    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
