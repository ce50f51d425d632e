"""Quotes that stand one below the other: which of them hang under the one that they stand within."""

from collections.abc import Iterable

from claims.models import Quote

DEEPEST_SHOWN = 2  # levels of quotes within quotes


def mark_hanging(quotes: Iterable[Quote]) -> None:
    """Give each quote as `hangs` under how many of those right above it it hangs; 0 for most."""
    above: list[int] = []
    for quote in quotes:
        place = above.index(quote.within_id) + 1 if quote.within_id in above else 0
        above = [*above[:place], quote.pk]
        quote.hangs = min(place, DEEPEST_SHOWN)
