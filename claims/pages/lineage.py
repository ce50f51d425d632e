"""How many statements there are if words that were passed on from one to another count once."""

from collections.abc import Iterable


def count_statements(wordings: Iterable[int], copies: Iterable[tuple[int, int]]) -> int:
    """Return how many of these wordings are left if copies of one quotation count as one; pairs of
    other wordings are passed over.
    """
    leads = {wording: wording for wording in wordings}

    def find_lead(wording: int) -> int:
        while leads[wording] != wording:
            wording = leads[wording]
        return wording

    for one, other in copies:
        if one in leads and other in leads:
            leads[find_lead(one)] = find_lead(other)
    return len({find_lead(wording) for wording in leads})
