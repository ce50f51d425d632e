from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Actor, Article, Claim, Outlet, Quote
from tests.claims.admin_client import (
    QUOTES,
    build_form_values,
    build_span_fields,
    correct_quote,
    get_change_address,
    get_page,
    make_spoken,
    read_stored_quote,
)
from tests.factories import make_quote

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    ["", "claims/quote/", "claims/quote/{}/change/", "claims/quote/{}/history/", "auth/user/"],
)
def test_whoever_is_not_logged_in_is_led_to_the_login(client: Client, address: str) -> None:
    address = "/admin/" + address.format(make_quote().pk)

    for response in (client.get(address), client.post(address, {"status": "rejected"})):
        assert response.status_code == 302
        assert response["Location"] == f"/admin/login/?next={address}"


def test_whoever_is_not_of_the_staff_is_led_to_the_login(client: Client) -> None:
    client.force_login(User.objects.create_user("Reader"))

    assert client.get(QUOTES)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("model", [Outlet, Article, Actor, Claim, Quote])
def test_staff_without_permission_are_refused(
    staff: Callable[..., Client], model: type[Any]
) -> None:
    quote = make_quote(actor="Veldania")
    row, before = model.objects.get(), read_stored_quote(quote)
    browser = staff()

    for address in (
        f"/admin/claims/{row._meta.model_name}/",
        get_change_address(row),
        get_change_address(row).replace("change", "history"),
    ):
        assert browser.get(address).status_code == 403, address
    assert (
        browser.post(
            get_change_address(row), {**build_form_values(quote), "act": "deny"}
        ).status_code
        == 403
    )
    assert (
        browser.post(
            get_change_address(row).replace("change", "delete"), {"post": "yes"}
        ).status_code
        == 403
    )

    assert read_stored_quote(quote) == before
    assert model.objects.filter(pk=row.pk).exists()


def test_staff_who_may_view_can_look_and_not_touch(staff: Callable[..., Client]) -> None:
    quote = make_spoken()
    before = read_stored_quote(quote)
    browser = staff("view_quote", "view_span")

    assert 'name="act"' not in get_page(browser, get_change_address(quote))
    assert "<mark>is safe</mark>" in get_page(browser, get_change_address(quote))
    assert "made" in get_page(browser, get_change_address(quote).replace("change", "history"))
    assert (
        browser.post(
            get_change_address(quote), {**build_form_values(quote), "act": "deny"}
        ).status_code
        == 403
    )
    for action in ("accept", "reject", "unreview", "delete_selected"):
        assert f'value="{action}"' not in get_page(browser, QUOTES)
        browser.post(QUOTES, {"action": action, "_selected_action": [quote.pk], "post": "yes"})

    assert read_stored_quote(quote) == before


def test_staff_who_may_change_quotes_alone_cannot_move_spans(staff: Callable[..., Client]) -> None:
    quote = make_spoken()
    browser = staff("view_quote", "change_quote", "view_actor", "view_span")

    corrected = correct_quote(browser, quote, act="deny", **build_span_fields("in May", "spans-0-"))

    assert (corrected.act, corrected.content) == ("deny", "The bridge … is safe")


def test_a_form_from_elsewhere_is_refused() -> None:
    quote = make_quote()
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(User.objects.create_superuser("Clara"))

    assert browser.post(get_change_address(quote), build_form_values(quote)).status_code == 403
