"""How two quotes relate: features weighed by the model, with what no weight may overrule."""

from collections.abc import Iterator
from dataclasses import replace

from claims.relating.features import list_features
from claims.relating.model import PairModel, load_pair_model
from claims.relating.profiles import Profile, read_profile
from claims.relating.propositions import is_proposition
from claims.relating.utterances import RELATIONS, PairReading, Utterance

LEAST_OF_OTHER_POLARITY = 0.3  # of what both are about
# Of joining two quotes without asking anybody. Set on pairs of stories that the weights had not read.
SURE_OF_CLAIM = 0.7
SURE_OF_WORDS = 0.75
SURE_DESPITE_NAMES = 0.85  # where each has a name that the other lacks
MOST_LACKING = 1.4  # rare words of the quote that lacks fewer


def read_pair(a: Utterance, b: Utterance) -> PairReading:
    """Return how quote b relates to quote a."""
    return compare_profiles(read_profile(a), read_profile(b))


def compare_profiles(a: Profile, b: Profile) -> PairReading:
    reading = judge(load_pair_model(), list_features(a, b))
    if reading.same_words < SURE_OF_WORDS and not (is_proposition(a) and is_proposition(b)):
        return replace(reading, automatic=False, evidence=(*reading.evidence, "no proposition"))
    return reading


def judge(model: PairModel, features: dict[str, float]) -> PairReading:
    """Return the reading of a pair of these features."""
    likely = model.weigh(features)
    same_claim = min(1.0, float(likely[0] + likely[1]))
    same_words = float(likely[0] / (likely[0] + likely[1:].max()))  # of it and its likeliest rival
    vetoes = tuple(list_vetoes(features))
    is_sure = same_claim >= SURE_OF_CLAIM and is_covered(features, same_words, same_claim)
    return PairReading(
        same_words=min(same_words, same_claim),
        same_claim=same_claim,
        relation=RELATIONS[int(likely.argmax())],
        automatic=is_sure and not vetoes,
        evidence=(*list_reasons(features), *vetoes),
    )


def is_covered(features: dict[str, float], same_words: float, same_claim: float) -> bool:
    """Return whether one of the quotes says hardly anything that the other does not say too."""
    if features["names alone, less"] and same_claim < SURE_DESPITE_NAMES:
        return False
    return features["lacking, less"] <= MOST_LACKING or same_words >= SURE_OF_WORDS


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
