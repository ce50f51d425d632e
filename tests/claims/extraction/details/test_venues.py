import re

import pytest

from claims.extraction.details.venues import (
    OTHER_VENUE_PHRASE,
    PHRASE_AFTER_VENUE,
    PLACE_PHRASE_RULE,
    SPEAKING_PHRASE,
    VENUE_PHRASE,
)


def read_match(line: str, match: re.Match[str] | None) -> str | None:
    """Return the words of the line that a rule matched; the match itself may have other spaces."""
    return line[match.start() : match.end()] if match else None


@pytest.mark.parametrize(
    ("line", "venue"),
    [
        ("in a statement on Friday", "in a statement"),
        ("in a widely shared post about it", "in a widely shared post"),
        ("at Monday’s news conference", "at Monday’s news conference"),
        ("in remarks to MPs", "in remarks"),
        ("in court on Friday", "in court"),
        ("in court filings on Friday", "in court filings"),
        ("as part of a TV interview", "as part of a TV interview"),
        ("in a statement-making way", None),
        ("in court filing", None),
        ("in a car", None),
    ],
)
def test_a_venue_is_something_that_one_speaks_in(line: str, venue: str | None) -> None:
    assert read_match(line, VENUE_PHRASE.match(line)) == venue


@pytest.mark.parametrize(
    ("line", "venue"),
    [
        ("on Twitter on Friday", "on Twitter"),
        ("on his Facebook page", "on his Facebook page"),
        ("on Fox News Sunday", "on Fox News Sunday"),
        ("via Truth Social", "via Truth Social"),
        ("on X, he said", "on X"),
        ("by phone", "by phone"),
        ("under oath", "under oath"),
        ("during a visit to Oslo", "during a visit"),
        ("at the Example Hall", "at the Example Hall"),
        ("at the same time", None),
        ("at the expense of others", None),
        ("on airports", None),
    ],
)
def test_a_medium_a_means_and_an_event_are_venues_too(line: str, venue: str | None) -> None:
    assert read_match(line, OTHER_VENUE_PHRASE.match(line)) == venue


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("speaking in Kyiv", "speaking"),
        ("when speaking live on Friday", "when speaking live"),
        ("addressing MPs, she said", "addressing MPs"),
        ("speaking on condition of anonymity", None),
        ("speaking truth", None),
    ],
)
def test_speaking_is_a_venue_where_a_place_a_time_or_a_hearer_follows(
    line: str, phrase: str | None
) -> None:
    assert read_match(line, SPEAKING_PHRASE.match(line)) == phrase


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("in Geneva on Tuesday", "in Geneva"),
        ("in Coral Springs, Florida, he said", "in Coral Springs, Florida"),
        ("from the Hague", "from the Hague"),
        ("in English", None),
        ("from the Example campaign", None),
        ("on Geneva", None),
    ],
)
def test_a_place_is_a_whole_phrase_with_a_capital(line: str, place: str | None) -> None:
    assert read_match(line, PLACE_PHRASE_RULE.match(line)) == place


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("with Reuters on Friday", "with Reuters"),
        ("released by the ministry on Friday", "released by the ministry"),
        ("published on Friday", "published"),
        ("filed.", "filed"),
        ("that rained", None),
    ],
)
def test_a_venue_may_have_more_told_of_it(line: str, phrase: str | None) -> None:
    assert read_match(line, PHRASE_AFTER_VENUE.match(line)) == phrase
