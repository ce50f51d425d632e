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
MOST_CANDIDATES = 20  # of a quote
LEAST_SHARE = 0.3  # of the rarest words of the quote that has fewer


def find_pairs(utterances: Sequence[Utterance]) -> Iterator[tuple[int, int, PairReading]]:
    """Yield the pairs that may be one or answer each other, with how they relate.

    Numbers are places in `utterances`, the lower first. The work is linear in their number, as
    runs and words that too many quotes hold are passed over.
    """
    profiles = [read_profile(utterance) for utterance in utterances]
    for one, other in sorted(find_candidates(profiles)):
        if overlap(profiles[one], profiles[other]):
            continue
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
    """Yield for each quote those that share most with it of what is rare."""
    terms_of = [weigh_terms(profile) for profile in profiles]
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, terms in enumerate(terms_of):
        for term in terms:
            holders[term].append(number)
    totals = [sum(terms.values()) for terms in terms_of]
    for number, terms in enumerate(terms_of):
        shared: defaultdict[int, float] = defaultdict(float)
        counts: Counter[int] = Counter()
        for term, rarity in terms.items():
            others = holders[term]
            if len(others) <= COMMONEST_TERM:
                for other in others:
                    shared[other] += rarity
                    counts[other] += 1
        shares = {
            other: weight / min(totals[number], totals[other])
            for other, weight in shared.items()
            if other != number and counts[other] >= TERMS_SHARED
        }
        nearest = sorted(shares, key=lambda other: (-shares[other], other))[:MOST_CANDIDATES]
        for other in nearest:
            if shares[other] >= LEAST_SHARE:
                yield min(number, other), max(number, other)


def weigh_terms(profile: Profile) -> dict[str, float]:
    """Return the rarest words of a quote with how rare they are."""
    order = sorted(range(len(profile.topics)), key=lambda place: (-profile.rarities[place], place))
    return {
        profile.topic_keys[place]: float(profile.rarities[place])
        for place in order[:TERMS_OF_QUOTE]
    }


def overlap(one: Profile, other: Profile) -> bool:
    """Return whether two quotes are made of the same characters of one article."""
    first, second = one.utterance, other.utterance
    if not first.article or first.article != second.article:
        return False
    return any(span.overlaps_any(second.content) for span in first.content)
