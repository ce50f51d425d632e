"""How much of what one quote is about the other is about too, in whatever words."""

import math
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from claims.relating.profiles import Profile
from claims.relating.segments import Segment
from claims.relating.vocabulary import Floats

Feature = tuple[str, float]
LEAST_OF_FOCUS = 0.35  # of what the part nearest to the other quote shares with it
PAIRS_REMEMBERED = 4  # both ways round: several features of a pair ask for the same
LIKE_ENOUGH = 0.55  # of two words' vectors, so that one stands for the other


def compare_meaning(a: Profile, b: Profile) -> Iterator[Feature]:
    """Yield how much of what each is about the other is about too, in whatever words."""
    keys_of_a, keys_of_b = set(a.topic_keys), set(b.topic_keys)
    shared = keys_of_a & keys_of_b
    yield "topics shared", min(len(shared), 15)
    yield "topics / union", len(shared) / max(1, len(keys_of_a | keys_of_b))
    yield "topics / fewer", len(shared) / max(1, min(len(keys_of_a), len(keys_of_b)))
    yield "topics of shorter", math.log1p(min(len(keys_of_a), len(keys_of_b)))
    likeness = get_likeness_of_topics(a, b)
    best_of_a = likeness.max(1) if likeness.size else np.zeros(len(a.topics), np.float32)
    best_of_b = likeness.max(0) if likeness.size else np.zeros(len(b.topics), np.float32)
    covered_a = weigh(best_of_a, a.rarities)
    covered_b = weigh(best_of_b, b.rarities)
    yield "meaning covered, less", min(covered_a, covered_b)
    yield "meaning covered, more", max(covered_a, covered_b)
    exact_a = weigh(np.asarray(best_of_a > 0.99, np.float32), a.rarities)
    exact_b = weigh(np.asarray(best_of_b > 0.99, np.float32), b.rarities)
    yield "rare words shared, less", min(exact_a, exact_b)
    yield "rare words shared, more", max(exact_a, exact_b)
    lacking_a = find_lacking(best_of_a, a.rarities)
    lacking_b = find_lacking(best_of_b, b.rarities)
    yield "rarest lacking, less", min(lacking_a[0], lacking_b[0])
    yield "rarest lacking, more", max(lacking_a[0], lacking_b[0])
    yield "lacking, less", min(lacking_a[1], lacking_b[1])
    yield "lacking, more", max(lacking_a[1], lacking_b[1])
    focused_a = weigh_focus(a, b, best_of_a)
    focused_b = weigh_focus(b, a, best_of_b)
    yield "a covered", covered_a
    yield "b covered", covered_b
    yield "b covered in focus", focused_b
    yield "meaning covered in focus, less", min(focused_a, focused_b)
    yield "meaning covered in focus, more", max(focused_a, focused_b)
    yield "vector of words", float(a.mean_vector @ b.mean_vector)


@lru_cache(PAIRS_REMEMBERED)
def get_likeness_of_topics(a: Profile, b: Profile) -> Floats:
    """Return how near each topic of a is to each of b, (topics of a, topics of b); 1 for one key.

    It is not to be changed: whoever asks for the same pair gets the same.
    """
    likeness = np.clip(a.vectors @ b.vectors.T, 0, 0.95)
    same = np.array(a.topic_keys, object)[:, None] == np.array(b.topic_keys, object)[None]
    likeness[same.astype(bool)] = 1.0
    likeness[likeness < LIKE_ENOUGH / 2] = 0.0
    return np.asarray(likeness, np.float32)


def weigh(values: Floats, rarities: Floats) -> float:
    return float(values @ rarities / max(float(rarities.sum()), 1e-6))


def weigh_focus(profile: Profile, other: Profile, best: Floats) -> float:
    """Return how much is covered of the parts of a quote that the other is about."""
    if not best.size:
        return 0.0
    parts = focus(profile, other)
    inside = np.array(
        [any(part.first <= topic < part.end for part in parts) for topic in profile.topics]
    )
    return weigh(best[inside], profile.rarities[inside])


def find_lacking(best: Floats, rarities: Floats) -> tuple[float, float]:
    """Return how rare the rarest word is that the other quote has nothing like, and all of them."""
    if not best.size:
        return 0.0, 0.0
    lacking = rarities * (1 - best)
    return float(lacking.max()), float(np.minimum(lacking.sum(), 12))


@lru_cache(PAIRS_REMEMBERED)
def focus(profile: Profile, other: Profile) -> tuple[Segment, ...]:
    """Return the parts of a quote that are about what the other is about: all, where none is."""
    likeness = get_likeness_of_topics(profile, other)
    if not likeness.size:
        return profile.segments
    weights = np.zeros(len(profile.segments), np.float32)
    best = likeness.max(1) * profile.rarities
    np.add.at(weights, list(profile.segment_of_topics), np.where(best > LIKE_ENOUGH / 2, best, 0))
    least = LEAST_OF_FOCUS * weights.max()
    weighed = zip(profile.segments, weights, strict=True)
    near = tuple(segment for segment, weight in weighed if weight >= least)
    return near or profile.segments
