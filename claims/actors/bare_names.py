"""Decides whom a bare name in an article means, "Mr Bell", from what articles say. No database here."""

from collections.abc import Sequence
from math import log, log1p

from claims.actors.constraints import list_possible_bearers
from claims.actors.evidence import Evidence, weigh_bare_name
from claims.actors.named_people import Bearer, FoundJoin, NamedPerson, PairsApart, StoryCount
from claims.actors.weighing import JoinScorer, load_scorer

# Whom so many articles of these weeks name in full, and so many times as many as anybody else of the
# surname, a bare surname means wherever it stands.
LEAST_ABOUT = log1p(12)
LEAST_AHEAD = log(20)

# Of two in one story the one who is in more of its articles is meant, if that, or those of these
# weeks, are so many times as many: as of four beside one.
LEAST_AHEAD_OF_RIVAL = log(3)

SAME_QUOTATION_REASON = "one quotation is credited to both"
SAME_OFFICE_REASON = "both hold the same office, in one year"
ONLY_ONE_REASON = "nobody else of this surname is in the stories about it"
MOST_OFTEN_REASON = "nearly all articles of these weeks that name the surname in full mean this one"


def find_bearer_meant(
    bare: NamedPerson,
    titles: frozenset[str],
    bearers: Sequence[Bearer],
    apart: PairsApart,
    count_story: StoryCount,
    scorer: JoinScorer | None = None,
) -> FoundJoin | None:
    """Return whom a bare name in an article may mean, or None; `is_sure` tells whether it does.

    `titles` stand before the name there. Whom nothing ties to the name, or who shares its story with
    a namesake, is never sure, however often the news names them. A name that is itself an actor's
    into whom others were merged is nobody else's.
    """
    if any(bare.number in bearer.members for bearer in bearers):
        return None
    weights = (scorer or load_scorer()).bare
    possible = list_possible_bearers(bare, titles, bearers, apart)
    evidence = weigh_bare_name(bare, titles, possible, count_story)
    scores = {number: weights.compute_score(signs) for number, signs in evidence.items()}
    ranked = sorted(scores, key=lambda number: -scores[number])
    if not ranked or scores[ranked[0]] < weights.likely:
        return None
    best = ranked[0]
    if len(ranked) > 1 and scores[ranked[1]] >= weights.likely:
        return None
    may_be_sure = is_tied(evidence[best]) and not is_rivalled(evidence[best])
    is_sure = scores[best] >= weights.sure and may_be_sure
    reasons = (choose_reason(evidence[best]),)
    return FoundJoin(bare.number, best, reasons, is_sure=is_sure, score=scores[best])


def is_tied(evidence: Evidence) -> bool:
    """Return whether a story, a quotation, an office or sheer prominence ties somebody to a name."""
    if any(evidence[sign] for sign in ("same_quotation", "in_story", "same_office")):
        return True
    return evidence["about"] >= LEAST_ABOUT and evidence["ahead_about"] >= LEAST_AHEAD


def is_rivalled(evidence: Evidence) -> bool:
    """Return whether somebody else of the surname is in the story, and may be meant as well."""
    if evidence["same_quotation"]:
        return False
    ahead = evidence["ahead_in_story"]
    is_shared = evidence["in_story"] > 0 and not evidence["alone_in_story"]
    most_ahead = max(ahead, evidence["ahead_about"])
    return ahead < 0 or (is_shared and most_ahead < LEAST_AHEAD_OF_RIVAL)


def choose_reason(evidence: Evidence) -> str:
    if evidence["same_quotation"]:
        return SAME_QUOTATION_REASON
    if evidence["in_story"]:
        return ONLY_ONE_REASON
    return SAME_OFFICE_REASON if evidence["same_office"] else MOST_OFTEN_REASON
