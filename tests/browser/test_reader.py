"""The reader of an article: keys from quote to quote, the parts of a quote seen as one, and all of it without JavaScript."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Article
from tests.factories import (
    TOLD,
    make_article,
    make_long_article,
    make_nested_quotes,
    make_quote,
)

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = (
    'Mayor Ana Bell said Omar Reza, the city engineer, had told her that "the bridge will stand for a hundred years".\n'
    + "The bridge was built in 1931 and carries some 20,000 people a day.\n" * 40
    + 'Officials in Veldania have denied any part in the delay. A sign reads "no more than twelve people at once".'
)


@pytest.fixture(autouse=True)
def article() -> Article:
    """A long article with three quotes: the second within the first, the third far below."""
    article = make_article(TEXT, title="Mayor says the bridge is safe")
    make_nested_quotes(article)
    return article


def opened(page: Page, live_server: LiveServer, article: Article) -> Page:
    page.goto(live_server.url + article.get_absolute_url())
    return page


def tied(page: Page) -> list[str]:
    """The words in the text that are shown as parts of one quote."""
    return page.locator(".text p a.tied:not(.ref)").all_text_contents()


def test_keys_go_from_quote_to_quote_and_back(
    page: Page, live_server: LiveServer, article: Article
) -> None:
    opened(page, live_server, article)
    refs = page.locator(".text .ref")
    expect(page.locator(".keys")).to_be_visible()

    for key, number in (("j", 1), ("n", 2), ("j", 3), ("k", 2), ("p", 1)):
        page.keyboard.press(key)

        expect(refs.nth(number - 1)).to_be_focused()
        expect(refs.nth(number - 1)).to_be_in_viewport()
        expect(page.locator("#announcement")).to_contain_text(f"Quote {number} of 3:")
    expect(page.locator("#announcement")).to_have_text("Quote 1 of 3: Ana Bell said")

    page.keyboard.press("k")

    expect(page.locator("#announcement")).to_have_text("That was the first quote.")
    expect(refs.first).to_be_focused()


def test_what_stands_within_a_denial_is_announced_with_it(
    page: Page, live_server: LiveServer
) -> None:
    article = make_article("Omar Reza denied that Ana Bell said the bridge was unsafe.")
    content = "that Ana Bell said the bridge was unsafe"
    outer = make_quote(
        article=article, actor="Omar Reza", cue="denied", act="deny", content=content
    )
    make_quote(article=article, actor="Ana Bell", content="the bridge was unsafe", within=outer)
    opened(page, live_server, article)

    page.keyboard.press("j")
    page.keyboard.press("j")

    expect(page.locator("#announcement")).to_have_text(
        "Quote 2 of 2: Denied by Omar Reza: Ana Bell said"
    )


def test_keys_go_on_from_where_the_reader_has_scrolled(
    page: Page, live_server: LiveServer, article: Article
) -> None:
    opened(page, live_server, article)
    page.keyboard.press("j")
    page.get_by_text("The bridge was built in 1931").nth(20).scroll_into_view_if_needed()
    page.mouse.wheel(0, 400)
    expect(page.locator(".text .ref").first).not_to_be_in_viewport()

    page.keyboard.press("j")

    expect(page.locator(".text .ref").last).to_be_focused()


@pytest.mark.parametrize("pressed", ["Control+j", "Alt+j", "Meta+j", "Shift+J", "x"])
def test_other_keys_are_left_alone(
    page: Page, live_server: LiveServer, article: Article, pressed: str
) -> None:
    opened(page, live_server, article)

    page.keyboard.press(pressed)

    expect(page.locator("#announcement")).to_be_empty()
    assert page.evaluate("document.activeElement === document.body")


@pytest.mark.parametrize("field", ["input", "textarea", "select", "div"])
def test_keys_are_letters_while_something_is_typed(
    page: Page, live_server: LiveServer, article: Article, field: str
) -> None:
    opened(page, live_server, article)
    page.evaluate(
        """(name) => {
            const field = document.createElement(name);
            field.id = "field";
            if (name === "div") field.contentEditable = "true";
            document.querySelector("main").prepend(field);
            field.focus();
        }""",
        field,
    )

    page.keyboard.press("j")

    expect(page.locator("#field")).to_be_focused()
    expect(page.locator("#announcement")).to_be_empty()


def test_keys_can_be_turned_off_and_stay_so(
    page: Page, live_server: LiveServer, article: Article
) -> None:
    opened(page, live_server, article)
    page.get_by_role("button", name="Keys on").click()
    page.reload()
    button = page.get_by_role("button", name="Keys off")
    expect(button).to_have_attribute("aria-pressed", "false")

    page.keyboard.press("j")
    expect(page.locator("#announcement")).to_be_empty()

    button.click()
    page.keyboard.press("j")
    expect(page.locator("#announcement")).to_contain_text("Quote 1 of 3")


def test_the_parts_of_a_quote_are_tied_together_under_the_mouse(
    page: Page, live_server: LiveServer, article: Article
) -> None:
    opened(page, live_server, article)

    page.locator("a.cue", has_text="told").hover()
    assert tied(page) == ["Omar Reza", "told", '"the bridge will stand for a hundred years"']
    expect(page.locator(".margin .tied")).to_have_text("2 Omar Reza")
    expect(page.locator(".entries .tied .actor")).to_have_text("Omar Reza")

    page.locator("a.source", has_text="Mayor Ana Bell").hover()
    assert "".join(tied(page)) == f"Mayor Ana Bellsaid{TOLD}"

    page.locator("h1").hover()
    assert tied(page) == []


def test_the_parts_of_a_quote_are_tied_together_where_the_focus_is(
    page: Page, live_server: LiveServer, article: Article
) -> None:
    opened(page, live_server, article)

    page.locator(".entries .ref").last.focus()

    assert tied(page) == ["Officials in Veldania", "denied", "any part in the delay"]
    page.locator(".about a").first.focus()
    assert tied(page) == []


def test_what_is_tied_differs_by_more_than_its_colour(
    page: Page, live_server: LiveServer, article: Article
) -> None:
    opened(page, live_server, article)
    said = page.locator("a.cue", has_text="denied")
    line = "(each) => getComputedStyle(each).borderBottomWidth"
    before = said.evaluate(line)

    said.hover()

    assert said.evaluate(line) != before


def test_a_margin_note_leads_to_its_quote(
    either_page: Page, live_server: LiveServer, article: Article
) -> None:
    page = opened(either_page, live_server, article)

    page.locator(".margin a", has_text="Veldania").click()

    assert page.url.endswith(page.locator(".text .ref").last.get_attribute("id") or "-")
    expect(page.locator(".text .ref").last).to_be_in_viewport()


def test_without_javascript_all_is_there_but_the_keys(
    browser: Browser, live_server: LiveServer, article: Article
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = opened(context.new_page(), live_server, article)

    expect(page.locator(".keys")).to_be_hidden()
    expect(page.locator(".text")).to_contain_text(TOLD.split('"')[0])
    expect(page.locator(".speakers tbody tr")).to_have_count(3)
    expect(
        page.get_by_role("heading", name="1 of 2 passages in quotation marks has a speaker")
    ).to_be_visible()
    page.get_by_role("link", name="paragraph 42").click()
    expect(page.locator(".text .loose")).to_be_in_viewport()
    context.close()


def test_the_margin_stands_beside_the_text_on_a_desk_and_under_it_on_a_phone(
    page: Page, phone: Page, live_server: LiveServer, article: Article
) -> None:
    beside, under = (
        opened(each, live_server, article).locator(".passage").first for each in (page, phone)
    )

    boxes = [
        (each.locator("p").bounding_box(), each.locator(".margin").bounding_box())
        for each in (beside, under)
    ]

    (text, margin), (text_on_phone, margin_on_phone) = boxes
    assert text
    assert margin
    assert margin["x"] >= text["x"] + text["width"]
    assert text_on_phone
    assert margin_on_phone
    assert margin_on_phone["y"] >= text_on_phone["y"] + text_on_phone["height"]
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    expect(phone.locator(".keys")).to_be_hidden()


def test_the_column_of_quotes_follows_the_reading(
    page: Page, live_server: LiveServer, article: Article
) -> None:
    opened(page, live_server, article)
    expect(page.locator(".entries .now")).to_contain_text("Omar Reza")

    page.mouse.move(200, 400)
    page.mouse.wheel(0, 5000)

    expect(page.locator(".entries .now")).to_contain_text("any part in the delay")


def test_the_marks_wait_until_they_are_asked_for(
    either_page: Page, live_server: LiveServer, article: Article
) -> None:
    page = opened(either_page, live_server, article)
    colour = "(each) => getComputedStyle(each).color"
    verb, paragraph = page.locator("a.cue", has_text="denied"), page.locator(".text p").first
    expect(page.locator(".legend")).not_to_be_visible()
    assert verb.evaluate(colour) == paragraph.evaluate(colour)

    page.get_by_label("Show how each quote was found").check()

    expect(page.locator(".legend")).to_be_visible()
    assert verb.evaluate(colour) != paragraph.evaluate(colour)


def test_a_thousand_words_print_on_three_pages_each_quote_once(
    page: Page, live_server: LiveServer
) -> None:
    names = [f"Speaker {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWX"]
    filling = "The bridge was built long ago. " * 6
    with transaction.atomic():
        text = "\n".join(f"{name} said span {name[-1]} is safe. {filling}" for name in names)
        article = make_article(text)  # of 1,032 words
        for name in names:
            make_quote(article=article, actor=name, content=f"span {name[-1]} is safe")
    opened(page, live_server, article)

    pages = re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))
    page.emulate_media(media="print")

    assert 1 <= len(pages) <= 3
    expect(page.locator(".quoted")).not_to_be_visible()
    expect(page.locator(".margin").first).to_be_visible()


def test_an_old_link_to_a_quote_of_a_long_article_leads_to_the_part_that_has_it(
    page: Page, live_server: LiveServer
) -> None:
    with transaction.atomic():
        article = make_long_article(1600)
    last = article.quotes.order_by("-cue_start")[0]

    page.goto(f"{live_server.url}{article.get_absolute_url()}#quote-{last.pk}")

    expect(page.locator(f"#quote-{last.pk}")).to_be_in_viewport()
    expect(page).to_have_url(live_server.url + last.address_in_article)
    page.keyboard.press("k")
    expect(page.locator("#announcement")).to_contain_text("Quote 1599 of 1600")
