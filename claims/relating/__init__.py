"""How two quotes relate: copies, the same claim in other words, denials, answers.

Pure functions over texts and spans; nothing here knows the database.
"""

from claims.relating.candidates import find_pairs
from claims.relating.propositions import is_claim
from claims.relating.reading import read_pair
from claims.relating.targets import find_targets
from claims.relating.utterances import RELATIONS, PairReading, Relation, Utterance

__all__ = [
    "RELATIONS",
    "PairReading",
    "Relation",
    "Utterance",
    "find_pairs",
    "find_targets",
    "is_claim",
    "read_pair",
]
