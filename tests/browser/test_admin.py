import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.factories import make_quote

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_buttons_of_a_row_do_not_cover_its_title(
    page: Page, live_server: LiveServer, client: Client
) -> None:
    client.force_login(User.objects.create_superuser("Clara"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
    )
    quote = make_quote(
        source="The spokeswoman of the Harbour Office of Veldania",
        content="the bridge is safe " * 9,
    )

    for width in (1280, 700):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}/admin/claims/quote/{quote.pk}/change/")

        words = page.evaluate(
            """() => {
                const range = document.createRange();
                range.selectNodeContents(document.querySelector("#content > h2"));
                const buttons = [...document.querySelectorAll(".object-tools a")].map((each) => each.getBoundingClientRect());
                const covers = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
                return [...range.getClientRects()].map((line) => buttons.filter((button) => covers(button, line)).length);
            }"""
        )
        assert words
        assert not any(words)
