"""A small site served on loopback, with quotes of made-up articles and a token that may everything:
what other people's tools try the REST API on.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from claims.extraction.schema import Act

START_SECONDS = 120.0
ACTORS = ("Ana Bell", "Omar Reza", "Ruth Okafor", "Veldania")


def fill_site() -> str:
    """Store some quotes in the database of these settings; return a token of a superuser."""
    from django.contrib.auth.models import User
    from django.utils import timezone

    from claims.models import ApiToken, TokenScope
    from tests.factories import make_article, make_factcheck, make_match, make_quote

    quotes = []
    for number in range(40):
        actor = ACTORS[number % len(ACTORS)]
        act: Act = "deny" if number % 3 else "say"
        content = f"the bridge number {number % 7} is safe"
        article = make_article(
            f"{actor} said {content}. Ana Bell denied it.",
            title=f"Bridge {number}",
            outlet=("Harbour Herald", "Northern Wire")[number % 2],
            published_on=date(2024, 3, 1) + timedelta(days=number),
        )
        quotes.append(make_quote(actor=actor, article=article, content=content, act=act))
    make_match(quotes[0], quotes[1])
    make_factcheck(quotes[0])
    owner = User.objects.create_superuser("Fuzz")
    end = timezone.now() + timedelta(days=1)
    return ApiToken.make(owner, "a tool", TokenScope.values, end)[1]


def list_slugs() -> dict[str, list[str]]:
    """Return the slugs that there are, by the parameters that take them."""
    from claims.models import Actor, Outlet

    actors = list(Actor.objects.order_by("slug").values_list("slug", flat=True))
    outlets = list(Outlet.objects.order_by("slug").values_list("slug", flat=True))
    return {"actor": actors, "about": actors, "outlet": outlets}


@contextmanager
def serve_site(database: str, port: int) -> Iterator[str]:
    """Serve a database of the embedded PostgreSQL; yield the site's address."""
    address = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "NEWSROOM_API_LIMIT": "0"}
    application = f"benchmarks.api_wsgi:build_application({database!r})"
    command = [
        *(sys.executable, "-m", "gunicorn", "--config", "python:newsroom.gunicorn"),
        *("--bind", f"127.0.0.1:{port}", "--timeout", "120", application),
    ]
    with subprocess.Popen(command, env=environment) as server:
        try:
            wait_for_site(address)
            yield address
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(30)


def wait_for_site(address: str) -> None:
    """Wait until a site answers. Raises `TimeoutError` if it does not in two minutes."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        try:
            with urlopen(f"{address}/readyz"):
                return
        except URLError:
            time.sleep(0.5)
    raise TimeoutError(address)
