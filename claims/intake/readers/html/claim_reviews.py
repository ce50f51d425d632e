"""Fact-checks as those who publish them mark them for machines: ClaimReview, as schema.org has it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from claims.intake.addresses import is_same_site
from claims.intake.readers.html.structured import find_string, index_by_id, name_types
from claims.intake.readers.links import resolve_link
from claims.intake.readers.problems import Broken
from claims.intake.readers.repairing import drop_control_characters
from claims.intake.readers.reviews import ClaimReview, build_claim_review

REVIEW_TYPE = "ClaimReview"

JsonObject = dict[str, Any]
Records = Mapping[str, JsonObject]


def find_claim_reviews(objects: Sequence[JsonObject], address: str) -> tuple[ClaimReview, ...]:
    """Return the reviews among the JSON-LD objects of an article that can be taken.

    `address` is the article's; no site is believed to speak for another.
    """
    found = []
    records = index_by_id(objects)
    for each in list_reviews(objects):
        try:
            review = build_review(each, records, address)
        except Broken:  # the page is an article all the same
            continue
        if is_same_site(review.address, address):
            found.append(review)
        elif address:
            found.append(replace(review, address=address))
    return tuple(dict.fromkeys(found))


def list_reviews(objects: Iterable[JsonObject]) -> list[JsonObject]:
    return [each for each in objects if REVIEW_TYPE in name_types(each)]


def build_review(review: JsonObject, records: Records, address: str) -> ClaimReview:
    """Return the review of an object. Raises `Broken`, saying what it lacks.

    `records` are what it may refer to, by their `@id`.
    """
    item = find_object(follow_reference(review.get("itemReviewed"), records))
    return build_claim_review(
        address=resolve_link(address, find_string(review.get("url"))) or address,
        claim=find_text(review.get("claimReviewed")),
        reviewer=find_text(follow_reference(review.get("author"), records)),
        rating=find_rating(review.get("reviewRating")),
        said_by=find_text(follow_reference(item.get("author"), records)),
        said_on=find_string(item.get("datePublished")),
        reviewed_on=find_string(review.get("datePublished")),
    )


def follow_reference(value: Any, records: Records) -> Any:
    """Return the object that a value refers to by its `@id` alone, or the value itself."""
    reference = find_object(value)
    if set(reference) != {"@id"}:
        return value
    return records.get(str(reference["@id"]), "")  # an identifier is no name


def find_object(value: Any) -> JsonObject:
    """Return a value that is an object, or the first object of a list; {} if there is none."""
    values = value if isinstance(value, list) else [value]
    return next((each for each in values if isinstance(each, dict)), {})


def find_text(value: Any) -> str:
    return drop_control_characters(find_string(value)).strip()


def find_rating(value: Any) -> str:
    """Return a rating in words, else as a number and the best one that there is."""
    rating = find_object(value)
    words = find_text(rating.get("alternateName")) or find_text(rating.get("name"))
    number, best = find_text(rating.get("ratingValue")), find_text(rating.get("bestRating"))
    if words or not number:
        return words
    return f"{number} of {best}" if best else number
