"""The runs of words by which a wording finds its likes: exact, and the same in every database.

Which words are rare is told by the vocabulary that comes with the model, not by what is stored, so
that two wordings meet or do not meet whatever else there is.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations
from zlib import crc32

from claims.relating import Utterance
from claims.relating.profiles import Profile, read_profile

RUN_LENGTH = 4  # words
RAREST_TERMS = 8  # whose pairs are looked up


def compute_runs(utterances: Iterable[Utterance]) -> list[int]:
    """Return the numbers of the runs of words, and of the pairs of rare words, of contents."""
    found: set[int] = set()
    for utterance in utterances:
        profile = read_profile(utterance)
        found.update(number_words(run) for run in list_runs(profile))
        found.update(number_words(pair) for pair in list_rare_pairs(profile))
    return sorted(found)


def list_runs(profile: Profile) -> Iterator[tuple[str, ...]]:
    topics = set(profile.topic_keys)
    keys = profile.keys
    for start in range(len(keys) - RUN_LENGTH + 1):
        run = keys[start : start + RUN_LENGTH]
        if topics.intersection(run):
            yield run


def list_rare_pairs(profile: Profile) -> Iterator[tuple[str, ...]]:
    """Yield the pairs of the rarest words; of equally rare ones those that come first in the alphabet."""
    rarest = sorted(
        zip(profile.topic_keys, profile.rarities.tolist(), strict=True),
        key=lambda term: (-term[1], term[0]),
    )
    terms = sorted(key for key, _ in rarest[:RAREST_TERMS])
    yield from combinations(terms, 2)
    if len(terms) == 1:
        yield (terms[0], "")


def number_words(words: Iterable[str]) -> int:
    """Return a number of 32 bits with a sign for some words."""
    number = crc32(" ".join(words).encode())
    return number - (number & 0x8000_0000) * 2
