"""The front page where nothing is asked for yet: quotes of note, who is quoted most, and disputes."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
from django.utils import timezone

from claims.models import Actor, Quote
from claims.models.addresses import get_address
from claims.outputs.quote_parts import attach_tellers, find_teller_of_quote
from claims.pages.disputes import pick_sides, select_rows_concerned
from claims.search.columns import CODED_VALUES, UNDATED, Columns, ColumnValues, RowNumbers
from claims.search.counting import select_most_counted
from claims.search.disputed import Dispute, find_newest_disputes
from claims.search.facets import get_day_number
from claims.search.stream import QUOTES_PER_PAGE

QUOTES_OF_NOTE = 6
SPEAKERS_SHOWN = 8
DISPUTES_SHOWN = 3
DAYS = 7
MOST_ROWS_WEIGHED = 5000  # the newest of the week
MOST_OUTLETS_WEIGHED = 5
MOST_TRIES = 3  # to find others for quotes that are not for the front page
WEIGHTY_ACTS = ("deny", "accuse", "warn", "demand", "promise", "confirm")
NAMED_CODE = CODED_VALUES["speaker"].index("named")
WEIGHTY_CODES = [CODED_VALUES["act"].index(act) for act in WEIGHTY_ACTS]
NO_COMMENT_CODE = CODED_VALUES["act"].index("no_comment")


class Week(NamedTuple):
    """The seven days up to the newest article, and the rows of their quotes, the newest first."""

    since: date
    until: date
    rows: RowNumbers

    @property
    def is_this_week(self) -> bool:
        return (timezone.localdate() - self.until).days < DAYS


@dataclass(frozen=True, slots=True)
class FrontSpeaker:
    """Somebody who was quoted, and how often within the week."""

    name: str
    slug: str
    count: int


@dataclass(frozen=True, slots=True)
class FrontDispute:
    """What somebody said, what was told against it, and where both stand together."""

    said: Quote
    against: Quote

    @property
    def address(self) -> str:
        return get_address("claim", self.said.claim_id)


@dataclass(frozen=True, slots=True)
class FrontPage:
    """What the front page shows above the newest quotes; `week` is None where no article has a date."""

    articles: int
    outlets: int
    week: Week | None
    noted: list[Quote]
    speakers: list[FrontSpeaker]
    disputes: list[FrontDispute]


def build_front_page(known: Columns, rows: RowNumbers) -> FrontPage:
    """Return the front page of the quotes of these rows, the newest first.

    Numbers are read off the columns. It takes three queries, one more if a quote shown stands
    within another, and few more if one is not for the front page.
    """
    week = find_week(known, rows)
    noted: list[int] = []
    sides: list[list[int]] = []
    speakers: list[FrontSpeaker] = []
    if len(rows) > QUOTES_PER_PAGE and week:  # else the list below says it all
        noted = select_rows_of_note(known, week.rows)
        sides = select_rows_of_disputes(known)
        speakers = list_speakers(known, week.rows)
    quotes = fetch_quotes(known, {*noted, *(row for side in sides for row in side)})
    unfit = find_unfit_rows(quotes, noted)
    for _ in range(MOST_TRIES):
        if week is None or not unfit.intersection(noted):
            break
        noted = select_rows_of_note(known, week.rows, unfit)
        quotes |= fetch_quotes(known, set(noted) - quotes.keys())
        unfit |= find_unfit_rows(quotes, noted)
    return FrontPage(
        articles=count_different(known["article"][rows]),
        outlets=count_different(known["outlet"][rows]),
        week=week,
        noted=[quotes[row] for row in noted if row in quotes and row not in unfit],
        speakers=speakers,
        disputes=[
            FrontDispute(quotes[said], quotes[against])
            for said, against in sides
            if said in quotes and against in quotes
        ],
    )


def count_different(numbers: ColumnValues) -> int:
    return int(np.count_nonzero(np.bincount(numbers)))


def find_week(known: Columns, rows: RowNumbers) -> Week | None:
    """Return the week up to the newest article; dates yet to come are taken for slips."""
    days = known["day"][rows]
    today = get_day_number(timezone.localdate())
    is_past = (days != UNDATED) & (days <= today)
    if not is_past.any():
        return None
    last = int(days[is_past].max())
    is_within = is_past & (days > last - DAYS)
    return Week(build_day(last - DAYS + 1), build_day(last), rows[is_within])


def build_day(number: int) -> date:
    """Return a day by its number since 1 January 1970."""
    day: date = np.datetime64(number, "D").astype(date)
    return day


def find_unfit_rows(quotes: Mapping[int, Quote], rows: Iterable[int]) -> set[int]:
    """Return those of the rows whose quotes are not for the front page: their speakers may well be
    wrong, or they stand within one that denies or questions them.
    """
    found = {row: quotes[row] for row in rows if row in quotes}
    unsure = {row for row, quote in found.items() if quote.has_unsure_speaker}
    within = {row: find_teller_of_quote(quote) for row, quote in found.items()}
    denied = {row for row, teller in within.items() if teller.stance in ("denies", "questions")}
    return unsure | denied


def select_rows_of_note(
    known: Columns, rows: RowNumbers, left_out: Collection[int] = ()
) -> list[int]:
    """Return quotes of known speakers that say something by themselves: those first that most outlets
    have, and words that weigh; of an article, a speaker and a claim one each. They come newest first.
    """
    weighed = rows[:MOST_ROWS_WEIGHED]
    is_telling = (known["speaker"][weighed] == NAMED_CODE) & known["proposition"][weighed]
    weighed = weighed[is_telling & (known["act"][weighed] != NO_COMMENT_CODE)]
    weights = weigh_rows(known, weighed)
    order = np.argsort(-weights, kind="stable")
    taken: set[tuple[str, int]] = set()
    picked: list[int] = []
    for row in weighed[order].tolist():
        if row in left_out:
            continue
        own = {(name, int(known[name][row])) for name in ("article", "actor", "claim")}
        if own & taken:
            continue
        taken |= own
        picked.append(row)
        if len(picked) == QUOTES_OF_NOTE:
            break
    return sorted(picked)


def weigh_rows(known: Columns, rows: RowNumbers) -> ColumnValues:
    """Return how much each of these quotes is worth to be shown."""
    claims, places = np.unique(known["claim"][rows], return_inverse=True)
    pairs = np.unique(np.stack([places, known["outlet"][rows]]), axis=1)
    outlets = np.bincount(pairs[0].astype(np.intp), minlength=len(claims))[places]
    is_weighty = np.isin(known["act"][rows], WEIGHTY_CODES)
    weights: ColumnValues = 2 * np.minimum(outlets, MOST_OUTLETS_WEIGHED) + is_weighty
    return weights


def list_speakers(known: Columns, rows: RowNumbers) -> list[FrontSpeaker]:
    """Return who is quoted most in these rows. It takes a query."""
    named = rows[known["speaker"][rows] == NAMED_CODE]
    counts = np.bincount(known["actor"][named])
    most = select_most_counted(counts, SPEAKERS_SHOWN).tolist()
    actors = Actor.objects.listed(most)
    return [
        FrontSpeaker(actors[pk].name, actors[pk].slug, int(counts[pk]))
        for pk in most
        if pk in actors
    ]


def select_rows_of_disputes(known: Columns) -> list[list[int]]:
    """Return of each of the newest disputes the row of the latest quote of either side."""
    found = find_newest_disputes(known, DISPUTES_SHOWN)
    rows = select_rows_concerned(known, found.disputes, found.replies)
    sides = []
    for dispute in found.disputes:
        said, against = pick_sides(known, rows, Dispute(*dispute), found)
        if said and against:
            sides.append([said[0], against[0]])
    return sides


def fetch_quotes(known: Columns, rows: Iterable[int]) -> dict[int, Quote]:
    """Return the quotes of these rows, as lists show them, by their rows."""
    numbers = {row: int(known["id"][row]) for row in rows}
    if not numbers:
        return {}
    quotes = Quote.objects.for_list().order_by().in_bulk(set(numbers.values()))
    attach_tellers(quotes.values())
    return {row: quotes[number] for row, number in numbers.items() if number in quotes}
