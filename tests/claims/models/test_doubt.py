"""Which quotes a person should look at."""

from typing import Any

import pytest
from django.test import Client

from claims.models import Quote
from claims.models.doubt import REVIEW_BELOW, is_unsure
from tests.claims.admin_client import QUOTES, get_page
from tests.factories import make_quote

pytestmark = pytest.mark.django_db

SURE, DOUBTFUL = REVIEW_BELOW, REVIEW_BELOW - 0.01

CASES: list[Any] = [
    pytest.param({}, set(), id="sure of both"),
    pytest.param({"actor_confidence": SURE, "confidence": SURE}, set(), id="as sure as need be"),
    pytest.param({"actor_confidence": DOUBTFUL}, {"speaker"}, id="speaker in doubt"),
    pytest.param({"confidence": DOUBTFUL}, {"quote"}, id="quote in doubt"),
    pytest.param(
        {"actor_confidence": DOUBTFUL, "confidence": DOUBTFUL},
        {"speaker", "quote"},
        id="both in doubt",
    ),
    pytest.param({"actor": None, "source": "somebody"}, {"unknown"}, id="speaker unknown"),
    pytest.param({"actor": None, "source": ""}, set(), id="no source, so nobody to be known"),
    pytest.param({"actor_confidence": None}, set(), id="not measured"),
    pytest.param({"actor_confidence": DOUBTFUL, "status": "accepted"}, set(), id="accepted"),
    pytest.param({"confidence": DOUBTFUL, "status": "rejected"}, set(), id="rejected"),
    pytest.param({"actor": None, "status": "corrected"}, set(), id="corrected"),
]


@pytest.mark.parametrize(("values", "doubts"), CASES)
def test_a_quote_is_in_doubt_for_what_is_doubtful_about_it(
    values: dict[str, Any], doubts: set[str]
) -> None:
    make_quote(**values)

    found = {
        "speaker": Quote.objects.speaker_in_doubt(),
        "unknown": Quote.objects.speaker_unknown(),
        "quote": Quote.objects.quote_in_doubt(),
    }

    assert {name for name, quotes in found.items() if quotes.exists()} == doubts
    assert Quote.objects.in_doubt().count() == bool(doubts)


@pytest.mark.parametrize(("values", "doubts"), CASES)
def test_the_admin_finds_what_is_in_doubt(
    curator: Client, values: dict[str, Any], doubts: set[str]
) -> None:
    make_quote(content="the bridge is safe", **values)

    for doubt in ("speaker", "unknown", "quote"):
        assert (">the bridge is safe<" in get_page(curator, f"{QUOTES}?doubt={doubt}")) is (
            doubt in doubts
        ), doubt
    assert (">the bridge is safe<" in get_page(curator, f"{QUOTES}?doubt=any")) is bool(doubts)


def test_pages_call_unsure_what_goes_to_review() -> None:
    assert [is_unsure(SURE), is_unsure(DOUBTFUL), is_unsure(None)] == [False, True, False]
