"""How many statements there are, and who had them first, if words that were passed on from one to
another count once.
"""

from collections.abc import Iterable

import numpy as np

from claims.search.columns import UNDATED, Columns, RowNumbers


def count_statements(wordings: Iterable[int], copies: Iterable[tuple[int, int]]) -> int:
    """Return how many of these wordings are left if copies of one quotation count as one; pairs of
    other wordings are passed over.
    """
    return len(set(find_leads(wordings, copies).values()))


def find_leads(wordings: Iterable[int], copies: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return for each of these wordings one that stands for all copies of its quotation."""
    leads = {wording: wording for wording in wordings}

    def find_lead(wording: int) -> int:
        while leads[wording] != wording:
            wording = leads[wording]
        return wording

    for one, other in copies:
        if one in leads and other in leads:
            leads[find_lead(one)] = find_lead(other)
    return {wording: find_lead(wording) for wording in leads}


def find_first_outlets(
    known: Columns, rows: RowNumbers, copies: Iterable[tuple[int, int]]
) -> set[int]:
    """Return the outlets that had something first of what some quotes say, which are in their rows:
    of each quotation that of the earliest article, of a day the one that was stored first.
    """
    wordings = known["wording"][rows].tolist()
    leads = find_leads(wordings, copies)
    days = known["day"][rows]
    unknown_last = np.where(days == UNDATED, np.iinfo(days.dtype).max, days)
    first: dict[int, int] = {}
    for place in np.lexsort((known["article"][rows], unknown_last)).tolist():
        first.setdefault(leads[wordings[place]], int(known["outlet"][rows[place]]))
    return set(first.values())
