"""Claims like a sentence that somebody typed, in groups: they say the same, the opposite, or another
figure.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from claims.models import Claim, Quote
from claims.pages.claim_page import fetch_quotes_of_rows, find_latest_rows
from claims.pages.claim_rows import Told, build_told, name_outlets, select_rows_of_claims
from claims.search.columns import Columns

CLAIMS_SHOWN_OF_GROUP = 10
GROUPS = ("same", "against", "figures", "near")


class FoundWording(Protocol):
    """A stored wording that is like the sentence, and what it is to it."""

    @property
    def wording(self) -> int: ...

    @property
    def group(self) -> str: ...


@dataclass(frozen=True, slots=True)
class AlikeClaim:
    """A claim like the sentence: what was found, by its latest quote, and where the claim was told."""

    found: FoundWording
    claim: Claim
    quote: Quote
    told: Told


@dataclass(frozen=True, slots=True)
class AlikeGroup:
    """Claims that are the same to the sentence, and how many more were found."""

    name: str
    claims: list[AlikeClaim]
    more: int


def build_alike_groups(known: Columns, found: Sequence[FoundWording]) -> list[AlikeGroup]:
    """Return the claims of these wordings in groups; each claim is there once, as what its wording
    that was found first is. It takes three queries.
    """
    latest = find_latest_rows(known, [each.wording for each in found])
    best: dict[int, FoundWording] = {}
    for each in found:
        if each.wording in latest:
            best.setdefault(int(known["claim"][latest[each.wording]]), each)
    by_group: dict[str, dict[int, FoundWording]] = {}
    for claim, each in best.items():
        by_group.setdefault(each.group, {})[claim] = each

    shown = {
        name: dict(list(own.items())[:CLAIMS_SHOWN_OF_GROUP]) for name, own in by_group.items()
    }
    numbers = [claim for own in shown.values() for claim in own]
    wordings = [each.wording for own in shown.values() for each in own.values()]
    told_of = build_told_of_claims(known, numbers)
    claims = Claim.objects.defer("search").in_bulk(numbers)
    quotes = fetch_quotes_of_rows(known, [latest[wording] for wording in wordings])

    groups = []
    for name in GROUPS:
        alike = []
        for number, each in shown.get(name, {}).items():
            quote = quotes.get(latest[each.wording])
            if number in claims and quote:
                alike.append(AlikeClaim(each, claims[number], quote, told_of[number]))
        if alike:
            groups.append(AlikeGroup(name, alike, len(by_group[name]) - len(alike)))
    return groups


def build_told_of_claims(known: Columns, claims: Iterable[int]) -> Mapping[int, Told]:
    """Return where and when each of these claims was told. It takes a query."""
    numbers = list(claims)
    rows = select_rows_of_claims(known, numbers, is_once=False)
    rows_of = {number: rows[known["claim"][rows] == number] for number in numbers}
    names = name_outlets(known, rows_of.values())
    return {number: build_told(known, own, names) for number, own in rows_of.items()}
