"""Reads the fact-checks in pages, and in files of feeds such as Data Commons'.

Those are a `DataFeed` whose elements have reviews as their items; whatever the file's own shape is,
each ClaimReview in it counts.
"""

from collections.abc import Iterator
from typing import Any

from claims.intake.readers.feeds import parse_json
from claims.intake.readers.html.claim_reviews import build_review, list_reviews
from claims.intake.readers.html.page import find_declared_charset, parse_page
from claims.intake.readers.html.structured import index_by_id, iterate_objects, list_json_objects
from claims.intake.readers.problems import Broken, Problem
from claims.intake.readers.repairing import decode_bytes
from claims.intake.readers.reviews import ClaimReview

LARGEST_FILE = 500_000_000  # bytes
NO_REVIEW = "it holds no ClaimReview"


def read_claim_reviews(
    content: bytes, where: str, *, address: str = "", charset: str = ""
) -> Iterator[ClaimReview | Problem]:
    """Yield the reviews in a page or in a file of a feed, or what is wrong with one.

    `address` is where it was found, `charset` what was said there of its letters.
    """
    if len(content) > LARGEST_FILE:
        yield Problem(where, f"it is larger than {LARGEST_FILE:,} bytes")
        return
    try:
        objects = list_objects(content, charset)
    except Broken as error:
        yield Problem(where, str(error))
        return
    reviews = list_reviews(objects)
    if not reviews:
        yield Problem(where, NO_REVIEW)
    records = index_by_id(objects)
    for number, review in enumerate(reviews, 1):
        try:
            yield build_review(review, records, address)
        except Broken as error:
            yield Problem(f"{where}: review {number}", str(error))


def list_objects(content: bytes, charset: str) -> list[dict[str, Any]]:
    """Return the JSON objects of a file or a page, with those inside others. Raises `Broken`."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        parsed = parse_json(content)
        if parsed is None:
            raise Broken("it is not JSON that can be read")
        return list(iterate_objects(parsed, 0))
    page = parse_page(decode_bytes(content, charset or find_declared_charset(content)))
    return list_json_objects(page)
