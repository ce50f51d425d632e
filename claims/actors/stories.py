"""Tells whether two articles are about one story: by the names that stand in both."""

import re
from datetime import date

from claims.extraction.lexicon.persons import PERSON_TITLES
from claims.extraction.lexicon.words import word_set

# A capitalized word that does not begin a sentence.
NAME_WORD = re.compile(r"(?<=[\w,] )[A-Z][\w-]{2,}")
# Names that stand in articles of any story.
NAMES_OF_ANY_STORY = word_set(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sept sep oct nov dec monday tuesday wednesday thursday friday
    saturday sunday united states america american americans washington the and but for reuters
    associated press twitter facebook news times post president house government"""
)
DAYS_OF_STORY = 30  # so far apart are articles of one story at most
# Articles are of one story from so many names on that both have, and such a share of the fewer.
LEAST_NAMES_SHARED = 4
LEAST_SHARE_OF_NAMES = 0.25

Signature = frozenset[str]


def build_signature(text: str) -> Signature:
    """Return the names in a text by which its story is known again."""
    words = {word.lower() for word in NAME_WORD.findall(text)}
    return frozenset(words - NAMES_OF_ANY_STORY - PERSON_TITLES)


def is_same_story(one: Signature, other: Signature, ignored: frozenset[str]) -> bool:
    """Return whether both texts have so many names in common, those `ignored` aside."""
    first, second = one - ignored, other - ignored
    shared = len(first & second)
    if shared < LEAST_NAMES_SHARED:
        return False
    return shared >= LEAST_SHARE_OF_NAMES * min(len(first), len(second))


def is_near_in_time(one: date | None, other: date | None) -> bool:
    """Return whether two articles may be of one story by their dates, or have none both."""
    if one is None or other is None:
        return one is other
    return abs((one - other).days) <= DAYS_OF_STORY
