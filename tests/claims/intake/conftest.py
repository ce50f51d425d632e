import pytest

from claims.intake import fetched
from tests.claims.intake.arrivals import Web


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Web:
    """What can be fetched: nothing, until pages are added."""
    made = Web()
    monkeypatch.setattr(fetched, "fetch_page", made.fetch_page)
    monkeypatch.setattr(fetched, "fetch_feed", made.fetch_feed)
    return made
