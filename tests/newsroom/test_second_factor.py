"""Signing in with a second factor, for whoever wants one."""

import re
import time

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

pytestmark = pytest.mark.django_db

PAGE, LOGIN, PASSWORD = "/admin/second-factor/", "/admin/login/", "bridge-harbour-7"


@pytest.fixture
def clara() -> User:
    return User.objects.create_superuser("Clara", password=PASSWORD)


def code(user: User, later: int = 0) -> str:
    """What the user's app shows, so many steps of half a minute later."""
    device = TOTPDevice.objects.get(user=user)
    shown = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    shown.time = time.time() + later * device.step
    return f"{shown.token():06d}"


def turned_on(client: Client, user: User) -> list[str]:
    """The recovery codes."""
    client.force_login(user)
    client.get(PAGE)
    page = client.post(PAGE, {"code": code(user)}).content.decode()
    client.logout()
    return re.findall(r"<li><code>(\w+)</code></li>", page)


def signed_in(client: Client, token: str = "", password: str = PASSWORD) -> bool:
    client.logout()
    client.post(
        f"{LOGIN}?next=/admin/", {"username": "Clara", "password": password, "otp_token": token}
    )
    return "_auth_user_id" in client.session


def test_without_a_second_factor_the_password_is_enough(client: Client, clara: User) -> None:
    assert "one-time-code" in client.get(LOGIN).content.decode()

    assert signed_in(client)
    assert not signed_in(client, password="wrong")


def test_once_it_is_on_the_password_is_not_enough(client: Client, clara: User) -> None:
    assert len(turned_on(client, clara)) == 8

    assert not signed_in(client)
    assert not signed_in(client, "abcdefgh")
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert signed_in(client, code(clara, later=1))


def test_a_recovery_code_signs_in_once(client: Client, clara: User) -> None:
    first, *_ = turned_on(client, clara)

    assert signed_in(client, first)
    assert not signed_in(client, first)
    assert StaticToken.objects.count() == 7


def test_a_wrong_code_is_told_and_slows_down_the_next(client: Client, clara: User) -> None:
    turned_on(client, clara)
    right = code(clara, later=1)
    assert not signed_in(client, f"{(int(right) + 1) % 1000000:06d}")

    assert not signed_in(client, right)


def test_it_is_not_on_before_a_code_has_been_right(client: Client, clara: User) -> None:
    client.force_login(clara)
    page = client.get(PAGE).content.decode()
    assert "data:image/svg+xml" in page

    response = client.post(PAGE, {"code": "000000" if code(clara) != "000000" else "111111"})

    assert response.status_code == 400
    assert "not right" in response.content.decode()
    assert signed_in(client)


def test_it_is_turned_off_with_a_code_alone(client: Client, clara: User) -> None:
    turned_on(client, clara)
    client.force_login(clara)
    assert client.post(PAGE, {"code": "abc"}).status_code == 400
    assert TOTPDevice.objects.filter(confirmed=True).exists()
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)

    assert client.post(PAGE, {"code": code(clara, later=1)}).status_code == 302

    assert not TOTPDevice.objects.exists()
    assert signed_in(client)


def test_the_page_is_for_staff_alone_and_shows_no_secret_once_it_is_on(
    client: Client, clara: User
) -> None:
    assert client.get(PAGE)["Location"].startswith(LOGIN)
    turned_on(client, clara)
    client.force_login(clara)

    page = client.get(PAGE)

    assert "data:image" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_nobody_signs_in_with_the_device_of_somebody_else(client: Client, clara: User) -> None:
    other = User.objects.create_superuser("Sam", password=PASSWORD)
    turned_on(client, other)
    theirs = code(other, later=1)
    turned_on(client, clara)

    assert not signed_in(client, theirs)
