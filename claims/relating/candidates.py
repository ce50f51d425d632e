"""Which quotes of many may be one: those that share runs of words or rare words."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from claims.relating.profiles import Profile, read_profile
from claims.relating.reading import compare_profiles
from claims.relating.utterances import PairReading, Utterance

RUN_LENGTH = 4  # words
COMMONEST_RUN = 60  # quotes that hold a run, beyond which it tells nothing
TERMS_OF_QUOTE = 10  # rarest words by which others are sought
COMMONEST_TERM = 120  # quotes that hold a term, beyond which only runs count
TERMS_SHARED = 2
MOST_CANDIDATES = 40  # of a quote


def find_pairs(utterances: Sequence[Utterance]) -> Iterator[tuple[int, int, PairReading]]:
    """Yield the pairs that may be one or answer each other, with how they relate.

    Numbers are places in `utterances`, the lower first. The work is linear in their number, as
    runs and words that too many quotes hold are passed over.
    """
    profiles = [read_profile(utterance) for utterance in utterances]
    for one, other in sorted(find_candidates(profiles)):
        yield one, other, compare_profiles(profiles[one], profiles[other])


def find_candidates(profiles: Sequence[Profile]) -> set[tuple[int, int]]:
    found = set(pair_by_runs(profiles))
    found.update(pair_by_terms(profiles))
    return found


def pair_by_runs(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    holders: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        for run in set(list_runs(profile)):
            holders[run].append(number)
    for numbers in holders.values():
        if 1 < len(numbers) <= COMMONEST_RUN:
            yield from combinations(numbers, 2)


def list_runs(profile: Profile) -> Iterator[tuple[str, ...]]:
    keys = profile.keys
    topics = set(profile.topic_keys)
    for first in range(len(keys) - RUN_LENGTH + 1):
        run = keys[first : first + RUN_LENGTH]
        if topics.intersection(run):
            yield run


def pair_by_terms(profiles: Sequence[Profile]) -> Iterator[tuple[int, int]]:
    """Yield the quotes that share the most of their rarest words, for each so many."""
    terms_of = [list_terms(profile) for profile in profiles]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, terms in enumerate(terms_of):
        for term in terms:
            holders[term].append(number)
    for number, terms in enumerate(terms_of):
        weights: Counter[int] = Counter()
        shared: Counter[int] = Counter()
        for term in terms:
            others = holders[term]
            if len(others) <= COMMONEST_TERM:
                for other in others:
                    weights[other] += 1 / len(others)
                    shared[other] += 1
        del weights[number]
        for other, _ in weights.most_common(MOST_CANDIDATES):
            if shared[other] >= TERMS_SHARED:
                yield min(number, other), max(number, other)


def list_terms(profile: Profile) -> list[str]:
    order = sorted(range(len(profile.topics)), key=lambda place: (-profile.rarities[place], place))
    return [profile.topic_keys[place] for place in order[:TERMS_OF_QUOTE]]
