"""How two quotes relate: features weighed by the model, with what no weight may overrule."""

import math
from collections.abc import Iterator
from dataclasses import replace

from claims.relating.features import (
    SHARE_OF_DIRECT,
    SHORTEST_DIRECT_RUN,
    SHORTEST_INDIRECT_RUN,
    list_features,
)
from claims.relating.model import PairModel, load_pair_model
from claims.relating.profiles import Profile, read_profile
from claims.relating.propositions import is_proposition
from claims.relating.utterances import RELATIONS, PairReading, Utterance

LEAST_OF_OTHER_POLARITY = 0.3  # of what both are about
# Of joining two quotes without asking anybody, where somebody picked them: set on pairs of stories
# that the weights had not read.
SURE_OF_CLAIM = 0.55
SURE_OF_WORDS = 0.5
SURE_WITHOUT_PROPOSITION = 0.75
SURE_DESPITE_NAMES = 0.85  # where each has a name that the other lacks
SURE_OF_ONE_SPEAKER_DESPITE_NAMES = 0.7
MOST_LACKING = 1.4  # rare words of the quote that lacks fewer
FEWEST_TOPICS = 2
# What one has beside the other, where they have little in common and are not by one speaker: of ten
# pairs that were joined and should not have been, seven shared but two or three words, and one of them
# went on to other things.
MOST_LACKING_OF_OTHER = 2.5
ENOUGH_TOPICS = 4
# And where they were found among many: set on unrelated articles.
SURE_OF_COPY = 0.75
SURE_OF_PARAPHRASE = 0.85
SAME_MEANING = 0.7
FEWEST_TOPICS_AMONG_MANY = 4
HALF = 0.5
LEAST_LENGTH = math.log1p(3)  # words of the shorter one, as their logarithm


def read_pair(a: Utterance, b: Utterance, *, is_picked: bool = False) -> PairReading:
    """Return how quote b relates to quote a.

    Of pairs that somebody picked since they may be one, more are one than of those that share words
    among many quotes: `is_picked` lets them be joined on less.
    """
    return compare_profiles(read_profile(a), read_profile(b), is_picked=is_picked)


def compare_profiles(a: Profile, b: Profile, *, is_picked: bool = False) -> PairReading:
    reading = judge(load_pair_model(), list_features(a, b), is_picked=is_picked)
    is_needed = reading.same_words < SURE_WITHOUT_PROPOSITION or not is_picked
    if is_needed and not (is_proposition(a) and is_proposition(b)):
        return replace(reading, automatic=False, evidence=(*reading.evidence, "no proposition"))
    return reading


def judge(model: PairModel, features: dict[str, float], *, is_picked: bool) -> PairReading:
    """Return the reading of a pair of these features."""
    likely = model.weigh(features)
    same_claim = min(1.0, float(likely[0] + likely[1]))
    same_words = float(likely[0] / (likely[0] + likely[1:].max()))  # of it and its likeliest rival
    vetoes = tuple(list_vetoes(features))
    if is_picked:
        is_sure = is_sure_of_picked(features, same_words, same_claim)
    else:
        is_sure = is_sure_among_many(features, same_words, same_claim)
    return PairReading(
        same_words=min(same_words, same_claim),
        same_claim=same_claim,
        relation=RELATIONS[int(likely.argmax())],
        automatic=is_sure and not vetoes,
        evidence=(*list_reasons(features), *vetoes),
    )


def is_sure_of_picked(features: dict[str, float], same_words: float, same_claim: float) -> bool:
    """Return whether one of the quotes says hardly anything that the other does not say too, nor the
    other much beside that, unless they share enough or are by one speaker.
    """
    is_by_one = features["same speaker"] > 0
    despite_names = SURE_OF_ONE_SPEAKER_DESPITE_NAMES if is_by_one else SURE_DESPITE_NAMES
    if same_claim < SURE_OF_CLAIM:
        return False
    if features["names alone, less"] and same_claim < despite_names:
        return False
    if same_words >= SURE_OF_WORDS:
        return True
    shared = features["topics shared"]
    is_covered = features["lacking, less"] <= MOST_LACKING and shared >= FEWEST_TOPICS
    is_enough = is_by_one or shared >= ENOUGH_TOPICS
    return is_covered and (is_enough or features["lacking, more"] <= MOST_LACKING_OF_OTHER)


def is_sure_among_many(features: dict[str, float], same_words: float, same_claim: float) -> bool:
    """Return whether two quotes are copies, or hold all of each other's rarer words."""
    if features["words of shorter"] < LEAST_LENGTH or features["names alone, less"]:
        return False
    is_same_in_meaning = features["meaning covered, less"] >= SAME_MEANING
    if same_words >= SURE_OF_COPY:
        is_direct_copy = (
            features["longest run quoted in both"] >= SHORTEST_DIRECT_RUN
            and features["same words quoted / fewer"] >= SHARE_OF_DIRECT
        )
        is_indirect_copy = (
            features["longest run"] >= SHORTEST_INDIRECT_RUN
            and features["in runs of 3 / shorter"] >= SHARE_OF_DIRECT
            and features["meaning covered in focus, less"] >= HALF
        )
        return is_direct_copy or is_indirect_copy or is_same_in_meaning
    return (
        same_claim >= SURE_OF_PARAPHRASE
        and is_same_in_meaning
        and features["topics shared"] >= FEWEST_TOPICS_AMONG_MANY
    )


def list_vetoes(features: dict[str, float]) -> Iterator[str]:
    """Yield why two quotes are not joined without being asked about, however alike they are."""
    if features["rival numbers"]:
        yield "other figure"
    if features["rival times"]:
        yield "other time"
    if features["rival names"]:
        yield "other name"
    if features["other person"]:
        yield "other person"
    if features["spliced"]:
        yield "words from two places"
    if features["other reason"]:
        yield "other reason"
    if features["other subject"]:
        yield "other subject"
    if features["other polarity"] >= LEAST_OF_OTHER_POLARITY:
        yield "other polarity"
    if features["opposites"]:
        yield "opposite words"
    if features["a gives no answer"] != features["b gives no answer"]:
        yield "no answer"
    if features["one calls false"]:
        yield "called false"
    if features["conditions apart"]:
        yield "other condition"


def list_reasons(features: dict[str, float]) -> Iterator[str]:
    """Yield what speaks for two quotes being one."""
    run = int(features["longest run"])
    if run >= 3:
        yield f"run of {run} words"
    quoted = int(features["longest run quoted in both"])
    if quoted >= 2:
        yield f"{quoted} words in marks"
    if features["names shared"]:
        yield "same names"
    if features["numbers shared"]:
        yield "same figures"
    if features["times shared"]:
        yield "same time"
    if features["same speaker"]:
        yield "same speaker"
    if features["meaning covered, less"] >= 0.7:
        yield "same meaning"
