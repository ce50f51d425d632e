"""How two wordings relate, as it is kept: read of the quotes by which each is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.gathering.reading import ReadWording, StancedUtterance
from claims.models import MatchKind, MatchStatus
from claims.relating import PairReading, Utterance, is_claim, read_pair
from claims.relating.profiles import read_profile

LEAST_SCORE = 0.5  # from which on a match is proposed
SURE_SCORE = 0.85  # from which on a denial is shown without being asked about
SURE_SCORE_OF_ANSWER = 0.75  # whoever has no comment says nothing that could be wrong
# What keeps two wordings from being one claim, whatever else speaks for it.
REASONS_APART = frozenset(
    (
        "other figure",
        "other name",
        "other polarity",
        "opposite words",
        "called false",
        "other person",
        "other subject",
        "other reason",
        "other time",
        "other condition",
        "no answer",
    )
)
# Those among them that tell of a denial what it is.
REASONS_OPPOSED = frozenset(("other polarity", "opposite words", "called false"))
LEAST_TOPICS_SHARED = 3  # words that tell what both are about
LEAST_SHARE_OF_TOPICS = 0.6  # of the shorter content, where one denies or answers the other
LEAST_SHARE_WITH_OTHER_FIGURE = 0.75
SURE_TOPICS_SHARED = 4


@dataclass(frozen=True, slots=True)
class FoundMatch:
    """What was read of two wordings: of the second to the first."""

    first: int
    second: int
    kind: MatchKind
    score: float
    status: MatchStatus
    evidence: tuple[str, ...]

    @property
    def pair(self) -> tuple[int, int]:
        return min(self.first, self.second), max(self.first, self.second)


def match_wordings(one: ReadWording, other: ReadWording) -> FoundMatch | None:
    """Return how two wordings relate, or None if they have nothing to do with each other.

    The one published first is the first, unless it denies or answers the other.
    """
    first, second = sorted((one, other), key=rank_wording)
    found = []
    for a in first.quotes:
        for b in second.quotes:
            match = match_quotes(first, a, second, b)
            if match:
                found.append(match)
    return max(found, key=rank_match, default=None)


def rank_wording(wording: ReadWording) -> tuple[bool, str, str, int, str]:
    utterance = wording.first.utterance
    day = utterance.published.isoformat() if utterance.published else ""
    return not day, day, utterance.article, utterance.content[0].start, wording.key


def rank_match(match: FoundMatch) -> tuple[bool, bool, float]:
    is_same = match.kind in (MatchKind.COPY, MatchKind.PARAPHRASE)
    return is_same, match.status == MatchStatus.SURE, match.score


def match_quotes(
    first: ReadWording, a: StancedUtterance, second: ReadWording, b: StancedUtterance
) -> FoundMatch | None:
    if a.overlaps(b):
        return None
    reading = read_pair(a.utterance, b.utterance)
    if {a.stance, b.stance} == {"asserts", "denies"}:
        return match_stances(first, a, second, b, reading)
    same = match_same(first, a, second, b, reading)
    if same:
        return same
    opposed = match_opposed(first, a, second, b, reading)
    if opposed is None and a.act == "no_comment":
        reverse = read_pair(b.utterance, a.utterance)
        opposed = match_opposed(second, b, first, a, reverse)
    if opposed:
        return opposed
    return match_figures(first, a, second, b, reading)


def match_same(
    first: ReadWording,
    a: StancedUtterance,
    second: ReadWording,
    b: StancedUtterance,
    reading: PairReading,
) -> FoundMatch | None:
    """Return that two wordings say the same, if they do and both say something."""
    if reading.relation not in ("same-words", "same-claim") or reading.same_claim < LEAST_SCORE:
        return None
    if not (is_claim(a.utterance) and is_claim(b.utterance)):
        return None
    is_copy = reading.relation == "same-words"
    return FoundMatch(
        first=first.number,
        second=second.number,
        kind=MatchKind.COPY if is_copy else MatchKind.PARAPHRASE,
        score=reading.same_claim,
        status=MatchStatus.SURE if reading.automatic else MatchStatus.PROPOSED,
        evidence=reading.evidence,
    )


def match_stances(
    first: ReadWording,
    a: StancedUtterance,
    second: ReadWording,
    b: StancedUtterance,
    reading: PairReading,
) -> FoundMatch | None:
    """Return that one of two quotes denies what the other asserts, where both are about one thing."""
    share, shared = share_topics(a.utterance, b.utterance)
    is_denied = is_claim(a.utterance if b.stance == "denies" else b.utterance)
    against = REASONS_APART.intersection(reading.evidence) - REASONS_OPPOSED
    if share < LEAST_SHARE_OF_TOPICS or not is_denied or against:
        return None
    is_sure = share >= SURE_SCORE and shared >= SURE_TOPICS_SHARED
    denied, denial = (first, second) if b.stance == "denies" else (second, first)
    return FoundMatch(
        first=denied.number,
        second=denial.number,
        kind=MatchKind.DENIES,
        score=share,
        status=MatchStatus.SURE if is_sure else MatchStatus.PROPOSED,
        evidence=reading.evidence,
    )


def match_opposed(
    first: ReadWording,
    a: StancedUtterance,
    second: ReadWording,
    b: StancedUtterance,
    reading: PairReading,
) -> FoundMatch | None:
    """Return that the second wording may deny or answer the first, where both are about one thing."""
    if reading.relation not in ("denies", "answers") or not is_claim(a.utterance):
        return None
    share, _ = share_topics(a.utterance, b.utterance)
    if share < LEAST_SHARE_OF_TOPICS:
        return None
    return FoundMatch(
        first=first.number,
        second=second.number,
        kind=MatchKind.DENIES if reading.relation == "denies" else MatchKind.ANSWERS,
        score=share,
        status=MatchStatus.PROPOSED,
        evidence=reading.evidence,
    )


def match_figures(
    first: ReadWording,
    a: StancedUtterance,
    second: ReadWording,
    b: StancedUtterance,
    reading: PairReading,
) -> FoundMatch | None:
    """Return that two wordings tell another figure for what seems to be one thing, if they do.

    Nobody contradicts himself within an article: there the figures are of two things. Of two speakers
    whom an article sets against each other less need be the same.
    """
    against = REASONS_APART.intersection(reading.evidence)
    if against != {"other figure"} or is_told_by_one(a.utterance, b.utterance):
        return None
    share, shared = share_topics(a.utterance, b.utterance)
    is_in_one_article = a.article == b.article
    least = LEAST_SHARE_OF_TOPICS if is_in_one_article else LEAST_SHARE_WITH_OTHER_FIGURE
    if share < least or not (is_claim(a.utterance) and is_claim(b.utterance)):
        return None
    is_sure = is_in_one_article or shared >= SURE_TOPICS_SHARED
    return FoundMatch(
        first=first.number,
        second=second.number,
        kind=MatchKind.CONFLICTS,
        score=share,
        status=MatchStatus.SURE if is_sure else MatchStatus.PROPOSED,
        evidence=reading.evidence,
    )


def is_told_by_one(a: Utterance, b: Utterance) -> bool:
    return a.article == b.article and (a.speaker == b.speaker or not a.speaker or not b.speaker)


def share_topics(a: Utterance, b: Utterance) -> tuple[float, int]:
    """Return how much of the shorter content's words for its topic, numbers aside, the other has,
    and how many words that is; 0 where these are few.
    """
    topics_of_a, topics_of_b = list_topics(a), list_topics(b)
    shared = len(topics_of_a & topics_of_b)
    if shared < LEAST_TOPICS_SHARED:
        return 0.0, shared
    return shared / min(len(topics_of_a), len(topics_of_b)), shared


def list_topics(utterance: Utterance) -> set[str]:
    return {key for key in read_profile(utterance).topic_keys if not key[:1].isdigit()}


def are_apart(one: ReadWording, other: ReadWording) -> bool:
    """Return whether two wordings cannot be one claim, however alike what lies between them is."""
    first, second = sorted((one, other), key=rank_wording)
    reading = read_pair(first.first.utterance, second.first.utterance)
    return is_reading_apart(reading)


def is_reading_apart(reading: PairReading) -> bool:
    if reading.relation in ("denies", "answers"):
        return True
    return bool(REASONS_APART.intersection(reading.evidence))


def find_propositions(wordings: Iterable[ReadWording]) -> dict[int, bool]:
    """Return of each of these wordings, by its number, whether it says something by itself."""
    says_something = {}
    for wording in wordings:
        says_something[wording.number] = any(is_claim(quote.utterance) for quote in wording.quotes)
    return says_something
