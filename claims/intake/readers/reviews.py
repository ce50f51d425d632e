"""Fact-checks: what somebody found of a claim, as it stands beside the document that carries it."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from claims.intake.readers.dates import read_day
from claims.intake.readers.problems import Broken
from claims.intake.readers.repairing import drop_control_characters
from claims.passages.cutting import cut_text
from newsroom.web_addresses import LONGEST_ADDRESS, is_web_address

LONGEST_CLAIM = 2000  # characters, as the others
LONGEST_NAME = 300
LONGEST_RATING = 300
LONGEST_DAY = 40


@dataclass(frozen=True, slots=True)
class ClaimReview:
    """What somebody found of a claim.

    `address` is where they say so, `said_by` whose claim it is and `said_on` when it was made; what
    they do not tell is empty.
    """

    address: str
    claim: str
    reviewer: str
    rating: str
    said_by: str = ""
    said_on: date | None = None
    reviewed_on: date | None = None


NAMES = tuple(field.name for field in fields(ClaimReview))


def build_claim_review(
    *,
    address: str,
    claim: str,
    reviewer: str,
    rating: str,
    said_by: str = "",
    said_on: str = "",
    reviewed_on: str = "",
) -> ClaimReview:
    """Return a review, its texts cut where they are too long. Raises `Broken`, saying what it lacks."""
    if not claim:
        raise Broken("it does not say which claim was reviewed")
    if not is_web_address(address) or len(address) > LONGEST_ADDRESS:
        raise Broken("it has no address")
    if not reviewer:
        raise Broken("it does not say who reviewed the claim")
    if not rating:
        raise Broken("it has no rating")
    return ClaimReview(
        address=address,
        claim=cut_text(claim, LONGEST_CLAIM),
        reviewer=cut_text(reviewer, LONGEST_NAME),
        rating=cut_text(rating, LONGEST_RATING),
        said_by=cut_text(said_by, LONGEST_NAME),
        said_on=find_day(said_on),
        reviewed_on=find_day(reviewed_on),
    )


def find_day(written: str) -> date | None:
    """Return the day of a date or a time; None where there is none that can be."""
    try:
        return read_day(written[:LONGEST_DAY].strip())
    except Broken:
        return None


# As values of JSON


def write_reviews(reviews: Iterable[ClaimReview]) -> list[dict[str, str]]:
    written = []
    for review in reviews:
        values = asdict(review)
        written.append({name: str(value) for name, value in values.items() if value})
    return written


def read_reviews(values: Any) -> tuple[ClaimReview, ...]:
    """Return the reviews that `write_reviews` wrote; what is none is left out."""
    found = []
    for value in values if isinstance(values, list) else []:
        if isinstance(value, dict):
            texts = {name: find_text(value.get(name)) for name in NAMES}
            with suppress(Broken):
                found.append(build_claim_review(**texts))
    return tuple(found)


def find_text(value: Any) -> str:
    return drop_control_characters(value).strip() if isinstance(value, str) else ""
