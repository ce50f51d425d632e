"""A quote as it is compared with another, and what the comparison tells."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from claims.extraction.schema import Span

Relation = Literal["same-words", "same-claim", "denies", "answers", "different"]
RELATIONS: tuple[Relation, ...] = get_args(Relation)


@dataclass(frozen=True, slots=True)
class Utterance:
    """One quote with the text of its article, into which its spans are offsets.

    `speaker` is whom it is credited to, "" where nobody is known. `article` is the key of the
    article: two quotes of one article share it.
    """

    text: str
    content: tuple[Span, ...]
    cue: Span | None = None
    source: tuple[Span, ...] = ()
    speaker: str = ""
    article: str = ""
    published: date | None = None

    def get_content(self) -> str:
        """Return the slices of the content, joined as an ellipsis joins them."""
        return " … ".join(span.of(self.text) for span in self.content)

    def get_cue(self) -> str:
        return self.cue.of(self.text) if self.cue else ""

    def get_source(self) -> str:
        return " ".join(span.of(self.text) for span in self.source)


@dataclass(frozen=True, slots=True)
class PairReading:
    """How two quotes relate.

    `same_words` and `same_claim` are between 0 and 1, the second never below the first. Of the
    relations "denies" and "answers" hold of the second quote to the first. `automatic` tells that
    the two are surely one claim; `evidence` are codes of what speaks for and against it.
    """

    same_words: float
    same_claim: float
    relation: Relation
    automatic: bool
    evidence: tuple[str, ...]
