"""ClaimReview in pages and in files of feeds."""

import json
from datetime import date
from typing import Any

import pytest

from claims.intake.readers import Document, Problem
from claims.intake.readers.lines import build_line, read_line
from claims.intake.readers.review_files import read_claim_reviews
from claims.intake.readers.reviews import ClaimReview
from tests.claims.intake.readers.reading import PARAGRAPHS, read_one

ADDRESS = "https://checks.example/bridge"
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": ADDRESS,
    "claimReviewed": "The bridge has\n sunk by eleven centimetres",
    "datePublished": "2024-03-07T09:00:00Z",
    "author": {"@type": "Organization", "name": "Harbour Checks"},
    "reviewRating": {
        "ratingValue": 2,
        "bestRating": 5,
        "alternateName": "Mostly &quot;false&quot;",
    },
    "itemReviewed": {
        "@type": "Claim",
        "author": [{"@type": "Person", "name": "Ana Bell"}],
        "datePublished": "2024-03-05",
    },
}
READ = ClaimReview(
    address=ADDRESS,
    claim="The bridge has sunk by eleven centimetres",
    reviewer="Harbour Checks",
    rating='Mostly "false"',
    said_by="Ana Bell",
    said_on=date(2024, 3, 5),
    reviewed_on=date(2024, 3, 7),
)


def make_page(*objects: Any, address: str = ADDRESS) -> str:
    scripts = [
        f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in objects
    ]
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    return (
        f'<html><head><title>The bridge</title><link rel="canonical" href="{address}">'
        f'<meta property="article:published_time" content="2024-03-07">{"".join(scripts)}</head>'
        f"<body><article><h1>Has the bridge sunk?</h1>{text}</article></body></html>"
    )


def read_reviews(content: Any, **values: str) -> list[ClaimReview | Problem]:
    written = content if isinstance(content, str) else json.dumps(content)
    return list(read_claim_reviews(written.encode(), "checks", **values))


@pytest.mark.parametrize(
    "content",
    [
        make_page(REVIEW),
        make_page({"@graph": [{"@type": "WebPage"}, REVIEW]}),
        REVIEW,
        {
            "@type": "DataFeed",
            "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW], "url": ADDRESS}],
        },
        [{**REVIEW, "@type": ["Review", "http://schema.org/ClaimReview"]}],
    ],
    ids=["page", "graph", "object", "feed", "types"],
)
def test_a_review_is_read_wherever_it_stands(content: Any) -> None:
    assert read_reviews(content) == [READ]


def test_a_reviewer_who_is_named_elsewhere_in_the_page_is_looked_up() -> None:
    named = {"@id": "#us", "@type": "Organization", "name": "Harbour Checks"}
    review = {**REVIEW, "author": {"@id": "#us"}}

    assert read_reviews(make_page({"@graph": [review, named]})) == [READ]
    (problem,) = read_reviews(make_page(review))
    assert "who reviewed" in str(problem)


@pytest.mark.parametrize(
    ("rating", "told"),
    [
        ({"ratingValue": "1", "bestRating": 5}, "1 of 5"),
        ({"ratingValue": 3}, "3"),
        ({"ratingValue": -1, "name": "Missing context"}, "Missing context"),
        ([{"alternateName": "True"}, {"alternateName": "False"}], "True"),
    ],
)
def test_a_rating_is_told_in_words_or_as_a_number_of_the_best(rating: Any, told: str) -> None:
    (found,) = read_reviews({**REVIEW, "reviewRating": rating})

    assert isinstance(found, ClaimReview)
    assert found.rating == told


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("claimReviewed", "  ", "which claim"),
        ("author", None, "who reviewed"),
        ("reviewRating", {"@type": "Rating"}, "no rating"),
        ("url", "javascript:alert(1)", "no address"),
    ],
)
def test_what_a_review_lacks_is_named_and_the_others_are_read(
    name: str, value: Any, reason: str
) -> None:
    broken, good = read_reviews([{**REVIEW, name: value}, REVIEW])

    assert isinstance(broken, Problem)
    assert broken.where == "checks: review 1"
    assert reason in broken.reason
    assert good == READ


@pytest.mark.parametrize(
    ("content", "reason"),
    [("{not json", "not JSON"), ("<p>Hello</p>", "no ClaimReview"), ("[1]", "no ClaimReview")],
)
def test_a_file_without_reviews_is_refused_for_a_reason(content: str, reason: str) -> None:
    (problem,) = read_reviews(content)

    assert isinstance(problem, Problem)
    assert reason in problem.reason


def test_a_day_that_cannot_be_is_left_out() -> None:
    item = {**REVIEW["itemReviewed"], "datePublished": "2999-01-01"}

    (found,) = read_reviews({**REVIEW, "itemReviewed": item, "datePublished": "in March"})

    assert isinstance(found, ClaimReview)
    assert (found.said_on, found.reviewed_on) == (None, None)


def test_an_article_carries_its_reviews_to_wherever_it_goes_as_a_line() -> None:
    document = read_one(make_page(REVIEW), "bridge.html")

    again = read_line(build_line(document))

    assert document.reviews == (READ,)
    assert isinstance(again, Document)
    assert again.reviews == (READ,)


def test_no_site_is_believed_to_speak_for_another() -> None:
    page = make_page({**REVIEW, "url": "https://other.example/check"})

    (review,) = read_one(page, "bridge.html").reviews

    assert review.address == ADDRESS


def test_no_line_is_believed_to_speak_for_another_site() -> None:
    line = build_line(read_one(make_page(REVIEW), "bridge.html"))
    line["url"] = "https://other.example/bridge"

    read = read_line(line)

    assert isinstance(read, Document)
    assert read.reviews == ()


def test_a_review_has_no_half_of_a_character() -> None:
    line = build_line(read_one(make_page(REVIEW), "bridge.html"))
    line["reviews"][0]["claim"] = "The \ud800bridge is safe."

    read = read_line(line)

    assert isinstance(read, Document)
    assert [review.claim for review in read.reviews] == ["The bridge is safe."]


def test_what_is_no_review_in_a_line_is_left_out() -> None:
    line = build_line(read_one(make_page(REVIEW), "bridge.html"))
    odd = [1, {"claim": 2}, {**line["reviews"][0], "address": "nowhere"}, line["reviews"][0]]

    assert read_line({**line, "reviews": odd}).reviews == (READ,)
    assert read_line({**line, "reviews": "none"}).reviews == ()
