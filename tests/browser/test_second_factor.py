"""Turning the second factor on and off, and signing in with it, by axe-core."""

import pytest
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp.models import TOTPDevice
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.axe import check_nothing_is_found
from tests.newsroom.test_second_factor import PASSWORD, code

pytestmark = pytest.mark.django_db(transaction=True)


def test_axe_finds_nothing(failing_page: Page, live_server: LiveServer) -> None:
    clara = User.objects.create_superuser("Clara", password=PASSWORD)
    page = failing_page
    page.set_default_timeout(10_000)
    page.goto(f"{live_server.url}/admin/second-factor/")

    sign_in(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text(
        "Please enter the correct username and password"
    )
    check_nothing_is_found(page, "refused", "#content")
    sign_in(page, PASSWORD)
    expect(page.get_by_role("button", name="Turn it on")).to_be_visible()
    check_nothing_is_found(page, "off", "#content")
    enter(page, "wrong")
    expect(page.get_by_role("alert")).to_contain_text("This code is not right")
    check_nothing_is_found(page, "wrong code", "#content")
    TOTPDevice.objects.update(throttling_failure_count=0)
    enter(page, code(clara))
    expect(page.get_by_text("Keep these recovery codes")).to_be_visible()
    check_nothing_is_found(page, "recovery codes", "#content")
    page.goto(f"{live_server.url}/admin/second-factor/")
    expect(page.get_by_role("button", name="Turn it off")).to_be_visible()
    check_nothing_is_found(page, "on", "#content")


def sign_in(page: Page, password: str) -> None:
    page.get_by_label("Username").fill("Clara")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()


def enter(page: Page, token: str) -> None:
    page.get_by_label("Code:").fill(token)
    page.get_by_label("Code:").press("Enter")
