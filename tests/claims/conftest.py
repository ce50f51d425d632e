"""A curator's browser, quotes to ask for, documents to read, and what can be fetched."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from claims.intake import fetched
from claims.search import columns
from tests.claims.intake.arrivals import Web
from tests.factories import make_article, make_quote

# A failure in these is told as in a test.
pytest.register_assert_rewrite("tests.claims.admin_client", "tests.claims.api_client")

ARTICLE = (
    "The mayor of Port Alder, Ruth Okafor, said on Friday that the new bridge would open in June.\n"
    '"We are two months ahead of schedule," Okafor told reporters.\n'
    "Residents denied that they had been consulted.\n"
)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(
        f"Bridge to open\n20240305\nhttps://example.org/bridge\n{ARTICLE}"
    )
    (tmp_path / "bad.txt").write_text("No date\n\nhttps://example.org/bad\nText.\n")
    return tmp_path


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    """What can be fetched: nothing, until pages are added."""
    made = Web()
    monkeypatch.setattr(fetched, "fetch_page", made.fetch_page)
    monkeypatch.setattr(fetched, "fetch_feed", made.fetch_feed)
    return made


@pytest.fixture
def curator(client: Client) -> Client:
    """The browser of a superuser who is logged in."""
    client.force_login(User.objects.create_superuser("Clara"))
    return client


@pytest.fixture
def staff(client: Client) -> Callable[..., Client]:
    """The browser of one of the staff who has the permissions named, and no other."""

    def made(*permissions: str) -> Client:
        user = User.objects.create_user("Sam", is_staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
        client.force_login(user)
        return client

    return made


@pytest.fixture
def keep_columns(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Once called, the columns stay as they are: at the cost of no query, for a site whose quotes have not changed since."""

    def keep() -> None:
        known = columns.get_current_columns()
        monkeypatch.setattr(columns, "get_current_columns", lambda: known)

    return keep


@pytest.fixture
def varied() -> None:
    """A few quotes that differ in all that can be asked for; one is rejected."""
    rows: list[tuple[str | None, str, dict[str, Any]]] = [
        ("Veldania", "the bridge is safe", {"day": 1}),
        (
            "Veldania",
            "any part in the delay of the ferry",
            {"act": "deny", "day": 2, "outlet": "Northern Wire"},
        ),
        ("Ana Bell", "the ferry is late", {"kind": "direct", "day": 3, "status": "accepted"}),
        (
            "Ana Bell",
            "Veldania will pay for the bridge",
            {"act": "promise", "day": 4, "status": "corrected"},
        ),
        (
            "Omar Reza",
            "is the bridge open",
            {"act": "question", "day": 5, "kind": "mixed", "outlet": "Northern Wire"},
        ),
        (
            "Omar Reza",
            "the whole bridge is a fraud",
            {"act": "accuse", "day": 6, "status": "rejected"},
        ),
        (None, "the toll will rise", {"act": "predict", "day": 7, "outlet": "Evening Post"}),
    ]
    for actor, content, values in rows:
        day, outlet = values.pop("day"), values.pop("outlet", "Harbour Herald")
        source = actor or "one engineer"
        article = make_article(
            f"{source} said {content}.", outlet=outlet, published_on=date(2024, 3, day)
        )
        make_quote(actor=actor, source=source, article=article, content=content, **values)
