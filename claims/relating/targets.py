"""Which quote a denial, a refusal to answer or a counter-charge is about."""

import math
import re
from collections.abc import Sequence

from claims.extraction.text.quotation import PLAIN_MARKS
from claims.relating.features import is_same_speaker
from claims.relating.meaning import get_likeness_of_topics, weigh
from claims.relating.names import has_alike
from claims.relating.profiles import Profile, read_profile
from claims.relating.utterances import Utterance
from claims.relating.wording import build_key

CHARACTERS_NEAR = 700  # after which a quote of the article is less than half as near
CHARACTERS_OF_LEAD = 1200  # in which news tells first what is at issue
ACTS_ANSWERED = ("claim", "report", "accuse", "predict", "warn", "demand", "confirm")
ANAPHOR = re.compile(
    r"\b(?:the|these|those|this|that|any|such|all|his|her|their|its|recent|media)\s"
    r"(?:such\s|same\s|latest\s|false\s)?"
    r"(?P<noun>intentions?|plans?|claims?|allegations?|accusations?|charges?|reports?|rumou?rs?"
    r"|suggestions?|stor(?:y|ies)|statements?|remarks?|comments?|threats?|figures?|numbers?"
    r"|offers?|deals?|proposals?|demands?|matter|issue|incident|case|speculation|criticism"
    r"|investigation|findings?|request|idea|notion)\b"
    r"|\b(?:it|that|this|so|them|which)\b",
    re.I,
)
# What a noun takes up: the acts and words of the quote that it may mean.
ACTS_OF_NOUN = {
    "intention": ("promise", "predict", "warn", "say", "claim", "report"),
    "plan": ("promise", "predict", "warn", "claim", "report"),
    "claim": ("claim", "report", "say", "accuse"),
    "allegation": ("accuse", "claim", "report"),
    "accusation": ("accuse", "claim"),
    "charge": ("accuse", "claim"),
    "report": ("report", "claim", "say"),
    "rumor": ("report", "claim", "say"),
    "threat": ("warn", "promise"),
    "demand": ("demand",),
    "criticism": ("accuse",),
    "offer": ("promise", "say"),
}
# Keys of words that say what somebody means to do.
KEYS_OF_DOING = frozenset(map(build_key, ("plan", "intend", "prepare", "invade", "attack")))
NOUNS_OF_DOING = ("intention", "plan")


def find_targets(utterance: Utterance, others: Sequence[Utterance]) -> list[tuple[int, float]]:
    """Return the places in `others` of what a quote may deny or answer, the likeliest first.

    With each comes how likely it is, above 0 and at most 1. What the speaker said himself, and what
    is no more than another denial or refusal, is left out.
    """
    profile = read_profile(utterance)
    found = []
    for place, other in enumerate(others):
        score = score_target(profile, read_profile(other))
        if score is not None:
            found.append((place, score))
    return sorted(found, key=lambda entry: (-entry[1], entry[0]))


def score_target(reply: Profile, other: Profile) -> float | None:
    """Return how likely a reply is about another quote, or None where it cannot be."""
    if other.utterance == reply.utterance or is_same_speaker(reply, other):
        return None
    if other.gives_no_answer or (other.denies and not reply.gives_no_answer):
        return None
    score = -2.0
    score += 2.5 * get_share_answered(reply, other)
    score += 1.5 * float(reply.mean_vector @ other.mean_vector)
    score += 1.2 * has_alike_any(reply, other)
    score += 0.6 * (other.act in ACTS_ANSWERED)
    score += 1.6 * get_nearness(reply.utterance, other.utterance)
    score += get_fit_of_anaphor(reply, other)
    score += 0.4 * count_shared_numbers(reply, other)
    score += 0.3 * math.exp(-other.utterance.content[0].start / CHARACTERS_OF_LEAD)
    score -= 1.2 * denies_itself(other)
    return 1 / (1 + math.exp(-score))


def denies_itself(other: Profile) -> bool:
    """Return whether a quote is rather another reply than what is replied to."""
    return other.falsehoods > 0 or other.negations > 0


def get_share_answered(reply: Profile, other: Profile) -> float:
    """Return how much of what the reply is about the other quote is about."""
    likeness = get_likeness_of_topics(reply, other)
    if not likeness.size:
        return 0.0
    return weigh(likeness.max(1), reply.rarities)


def has_alike_any(reply: Profile, other: Profile) -> bool:
    """Return whether the other quote names who replies."""
    return any(has_alike(name, other.names) for name in reply.speaker_names)


def get_nearness(reply: Utterance, other: Utterance) -> float:
    """Return 1 for a quote right before the reply, less the farther off, least across articles."""
    if not reply.article or reply.article != other.article:
        return 0.0
    distance = reply.content[0].start - other.content[-1].end
    if distance < 0:
        return 0.25 * math.exp(distance / CHARACTERS_NEAR)
    return math.exp(-distance / CHARACTERS_NEAR)


def get_fit_of_anaphor(reply: Profile, other: Profile) -> float:
    """Return what speaks for the other quote being what "the claim", "any such plan" takes up."""
    match = ANAPHOR.search(reply.said_with.translate(PLAIN_MARKS))
    if match is None or not match["noun"]:
        return 0.0
    noun = match["noun"].casefold().removesuffix("s").replace("rumour", "rumor")
    fit = 0.0
    if other.act in ACTS_OF_NOUN.get(noun, ()):
        fit += 0.5
    if noun in NOUNS_OF_DOING and KEYS_OF_DOING.intersection(other.keys):
        fit += 0.8
    return fit


def count_shared_numbers(reply: Profile, other: Profile) -> int:
    return sum(
        any(number.may_be(known) for known in other.quantities) for number in reply.quantities
    )
