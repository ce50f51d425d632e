"""The values of a quote: whole in a record, and another state as soon as one of them is another."""

import pytest

from claims.desk.quote_values import build_quote_values, compute_quote_state
from claims.models import Quote
from tests.claims.desk_client import SPOKEN, make_doubtful
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_the_state_is_another_once_anything_of_the_quote_is() -> None:
    quote = make_doubtful()
    before = compute_quote_state(quote)
    assert compute_quote_state(Quote.objects.get(pk=quote.pk)) == before

    for change in (
        {"act": "warn"},
        {"confidence": 0.41},
        {"status": "accepted"},
        {"actor_confidence": None},
    ):
        Quote.objects.filter(pk=quote.pk).update(**change)
        after = compute_quote_state(Quote.objects.get(pk=quote.pk))
        assert after != before
        before = after


def test_the_state_is_another_once_a_span_is() -> None:
    quote = make_doubtful()
    before = compute_quote_state(quote)

    span = quote.spans.get(start=0)
    quote.spans.create(start=span.start, end=span.end)
    span.delete()

    assert compute_quote_state(Quote.objects.get(pk=quote.pk)) != before


def test_nothing_of_a_time_is_lost_in_a_record() -> None:
    article = make_article(SPOKEN)
    quote = make_doubtful(article=article)
    Quote.objects.filter(pk=quote.pk).update(added_at="2024-01-01T00:00:00.123456+00:00")

    assert build_quote_values(quote.pk)["quote"]["added_at"] == "2024-01-01T00:00:00.123456+00:00"
