"""The desk where pairs of actors are judged, with the keyboard; and its pages by axe-core."""

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from claims.actors.merging import merge_actors
from claims.models import MergeCandidate
from tests.browser.axe import check_nothing_is_found
from tests.claims.merged import make_pair
from tests.factories import make_actor, make_quote

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(page: Page, live_server: LiveServer, client: Client) -> Page:
    client.force_login(User.objects.create_superuser("Clara"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    return page


def pairs() -> list[MergeCandidate]:
    names = [("Jen Psaki", "Jennifer Psaki"), ("Ana Bell", "Anna Bell"), ("Omar Reza", "Omer Reza")]
    actors = [[make_actor(name, "person") for name in both] for both in names]
    for both in actors:
        for actor in both:
            make_quote(actor=actor)
    return [
        make_pair(one, other, score=0.9 - number / 10) for number, (one, other) in enumerate(actors)
    ]


def test_pairs_are_judged_with_the_keyboard(desk: Page, live_server: LiveServer) -> None:
    first, second, third = pairs()
    desk.goto(f"{live_server.url}/admin/claims/mergecandidate/desk/")

    for pair, key in ((first, "d"), (second, "u"), (third, "s")):
        desk.wait_for_url(f"**/{pair.pk}/judge/")
        desk.keyboard.press(key)
    desk.wait_for_url("**/actor/merge/?actor=*")

    judged = MergeCandidate.objects.order_by("-score").values_list("judgement", flat=True)
    assert list(judged) == ["different", "unsure", "same"]
    expect(desk.get_by_role("heading", name="What merging would do")).to_be_visible()
    desk.get_by_label("Why are they one?").press_sequentially("sud")
    expect(desk.get_by_label("Why are they one?")).to_have_value("sud")


def test_axe_finds_nothing_in_what_is_the_desks_own(desk: Page, live_server: LiveServer) -> None:
    first, second, _ = pairs()
    done = merge_actors(second.first_id, [second.second_id], None, "one")
    for address in (
        f"mergecandidate/{first.pk}/judge/",
        f"actor/merge/?actor={first.first_id}&actor={first.second_id}",
        f"actor/merge/?actor={first.first_id}&name=e",
        f"actor/{first.first_id}/split/",
        f"merge/{done.pk}/undo/",
    ):
        desk.goto(f"{live_server.url}/admin/claims/{address}")

        check_nothing_is_found(desk, address, "#content-main")
