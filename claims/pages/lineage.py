"""How many statements there are, and who had them first, if words that were passed on from one to
another count once.
"""

from collections.abc import Iterable

import numpy as np

from claims.search.columns import UNDATED, Columns, RowNumbers
from claims.search.credited import find_copies
from claims.search.number_sets import list_distinct
from claims.search.quoted import select_standing


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
    """Return the outlets that had something first of what the quotes in these rows say."""
    return set(find_first_outlet_of_each(known, rows, copies).values())


def count_had_first(known: Columns, outlet: int) -> int:
    """Return how many statements an outlet has, each once, without those that another had before it.

    Only claims with several quotes can have been passed on, so the others are but counted. It takes a
    query, or none where none of them has several wordings.
    """
    told = select_standing(known, is_once=False)
    quotes = np.bincount(known["claim"][told])
    own = told[known["outlet"][told] == outlet]
    is_alone = quotes[known["claim"][own]] == 1
    is_shared = np.zeros(len(quotes), np.bool_)
    is_shared[known["claim"][own[~is_alone]]] = True
    shared = np.flatnonzero(is_shared).tolist()
    rows = told[is_shared[known["claim"][told]]]
    has_wordings = len(list_distinct(known["wording"][rows])) > len(shared)
    first = find_first_outlet_of_each(known, rows, find_copies(shared) if has_wordings else ())
    return int(is_alone.sum()) + sum(each == outlet for each in first.values())


def find_first_outlet_of_each(
    known: Columns, rows: RowNumbers, copies: Iterable[tuple[int, int]]
) -> dict[int, int]:
    """Return for each quotation in these rows the outlet of the earliest article that has it, of a day
    the one that was stored first; quotations are known by what stands for all their copies.
    """
    wordings = known["wording"][rows].tolist()
    leads = find_leads(wordings, copies)
    days = known["day"][rows]
    unknown_last = np.where(days == UNDATED, np.iinfo(days.dtype).max, days)
    first: dict[int, int] = {}
    for place in np.lexsort((known["article"][rows], unknown_last)).tolist():
        first.setdefault(leads[wordings[place]], int(known["outlet"][rows[place]]))
    return first
