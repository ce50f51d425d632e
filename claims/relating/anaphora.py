"""How a reply takes up what was said before it: by nearness, by nouns such as "the claim", by names."""

import math
import re

from claims.extraction.lexicon.words import word_set
from claims.extraction.text.quotation import PLAIN_MARKS
from claims.relating.names import has_alike
from claims.relating.profiles import Profile
from claims.relating.utterances import Utterance
from claims.relating.wording import build_key

CHARACTERS_NEAR = 700  # after which a quote of the article is less than half as near
ANAPHOR = re.compile(
    r"\b(?:the|these|those|this|that|any|such|all|his|her|their|its|recent|media|on|of"
    r"|den(?:y|ie[sd]|ying)|dismiss\w*|reject\w*|refut\w*|rebutt?\w*)\s"
    r"(?:such\s|same\s|latest\s|false\s)?"
    r"(?P<noun>intentions?|plans?|claims?|allegations?|accusations?|charges?|reports?|rumou?rs?"
    r"|suggestions?|stor(?:y|ies)|statements?|remarks?|comments?|threats?|figures?|numbers?"
    r"|offers?|deals?|proposals?|demands?|matter|issue|incident|case|speculation|criticism"
    r"|investigation|findings?|request|idea|notion|assertions?)\b"
    r"|\b(?:it|that|this|so|them|which)\b",
    re.I,
)
# What a noun takes up: the acts and words of the quote that it may mean.
ACTS_OF_NOUN = {
    "intention": ("promise", "predict", "warn", "say", "claim", "report"),
    "plan": ("promise", "predict", "warn", "claim", "report"),
    "claim": ("claim", "report", "say", "accuse"),
    "assertion": ("claim", "report", "say", "accuse"),
    "allegation": ("accuse", "claim", "report"),
    "accusation": ("accuse", "claim"),
    "charge": ("accuse", "claim"),
    "report": ("report", "claim", "say"),
    "story": ("report", "claim", "say"),
    "rumor": ("report", "claim", "say"),
    "threat": ("warn", "promise"),
    "demand": ("demand",),
    "criticism": ("accuse",),
    "offer": ("promise", "say"),
}
# A reply that says no more than "the claim" means the one that the article has just told.
BARE_ANAPHOR = re.compile(
    r"\W*(?:the|that|this|these|those)\s(?:latest\s|same\s)?"
    r"(?:claim|allegation|accusation|charge|suggestion|assertion|remark|criticism|notion)\W*",
    re.I,
)
# Keys of words that say what somebody means to do.
KEYS_OF_DOING = frozenset(map(build_key, ("plan", "intend", "prepare", "invade", "attack")))
NOUNS_OF_DOING = ("intention", "plan")
# Nouns for what the press has told, and the words by which its sources are known.
NOUNS_OF_PRESS = ("report", "rumor", "story", "article")
WORDS_OF_PRESS = word_set(
    """report reports rumor rumors rumour rumours story article newspaper magazine media news
    website site tweet tweets post posts video blog document outlets sources source"""
)


def find_noun(reply: Profile) -> str:
    """Return the noun by which a reply takes up what was said, "" where it has none."""
    for match in ANAPHOR.finditer(reply.said_with.translate(PLAIN_MARKS)):
        if match["noun"]:
            noun = match["noun"].casefold().replace("stories", "story")
            return noun.removesuffix("s").replace("rumour", "rumor")
    return ""


def get_fit_of_anaphor(reply: Profile, other: Profile) -> float:
    """Return what speaks for the other quote being what "the claim", "any such plan" takes up."""
    noun = find_noun(reply)
    fit = 0.0
    if other.act in ACTS_OF_NOUN.get(noun, ()):
        fit += 0.5
    if noun in NOUNS_OF_DOING and KEYS_OF_DOING.intersection(other.keys):
        fit += 0.8
    return fit


def is_bare_anaphor(reply: Profile) -> bool:
    """Return whether a reply says what it is about by nothing but "the claim"."""
    content = reply.utterance.get_content().translate(PLAIN_MARKS)
    return BARE_ANAPHOR.fullmatch(content) is not None


def takes_up_press(reply: Profile) -> bool:
    return find_noun(reply) in NOUNS_OF_PRESS


def is_of_press(other: Profile) -> bool:
    told = f"{other.utterance.speaker} {other.utterance.get_source()}".casefold().split()
    return other.act == "report" or not WORDS_OF_PRESS.isdisjoint(told)


def names_replier(reply: Profile, other: Profile) -> bool:
    """Return whether the other quote names who replies."""
    return any(has_alike(name, other.names) for name in reply.speaker_names)


def names_opponent(reply: Profile, other: Profile) -> bool:
    """Return whether the reply names who said the other quote: "Olsen's claim"."""
    return any(has_alike(name, reply.names) for name in other.speaker_names)


def is_of_one_article(reply: Utterance, other: Utterance) -> bool:
    return bool(reply.article) and reply.article == other.article


def get_distance(reply: Utterance, other: Utterance) -> int | None:
    """Return how many characters stand between a quote and the reply, below 0 if it comes after."""
    if not is_of_one_article(reply, other):
        return None
    return reply.content[0].start - other.content[-1].end


def get_nearness(reply: Utterance, other: Utterance, near: int = CHARACTERS_NEAR) -> float:
    """Return 1 for a quote right before the reply, less the farther off, least across articles."""
    distance = get_distance(reply, other)
    if distance is None:
        return 0.0
    if distance < 0:
        return 0.25 * math.exp(distance / near)
    return math.exp(-distance / near)
