"""Two opinions of whom a pronoun means made into one speaker: that of the places of names, and the
encoder's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from claims.extraction.schema import RunnerUp, Speaker
from claims.extraction.speakers.answers import build_speaker
from claims.extraction.speakers.candidates import PersonCandidate

# The share of a candidate from which it is what a pronoun or a description means where nothing else
# tells.
LIKELY_SHARE = 0.6
# The share from which it is meant though the places of names tell of another: of 9 such pronouns in
# news that is written out, 6 meant the encoder's person and 2 the other, and of 24 with a smaller
# share 7 and 16.
FIRM_SHARE = 0.8
LEAST_SHARE_OF_RUNNER_UP = 0.1
MOST_RUNNERS_UP = 3


def merge_opinions_of_speaker(
    placed: Speaker | None, candidates: Sequence[PersonCandidate]
) -> Speaker | None:
    """Return one speaker of two opinions: `placed` by the places of names and speeches, and the
    encoder's likeliest candidate.

    Where they differ the places have it, unless the encoder is firm and surer than they are; the
    other is a runner-up.
    """
    shares = {candidate.person.name: candidate.share for candidate in candidates}
    likeliest = candidates[0] if candidates else None
    if placed is None:
        if likeliest is None or likeliest.share < LIKELY_SHARE:
            return None
        confidence = round(0.9 * likeliest.share, 3)
        return add_runners_up(build_speaker(likeliest.person, confidence, "pronoun"), shares)
    if likeliest is None:
        return add_runners_up(agree(placed, 0.0), shares)
    if likeliest.person.name == placed.name:
        return add_runners_up(agree(placed, likeliest.share), shares)
    doubted = round(placed.confidence * (1 - likeliest.share / 2), 3)
    if likeliest.share < max(FIRM_SHARE, placed.confidence):
        return add_runners_up(replace(placed, confidence=doubted), shares)
    if placed.kind == "person":
        shares[placed.name] = doubted
    confidence = round(likeliest.share * (1 - placed.confidence / 2), 3)
    return add_runners_up(build_speaker(likeliest.person, confidence, "pronoun"), shares)


def agree(placed: Speaker, share: float) -> Speaker:
    """Return a speaker on whom both agree, surer the larger the encoder's share."""
    confidence = max(placed.confidence, min(0.95, 0.5 + share / 2))
    return replace(placed, confidence=round(confidence, 3))


def add_runners_up(speaker: Speaker, shares: Mapping[str, float]) -> Speaker:
    """Return the speaker with the likeliest of the others, none of whom is told to be likelier than
    the speaker is.

    There is other evidence than the shares for the one who was chosen.
    """
    rest = [
        (share, name)
        for name, share in shares.items()
        if name != speaker.name and share >= LEAST_SHARE_OF_RUNNER_UP
    ]
    rest.sort(reverse=True)
    runners_up = [
        RunnerUp(name, "person", round(min(share, speaker.confidence), 3))
        for share, name in rest[:MOST_RUNNERS_UP]
    ]
    return replace(speaker, runners_up=tuple(runners_up))
