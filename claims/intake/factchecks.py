"""Stores what others found of claims: a row for each claim that they reviewed at an address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from claims.intake.batches import split_into_batches
from claims.intake.readers.reviews import ClaimReview
from claims.models import FactCheck

STORED_TOGETHER = 500
TOLD = ("address", "claim", "reviewer", "rating", "said_by", "said_on", "reviewed_on")


@dataclass
class StoredReviews:
    """How many reviews were new, how many told something else than before, and how many neither."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def add(self, other: "StoredReviews") -> None:
        self.new += other.new
        self.changed += other.changed
        self.unchanged += other.unchanged


def store_reviews(reviews: Iterable[ClaimReview]) -> StoredReviews:
    """Store reviews; one that is there already is brought to what is told of it now.

    What is new or changed waits for its claims to be looked up (`claims/gathering/factchecks.py`).
    """
    stored = StoredReviews()
    for batch in split_into_batches(reviews, STORED_TOGETHER):
        stored.add(store_batch(batch))
    return stored


@transaction.atomic
def store_batch(reviews: Sequence[ClaimReview]) -> StoredReviews:
    told = {FactCheck.key_of(review.address, review.claim): review for review in reviews}
    known = {row.key: row for row in FactCheck.objects.filter(key__in=told).defer("runs")}
    new: list[FactCheck] = []
    changed: list[FactCheck] = []
    for key in sorted(told):  # in one order, so that two who store them do not wait for each other
        row = known.get(key) or FactCheck(key=key)
        if assign_review(row, told[key]):
            row.read_as = ""
            (changed if row.pk else new).append(row)
    FactCheck.objects.bulk_create(new, ignore_conflicts=True)
    if changed:
        FactCheck.objects.bulk_update(changed, [*TOLD, "read_as"])
    return StoredReviews(len(new), len(changed), len(told) - len(new) - len(changed))


def assign_review(row: FactCheck, review: ClaimReview) -> bool:
    """Give a row the values of a review, and return whether any of them differed."""
    is_changed = row.pk is None
    for name in TOLD:
        value = getattr(review, name)
        if getattr(row, name) != value:
            setattr(row, name, value)
            is_changed = True
    return is_changed
