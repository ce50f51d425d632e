"""Which stored wordings say what a sentence says that somebody typed, deny it or tell it otherwise.

The sentence is read as a wording is, and compared with those that have runs of its words or pairs
of its rarer words, then with those that have two of its rarest words anyhow; nothing is stored.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from django.db import connection

from claims.extraction.schema import Span
from claims.gathering.pairing import (
    LEAST_SCORE,
    REASONS_APART,
    REASONS_OPPOSED,
    FoundMatch,
    match_wordings,
)
from claims.gathering.prints import compute_runs
from claims.gathering.reading import ReadWording, StancedUtterance, read_wordings
from claims.models import MatchKind, MatchStatus
from claims.models.copying import format_array
from claims.models.matches import SAME_KINDS
from claims.relating import Utterance, read_pair
from claims.relating.profiles import read_profile

AlikeGroup = Literal["same", "against", "figures", "near"]

MOST_COMPARED = 60  # wordings, those with most in common with the sentence
MOST_LOOKED_AT = 2000  # that have anything in common with it
RAREST_WORDS = 5  # whose pairs are looked up in the index of words
TYPED = 0  # the number of the wording that nobody stored

# All that have but few runs or pairs need have all of them, as where stored wordings are related.
CANDIDATES_SQL = """
    SELECT found.wording_id
      FROM (SELECT wording_id, runs FROM claims_wordingprint
             WHERE runs && %(runs)s::integer[] LIMIT %(looked_at)s) found
     CROSS JOIN LATERAL (
           SELECT count(*) AS shared
             FROM unnest(found.runs) AS own (run) WHERE own.run = ANY(%(runs)s::integer[])) common
     WHERE common.shared >= least(2, cardinality(%(runs)s::integer[]), cardinality(found.runs))
     ORDER BY common.shared DESC, found.wording_id
     LIMIT %(compared)s
"""
WORDS_SQL = """
    SELECT found.id
      FROM (SELECT id, search FROM claims_wording WHERE search @@ to_tsquery('english', %(words)s)
             LIMIT %(looked_at)s) found
     ORDER BY ts_rank(found.search, to_tsquery('english', %(any_word)s)) DESC, found.id
     LIMIT %(compared)s
"""


@dataclass(frozen=True, slots=True)
class AlikeWording:
    """A stored wording and how it and the sentence match."""

    wording: int
    match: FoundMatch

    @property
    def group(self) -> AlikeGroup:
        """Return what it is to the sentence, as a reader wants to know it."""
        evidence = REASONS_APART.intersection(self.match.evidence)
        if self.match.kind not in (*SAME_KINDS, MatchKind.CONFLICTS) or evidence & REASONS_OPPOSED:
            return "against"
        if self.match.kind == MatchKind.CONFLICTS or "other figure" in evidence:
            return "figures"
        return "near" if evidence else "same"


def find_alike(text: str) -> list[AlikeWording]:
    """Return the stored wordings that say what a sentence says, deny it or tell it otherwise, those
    that match best first. It takes five queries.
    """
    utterance = build_utterance(text)
    quote = StancedUtterance(utterance, "asserts", "say", TYPED, utterance.content)
    typed = ReadWording(TYPED, "", (quote,))
    found = []
    for number, stored in read_wordings(find_candidates(utterance)).items():
        match = match_wordings(stored, typed) or match_anything(stored, typed)
        if match:
            found.append(AlikeWording(number, match))
    return sorted(found, key=lambda each: (-each.match.score, each.wording))


def build_utterance(text: str) -> Utterance:
    sentence = " ".join(text.split())
    return Utterance(text=sentence, content=(Span(0, len(sentence)),))


def match_anything(stored: ReadWording, typed: ReadWording) -> FoundMatch | None:
    """Return that a sentence may say what a wording says, though either may be no whole claim."""
    reading = read_pair(stored.first.utterance, typed.first.utterance)
    is_same = reading.relation in ("same-words", "same-claim")
    if not is_same or reading.same_claim < LEAST_SCORE:
        return None
    return FoundMatch(
        first=stored.number,
        second=TYPED,
        kind=MatchKind.PARAPHRASE,
        score=reading.same_claim,
        status=MatchStatus.PROPOSED,
        evidence=reading.evidence,
    )


def find_candidates(utterance: Utterance) -> list[int]:
    """Return the wordings to compare, those with most in common with the sentence."""
    bounds = {"looked_at": MOST_LOOKED_AT, "compared": MOST_COMPARED}
    runs = format_array(compute_runs([utterance]))
    words = list_rarest_words(utterance)
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES_SQL, {**bounds, "runs": runs})
        found = dict.fromkeys(number for (number,) in cursor.fetchall())
        if len(found) < MOST_COMPARED and len(words) > 1:
            pairs = [f"({one} & {other})" for one, other in combinations(words, 2)]
            asked = {"words": " | ".join(pairs), "any_word": " | ".join(words)}
            cursor.execute(WORDS_SQL, {**bounds, **asked})
            found |= dict.fromkeys(number for (number,) in cursor.fetchall())
    return list(found)[:MOST_COMPARED]


def list_rarest_words(utterance: Utterance) -> Sequence[str]:
    """Return the rarest words of a sentence, as they stand in it, the rarest first."""
    profile = read_profile(utterance)
    places = sorted(
        range(len(profile.topics)), key=lambda place: (-float(profile.rarities[place]), place)
    )
    forms = [profile.words[profile.topics[place]].form for place in places]
    return [form for form in forms if re.fullmatch(r"\w+", form)][:RAREST_WORDS]
