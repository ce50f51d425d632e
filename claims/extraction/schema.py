"""What extraction gives: attributed quotes as character offsets into the text as given (half-open), and the closed sets.

The sets are the field's: source, cue and content as in PARC and PolNeAR; kinds, acts and actor kinds as in the glossary.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
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
DetailRole = Literal["basis", "addressee", "target", "occasion", "hedge", "anonymity"]

KINDS: tuple[Kind, ...] = get_args(Kind)
ACTS: tuple[Act, ...] = get_args(Act)
ACTOR_KINDS: tuple[ActorKind, ...] = get_args(ActorKind)
STANCES: tuple[Stance, ...] = get_args(Stance)
DETAIL_ROLES: tuple[DetailRole, ...] = get_args(DetailRole)


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
class RunnerUp:
    """Another actor that the source may refer to, and how likely that is."""

    name: str
    kind: ActorKind
    confidence: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """The actor that a source refers to, by its fullest name in the article.

    `method` says how it was found (`name`, `fuller name`, `metonym`, `pronoun`, `description`, `author`);
    `confidence` is between 0 and 1. `alone` is true when the name by itself tells who is meant anywhere ("Jen Psaki", not
    "Psaki").
    """

    name: str
    kind: ActorKind
    confidence: float
    method: str
    alone: bool = True
    mention: str = field(
        default="", compare=False
    )  # the article's words that name the actor, where some do
    plural: bool = field(
        default=False, compare=False
    )  # of those who are not named: several of them
    runners_up: tuple[RunnerUp, ...] = field(
        default=(), compare=False
    )  # the likeliest first, none likelier than this one

    def __post_init__(self) -> None:
        told = (self.confidence, *(other.confidence for other in self.runners_up))
        if any(less < more for less, more in pairwise(told)):
            raise ValueError(
                f"no runner-up is likelier than the speaker or than the one before it, as in {told}"
            )

    def held_at(self, confidence: float) -> "Speaker":
        """Return the same speaker with this confidence, and no runner-up above it."""
        others = tuple(
            replace(other, confidence=min(other.confidence, confidence))
            for other in self.runners_up
        )
        return replace(self, confidence=confidence, runners_up=others)


@dataclass(frozen=True, slots=True, order=True)
class Detail:
    """Words of the article that say more of a quote.

    `basis`: what the actor cites as evidence ("citing intelligence reports"); `addressee`: who is told ("told the BBC");
    `target`: whom an accusation is against; `occasion`: when and where it was said ("in a statement on Saturday evening");
    `hedge`: a word of the content that weakens it ("could", "may"); `anonymity`: why an unnamed source is unnamed.
    """

    role: DetailRole
    span: Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """One quote: a cue, its contents in the order of the text, and a source where the text gives one.

    `confidence` is that of cue and spans together, between 0 and 1; the speaker has its own. `speaker` is None when it is
    not clear who is meant. `within` is the cue of the quote in whose content this one stands, for a quote inside a quote.
    `said_on` is the day it was said, where the article tells. `about`: whom the contents name.
    """

    source: Span | None
    cue: Span
    contents: tuple[Span, ...]
    kind: Kind
    act: Act
    confidence: float
    speaker: Speaker | None
    act_confidence: float = 1.0
    details: tuple[Detail, ...] = ()
    said_on: date | None = None
    within: Span | None = None
    about: tuple[Speaker, ...] = ()


def get_stance_of_act(act: Act) -> Stance:
    """What an act does to the proposition of its content."""
    return "denies" if act == "deny" else "questions" if act == "question" else "asserts"


Gender = Literal["he", "she"]
