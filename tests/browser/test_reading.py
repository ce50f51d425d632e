"""The main path, as a reader walks it."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from claims.extraction.schema import Act
from claims.models import Article, Quote
from tests.browser.conftest import choose_filter, unfold_filters
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = """\
Mayor Ana Bell said Omar Reza, the city engineer, had told her that "the bridge will stand for a hundred years".
Officials in Veldania have denied any part in the delay, and accused the harbour committee of hiding the bill.
The bridge was built in 1931 and carries some 20,000 people a day.
"We were never asked," replied one engineer."""


@pytest.fixture(autouse=True)
def bridge() -> Article:
    """An article with five quotes: one within another, two with one source, one whose speaker is unknown."""
    article = make_article(title="Mayor says the bridge is safe", text=TEXT)
    told = 'Omar Reza, the city engineer, had told her that "the bridge will stand for a hundred years"'
    make_quote(
        article=article,
        actor="Ana Bell",
        source="Mayor Ana Bell",
        cue="said",
        content=told,
        kind="mixed",
    )
    make_quote(
        article=article,
        actor="Omar Reza",
        source="Omar Reza, the city engineer",
        cue="told",
        content='"the bridge will stand for a hundred years"',
        kind="direct",
    )
    denied: tuple[Act, str, str] = ("deny", "denied", "any part in the delay")
    accused: tuple[Act, str, str] = (
        "accuse",
        "accused",
        "the harbour committee of hiding the bill",
    )
    for act, cue, content in (denied, accused):
        make_quote(
            article=article,
            actor="Veldania",
            source="Officials in Veldania",
            cue=cue,
            content=content,
            act=act,
        )
    make_quote(
        article=article,
        actor=None,
        source="one engineer",
        cue="replied",
        content='"We were never asked,"',
        kind="direct",
    )
    return article


def test_from_a_filter_to_the_words_in_their_article_and_back(
    either_page: Page, live_server: LiveServer
) -> None:
    page = either_page
    page.goto(live_server.url)
    expect(page.locator("#total")).to_have_text("5 quotes")

    choose_filter(page, "#actor-veldania")
    expect(page.locator("#total")).to_have_text("2 quotes")
    choose_filter(page, "#act-deny")
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
    expect(page.locator(".chips a")).to_contain_text(["Veldania", "denied"])


def test_back_undoes_a_filter(either_page: Page, live_server: LiveServer) -> None:
    page = either_page
    page.goto(live_server.url)
    choose_filter(page, "#act-deny")
    expect(page.locator("#total")).to_have_text("1 quote")

    page.go_back()

    expect(page.locator("#total")).to_have_text("5 quotes")


def test_a_search_keeps_the_filters_and_a_chip_takes_one_away(
    either_page: Page, live_server: LiveServer
) -> None:
    page = either_page
    page.goto(f"{live_server.url}/?actor=veldania")
    page.get_by_label("Search what was said").fill("bill")
    page.get_by_label("Search what was said").press("Enter")
    expect(page.locator("#total")).to_have_text("1 quote")
    expect(page.locator(".chips a")).to_contain_text(["Veldania", "bill"])

    page.locator(".chips a", has_text="bill").click()

    expect(page.locator("#total")).to_have_text("2 quotes")


def test_an_address_shared_or_loaded_again_shows_the_same(
    sized_page: Page, browser: Browser, live_server: LiveServer
) -> None:
    sized_page.goto(live_server.url)
    choose_filter(sized_page, "#act-accuse")
    expect(sized_page.locator("#total")).to_have_text("1 quote")
    elsewhere = browser.new_context()

    sized_page.reload()
    shared = elsewhere.new_page()
    shared.goto(sized_page.url)

    for page in (sized_page, shared):
        expect(page.locator("#total")).to_have_text("1 quote")
        expect(page.locator("#act-accuse")).to_have_attribute("aria-current", "true")
    elsewhere.close()


def test_the_keyboard_alone_filters_and_keeps_its_place(
    sized_page: Page, width: int, live_server: LiveServer
) -> None:
    """Where the filters fold away again, its place is the number of quotes."""
    page = sized_page
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the first result")).to_be_focused()
    if not page.locator("#act-deny").is_visible():
        page.locator("#filters > summary").press("Enter")

    page.locator("#act-deny").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#total")).to_have_text("1 quote")

    expect(page.locator("#act-deny" if width >= 960 else "#total")).to_be_focused()
    expect(page.locator("#announcement")).to_have_text("1 quote")


def test_focus_is_not_lost_with_the_chip_that_held_it(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/?act=deny")
    page.locator(".chips a").first.focus()

    page.keyboard.press("Enter")

    expect(page.locator("#total")).to_have_text("5 quotes")
    expect(page.locator("#total")).to_be_focused()


def test_a_failure_is_told_and_what_was_shown_stays(
    failing_sized_page: Page, live_server: LiveServer
) -> None:
    page = failing_sized_page
    page.goto(live_server.url)
    page.route("**/?act=deny", lambda route: route.fulfill(status=500, body="no"))

    choose_filter(page, "#act-deny")

    expect(page.locator("#failure")).to_contain_text("error (500)")
    expect(page.locator("#failure a")).to_have_attribute("href", "/?act=deny")
    expect(page.locator("#total")).to_have_text("5 quotes")
    assert page.url == f"{live_server.url}/"


def test_a_site_out_of_reach_is_told(failing_sized_page: Page, live_server: LiveServer) -> None:
    page = failing_sized_page
    page.goto(live_server.url)
    page.route("**/?act=deny", lambda route: route.abort())

    choose_filter(page, "#act-deny")

    expect(page.locator("#failure")).to_contain_text("could not be reached")


def test_of_two_quick_clicks_the_last_one_counts(
    failing_sized_page: Page, live_server: LiveServer
) -> None:
    page = failing_sized_page
    held: list[Route] = []
    page.goto(live_server.url)
    page.route("**/?act=deny", lambda route: held.append(route))

    unfold_filters(page, "#act-deny")
    page.locator("#act-deny").click()
    page.locator("#act-accuse").click()

    expect(page.locator("#act-accuse")).to_have_attribute("aria-current", "true")
    for route in held:
        route.abort()
    expect(page.locator(".said")).to_have_text(["the harbour committee of hiding the bill"])


def test_filters_fold_away_on_a_phone_and_stand_open_on_a_desk(
    page: Page, phone: Page, live_server: LiveServer
) -> None:
    phone.goto(live_server.url)
    page.goto(live_server.url)

    expect(page.locator("#act-deny")).to_be_visible()
    expect(phone.locator("#act-deny")).not_to_be_visible()
    phone.locator("#filters > summary").tap()
    phone.locator("#act-deny").tap()
    expect(phone.locator("#total")).to_have_text("1 quote")


@pytest.mark.parametrize(
    "address",
    ["/", "/actors/", "/actors/veldania/", "/claims/", "/articles/", "{article}", "{quote}"],
)
def test_nothing_scrolls_sideways_on_a_phone(
    phone: Page, live_server: LiveServer, bridge: Article, address: str
) -> None:
    quote = Quote.objects.earliest("pk")
    phone.goto(
        live_server.url
        + address.format(article=bridge.get_absolute_url(), quote=quote.get_absolute_url())
    )

    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
