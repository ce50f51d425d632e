"""Fact-checks that articles carry are stored with them."""

from dataclasses import replace
from datetime import date

import pytest

from claims.intake.readers.documents import Document
from claims.intake.readers.reviews import ClaimReview
from claims.intake.storing_articles import ReadDocument, store_document, store_documents
from claims.models import FactCheck

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESS = "https://checks.example/bridge"
REVIEW = ClaimReview(ADDRESS, "The bridge has sunk", "Harbour Checks", "False")


def build_document(*reviews: ClaimReview, address: str = ADDRESS, text: str = "Rain.") -> Document:
    day = date(2024, 3, 7)
    document = Document(address, "Has the bridge sunk?", text, day, address, "", "here")
    return replace(document, reviews=reviews)


def list_rows() -> list[tuple[str, str, str]]:
    return sorted(FactCheck.objects.values_list("address", "claim", "rating"))


def test_a_new_article_brings_its_reviews_alone_and_among_others() -> None:
    other = replace(REVIEW, address=f"{ADDRESS}/2", claim="The ferry is late")

    store_document(build_document(REVIEW), [], "1")
    store_documents(
        [
            ReadDocument(build_document(other, address=f"{ADDRESS}/2"), []),
            ReadDocument(build_document(address=f"{ADDRESS}/3"), []),
        ],
        "1",
    )

    assert list_rows() == [
        (ADDRESS, "The bridge has sunk", "False"),
        (f"{ADDRESS}/2", "The ferry is late", "False"),
    ]


def test_an_article_that_is_read_again_brings_what_it_says_now() -> None:
    store_document(build_document(REVIEW), [], "1")

    store_document(build_document(replace(REVIEW, rating="True"), text="Rain and wind."), [], "1")

    assert list_rows() == [(ADDRESS, "The bridge has sunk", "True")]
