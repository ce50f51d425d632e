"""Judging a sample: by keys, and by plain forms; and the page that shows what came of it."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Sample, SampleJudgement
from claims.trust.judging import get_answers
from tests.browser.axe import check_nothing_is_found, run_axe
from tests.claims.samples import (
    NO_QUOTE_ANSWERS,
    RIGHT_ANSWERS,
    make_closed_sample,
    make_judgement,
    make_quotes,
    make_sample,
)
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db(transaction=True)


def opened(page: Page, live_server: LiveServer, client: Client, sample: Sample) -> None:
    """The first item of a sample, in the browser of somebody who may judge it."""
    signed_in(page, live_server, client)
    page.goto(f"{live_server.url}/admin/claims/sample/{sample.pk}/judge/")


def signed_in(page: Page, live_server: LiveServer, client: Client) -> None:
    client.force_login(User.objects.create_superuser("Clara"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )


def test_two_quotes_are_judged_by_keys_alone(
    page: Page, live_server: LiveServer, client: Client
) -> None:
    make_quotes(2)
    opened(page, live_server, client, make_sample(2))
    expect(page.get_by_text("Keys: y yes, n no, c cannot tell")).to_be_visible()

    for key in ("y", "n", "Backspace", "y", "c"):
        page.keyboard.press(key)
    expect(page.locator(".question.current legend")).to_contain_text("kind of statement")
    page.keyboard.press("Enter")  # too early: one question is left
    page.keyboard.press("n")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("spring: quote 2 of 2")
    expect(page.locator(".keys")).to_be_visible()  # by the script, once it listens
    page.keyboard.press("n")
    expect(page.locator("fieldset.question:disabled")).to_have_count(3)
    page.keyboard.press("Enter")

    expect(page.get_by_text("Nothing is left for you to judge")).to_be_visible()
    first, second = SampleJudgement.objects.order_by("item__position")
    assert get_answers(first) == {**RIGHT_ANSWERS, "speaker": "unclear", "act": "no"}
    assert get_answers(second) == NO_QUOTE_ANSWERS


def test_the_marked_words_are_in_sight_however_much_stands_before_them(
    page: Page, live_server: LiveServer, client: Client
) -> None:
    before = "\n".join(f"Paragraph {number} is about the weather." for number in range(60))
    make_quote(
        article=make_article(f"{before}\nAna Bell said the pier is safe.\n{before}"),
        content="the pier is safe",
        actor="Ana Bell",
    )
    opened(page, live_server, client, make_sample(2))

    for mark in page.locator(".passage mark").all():
        expect(mark).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("button", name="Save and next")).to_be_attached()
    found = run_axe(page, ".judging")
    assert not found.response["violations"], found.generate_report()


def test_a_key_that_answers_nothing_does_nothing(
    page: Page, live_server: LiveServer, client: Client
) -> None:
    make_quotes(2)
    opened(page, live_server, client, make_sample(2))

    for key in ("c", "x", "Enter", "Control+y"):
        page.keyboard.press(key)

    expect(page.locator("input:checked")).to_have_count(0)
    assert not SampleJudgement.objects.exists()


def test_a_quote_is_judged_by_its_form(
    either_page: Page, live_server: LiveServer, client: Client
) -> None:
    make_quotes(2)
    opened(either_page, live_server, client, make_sample(2))

    for question in either_page.locator("fieldset.question").all():
        question.get_by_label("yes").check()
    either_page.get_by_role("button", name="Save and next").click()

    expect(either_page.get_by_role("heading", level=1)).to_have_text("spring: quote 2 of 2")
    assert get_answers(SampleJudgement.objects.get()) == RIGHT_ANSWERS
    assert either_page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_what_is_published_breaks_no_rule_of_axe_and_fits_a_phone(
    failing_page: Page, live_server: LiveServer
) -> None:
    make_quotes(12)
    make_quotes(6, outlet="Northern Wire", confidence=0.6)
    make_closed_sample(12, wrong=2)
    failing_page.goto(f"{live_server.url}/trust/")
    failing_page.get_by_text("All strata as drawn").click()

    check_nothing_is_found(failing_page, "published")


def test_axe_finds_nothing_where_samples_are_drawn_and_settled(
    failing_page: Page, live_server: LiveServer, client: Client
) -> None:
    signed_in(failing_page, live_server, client)
    make_quotes(2)
    closed = make_closed_sample(2, name="winter")
    sample = make_sample(2, double=1)
    first, second = sample.items.order_by("position")
    make_judgement(first, "Ruth", act="no")
    make_judgement(first, "Omar")
    make_judgement(second, "Clara", speaker="unclear")
    make_judgement(second, "Omar")
    page = failing_page

    for place, words in (
        ("add/", "A random sample"),
        (f"{sample.pk}/differences/", "you are one of its judges"),
        (f"{sample.pk}/differences/{first.position}/", "One judge:"),
        (f"{sample.pk}/change/", "Settle differences"),
        (f"{closed.pk}/change/", "See the figures"),
        (f"{closed.pk}/differences/", "No two judges differ"),
    ):
        page.goto(f"{live_server.url}/admin/claims/sample/{place}")
        expect(page.get_by_text(words)).to_be_visible()
        check_nothing_is_found(page, place, "#content-main")

    page.goto(f"{live_server.url}/admin/claims/sample/add/")
    page.get_by_label("Size").fill("99")
    page.get_by_label("Name").fill("spring")
    page.get_by_role("button", name="Draw").click()
    expect(page.locator(".errorlist")).not_to_have_count(0)
    check_nothing_is_found(page, "refused", "#content-main")
