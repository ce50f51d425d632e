"""The overview, as a reader walks it."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.extraction.schema import Act
from tests.factories import make_actor, make_article, make_quote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def accusations() -> None:
    names = [
        f"{name} of Port Alder"
        for name in ("Ana Bell", "Omar Reza", "Rui Tavares", "Ines Prado", "The Harbour Committee")
    ]
    for name in names:
        make_actor(name, "person")
    acts: list[Act] = [
        "accuse",
        "say",
        "claim",
        "deny",
        "warn",
        "promise",
        "demand",
        "predict",
        "question",
        "believe",
    ]
    for number, act in enumerate(acts * 2):
        who, whom = names[number % 2], names[number % 5]
        content = f"that {whom} hid bill {number}"
        text = f"{who} said {content}."
        article = make_article(text, outlet=f"Port Alder Evening News and Advertiser {number % 3}")
        make_quote(actor=make_actor(who, "person"), article=article, content=content, act=act)


def test_from_a_cell_to_the_quotes_behind_it_and_back(
    either_page: Page, live_server: LiveServer
) -> None:
    page = either_page
    page.goto(live_server.url)
    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overview")

    row = page.get_by_role("row").filter(
        has=page.get_by_role("rowheader", name="Ana Bell of Port Alder")
    )
    cell = row.locator("td a[href*='act=accuse'][href*='about=']")
    counted = cell.inner_text()
    cell.click()

    expect(page.locator("#total")).to_have_text(f"{counted} quotes")
    expect(page.locator(".chips a")).to_contain_text(["Ana Bell", "Ana Bell", "accuse"])
    page.go_back()
    expect(page.get_by_role("heading", name="Who accuses whom")).to_be_visible()


def test_an_actor_that_is_chosen_is_all_that_is_counted(
    either_page: Page, live_server: LiveServer
) -> None:
    page = either_page
    page.goto(f"{live_server.url}/overview/")

    page.locator("#choice-omar-reza-of-port-alder").click()

    expect(page.locator("#total")).to_contain_text("10 quotes")
    expect(page.locator("#choice-omar-reza-of-port-alder")).to_have_attribute(
        "aria-current", "true"
    )
    assert page.url.endswith("/overview/?actor=omar-reza-of-port-alder")


def test_on_a_phone_tables_scroll_and_the_page_does_not(
    phone: Page, live_server: LiveServer
) -> None:
    phone.goto(f"{live_server.url}/overview/")

    widths = phone.locator(".wide:visible").evaluate_all(
        "all => all.map(each => [each.scrollWidth, each.clientWidth])"
    )

    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    assert any(whole > shown for whole, shown in widths)
    acts = phone.get_by_role("region", name="Acts by outlet")
    acts.focus()
    phone.keyboard.press("ArrowRight")
    phone.wait_for_timeout(400)  # it scrolls smoothly
    assert acts.evaluate("region => region.scrollLeft") > 0
    first = acts.get_by_role("rowheader").first.bounding_box()
    assert first is not None
    assert first["x"] >= 0


def test_a_bar_leads_to_its_quotes(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/overview/")

    page.locator(".over-time svg a").first.click()

    expect(page.locator("#total")).to_have_text("10 quotes")
