"""The desk where pairs of wordings are judged, with the keyboard; and its pages by axe-core."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.models import Match
from tests.browser.axe import check_nothing_is_found
from tests.factories import make_match, make_quote

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/claims/match/"


@pytest.fixture
def desk(page: Page, live_server: LiveServer, client: Client) -> Page:
    client.force_login(User.objects.create_superuser("Clara"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    return page


def make_proposals() -> list[Match]:
    return [
        make_match(
            make_quote(content=f"the bridge number {number} is safe for wagons"),
            make_quote(content=f"wagons may pass the bridge number {number} safely"),
            kind="paraphrase",
            status="proposed",
            score=0.9 - number / 10,
        )
        for number in range(3)
    ]


def test_pairs_are_left_judged_and_undone_with_the_keyboard(
    desk: Page, live_server: LiveServer
) -> None:
    left, refused, following = make_proposals()
    desk.goto(f"{live_server.url}{LIST}desk/")

    desk.keyboard.press("k")
    desk.wait_for_url(f"**/desk/?skip={left.pk}")
    expect(desk.get_by_text(refused.first.text, exact=True)).to_be_visible()
    desk.keyboard.press("d")
    expect(desk.get_by_text(following.first.text, exact=True)).to_be_visible()
    after = Match.objects.get(pk=refused.pk).status
    desk.keyboard.press("u")
    expect(desk.get_by_text(refused.first.text, exact=True)).to_be_visible()

    assert (after, Match.objects.get(pk=refused.pk).status) == ("refused", "proposed")


def test_axe_finds_nothing_in_what_is_the_desks_own(desk: Page, live_server: LiveServer) -> None:
    make_proposals()
    desk.goto(f"{live_server.url}{LIST}desk/")
    check_nothing_is_found(desk, "desk", "#content-main")

    desk.goto(f"{live_server.url}{LIST}")
    for box in desk.locator("input[name=_selected_action]").all()[:2]:
        box.check()
    desk.select_option("select[name=action]", "refuse")
    desk.get_by_role("button", name="Go").click()
    expect(desk.get_by_text("Nothing is written yet.")).to_be_visible()
    check_nothing_is_found(desk, "several", "#content-main")
