"""Where words that say nothing by themselves reply to a claim.

Of "all the allegations" the article alone tells what is meant. So such words reply to a claim only in
articles that have the claim; all others do wherever they stand.

Nor does everybody who speaks such words deny by them: if "the vaccine is dangerous" speaks against
"the vaccine is safe", then whoever denies or questions the former does not deny the latter.
"""

from collections.abc import Collection, Iterable

import numpy as np

from claims.search.columns import (
    ASSERTS_CODE,
    CODED_VALUES,
    DENIES_CODE,
    REJECTED_CODE,
    Columns,
    RowMask,
    RowNumbers,
)

QUESTIONS_CODE = CODED_VALUES["stance"].index("questions")
NO_COMMENT_CODE = CODED_VALUES["act"].index("no_comment")


def mask_replies(
    known: Columns,
    rows: RowNumbers,
    claim: int,
    wordings: Collection[int],
    *,
    is_denial: bool = False,
) -> RowMask:
    """Return which of these rows, among which are all of the claim and of these wordings, reply to the
    claim in these; deny it, if that `is_denial`.
    """
    is_worded_so = np.isin(known["wording"][rows], list(wordings))
    if is_denial:
        is_worded_so[is_worded_so] = mask_denying(known, rows[is_worded_so])
    articles = known["article"][rows[known["claim"][rows] == claim]]
    is_understood = known["proposition"][rows] | np.isin(known["article"][rows], articles)
    return np.asarray(is_worded_so & is_understood, np.bool_)


def mask_denying(known: Columns, rows: RowNumbers) -> RowMask:
    """Return which of these rows deny what their wordings speak against. Rows of all quotes of these
    wordings that readers see have to be among them.

    Words that somebody asserts speak against others by being asserted, all others by being denied.
    """
    stances, wordings = known["stance"][rows], known["wording"][rows]
    is_told = known["status"][rows] != REJECTED_CODE
    is_silent = known["act"][rows] == NO_COMMENT_CODE
    is_asserted = known["proposition"][rows] & (stances == ASSERTS_CODE) & ~is_silent & is_told
    is_of_asserted = np.isin(wordings, wordings[is_asserted])
    is_other = (stances == DENIES_CODE) | is_silent
    return np.asarray((stances != QUESTIONS_CODE) & ~(is_of_asserted & is_other), np.bool_)


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
