"""Which quote a denial, a refusal to answer or a counter-charge is about.

Features of a reply and of each quote that it may be about are weighed by a logistic regression
(`training.targets`); a reply need not repeat a word of what it is about: "any such intention".
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from claims.relating.anaphora import (
    get_distance,
    get_fit_of_anaphor,
    get_nearness,
    is_bare_anaphor,
    is_of_one_article,
    is_of_press,
    names_opponent,
    names_replier,
    takes_up_press,
)
from claims.relating.features import compare_facts, compare_wording, is_same_speaker
from claims.relating.meaning import Feature, compare_meaning, get_likeness_of_topics, weigh
from claims.relating.polarity import get_share_of_other_polarity
from claims.relating.profiles import Profile, read_profile
from claims.relating.propositions import is_proposition
from claims.relating.utterances import Utterance
from claims.relating.vocabulary import MODEL_DIR

CHARACTERS_OF_SENTENCE = 160
CHARACTERS_OF_LEAD = 1200  # in which news tells first what is at issue
FEW_TOPICS = 3  # a reply that has no more than so many words for its topic says it by other words
ACTS_ANSWERED = ("claim", "report", "accuse", "predict", "warn", "demand", "confirm")
# Of what is weighed for any pair, what tells that both are about one thing.
FEATURES_OF_PAIR = frozenset(
    (
        "meaning covered in focus, more",
        "meaning covered in focus, less",
        "rare words shared, more",
        "vector of words",
        "names shared / fewer",
        "numbers shared",
        "longest run but for names",
        "names alone, less",
        "rival numbers",
    )
)


def find_targets(utterance: Utterance, others: Sequence[Utterance]) -> list[tuple[int, float]]:
    """Return the places in `others` of what a quote may deny or answer, the likeliest first.

    With each comes how likely it is, above 0 and at most 1. What the speaker said himself, and what
    is no more than another denial or refusal, is left out.
    """
    profile = read_profile(utterance)
    candidates = {}
    for place, other in enumerate(others):
        read = read_profile(other)
        if may_be_about(profile, read):
            candidates[place] = read
    weights = load_weights()
    found = []
    for place, features in list_features_of_targets(profile, candidates).items():
        found.append((place, score_by_weights(weights, features)))
    return sorted(found, key=lambda entry: (-entry[1], entry[0]))


def may_be_about(reply: Profile, other: Profile) -> bool:
    if other.utterance == reply.utterance or is_same_speaker(reply, other):
        return False
    return not (other.gives_no_answer or (other.denies and not reply.gives_no_answer))


def list_features_of_targets(
    reply: Profile, candidates: dict[int, Profile]
) -> dict[int, dict[str, float]]:
    """Return the features of each quote that a reply may be about, by its place."""
    own = [
        place
        for place, other in candidates.items()
        if get_distance(reply.utterance, other.utterance) is not None
    ]
    before = [place for place in own if is_before(reply, candidates[place])]
    before.sort(key=lambda place: candidates[place].utterance.content[-1].end, reverse=True)
    steps = {place: number for number, place in enumerate(before)}
    told_just_now = find_what_was_just_told(reply, [(place, candidates[place]) for place in before])
    features = {}
    for place, other in candidates.items():
        features[place] = dict(compare_with_target(reply, other))
        step = steps.get(place)
        features[place]["next before"] = 0.0 if step is None else 1 / (1 + step)
        features[place]["barely taken up"] = float(place == told_just_now)
    return features


def find_what_was_just_told(reply: Profile, before: Sequence[tuple[int, Profile]]) -> int | None:
    """Return the place of what "the claim" and no more takes up: of the quotes before, the nearest
    first, the first that may be called so.
    """
    if not is_bare_anaphor(reply):
        return None
    for place, other in before:
        if get_fit_of_anaphor(reply, other):
            return place
    return None


def is_before(reply: Profile, other: Profile) -> bool:
    return other.utterance.content[0].start < reply.utterance.content[0].start


def score_by_weights(weights: Mapping[str, float], features: Mapping[str, float]) -> float:
    """Return how likely a quote of these features is what the reply is about."""
    score = weights["bias"]
    score += sum(weights.get(name, 0.0) * value for name, value in features.items())
    return 1 / (1 + math.exp(-score))


@cache
def load_weights(folder: Path = MODEL_DIR) -> dict[str, float]:
    text = (folder / "targets.json").read_text(encoding="utf-8")
    weights: dict[str, float] = json.loads(text)
    return weights


def compare_with_target(reply: Profile, other: Profile) -> Iterator[Feature]:
    """Yield what speaks for a reply being about another quote, and what against it."""
    share = get_share_answered(reply, other)
    says_little = float(len(reply.topics) <= FEW_TOPICS)
    nearness = get_nearness(reply.utterance, other.utterance)
    fit = get_fit_of_anaphor(reply, other)
    yield "answered", share
    yield "answered by much", share * (1 - says_little)
    yield "near", nearness
    yield "near, says little", nearness * says_little
    yield "very near", get_nearness(reply.utterance, other.utterance, CHARACTERS_OF_SENTENCE)
    yield "same article", float(is_of_one_article(reply.utterance, other.utterance))
    yield "after", float(nearness > 0 and not is_before(reply, other))
    yield "replier named", float(names_replier(reply, other))
    yield "opponent named", float(names_opponent(reply, other))
    yield "act answered", float(other.act in ACTS_ANSWERED)
    yield "accuses", float(other.act == "accuse")
    yield "fit of anaphor", fit
    yield "press for press", float(takes_up_press(reply) and is_of_press(other))
    yield "press", float(is_of_press(other))
    yield "numbers of reply", min(count_shared_numbers(reply, other), 2)
    lead = math.exp(-other.utterance.content[0].start / CHARACTERS_OF_LEAD)
    yield "in lead", lead
    yield "in lead, says little", lead * says_little
    yield "in lead, no answer", lead * reply.gives_no_answer
    yield "near, no answer", nearness * reply.gives_no_answer
    yield "press, no answer", float(is_of_press(other) and reply.gives_no_answer)
    yield "negated", float(denies_itself(other))
    yield "both negated", float(denies_itself(other) and (reply.denies or denies_itself(reply)))
    yield "polarity", get_share_of_other_polarity(other, reply)
    yield "proposition", float(is_proposition(other))
    yield "words", math.log1p(len(other.keys))
    for compare in (compare_wording, compare_meaning, compare_facts):
        for name, value in compare(other, reply):
            if name in FEATURES_OF_PAIR:
                yield name, value


def denies_itself(other: Profile) -> bool:
    """Return whether a quote is rather another reply than what is replied to."""
    return other.falsehoods > 0 or other.negations > 0


def get_share_answered(reply: Profile, other: Profile) -> float:
    """Return how much of what the reply is about the other quote is about."""
    likeness = get_likeness_of_topics(reply, other)
    if not likeness.size:
        return 0.0
    return weigh(likeness.max(1), reply.rarities)


def count_shared_numbers(reply: Profile, other: Profile) -> int:
    return sum(
        any(number.may_be(known) for known in other.quantities) for number in reply.quantities
    )
