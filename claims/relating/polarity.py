"""What tells that one quote turns round what the other says, or gives no answer to it."""

from collections.abc import Iterator

import numpy as np

from claims.relating.meaning import LIKE_ENOUGH, Feature, get_likeness_of_topics
from claims.relating.parts import Parts, list_parts
from claims.relating.profiles import Profile, count_words_of_falsehood
from claims.relating.wording import build_key
from claims.relating.words import CONDITIONS, NEGATIONS, OPPOSITES

WORDS_OF_BEGINNING = 8
OPPOSITE_KEYS = {frozenset(map(build_key, pair)) for pair in OPPOSITES}


def compare_polarity(a: Profile, b: Profile) -> Iterator[Feature]:
    """Yield what tells a denial or a refusal to answer."""
    parts_of_a, parts_of_b = list_parts(a, b)
    negations_of_a = sum(part.negations for part in parts_of_a)
    negations_of_b = sum(part.negations for part in parts_of_b)
    yield "other polarity", get_share_of_other_polarity(a, b)
    yield "negated in one", float((negations_of_a > 0) != (negations_of_b > 0))
    yield "negations apart", min(abs(negations_of_a - negations_of_b), 4)
    yield "opposites", min(count_opposites(a, b), 2)
    yield "a denies", float(a.denies)
    yield "b denies", float(b.denies)
    yield "both deny", float(a.denies and b.denies)
    yield "one denies", float(a.denies != b.denies)
    yield "only b denies", float(b.denies and not a.denies)
    yield "only b calls false", float(b.falsehoods > 0 and not a.falsehoods)
    yield "only b gives no answer", float(b.gives_no_answer and not a.gives_no_answer)
    yield "only a gives no answer", float(a.gives_no_answer and not b.gives_no_answer)
    yield "only b takes up", float(b.words_for_what_is_said > 0 and not a.words_for_what_is_said)
    yield "a calls false", min(a.falsehoods, 3)
    yield "b calls false", min(b.falsehoods, 3)
    yield "a takes up", min(a.words_for_what_is_said, 3)
    yield "b takes up", min(b.words_for_what_is_said, 3)
    yield "a gives no answer", float(a.gives_no_answer)
    yield "b gives no answer", float(b.gives_no_answer)
    yield "both give no answer", float(a.gives_no_answer and b.gives_no_answer)
    yield "b negated", float(negations_of_b > 0)
    yield "a negated", float(negations_of_a > 0)
    yield "hedges apart", min(abs(a.hedges - b.hedges), 3)
    yield (
        "conditions apart",
        min(abs(count_conditions(a, parts_of_a) - count_conditions(b, parts_of_b)), 2),
    )
    yield (
        "one calls false",
        float(is_called_false(a, parts_of_a) != is_called_false(b, parts_of_b)),
    )
    yield "b begins negated", float(begins_negated(b) and not begins_negated(a))
    yield "a demands", float(a.act in ("demand", "promise"))
    yield "b demands", float(b.act in ("demand", "promise"))
    yield "a accuses", float(a.act == "accuse")
    yield "b accuses", float(b.act == "accuse")
    yield "a reports", float(a.act in ("report", "claim"))
    yield "b reports", float(b.act in ("report", "claim"))
    yield "b says only", float("only" in b.cue)


def get_share_of_other_polarity(a: Profile, b: Profile) -> float:
    """Return of what both are about the share that one of them says is not so."""
    likeness = get_likeness_of_topics(a, b)
    if not likeness.size:
        return 0.0
    partner = likeness.argmax(1)
    weight = np.where(likeness.max(1) >= LIKE_ENOUGH, a.rarities, 0)
    differs = a.polarities != b.polarities[partner]
    return float((weight * differs).sum() / max(float(weight.sum()), 1e-6))


def begins_negated(profile: Profile) -> bool:
    """Return whether a quote says right away that something is not so."""
    if profile.is_cue_negated or profile.denies:
        return True
    return not NEGATIONS.isdisjoint(profile.forms[:WORDS_OF_BEGINNING])


def count_conditions(profile: Profile, parts: Parts) -> int:
    """Return how many words of some parts make what is said hang on something."""
    return sum(
        form in CONDITIONS for part in parts for form in profile.forms[part.first : part.end]
    )


def is_called_false(profile: Profile, parts: Parts) -> bool:
    if count_words_of_falsehood(profile.cue_forms):
        return True
    return any(
        part.first <= number < part.end for part in parts for number in profile.words_of_falsehood
    )


def count_opposites(a: Profile, b: Profile) -> int:
    """Return how many words of one stand against a word of the other."""
    only_a = set(a.topic_keys) - set(b.topic_keys)
    only_b = set(b.topic_keys) - set(a.topic_keys)
    return sum(frozenset((one, other)) in OPPOSITE_KEYS for one in only_a for other in only_b)
