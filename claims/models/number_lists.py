"""Primary keys as one value, of which there may be very many."""

from collections.abc import Iterable

from django.db.models.expressions import RawSQL


def build_number_list(numbers: Iterable[int]) -> RawSQL:
    """Return what `pk__in` takes for a list: one array, and not as many placeholders as numbers."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(numbers)])
