"""An article, and what two actors say of each other."""

from datetime import date

import pytest

from claims.extraction.schema import Act
from claims.models import Article
from tests.factories import make_actor, make_article, make_nested_quotes, make_quote

TEXT = """\
Mayor Ana Bell said Omar Reza, the city engineer, had told her that "the bridge will stand for a hundred years".

Officials in Veldania denied any part in the delay. A sign reads "no more than twelve people", beside "Old Ironsides".
"We were never asked," replied one engineer."""


@pytest.fixture
def article() -> Article:
    """An article with four quotes: one within another, and one whose speaker is unknown."""
    article = make_article(TEXT)
    make_nested_quotes(article)
    make_quote(
        article=article,
        actor=None,
        source="one engineer",
        cue="replied",
        content='"We were never asked,"',
    )
    return article


@pytest.fixture
def talk() -> None:
    """Quotes of two actors, of each other, and of a third; one is rejected."""
    make_actor("Veldania")
    make_actor("Ana Bell")
    rows: list[tuple[str, Act, str, int, str]] = [
        ("Veldania", "say", "the bridge is safe", 1, "Harbour Herald"),
        ("Veldania", "deny", "the ferry is late today", 2, "Northern Wire"),
        ("Veldania", "say", "that Ana Bell left the bridge", 3, "Harbour Herald"),
        ("Veldania", "say", "the toll will rise", 4, "Harbour Herald"),
        ("Ana Bell", "say", "the bridge is safe", 5, "Harbour Herald"),
        ("Ana Bell", "claim", "the ferry is late today", 6, "Evening Post"),
        ("Ana Bell", "warn", "that Veldania sells the ferry", 7, "Evening Post"),
        ("Omar Reza", "say", "that Ana Bell and Veldania agree", 8, "Evening Post"),
    ]
    for actor, act, content, day, outlet in rows:
        article = make_article(
            f"{actor} said {content}.", outlet=outlet, published_on=date(2024, 3, day)
        )
        make_quote(actor=actor, act=act, article=article, content=content)
    make_quote(actor="Ana Bell", content="that Veldania sinks", status="rejected")
