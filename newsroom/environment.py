"""Settings from environment variables; a bad value is one clear sentence, and a secret is never
shown.
"""

import os
import re
import secrets
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from newsroom.inner_hosts import EXAMPLES, parse_inner_host

EXAMPLE_DATABASE_URL = "postgresql://user:password@host:5432/name"
TRUE_WORDS = ("1", "true", "yes", "on")
FALSE_WORDS = ("", "0", "false", "no", "off")
LONGEST_NUMBER = 4  # digits
PORTS_OF_MAIL = {"smtp": 25, "smtp+tls": 587, "smtps": 465}  # in the clear, STARTTLS, TLS
NO_MAIL_ADDRESS = (
    "NEWSROOM_MAIL should be console, or the address of a mail server such as"
    " smtp+tls://user:password@mail.example:587"
)
SITE = re.compile(r"https?://[^\s/?#@]+")
CONTACT = re.compile(r"[\x21-\x27\x2a-\x7e]{0,200}")  # no blanks and no brackets
SCHEMES_OF_CONTACT = ("mailto:", "https://", "tel:")
KEYS_OF_PART = {  # what Django calls a part of the address that libpq has another name for
    "dbname": "NAME",
    "user": "USER",
    "password": "PASSWORD",
    "host": "HOST",
    "port": "PORT",
}


def read_flag(name: str, default: str = "0") -> bool:
    """Return whether a setting is on; unset, it is as `default` says."""
    value = (os.environ.get(name) or default).strip().lower()
    if value not in (*TRUE_WORDS, *FALSE_WORDS):
        raise ImproperlyConfigured(f"{name} should be 1 or 0, not {value!r}")
    return value in TRUE_WORDS


def read_number(name: str, default: str) -> int:
    value = os.environ.get(name) or default
    if not value.isascii() or not value.isdigit() or len(value) > LONGEST_NUMBER:
        raise ImproperlyConfigured(f"{name} should be a number such as 0 or 1, not {value!r}")
    return int(value)


def read_list(name: str, default: str) -> list[str]:
    """Return the parts of a value between commas."""
    parts = os.environ.get(name, default).split(",")
    return [part.strip() for part in parts if part.strip()]


def check_inner_hosts(name: str, hosts: list[str]) -> list[str]:
    """Return the hosts and networks that a setting lets in, as they are written."""
    for host in hosts:
        try:
            parse_inner_host(host)
        except ValueError:
            raise ImproperlyConfigured(
                f"{name} should name hosts or networks, such as {EXAMPLES}, not {host!r}"
            ) from None
    return hosts


def check_contact(name: str, contact: str) -> str:
    """Return the address at which the people who run the site can be reached, fit to be sent."""
    if not CONTACT.fullmatch(contact):
        raise ImproperlyConfigured(
            f"{name} should be the address of a page or a mail address, not {contact!r}"
        )
    return contact


def check_security_contact(contact: str, expires: str) -> tuple[str, date | None]:
    """Return whom to tell of a hole in the site's security, and the day up to which that holds.

    Both are needed, or neither.
    """
    if not contact and not expires:
        return "", None
    if not CONTACT.fullmatch(contact) or not contact.startswith(SCHEMES_OF_CONTACT):
        raise ImproperlyConfigured(
            "NEWSROOM_SECURITY_CONTACT should be an address that begins with"
            f" {', '.join(SCHEMES_OF_CONTACT)}, not {contact!r}"
        )
    try:
        return contact, date.fromisoformat(expires)
    except ValueError:
        raise ImproperlyConfigured(
            "NEWSROOM_SECURITY_EXPIRES should be the day up to which the contact holds, such as"
            f" 2027-06-30, not {expires!r}"
        ) from None


def load_secret_key(path: Path) -> str:
    """Return SECRET_KEY, or else a key that is made once and kept in `path`, readable by its owner
    alone.
    """
    if given := os.environ.get("SECRET_KEY"):
        return given
    try:
        if not path.exists():
            store_new_secret(path)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be used ({error.strerror}); "
            "set NEWSROOM_VAR to a folder that can be written"
        ) from None


def store_new_secret(path: Path) -> None:
    """Write a new secret, unless another process writes one at the same time: the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}")
    unfinished.touch(mode=0o600)
    unfinished.write_text(secrets.token_urlsafe(50))
    try:
        os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink()


def read_database_url(url: str) -> dict[str, Any]:
    """Return Django's settings for a PostgreSQL address, as libpq reads it."""
    not_an_address = (
        f"DATABASE_URL is not the address of a PostgreSQL database, such as {EXAMPLE_DATABASE_URL}"
    )
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(not_an_address)
    try:
        options = conninfo_to_dict(url)
    except ProgrammingError:
        raise ImproperlyConfigured(not_an_address) from None
    if not options.get("dbname"):
        raise ImproperlyConfigured(
            f"DATABASE_URL names no database; it should be like {EXAMPLE_DATABASE_URL}"
        )
    settings = {key: str(options.pop(part, "") or "") for part, key in KEYS_OF_PART.items()}
    if settings["PORT"] and not settings["PORT"].isdigit():
        raise ImproperlyConfigured(
            f"DATABASE_URL has a port that is no number; it should be like {EXAMPLE_DATABASE_URL}"
        )
    timeout = str(options.get("connect_timeout", "0"))
    if not timeout.isdecimal():
        raise ImproperlyConfigured(
            f"DATABASE_URL has a connect_timeout that is no whole number of seconds: {timeout!r}"
        )
    return {**settings, "OPTIONS": options}


class MailSettings(NamedTuple):
    """Where mails go: Django's settings by their names, in small letters."""

    backend: str
    file_path: Path | None = None
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    use_tls: bool = False
    use_ssl: bool = False


def read_mail_settings(folder: Path, address: str) -> MailSettings:
    """Return where mails go: to a server, to the console, or without an address into a folder."""
    backends = "django.core.mail.backends"
    if not address:
        return MailSettings(f"{backends}.filebased.EmailBackend", folder)
    if address == "console":
        return MailSettings(f"{backends}.console.EmailBackend")
    try:
        parts = urlsplit(address)
        port = parts.port
        usual_port = PORTS_OF_MAIL[parts.scheme]
    except (KeyError, ValueError):
        raise ImproperlyConfigured(NO_MAIL_ADDRESS) from None
    if not parts.hostname or port == 0:
        raise ImproperlyConfigured(NO_MAIL_ADDRESS)
    return MailSettings(
        f"{backends}.smtp.EmailBackend",
        host=parts.hostname,
        port=port or usual_port,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp+tls",
        use_ssl=parts.scheme == "smtps",
    )


def check_sender(name: str, sender: str) -> str:
    """Return the mail address that a setting has mails come from."""
    try:
        validate_email(sender)
    except ValidationError:
        raise ImproperlyConfigured(f"{name} should be a mail address, not {sender!r}") from None
    return sender


def check_site(name: str, address: str) -> str:
    """Return what the addresses of the site begin with, or nothing."""
    if address and not SITE.fullmatch(address.rstrip("/")):
        raise ImproperlyConfigured(f"{name} should be like https://news.example, not {address!r}")
    return address.rstrip("/")
