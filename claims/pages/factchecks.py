"""What others found of a claim, for its page: beside what it holds, and never a part of it."""

from claims.models import Claim, FactCheckMatch, MatchStatus
from claims.models.decided import PUBLIC_STATUSES

FACTCHECKS_SHOWN = 20
STATUSES_IN_ORDER = (
    MatchStatus.CONFIRMED,
    MatchStatus.SURE,
    MatchStatus.PROPOSED,
    MatchStatus.REFUSED,
)


def list_factchecks_of_claim(claim: Claim, *, for_curator: bool) -> list[FactCheckMatch]:
    """Return the fact-checks that are about a claim, each by what ties it most to one of its wordings.

    Readers see what is sure or was confirmed; a curator what was only proposed, too, and what was
    refused, to take that back.
    """
    matches = FactCheckMatch.objects.seen().filter(wording__claim=claim.pk)
    matches = matches.select_related("factcheck")
    if not for_curator:
        matches = matches.filter(status__in=PUBLIC_STATUSES)
    tied: dict[int, FactCheckMatch] = {}
    for match in sorted(matches.defer("factcheck__runs"), key=rank_match):
        tied.setdefault(match.factcheck_id, match)
    return list(tied.values())[:FACTCHECKS_SHOWN]


def rank_match(match: FactCheckMatch) -> tuple[int, float, int]:
    return STATUSES_IN_ORDER.index(MatchStatus(match.status)), -match.score, match.pk
