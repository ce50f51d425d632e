"""The parameters that every list of quotes takes: their names, and the values that they may have."""

from typing import Literal, get_args

from claims.extraction.schema import ACTS, KINDS, STANCES
from claims.models import QuoteStatus
from claims.models.actors import SPEAKER_VALUES
from claims.models.places import PLACES

QuoteOrder = Literal["newest", "oldest", "arrived", "relevance"]
CopiesCounted = Literal["once", "all"]
CopiesChosen = CopiesCounted | Literal[""]  # empty: as by default
DisputeKind = Literal["denied", "figures", "credit"]
DISPUTE_KINDS: tuple[DisputeKind, ...] = get_args(DisputeKind)
DISPUTED_VALUES = ("yes", *DISPUTE_KINDS)  # in any way, or in one
COPIES_COUNTED: tuple[CopiesCounted, ...] = get_args(CopiesCounted)
VALUES_OF_PARAMETER: dict[str, tuple[str, ...]] = {
    "speaker": SPEAKER_VALUES,
    "act": ACTS,
    "kind": KINDS,
    "stance": STANCES,
    "status": tuple(QuoteStatus.values),
    "where": PLACES,
}
SLUG_PARAMETERS = ("actor", "about", "outlet")
LIST_PARAMETERS = (
    "actor",
    "speaker",
    "about",
    "act",
    "kind",
    "stance",
    "outlet",
    "status",
    "where",
)
FILTER_PARAMETERS = (
    "actor",
    "speaker",
    "about",
    "act",
    "kind",
    "stance",
    "outlet",
    "since",
    "until",
    "q",
    "where",
    "status",
    "copies",
    "order",
)
SINGLE_PARAMETERS = ("since", "until", "q", "copies", "order")


def get_default_order(q: str) -> QuoteOrder:
    return "relevance" if q else "newest"
