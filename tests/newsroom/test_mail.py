"""Where mails go, as the settings say."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.environment import check_sender, check_site, read_mail_settings
from newsroom.mail import is_mail_sent

FOLDER = Path("mail")


@pytest.mark.parametrize(
    ("address", "host", "port", "tls", "ssl"),
    [
        ("smtp+tls://me:p%40ss@mail.example", "mail.example", 587, True, False),
        ("smtps://me:p%40ss@mail.example:4650", "mail.example", 4650, False, True),
        ("smtp://me:p%40ss@127.0.0.1", "127.0.0.1", 25, False, False),
    ],
)
def test_a_server_is_read_with_its_password_and_how_it_is_spoken_to(
    address: str, host: str, port: int, tls: bool, ssl: bool
) -> None:
    found = read_mail_settings(FOLDER, address)

    assert (found.host, found.port, found.use_tls, found.use_ssl) == (host, port, tls, ssl)
    assert (found.user, found.password) == ("me", "p@ss")


@pytest.mark.parametrize(
    ("address", "is_sent"), [("", False), ("console", False), ("smtps://a.example", True)]
)
def test_without_a_server_nothing_leaves_the_machine(
    settings: Any, address: str, is_sent: bool
) -> None:
    settings.EMAIL_BACKEND = read_mail_settings(FOLDER, address).backend

    assert is_mail_sent() is is_sent


@pytest.mark.parametrize(
    "address",
    ["mail.example", "http://me:hunter2@mail.example", "smtp://", "smtp://a:x", "smtp://a:0"],
)
def test_an_address_that_is_none_is_one_sentence_without_its_password(address: str) -> None:
    with pytest.raises(
        ImproperlyConfigured, match="NEWSROOM_MAIL should be console, or"
    ) as refused:
        read_mail_settings(FOLDER, address)

    assert "hunter2" not in str(refused.value)


def test_a_sender_and_a_site_that_are_none_are_refused() -> None:
    for sender in ("me", "a@b.example\nBcc: c@d.example"):
        with pytest.raises(ImproperlyConfigured):
            check_sender("NEWSROOM_MAIL_FROM", sender)
    for site in ("news.example", "https://news.example/path", "https://a@news.example"):
        with pytest.raises(ImproperlyConfigured):
            check_site("NEWSROOM_SITE", site)

    assert check_site("NEWSROOM_SITE", "https://news.example/") == "https://news.example"
