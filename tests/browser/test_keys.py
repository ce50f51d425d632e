"""The site by keys alone and by touch: searched, gone through, copied, opened; and keys that are turned off."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_quote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def news() -> None:
    for number in range(30):
        make_quote(actor=f"Speaker {number}", content=f"that bridge {number} is safe")
    make_quote(actor="Veldania", cue="denied", act="deny", content="any part in the delay")


def test_a_denial_is_found_and_copied_by_six_keys_and_the_word(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(live_server.url)

    page.keyboard.press("/")
    page.keyboard.type("delay")
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_have_text("1 quote")
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    page.keyboard.press("c")

    expect(page.get_by_role("link", name="Copied")).to_be_visible()
    sentence = page.evaluate("navigator.clipboard.readText()")
    assert sentence == "Veldania denied any part in the delay (Harbour Herald, 5 Mar 2024)."
    context.close()


def test_the_key_copies_what_the_keyboard_is_at_and_not_what_lies_under_the_pointer(
    browser: Browser, live_server: LiveServer
) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{live_server.url}/?order=oldest")
    items = page.locator("#quotes > li")

    page.keyboard.press("j")
    expect(items.first).to_be_focused()
    items.nth(1).hover()
    page.keyboard.press("c")

    expect(page.locator("#announcement")).to_have_text("Copied: Speaker 0 said")
    sentence = page.evaluate("navigator.clipboard.readText()")
    assert sentence.startswith("Speaker 0 said that bridge 0 is safe")
    page.evaluate("document.activeElement.blur()")
    items.nth(2).hover()
    page.keyboard.press("c")
    expect(page.locator("#announcement")).to_have_text("Copied: Speaker 2 said")
    context.close()


def test_keys_go_through_a_list_and_open_what_they_came_to(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/?order=oldest")
    items = page.locator("#quotes > li")

    for key, number in (("j", 1), ("j", 2), ("j", 3), ("k", 2)):
        page.keyboard.press(key)
        expect(items.nth(number - 1)).to_be_focused()
        expect(items.nth(number - 1)).to_be_in_viewport()
    address = items.nth(1).locator(".permalink.opens").get_attribute("href")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{live_server.url}{address}")


def test_keys_are_shown_and_can_be_turned_off_for_good(page: Page, live_server: LiveServer) -> None:
    page.goto(live_server.url)

    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("copy it as a sentence to print")
    dialog.get_by_role("button", name="Keys on").click()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("j")
    expect(page.locator("li:focus")).to_have_count(0)

    page.get_by_role("button", name="Keys", exact=True).click()
    dialog.get_by_role("button", name="Keys off").click()
    dialog.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    expect(page.locator("li:focus")).to_have_count(1)


def test_on_a_phone_the_first_result_is_seen_at_once_and_the_filters_come_up_as_a_sheet(
    phone: Page, live_server: LiveServer
) -> None:
    phone.goto(f"{live_server.url}/?q=safe&act=say")

    expect(phone.locator(".says").first).to_be_in_viewport(ratio=1)
    tops = phone.locator(".sections a").evaluate_all("all => all.map(e => e.offsetTop)")
    assert len(set(tops)) == 1
    heights = phone.locator(".sections a, .where > a, #filters > summary, .chips a").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
    phone.locator("#filters > summary").tap()
    expect(phone.get_by_role("heading", name="What they did")).to_be_in_viewport()
    phone.keyboard.press("Escape")
    expect(phone.get_by_role("heading", name="What they did")).not_to_be_visible()
