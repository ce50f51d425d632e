"""A quote as an assistant should pass it on: a sentence to print, where it stands, and its doubts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from claims.models import QuoteStatus
from claims.models.doubt import REVIEW_BELOW
from claims.outputs.fields import FlatRow
from claims.outputs.rows import read_rows_by_id

CHECKED = {
    QuoteStatus.ACCEPTED: "A person checked this quote and accepted it.",
    QuoteStatus.CORRECTED: "A person checked this quote and corrected it.",
    QuoteStatus.REJECTED: "A person rejected this quote: do not cite it.",
}


@dataclass(frozen=True)
class QuoteTold:
    """One quote. `sentence` keeps who said it, the verb and any denial: pass it on as it is, with its
    `link` and its `doubt`.
    """

    sentence: str
    link: str
    doubt: str
    stance: str
    quote: int
    claim: int
    actor: str | None
    article: int
    published_on: date | None
    confidence: float
    actor_confidence: float | None


def tell_quotes(ids: Sequence[int], site: str) -> list[QuoteTold]:
    """Return quotes by their numbers, in that order."""
    return [tell_row(row) for row in read_rows_by_id(list(ids), site)]


def tell_row(row: FlatRow) -> QuoteTold:
    return QuoteTold(
        sentence=row.sentence,
        link=row.address,
        doubt=describe_doubt(row),
        stance=row.stance,
        quote=row.id,
        claim=row.claim_id,
        actor=row.actor_slug or None,
        article=row.article_id,
        published_on=row.published_on,
        confidence=row.confidence,
        actor_confidence=row.actor_confidence,
    )


def describe_doubt(row: FlatRow) -> str:
    """Return in words how sure the quote and its speaker are."""
    said = [CHECKED.get(QuoteStatus(row.status), "") or describe_confidence(row)]
    if not row.actor:
        said.append("Who said it is not clear.")
    elif row.speaker_unsure:
        said.append("The speaker may well be somebody else.")
    if row.status == QuoteStatus.UNREVIEWED and row.confidence < REVIEW_BELOW:
        said.append("It may be no quote, or begin or end elsewhere.")
    return " ".join(said)


def describe_confidence(row: FlatRow) -> str:
    speaker = ""
    if row.actor and row.actor_confidence is not None:
        speaker = f", and {row.actor_confidence:.0%} that this is the speaker"
    return f"Found by a program, checked by nobody: {row.confidence:.0%} sure that it is a quote{speaker}."
