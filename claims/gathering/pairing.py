"""How two wordings relate, as it is kept: read of the quotes by which each is known."""

from collections.abc import Iterable
from dataclasses import dataclass

from claims.gathering.reading import ReadWording, StancedUtterance
from claims.models import MatchKind, MatchStatus
from claims.relating import PairReading, Utterance, is_claim, read_pair
from claims.relating.figures import are_of_other_sides, count_one_thing
from claims.relating.profiles import read_profile

LEAST_SCORE = 0.5  # from which on a match is proposed
SURE_SCORE = 0.85  # from which on a denial is shown without being asked about
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
LEAST_SHARE_OF_NARROWER = 0.85
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


@dataclass(frozen=True, slots=True)
class PairOfQuotes:
    """Two quotes, each with the wording that is read by it, and how the second relates to the first."""

    first: ReadWording
    a: StancedUtterance
    second: ReadWording
    b: StancedUtterance
    reading: PairReading

    @property
    def against(self) -> frozenset[str]:
        """What keeps the two from being one claim."""
        return REASONS_APART.intersection(self.reading.evidence)

    @property
    def are_claims(self) -> bool:
        return is_claim(self.a.utterance) and is_claim(self.b.utterance)

    @property
    def is_opposed(self) -> bool:
        """Tell whether one turns round what the other says: who denies that something is not so, or
        that its opposite is, does not.
        """
        return ("other polarity" in self.against) != ("opposite words" in self.against)

    def turn(self) -> "PairOfQuotes":
        """Return the same pair in the other order, without reading it anew."""
        return PairOfQuotes(self.second, self.b, self.first, self.a, self.reading)

    def build_match(
        self, kind: MatchKind, score: float, *, is_sure: bool, more: tuple[str, ...] = ()
    ) -> FoundMatch:
        """Return that the second wording relates to the first in this way; `more` is what speaks for
        it beside what the reading tells.
        """
        return FoundMatch(
            first=self.first.number,
            second=self.second.number,
            kind=kind,
            score=score,
            status=MatchStatus.SURE if is_sure else MatchStatus.PROPOSED,
            evidence=(*self.reading.evidence, *more),
        )


def match_wordings(one: ReadWording, other: ReadWording) -> FoundMatch | None:
    """Return how two wordings relate, or None if they have nothing to do with each other.

    The one published first is the first, unless it denies or answers the other, or says but part of it.
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
    pair = read_quotes(first, a, second, b)
    if {a.stance, b.stance} == {"asserts", "denies"}:
        return match_stances(pair)
    return (
        match_conditional(pair)
        or match_same(pair)
        or match_opposed(pair)
        or match_figures(pair)
        or match_part(pair)
    )


def read_quotes(
    first: ReadWording, a: StancedUtterance, second: ReadWording, b: StancedUtterance
) -> PairOfQuotes:
    """Return two quotes with how the second reads as to the first: of a reply and what is none the
    reply is the second, whichever was published first.
    """
    if a.is_reply and not b.is_reply:
        return read_quotes(second, b, first, a)
    return PairOfQuotes(first, a, second, b, read_pair(a.utterance, b.utterance))


def match_same(pair: PairOfQuotes) -> FoundMatch | None:
    """Return that two wordings say the same, if they do and both say something."""
    reading = pair.reading
    is_opposed = reading.relation in ("denies", "answers")
    if is_opposed or reading.same_claim < LEAST_SCORE or not pair.are_claims:
        return None
    is_copy = 2 * reading.same_words >= reading.same_claim
    kind = MatchKind.COPY if is_copy else MatchKind.PARAPHRASE
    return pair.build_match(kind, reading.same_claim, is_sure=reading.automatic)


def match_stances(pair: PairOfQuotes) -> FoundMatch | None:
    """Return that one of two quotes denies what the other asserts, where both are about one thing."""
    if pair.b.stance != "denies":
        pair = pair.turn()
    share, shared = share_topics(pair.a.utterance, pair.b.utterance)
    is_denied = is_claim(pair.a.utterance)
    if share < LEAST_SHARE_OF_TOPICS or not is_denied or pair.against - REASONS_OPPOSED:
        return None
    is_likely = share >= SURE_SCORE and shared >= SURE_TOPICS_SHARED
    is_sure = is_likely and pair.is_opposed and not pair.b.is_refusal
    return pair.build_match(MatchKind.DENIES, share, is_sure=is_sure)


def match_opposed(pair: PairOfQuotes) -> FoundMatch | None:
    """Return that the second wording may deny or answer the first, where both are about one thing."""
    relation = pair.reading.relation
    if relation not in ("denies", "answers") or not is_claim(pair.a.utterance):
        return None
    share, _ = share_topics(pair.a.utterance, pair.b.utterance)
    if share < LEAST_SHARE_OF_TOPICS:
        return None
    kind = MatchKind.DENIES if relation == "denies" else MatchKind.ANSWERS
    return pair.build_match(kind, share, is_sure=False)


def match_figures(pair: PairOfQuotes) -> FoundMatch | None:
    """Return that two wordings tell another figure for what seems to be one thing, if they do.

    Nobody contradicts himself within an article: there the figures are of two things. Of two speakers
    whom an article sets against each other less need be the same.
    """
    a, b = pair.a.utterance, pair.b.utterance
    if pair.against != {"other figure"} or is_told_by_one(a, b):
        return None
    share, shared = share_topics(a, b)
    is_in_one_article = a.article == b.article
    least = LEAST_SHARE_OF_TOPICS if is_in_one_article else LEAST_SHARE_WITH_OTHER_FIGURE
    if share < least or not pair.are_claims:
        return None
    is_likely = is_in_one_article or shared >= SURE_TOPICS_SHARED
    is_sure = is_likely and count_one_thing(a, b)
    more = ("other side",) if are_of_other_sides(a, b) else ()
    return pair.build_match(MatchKind.CONFLICTS, share, is_sure=is_sure, more=more)


def match_conditional(pair: PairOfQuotes) -> FoundMatch | None:
    """Propose that one wording says the same as the other, on a condition."""
    if pair.against != {"other condition"}:
        return None
    conditions_of_a = read_profile(pair.a.utterance).conditions
    conditions_of_b = read_profile(pair.b.utterance).conditions
    return match_narrower(pair if conditions_of_b > conditions_of_a else pair.turn())


def match_part(pair: PairOfQuotes) -> FoundMatch | None:
    """Propose that one wording says but part of the other."""
    if pair.against:
        return None
    topics_of_a = read_profile(pair.a.utterance).topics
    topics_of_b = read_profile(pair.b.utterance).topics
    return match_narrower(pair if len(topics_of_b) < len(topics_of_a) else pair.turn())


def match_narrower(pair: PairOfQuotes) -> FoundMatch | None:
    """Propose that the second wording is narrower, where both are about one thing."""
    share, shared = share_topics(pair.a.utterance, pair.b.utterance)
    if share < LEAST_SHARE_OF_NARROWER or shared < SURE_TOPICS_SHARED or not pair.are_claims:
        return None
    return pair.build_match(MatchKind.NARROWS, share, is_sure=False)


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
    """Return whether two wordings cannot be one claim, however alike what lies between them is.

    Two sentences of an answer, each a cut of one quote that has both, are not one claim for that.
    """
    first, second = sorted((one, other), key=rank_wording)
    a, b = first.first.utterance, second.first.utterance
    if list_topics(a).isdisjoint(list_topics(b)):
        return True
    return is_reading_apart(read_pair(a, b))


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
