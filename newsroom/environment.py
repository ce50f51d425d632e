"""Settings from environment variables; a bad value is one clear sentence, and a secret is never shown."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

EXAMPLE_DATABASE_URL = "postgresql://user:password@host:5432/name"
TRUE_WORDS, FALSE_WORDS = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


def read_flag(name: str) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value not in (*TRUE_WORDS, *FALSE_WORDS):
        raise ImproperlyConfigured(f"{name} should be 1 or 0, not {value!r}")
    return value in TRUE_WORDS


def read_listed(name: str, default: str) -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def load_secret_key(path: Path) -> str:
    """SECRET_KEY, or one made once and kept in `path`, readable by its owner alone."""
    if given := os.environ.get("SECRET_KEY"):
        return given
    try:
        if not path.exists():
            store_new_secret(path)
        return path.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{path} cannot be used ({error.strerror}); set NEWSROOM_VAR to a folder that can be written"
        ) from None


def store_new_secret(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_suffix(f".{os.getpid()}")
    made.touch(mode=0o600)
    made.write_text(secrets.token_urlsafe(50))
    try:
        os.link(made, path)  # the first of two at once wins
    except FileExistsError:
        pass
    finally:
        made.unlink()


def read_database_url(url: str) -> dict[str, Any]:
    """Django's settings for a PostgreSQL address, as libpq reads it."""
    wrong = (
        f"DATABASE_URL is not the address of a PostgreSQL database, such as {EXAMPLE_DATABASE_URL}"
    )
    if not url.startswith(("postgresql://", "postgres://")):
        raise ImproperlyConfigured(wrong)
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError:
        raise ImproperlyConfigured(wrong) from None
    if not parts.get("dbname"):
        raise ImproperlyConfigured(
            f"DATABASE_URL names no database; it should be like {EXAMPLE_DATABASE_URL}"
        )
    keys = {
        "NAME": "dbname",
        "USER": "user",
        "PASSWORD": "password",
        "HOST": "host",
        "PORT": "port",
    }
    found = {key: str(parts.pop(part, "") or "") for key, part in keys.items()}
    if found["PORT"] and not found["PORT"].isdigit():
        raise ImproperlyConfigured(
            f"DATABASE_URL has a port that is no number; it should be like {EXAMPLE_DATABASE_URL}"
        )
    wait = str(parts.get("connect_timeout", "0"))
    if not wait.isdecimal():
        raise ImproperlyConfigured(
            f"DATABASE_URL has a connect_timeout that is no whole number of seconds: {wait!r}"
        )
    return {**found, "OPTIONS": parts}
