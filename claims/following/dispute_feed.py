"""Disputes as the entries of a feed, each with both sides."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from xml.sax.saxutils import escape

import numpy as np

from claims.models.addresses import get_address
from claims.outputs.feeds import FeedEntry
from claims.outputs.fields import FlatRow
from claims.outputs.rows import read_rows_by_id
from claims.pages.disputes import DisputeLine, build_dispute_lines
from claims.passages.cutting import cut_text
from claims.search.columns import REJECTED_CODE, Columns, ColumnValues
from claims.search.disputed import CHOICE_LABELS, Dispute, FoundDisputes

LONGEST_CLAIM = 160  # characters


@dataclass(frozen=True, slots=True)
class DisputeFeed:
    """Disputes in the order in which they are given."""

    known: Columns
    found: FoundDisputes
    disputes: list[Dispute]
    site: str
    page_address: str
    described: str

    @property
    def total(self) -> int:
        return len(self.disputes)

    @property
    def title(self) -> str:
        return f"Disputes: {self.described}"

    @property
    def summary(self) -> str:
        noun = "dispute" if self.total == 1 else "disputes"
        return f"{self.total:,} {noun}: {self.described}"

    def read_entries(self, start: int, stop: int) -> list[FeedEntry]:
        lines = build_dispute_lines(self.known, self.disputes[start:stop], self.found)
        ids = [quote.pk for line in lines for side in line.sides for quote in side.quotes]
        rows = {row.id: row for row in read_rows_by_id(list(dict.fromkeys(ids)), self.site)}
        entries = [build_entry(line, rows, self.site) for line in lines]
        return [entry for entry in entries if entry]


def sort_by_arrival(known: Columns, found: FoundDisputes) -> list[Dispute]:
    """Return the disputes of which a quote came in last first, whatever the date of its article."""
    is_told = known["status"] != REJECTED_CODE
    of_claims = find_highest(known["claim"][is_told], known["id"][is_told])
    of_wordings = find_highest(known["wording"][is_told], known["id"][is_told])

    def find_arrival(dispute: Dispute) -> int:
        replies = [get_highest(of_wordings, each) for each in found.replies.get(dispute, ())]
        return max([get_highest(of_claims, dispute.claim), *replies])

    return sorted(found.disputes, key=find_arrival, reverse=True)


def find_highest(numbers: ColumnValues, ids: ColumnValues) -> ColumnValues:
    """Return the highest id of each number, 0 where there is none."""
    highest = np.zeros(int(numbers.max(initial=0)) + 1, np.int64)
    np.maximum.at(highest, numbers, ids)
    return highest


def get_highest(highest: ColumnValues, number: int) -> int:
    return int(highest[number]) if number < len(highest) else 0


def build_entry(line: DisputeLine, rows: dict[int, FlatRow], site: str) -> FeedEntry | None:
    """Return a dispute as an entry; None if its quotes are gone since it was found."""
    told = [[rows[quote.pk] for quote in side.quotes if quote.pk in rows] for side in line.sides]
    shown = [row for side in told for row in side]
    if not shown:
        return None
    address = site + get_address("claim", line.claim.pk)
    words = cut_text(" ".join(line.claim.text.split()), LONGEST_CLAIM)
    sides = [" ".join(row.sentence for row in side) for side in told]
    days = [row.published_on for row in shown if row.published_on]
    updated = max(row.added_at for row in shown)
    published = datetime.combine(max(days), time(), UTC) if days else updated
    return FeedEntry(
        key=f"{address}#{line.kind}",
        address=address,
        title=f"{CHOICE_LABELS[line.kind].capitalize()}: {words}",
        html="".join(f"<blockquote><p>{escape(side)}</p></blockquote>" for side in sides),
        text="\n\n".join(sides),
        author="",
        published=published,
        updated=updated,
        tags=[line.kind],
        told={"claim_id": line.claim.pk, "kind": line.kind, "quotes": [row.id for row in shown]},
    )
