"""What extraction gives: attributed quotes as character offsets into the text as given (half-open), and the closed sets.

The sets are the field's: source, cue and content as in PARC and PolNeAR; kinds, acts and actor kinds as in the glossary.
"""

from dataclasses import dataclass, field
from typing import Literal, get_args

Kind = Literal["direct", "mixed", "indirect"]
Act = Literal[
    "say",
    "claim",
    "report",
    "confirm",
    "deny",
    "accuse",
    "support",
    "warn",
    "promise",
    "demand",
    "predict",
    "question",
    "believe",
    "no_comment",
]
ActorKind = Literal["person", "organization", "state", "group", "document", "unnamed"]
Stance = Literal["asserts", "denies", "questions"]

KINDS: tuple[Kind, ...] = get_args(Kind)
ACTS: tuple[Act, ...] = get_args(Act)
ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
STANCES: tuple[Stance, ...] = get_args(Stance)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (not included) of the article's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start} and {self.end}")

    def of(self, text: str) -> str:
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Speaker:
    """The actor that a source refers to, by its fullest name in the article.

    `method` says how it was found (`name`, `fuller name`, `metonym`, `pronoun`, `description`); `confidence` is between 0
    and 1. `alone` is true when the name by itself tells who is meant anywhere ("Jen Psaki", not "Psaki").
    """

    name: str
    kind: ActorKind
    confidence: float
    method: str
    alone: bool = True
    mention: str = field(default="", compare=False)  # the article's words that name the actor, where some do


@dataclass(frozen=True, slots=True)
class Attribution:
    """One quote: a cue, its contents in the order of the text, and a source where the text gives one.

    `confidence` is that of cue and spans together, between 0 and 1; the speaker has its own. `speaker` is None when it is
    not clear who is meant.
    """

    source: Span | None
    cue: Span
    contents: tuple[Span, ...]
    kind: Kind
    act: Act
    confidence: float
    speaker: Speaker | None


def stance(act: Act) -> Stance:
    """What an act does to the proposition of its content."""
    return "denies" if act == "deny" else "questions" if act == "question" else "asserts"
