"""What extraction gives: attributed quotes, and the closed sets of what can be said of them.

Spans are character offsets into the text as given, half-open. The sets are the field's: source, cue
and content as in PARC and PolNeAR; kinds, acts and kinds of actor as in the glossary.
"""

from collections.abc import Iterable
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
Gender = Literal["he", "she"]

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
        """Return the characters of `text` that the span selects."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def overlaps_any(self, others: "Iterable[Span]") -> bool:
        return any(self.overlaps(other) for other in others)


@dataclass(frozen=True, slots=True)
class RunnerUp:
    """Another actor that the source may refer to, and how likely that is."""

    name: str
    kind: ActorKind
    confidence: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """The actor that a source refers to, by its fullest name in the article.

    `confidence` is between 0 and 1; `method` says how the actor was found (`name`, `fuller name`,
    `metonym`, `pronoun`, `description`, `author`). `alone` tells that the name by itself says who
    is meant anywhere ("Jen Psaki", not "Psaki"). `mention` is the words of the article that name
    the actor, where some do. `plural` tells of actors without a name that they are several.
    `runners_up` stand in order, the likeliest first, none likelier than this one.
    """

    name: str
    kind: ActorKind
    confidence: float
    method: str
    alone: bool = True
    mention: str = field(default="", compare=False)
    plural: bool = field(default=False, compare=False)
    runners_up: tuple[RunnerUp, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if not self.runners_up:
            return
        confidences = (self.confidence, *(other.confidence for other in self.runners_up))
        if any(first < second for first, second in pairwise(confidences)):
            raise ValueError(
                "no runner-up is likelier than the speaker or than the one before it, "
                f"as in {confidences}"
            )

    def held_at(self, confidence: float) -> "Speaker":
        """Return the same speaker with this confidence, and no runner-up above it."""
        runners_up = tuple(
            replace(other, confidence=min(other.confidence, confidence))
            for other in self.runners_up
        )
        return replace(self, confidence=confidence, runners_up=runners_up)


@dataclass(frozen=True, slots=True, order=True)
class Detail:
    """Words of the article that say more of a quote.

    `basis` is what the actor cites as evidence ("citing intelligence reports"); `addressee`, who is
    told ("told the BBC"); `target`, whom an accusation is against; `occasion`, when and where it
    was said ("in a statement on Saturday evening"); `hedge`, a word of the content that weakens it
    ("could", "may"); `anonymity`, why an unnamed source is unnamed.
    """

    role: DetailRole
    span: Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """One quote: a cue, its contents in the order of the text, and a source where there is one.

    `confidence` is that of cue and spans together, between 0 and 1; the speaker has its own.
    `speaker` is None when it is not clear who is meant. `within` is the cue of the quote in whose
    content this one stands, for a quote inside a quote. `said_on` is the day it was said, where the
    article tells. `about` is whom the contents name.
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
    """Return what an act does to the proposition of its content."""
    if act == "deny":
        return "denies"
    if act == "question":
        return "questions"
    return "asserts"
