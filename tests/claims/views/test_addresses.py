from collections.abc import Iterator

import pytest
from django.urls import get_script_prefix, reverse, set_script_prefix

from claims.models.addresses import get_address


@pytest.fixture
def below() -> Iterator[None]:
    before = get_script_prefix()
    set_script_prefix("/2010/news/")
    yield
    set_script_prefix(before)


@pytest.mark.parametrize(
    ("view", "key"),
    [
        ("quote", 7),
        ("article", 100),
        ("claim", 2010),
        ("actor", "a-bell-0"),
        ("outlet", "north_post"),
    ],
)
def test_an_address_is_what_the_resolver_says(view: str, key: int | str) -> None:
    assert get_address(view, key) == reverse(view, args=[key])


@pytest.mark.usefixtures("below")
def test_a_site_below_a_prefix_has_it_in_its_addresses() -> None:
    assert get_address("quote", 7) == reverse("quote", args=[7]) == "/2010/news/quotes/7/"
