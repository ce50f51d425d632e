"""Who told a quote that stands within another one, and whether they denied or questioned it.

A quote may stand within several, one around the other. Where any of these is a denial, what it says
within must not be read as told.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db.models import BooleanField
from django.db.models.expressions import RawSQL

from claims.models import Quote, QuoteStatus
from claims.models.doubt import is_unsure
from claims.outputs.sentences import DOUBT, UNKNOWN_SPEAKER

# Each is looked up by its number, and the planner is not told how many there are at first: it takes
# the chains for long ones, and would read the whole table or compile the statement otherwise.
IS_AROUND_SQL = """
    claims_quote.id = ANY(ARRAY(
        WITH RECURSIVE around (id) AS (
            SELECT unnest((SELECT %s::bigint[]))
            UNION
            SELECT inside.within_id
              FROM around
             CROSS JOIN LATERAL (
                   SELECT within_id FROM claims_quote WHERE id = around.id OFFSET 0) inside
             WHERE inside.within_id IS NOT NULL
        )
        SELECT id FROM around
    ))
"""
COLUMNS_OF_OUTER = (
    "id",
    "within_id",
    "stance",
    "status",
    "actor__name",
    "source_text",
    "actor_confidence",
)


class OuterQuote(NamedTuple):
    """A quote in whose content another one stands, as far as the sentence of that tells it."""

    id: int
    within_id: int | None
    stance: str
    status: str
    actor: str | None
    source: str
    actor_confidence: float | None

    @property
    def speaker(self) -> str:
        return self.actor or self.source

    @property
    def told_speaker(self) -> str:
        """Return whom a sentence names, with any doubt of it."""
        is_touched = self.status != QuoteStatus.UNREVIEWED
        doubt = DOUBT if not is_touched and is_unsure(self.actor_confidence) else ""
        return f"{self.speaker or UNKNOWN_SPEAKER}{doubt}"


def build_outer_quote(quote: Quote) -> OuterQuote:
    """Return a quote that is at hand as one that others may stand within."""
    return OuterQuote(
        id=quote.pk,
        within_id=quote.within_id,
        stance=quote.stance,
        status=quote.status,
        actor=quote.actor.name if quote.actor else None,
        source=quote.source_text,
        actor_confidence=quote.actor_confidence,
    )


class Teller(NamedTuple):
    """Who told a quote, how they take it, and by which quote of theirs.

    The name is empty if nobody but its own speaker did; the stance if it stands within no quote.
    """

    name: str
    stance: str
    quote_id: int | None


NOBODY = Teller("", "", None)


def read_outer_quotes(ids: Collection[int]) -> dict[int, OuterQuote]:
    """Return these quotes and all that they stand within, by their ids. It takes one query."""
    if not ids:
        return {}
    is_around = RawSQL(IS_AROUND_SQL, [list(ids)], BooleanField())
    rows = Quote.objects.filter(is_around).order_by().values_list(*COLUMNS_OF_OUTER)
    return {row[0]: OuterQuote._make(row) for row in rows}


def list_outer_quotes(within_id: int | None, known: dict[int, OuterQuote]) -> list[OuterQuote]:
    """Return the quotes that one stands within, from the nearest to the outermost."""
    found = []
    outer = known.get(within_id or 0)
    while outer:
        found.append(outer)
        outer = known.get(outer.within_id or 0)
    return found


def find_teller(actor: str, outers: Sequence[OuterQuote]) -> Teller:
    """Return who told what this actor said: the nearest who does not assert it, or else the
    nearest who is another. What a curator rejected tells nothing.
    """
    standing = [outer for outer in outers if outer.status != QuoteStatus.REJECTED]
    if not standing:
        return NOBODY
    for outer in standing:
        if outer.stance != "asserts":
            return Teller(outer.told_speaker, outer.stance, outer.id)
    others = [outer for outer in standing if not actor or outer.speaker != actor]
    if not others:
        return Teller("", "asserts", None)
    return Teller(others[0].told_speaker, "asserts", others[0].id)
