"""Turning the second factor on and off, and signing in with it, by axe-core."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.newsroom.test_second_factor import PASSWORD, code

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing(failing_page: Page, live_server: LiveServer, width: int, scheme: str) -> None:
    clara = User.objects.create_superuser("Clara", password=PASSWORD)
    page = failing_page
    page.set_default_timeout(10_000)
    page.set_viewport_size({"width": width, "height": 844})
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page.goto(f"{live_server.url}/admin/second-factor/")

    sign_in(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("Please enter the correct username and password")
    nothing_is_found(page, "refused", width)
    sign_in(page, PASSWORD)
    expect(page.get_by_role("button", name="Turn it on")).to_be_visible()
    nothing_is_found(page, "off", width)
    enter(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("This code is not right")
    nothing_is_found(page, "wrong code", width)
    TOTPDevice.objects.update(throttling_failure_count=0)
    enter(page, code(clara))
    expect(page.get_by_text("Keep these recovery codes")).to_be_visible()
    nothing_is_found(page, "recovery codes", width)
    page.goto(f"{live_server.url}/admin/second-factor/")
    expect(page.get_by_role("button", name="Turn it off")).to_be_visible()
    nothing_is_found(page, "on", width)


def sign_in(page: Page, password: str) -> None:
    page.get_by_label("Username").fill("Clara")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def enter(page: Page, token: str) -> None:
    page.get_by_label("Code:").fill(token)
    page.get_by_label("Code:").press("Enter")


def nothing_is_found(page: Page, state: str, width: int) -> None:
    found = Axe().run(page, context="#content")

    assert not found.response["violations"], f"{state}:\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, state
