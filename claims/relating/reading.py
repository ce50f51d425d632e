"""How two quotes relate: features weighed by the model, with what no weight may overrule."""

from collections.abc import Iterator

from claims.relating.features import list_features
from claims.relating.model import PairModel, load_pair_model
from claims.relating.profiles import Profile, read_profile
from claims.relating.utterances import RELATIONS, PairReading, Utterance

SURE_OF_CLAIM = 0.9  # from which on two quotes are joined without being asked about


def read_pair(a: Utterance, b: Utterance) -> PairReading:
    """Return how quote b relates to quote a."""
    return compare_profiles(read_profile(a), read_profile(b))


def compare_profiles(a: Profile, b: Profile) -> PairReading:
    return judge(load_pair_model(), list_features(a, b))


def judge(model: PairModel, features: dict[str, float]) -> PairReading:
    """Return the reading of a pair of these features."""
    likely = model.weigh(features)
    same_words = float(likely[0])
    same_claim = min(1.0, same_words + float(likely[1]))
    vetoes = tuple(list_vetoes(features))
    return PairReading(
        same_words=same_words,
        same_claim=same_claim,
        relation=RELATIONS[int(likely.argmax())],
        automatic=same_claim >= SURE_OF_CLAIM and not vetoes,
        evidence=(*list_reasons(features), *vetoes),
    )


def list_vetoes(features: dict[str, float]) -> Iterator[str]:
    """Yield why two quotes are not joined without being asked about, however alike they are."""
    if features["rival numbers"]:
        yield "other figure"
    if features["rival times"]:
        yield "other time"
    if features["names alone, less"]:
        yield "other name"
    if features["other polarity"] >= 0.3:
        yield "other polarity"
    if features["opposites"]:
        yield "opposite words"
    if features["a gives no answer"] or features["b gives no answer"]:
        yield "no answer"
    if features["a calls false"] != features["b calls false"]:
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
