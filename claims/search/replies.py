"""Where words that say nothing by themselves reply to a claim.

Of "all the allegations" the article alone tells what is meant. So such words reply to a claim only in
articles that have the claim; all others do wherever they stand.
"""

from collections.abc import Collection, Iterable

import numpy as np

from claims.search.columns import REJECTED_CODE, Columns, RowMask, RowNumbers


def mask_replies(
    known: Columns, rows: RowNumbers, claim: int, wordings: Collection[int]
) -> RowMask:
    """Return which of these rows, among which are all of the claim, reply to it in these wordings."""
    is_worded_so = np.isin(known["wording"][rows], list(wordings))
    articles = known["article"][rows[known["claim"][rows] == claim]]
    is_understood = known["proposition"][rows] | np.isin(known["article"][rows], articles)
    return np.asarray(is_worded_so & is_understood, np.bool_)


def find_vague_replies(
    known: Columns, pairs: Iterable[tuple[int, int]]
) -> dict[tuple[int, int], list[int]]:
    """Return the rows, the newest first, in which words that say nothing by themselves reply to a
    claim, for each of these pairs of a claim and the wording of a reply that has any.
    """
    claims_of: dict[int, list[int]] = {}
    for claim, wording in pairs:
        claims_of.setdefault(wording, []).append(claim)
    is_told = known["status"] != REJECTED_CODE
    is_vague = is_told & ~known["proposition"]
    vague = np.flatnonzero(is_vague & known.mask_having("wording", claims_of))
    if not len(vague):
        return {}
    vague_wordings = set(known["wording"][vague].tolist())
    claims = {claim for wording in vague_wordings for claim in claims_of[wording]}
    articles = known["article"][vague].tolist()
    is_claim_there = known.mask_having("claim", claims) & known.mask_having(
        "article", set(articles)
    )
    telling = np.flatnonzero(is_told & is_claim_there)
    told_in = set(
        zip(known["claim"][telling].tolist(), known["article"][telling].tolist(), strict=True)
    )
    found: dict[tuple[int, int], list[int]] = {}
    wordings = known["wording"][vague].tolist()
    for row, wording, article in zip(vague.tolist(), wordings, articles, strict=True):
        for claim in claims_of[wording]:
            if (claim, article) in told_in:
                found.setdefault((claim, wording), []).append(row)
    return found
