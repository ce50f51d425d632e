"""An actor's profile, and two actors side by side, as a reader walks them."""

from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Match
from tests.factories import make_actor, make_article, make_detail, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

LONG = "Harbourcommissionerofthenorthernportsandwaterways" * 2
ADDRESSES = [
    "/actors/veldania/",
    "/actors/ana-bell/",
    "/compare/",
    "/compare/?name=a",
    "/compare/?actor=veldania",
    "/compare/?actor=veldania&actor=ana-bell&q=ferry",
    "/compare/?actor=veldania&actor=ana-bell&q=unsaid&since=2024-01-01",
]


@pytest.fixture(autouse=True)
def quarrel() -> None:
    """Ana Bell accuses Veldania, which denies it; both speak of a ferry; a name and an outlet are long."""
    for name in ("Veldania", "Ana Bell", LONG):
        make_actor(name)
    text = "Ana Bell accused Veldania of hiding the bill. Veldania denied any part in it and said the ferry is late today."
    article = make_article(text, title="A bill is hidden", outlet=LONG)
    quote = make_quote(
        article=article,
        actor="Ana Bell",
        cue="accused",
        content="Veldania of hiding the bill",
        act="accuse",
    )
    make_detail(quote, "target", "Veldania")
    denial = make_quote(article=article, cue="denied", content="any part in it", act="deny")
    Match.objects.create(
        first=quote.wording,
        second=denial.wording,
        kind="denies",
        score=0.9,
        status="sure",
        found="sure",
    )
    make_quote(article=article, cue="said", content="the ferry is late today")
    make_quote(actor="Ana Bell", content="the ferry is late today", act="deny")
    make_quote(actor=LONG, content=f"that {LONG} and Veldania agree")


def test_a_reader_finds_an_accusation_its_answer_and_all_of_its_kind(
    either_page: Page, live_server: LiveServer
) -> None:
    page = either_page
    page.goto(f"{live_server.url}/actors/veldania/")
    expect(page.locator("#profile-actor")).to_contain_text("Ana Bell")
    expect(page.locator("#accusations li")).not_to_be_visible()

    if not page.locator("#accusations > summary").is_visible():
        page.locator(".profile > summary").click()
    page.locator("#accusations > summary").click()

    expect(page.locator("#accusations .answer")).to_contain_text("They deny it:")
    page.get_by_role("link", name="1 quote names them").click()
    expect(page.locator("#total")).to_have_text("1 quote")
    expect(page.locator(".quotes .said")).to_have_text("Veldania of hiding the bill")


def test_an_act_of_the_profile_narrows_the_list_and_leads_to_it(
    either_page: Page, live_server: LiveServer
) -> None:
    page = either_page
    page.set_viewport_size({"width": 1280, "height": 500})
    page.goto(f"{live_server.url}/actors/veldania/")

    page.locator("#profile-acts").get_by_role("link", name="denied").click()

    expect(page.locator("#total")).to_have_text("1 quote")
    expect(page.locator("#results")).to_be_in_viewport()
    expect(page.locator("#profile-acts")).to_contain_text("said")


def test_a_filter_swaps_the_list_and_leaves_the_profile_as_it_is(
    page: Page, live_server: LiveServer
) -> None:
    page.goto(f"{live_server.url}/actors/veldania/")
    page.locator("#accusations > summary").click()

    page.locator("#act-deny").click()

    expect(page.locator("#total")).to_have_text("1 quote")
    expect(page.locator("#accusations .answer")).to_be_visible()


def test_from_an_actor_to_what_two_said_about_a_word(
    either_page: Page, live_server: LiveServer
) -> None:
    page = either_page
    page.goto(f"{live_server.url}/actors/veldania/")
    page.get_by_label("Compare with").fill("bell")
    page.get_by_role("button", name="Compare").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Veldania and Ana Bell")

    page.get_by_label("What each said about").fill("ferry")
    page.get_by_role("button", name="Compare").click()

    expect(page.locator("section[aria-labelledby='said'] .quotes > li")).to_have_count(2)
    expect(page.locator(".both-claims")).to_contain_text("denied in 1 quote")
    page.locator("section[aria-labelledby='said'] .halves > div").nth(1).get_by_role(
        "link", name="1 quote", exact=True
    ).click()
    expect(page.locator("#total")).to_have_text("1 quote")
    expect(page.locator(".chips a")).to_contain_text(["Ana Bell", "ferry"])


def test_one_of_several_of_a_name_is_chosen(either_page: Page, live_server: LiveServer) -> None:
    page = either_page
    make_quote(actor="Ana Bellamy")
    page.goto(f"{live_server.url}/compare/?actor=veldania&name=ana")

    page.get_by_role("link", name="Ana Bellamy").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Veldania and Ana Bellamy")


def test_on_a_phone_the_profile_is_behind_its_summary_and_sides_are_swiped(
    phone: Page, page: Page, live_server: LiveServer
) -> None:
    phone.goto(f"{live_server.url}/actors/veldania/")
    page.goto(f"{live_server.url}/actors/veldania/")

    expect(page.locator("#profile-acts")).to_be_visible()
    expect(phone.locator("#profile-acts")).not_to_be_visible()
    phone.locator("#profile > summary").tap()
    expect(phone.locator("#profile-acts")).to_be_visible()

    phone.goto(f"{live_server.url}/compare/?actor=veldania&actor=ana-bell")
    first, second = (phone.locator(f"#said-{number}").bounding_box() for number in (1, 2))
    assert first
    assert second
    assert first["y"] == second["y"]
    assert first["x"] < second["x"] < 390  # its edge shows that there is another
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("address", ADDRESSES)
def test_nothing_scrolls_sideways_on_a_phone_be_all_of_it_open(
    phone: Page, live_server: LiveServer, address: str
) -> None:
    phone.goto(live_server.url + address)
    phone.evaluate(
        "document.querySelectorAll('.profile, .fold').forEach(each => { each.open = true })"
    )

    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("address", ADDRESSES)
def test_headings_follow_their_order(page: Page, live_server: LiveServer, address: str) -> None:
    page.goto(live_server.url + address)

    levels = page.evaluate(
        "[...document.querySelectorAll('main :is(h1, h2, h3, h4)')].map(each => Number(each.tagName[1]))"
    )

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels
