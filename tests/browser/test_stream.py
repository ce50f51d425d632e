"""The stream of quotes, as one who works with it uses it: more of them, by day, by name, in context, saved."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Actor, Article, Change, Quote, Span, Wording
from tests.browser.conftest import choose_filter, unfold_filters
from tests.factories import make_article, make_outlet, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

FIRST = date(2024, 3, 1)


def make_days(number: int) -> None:
    """A quote a day, of two speakers in turn."""
    for day in range(number):
        who = ("Ana Bell", "Omar Reza")[day % 2]
        article = make_article(
            f"{who} said that bridge {day} is safe, and so on. More was said later.",
            published_on=FIRST + timedelta(day),
        )
        make_quote(article=article, actor=who, cue="said", content=f"that bridge {day} is safe")


def make_crowd(number: int, a_text: int = 20) -> None:
    """So many actors, each of whom says a thing; without the triggers, which cost more than the rows."""
    outlet = make_outlet()
    names = [
        f"Person Q{chr(97 + n % 26)}{chr(97 + n // 26 % 26)}{chr(97 + n // 676)}son"
        for n in range(number)
    ]
    names[number // 2] = "Nadia Zelenko"
    with transaction.atomic():
        connection.cursor().execute("SET LOCAL session_replication_role = replica")
        Change.objects.create(quote_id=None)
        actors = Actor.objects.bulk_create(
            Actor(name=name, slug=f"person-{n}", kind="person") for n, name in enumerate(names)
        )
        wording = Wording.objects.create(pk=1, claim_id=1, text="it rains", key="it rains")
        for first in range(0, number, a_text):
            some = actors[first : first + a_text]
            text = "".join(f"{actor.name} said it rains.\n" for actor in some)
            article = Article.objects.create(
                key=f"crowd {first}",
                outlet=outlet,
                title="Rain",
                text=text,
                published_on=FIRST,
                extractor="test",
            )
            made, at = [], 0
            for actor in some:
                cue = at + len(actor.name) + 1
                made.append((actor, at, cue))
                at = cue + len("said it rains.\n")
            quotes = Quote.objects.bulk_create(
                Quote(
                    article=article, actor=actor, wording=wording, act="say", kind="indirect", stance="asserts",
                    source_start=start, source_end=cue - 1, source_text=actor.name, cue_start=cue, cue_end=cue + 4, cue="said",
                    content="it rains", confidence=0.9, actor_confidence=0.9, extractor="test",
                )
                for actor, start, cue in made
            )  # fmt: skip
            Span.objects.bulk_create(
                Span(quote=quote, start=quote.cue_end + 1, end=quote.cue_end + 9)
                for quote in quotes
            )


def test_more_quotes_come_after_the_others_and_the_address_says_so(
    sized_page: Page, live_server: LiveServer
) -> None:
    page = sized_page
    make_days(60)
    page.goto(live_server.url)

    page.locator("#more").click()

    expect(page.locator("#quotes > li")).to_have_count(50)
    expect(page.locator("#at-26")).to_be_focused()
    expect(page.locator("#announcement")).to_have_text("25 more quotes")
    assert page.url.endswith("?page=1-2")
    page.reload()
    expect(page.locator("#quotes > li")).to_have_count(50)
    page.locator("#more").click()
    expect(page.locator("#quotes > li")).to_have_count(60)
    expect(page.locator("#more")).to_have_count(0)
    page.go_back()
    expect(page.locator("#quotes > li")).to_have_count(50)


def test_more_quotes_without_javascript_begin_where_one_was(
    either_page: Page, live_server: LiveServer
) -> None:
    make_days(30)
    either_page.goto(live_server.url)

    either_page.locator("#more").click()

    expect(either_page.locator("#quotes > li")).to_have_count(30)
    expect(either_page.locator("#at-26")).to_be_in_viewport()


def test_a_bar_narrows_to_its_days_by_click_and_by_keyboard(
    sized_page: Page, live_server: LiveServer
) -> None:
    page = sized_page
    make_days(8)
    page.goto(live_server.url)

    page.locator("#bar-2024-03-03").click()
    expect(page.locator("#total")).to_have_text("1 quote")
    page.locator("#all-days").click()
    expect(page.locator("#total")).to_have_text("8 quotes")
    page.locator("#bar-2024-03-05").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#total")).to_have_text("1 quote")
    assert "since=2024-03-05&until=2024-03-05" in page.url


@pytest.mark.parametrize(
    ("start", "stop"), [("02", "05"), ("05", "02")], ids=["forwards", "backwards"]
)
def test_dragging_over_bars_narrows_to_all_their_days(
    page: Page, live_server: LiveServer, start: str, stop: str
) -> None:
    make_days(8)
    page.goto(live_server.url)

    page.locator(f"#bar-2024-03-{start}").hover()
    page.mouse.down()
    page.locator(f"#bar-2024-03-{stop}").hover()
    expect(page.locator(".within-drag")).to_have_count(4)
    page.mouse.up()

    expect(page.locator("#total")).to_have_text("4 quotes")
    assert "since=2024-03-02&until=2024-03-05" in page.url


def test_a_name_is_found_among_ten_thousand_as_it_is_typed(
    page: Page, live_server: LiveServer
) -> None:
    make_crowd(10_000)
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(live_server.url)
        expect(page.locator("#total")).to_have_text("10,000 quotes")
        unfold_filters(page, "#find-actor")

        page.get_by_label("Find in “Who”").press_sequentially("zel", delay=60)

        expect(page.locator("#values-actor a .label")).to_have_text(["Nadia Zelenko"])
        expect(page.get_by_label("Find in “Who”")).to_be_focused()
        expect(page.locator("#announcement")).to_have_text("1 name")
        page.locator("#values-actor a").click()
        expect(page.locator("#total")).to_have_text("1 quote")
        assert page.url.endswith("?actor=person-5000")


def test_a_name_is_found_without_javascript_too(either_page: Page, live_server: LiveServer) -> None:
    make_crowd(40)
    page = either_page
    page.goto(live_server.url)
    unfold_filters(page, "#find-actor")

    page.get_by_label("Find in “Who”").fill("zel")
    page.get_by_label("Find in “Who”").press("Enter")

    expect(page.locator("#values-actor a .label")).to_have_text(["Nadia Zelenko"])


def test_more_names_come_without_what_is_there_being_lost(
    sized_page: Page, live_server: LiveServer
) -> None:
    page = sized_page
    make_crowd(40)
    page.goto(live_server.url)
    unfold_filters(page, "#more-actor")
    quotes = page.locator("#quotes").element_handle()

    page.locator("#more-actor").press("Enter")

    expect(page.locator("#values-actor li")).to_have_count(40)
    expect(page.locator("#values-actor a").nth(8)).to_be_focused()
    expect(page.locator("#announcement")).to_have_text("40 names")
    assert quotes.is_visible()
    assert page.url.endswith("?more=actor")
    page.reload()
    expect(page.locator("#values-actor li")).to_have_count(40)
    page.go_back()
    expect(page.locator("#values-actor li")).to_have_count(8)


def test_a_quote_is_shown_in_its_paragraph_on_demand(page: Page, live_server: LiveServer) -> None:
    make_days(1)
    page.goto(live_server.url)
    expect(page.locator(".context")).not_to_be_visible()

    page.get_by_text("In context").click()

    expect(page.locator(".context")).to_contain_text("More was said later.")
    expect(page.locator(".context mark.content")).to_have_text("that bridge 0 is safe")


def test_a_slow_site_shows_that_it_works_and_keeps_what_is_shown(
    sized_page: Page, live_server: LiveServer
) -> None:
    page = sized_page
    make_days(4)
    held: list[Route] = []
    page.goto(live_server.url)
    page.route("**/?actor=omar-reza", lambda route: held.append(route))

    choose_filter(page, "#actor-omar-reza")

    expect(page.locator("#progress")).to_have_css("visibility", "visible")
    expect(page.locator("#total")).to_have_text("4 quotes")
    held[0].continue_()
    expect(page.locator("#total")).to_have_text("2 quotes")
    expect(page.locator("#progress")).to_have_css("visibility", "hidden")


def test_a_filter_opens_in_a_new_tab(sized_page: Page, live_server: LiveServer) -> None:
    page = sized_page
    make_days(4)
    page.goto(live_server.url)
    unfold_filters(page, "#actor-omar-reza")

    with page.context.expect_page() as opening:
        page.locator("#actor-omar-reza").click(modifiers=["Control"])

    expect(opening.value.locator("#total")).to_have_text("2 quotes")
    expect(page.locator("#total")).to_have_text("4 quotes")


def test_filters_combine_and_are_taken_away_one_by_one(
    either_page: Page, live_server: LiveServer
) -> None:
    make_days(4)
    page = either_page
    page.goto(f"{live_server.url}/?since=2024-03-02")
    expect(page.locator("#total")).to_have_text("3 quotes")

    choose_filter(page, "#actor-omar-reza")
    expect(page.locator("#total")).to_have_text("2 quotes")
    choose_filter(page, "#actor-ana-bell")
    expect(page.locator("#total")).to_have_text("3 quotes")
    page.locator(".chips a", has_text="Omar Reza").click()

    expect(page.locator("#total")).to_have_text("1 quote")
    page.get_by_role("link", name="Remove all").click()
    expect(page.locator("#total")).to_have_text("4 quotes")


def test_nothing_found_says_what_to_take_away(either_page: Page, live_server: LiveServer) -> None:
    make_days(2)
    either_page.goto(f"{live_server.url}/?actor=ana-bell&q=ferry")
    expect(either_page.locator(".empty")).to_contain_text("No quote fits all of this")

    either_page.get_by_role("link", name="without words ferry").click()

    expect(either_page.locator("#total")).to_have_text("1 quote")


def test_the_keyboard_alone_finds_filters_and_turns_the_page(
    sized_page: Page, live_server: LiveServer
) -> None:
    page = sized_page
    make_days(60)
    page.goto(live_server.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator(".says a").first).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_label("Search what was said")).to_be_focused()
    page.keyboard.type("bridge")
    page.keyboard.press("Enter")
    expect(page.locator(".chips")).to_contain_text("bridge")
    expect(page.get_by_label("Search what was said")).to_be_focused()

    page.locator("#next-page").focus()
    page.keyboard.press("Enter")

    expect(page.locator("#total")).to_have_text("60 quotes, page 2")
    expect(page.locator("#total")).to_be_focused()


def test_the_link_to_the_results_is_copied(browser: Browser, live_server: LiveServer) -> None:
    make_days(4)
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{live_server.url}/?actor=omar-reza")

    page.get_by_role("link", name="Copy their link").click()

    expect(page.get_by_role("link", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{live_server.url}/?actor=omar-reza"
    context.close()


def test_a_sentence_is_copied_by_its_link_and_by_a_key(
    browser: Browser, live_server: LiveServer
) -> None:
    make_days(2)
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(live_server.url)
    first, second = page.locator(".quotes > li").all()

    first.get_by_role("link", name="Cite").click()
    expect(first.get_by_role("link", name="Copied")).to_be_visible()
    by_link = page.evaluate("navigator.clipboard.readText()")
    second.hover()
    page.keyboard.press("c")
    expect(second.get_by_role("link", name="Copied")).to_be_visible()
    by_key = page.evaluate("navigator.clipboard.readText()")

    assert by_link == "Omar Reza said that bridge 1 is safe (Harbour Herald, 2 Mar 2024)."
    assert by_key == "Ana Bell said that bridge 0 is safe (Harbour Herald, 1 Mar 2024)."
    context.close()


def test_files_and_feeds_are_found_on_a_page_of_any_width(
    either_page: Page, live_server: LiveServer
) -> None:
    make_days(1)
    either_page.goto(live_server.url + "/?act=say")

    either_page.get_by_text("Download", exact=True).click()
    either_page.get_by_text("Follow", exact=True).click()

    csv = either_page.get_by_role("link", name="CSV", exact=True)
    expect(csv).to_have_attribute("href", "/quotes.csv?act=say")
    expect(either_page.get_by_role("link", name="RSS").first).to_be_visible()
    assert either_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
