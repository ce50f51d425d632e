"""A topic: everybody who spoke on what words ask for, by whether they say, deny or question it or
declined to comment.

To the quotes that have the words come those of the same claims in other words, the denials and
answers that these met, however they are worded, and whoever declined to comment in an article that
has one of the quotes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import NamedTuple, get_args

import numpy as np
from django.core.paginator import Page
from django.http import QueryDict

from claims.models import Match, MatchKind, Quote
from claims.outputs.quote_parts import attach_tellers
from claims.pages.claim_sides import SIDE_OF_KIND, SideName
from claims.search.columns import (
    DENIES_CODE,
    REJECTED_CODE,
    Columns,
    ColumnValues,
    RowMask,
    RowNumbers,
)
from claims.search.copies import CopiesChoice
from claims.search.counting import select_most_counted
from claims.search.facets import FacetLabel, FacetLabels, MatchingQuotes
from claims.search.filters import Filters
from claims.search.listing import select_page
from claims.search.problems import QueryProblem, shorten_query_value
from claims.search.reading import UNKNOWN_SPEAKER_NUMBER
from claims.search.replies import (
    NO_COMMENT_CODE,
    QUESTIONS_CODE,
    find_vague_replies,
    mask_denying,
)

PARAMETERS_BESIDE_FILTERS = ("page", "side")  # what the page of a topic reads, too
SIDES: tuple[SideName, ...] = get_args(SideName)
SPEAKERS_SHOWN = 8  # of each side
SPEAKERS_PER_PAGE = 40  # of the one side that is asked for
MOST_CLAIMS_LOOKED_UP = 1000  # of the newest quotes, to find who denies or answers them
MOST_SILENCES_LOOKED_UP = 1000  # the newest in the articles of the quotes
NAMES_OFFERED = 12


@dataclass(frozen=True, slots=True)
class SpeakerOnTopic:
    """Somebody who takes a side: the latest quote, and how many others there are.

    `match` is what it denies or answers, where that is known. `is_near` tells that nothing but its
    article ties it to the topic.
    """

    quote: Quote
    others: int
    match: Match | None
    is_near: bool


@dataclass(frozen=True, slots=True)
class TopicSide:
    """A side of a topic: some of those who take it, those heard last first, and how many they are."""

    name: SideName
    speakers: list[SpeakerOnTopic]
    number: int
    quotes: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What the page of a topic shows; `page` is that of the one side that is asked for, if one is."""

    quotes: int
    sides: list[TopicSide]
    copies: CopiesChoice
    side: SideName | None
    page: Page[int] | None
    problems: list[QueryProblem]


@dataclass(frozen=True, slots=True)
class RowsOnTopic:
    """The rows of all quotes on a topic by their sides, each in one of them, the newest first.

    `reply_of` has for rows the number of the match by which each denies or answers something of the
    topic. `near` are the rows that nothing but the article ties to it.
    """

    sides: dict[SideName, RowNumbers]
    reply_of: dict[int, int]
    near: frozenset[int]
    copies: CopiesChoice


# What words ask for


def build_topic(known: Columns, filters: Filters, query: QueryDict) -> Topic:
    """Return what the page of a topic shows. It takes as many queries for few quotes as for many."""
    side, problems = read_side(query)
    found = find_rows_on_topic(known, filters)
    names = [name for name in SIDES if len(found.sides[name]) and side in (None, name)]
    told = {
        name: list_speakers(known, found.sides[name], every=bool(filters.actor)) for name in names
    }

    page = None
    shown = {name: rows[:SPEAKERS_SHOWN] for name, (rows, _) in told.items()}
    if side in told:
        page, page_problems = select_page(told[side][0].tolist(), query, SPEAKERS_PER_PAGE)
        problems += page_problems
        shown = {side: np.array(page.object_list, np.intp)}

    wanted = np.concatenate([*shown.values(), np.zeros(0, np.intp)])
    quotes = fetch_quotes(known, wanted)
    matches = fetch_matches(wanted, found)
    sides = []
    for name in names:
        rows, others = told[name]
        others_of = dict(zip(rows.tolist(), others.tolist(), strict=True))
        speakers = []
        for row in shown[name].tolist():
            if row in quotes:
                match = matches.get(row)
                is_near = row in found.near
                speakers.append(SpeakerOnTopic(quotes[row], others_of[row], match, is_near))
        sides.append(TopicSide(name, speakers, len(rows), len(found.sides[name])))
    return Topic(
        quotes=sum(len(rows) for rows in found.sides.values()),
        sides=sides,
        copies=found.copies,
        side=side,
        page=page,
        problems=problems,
    )


def read_side(query: QueryDict) -> tuple[SideName | None, list[QueryProblem]]:
    """Return the one side that is asked for, or a problem if there is none such."""
    asked = query.get("side", "")
    for name in SIDES:
        if name == asked:
            return name, []
    if not asked:
        return None, []
    shown = shorten_query_value(asked)
    message = f"There is no side “{shown}”; there are {', '.join(SIDES)}."
    return None, [QueryProblem("side", shown, message)]


def list_speakers(
    known: Columns, rows: RowNumbers, *, every: bool
) -> tuple[RowNumbers, ColumnValues]:
    """Return the row of the latest quote of each speaker, those heard last first, and how many
    other quotes each has. If `every` quote is to be told, each counts as if by somebody else.

    Two unknown speakers may well be two.
    """
    actors = known["actor"][rows]
    is_alone = np.ones(len(rows), np.bool_) if every else actors == UNKNOWN_SPEAKER_NUMBER
    speakers = np.where(is_alone, -rows - 1, actors)
    _, first, counts = np.unique(speakers, return_index=True, return_counts=True)
    order = np.argsort(first)
    return rows[first[order]], counts[order] - 1


# Which quotes


def find_rows_on_topic(known: Columns, filters: Filters) -> RowsOnTopic:
    """Return the quotes on a topic by their sides. It takes up to three queries.

    Which claims it has is told by all quotes with the words, whatever else is asked for: whoever
    denies one of them need not be its speaker or of its outlet.
    """
    matching = MatchingQuotes(known, filters)
    has_words = matching.conditions["q"] & (known["status"] != REJECTED_CODE)
    beside = mask_beside(matching)
    claimed = np.flatnonzero(has_words & known["proposition"])
    claims = list_first_values(known["claim"][claimed], MOST_CLAIMS_LOOKED_UP)
    said = beside & (has_words | mask_numbers(known["claim"], claims))

    replies = find_replies(claims.tolist())
    replying = find_replying_rows(known, replies)
    denials = [row for row, reply in replying.items() if reply.kind == MatchKind.DENIES]
    answers = [row for row, reply in replying.items() if reply.kind == MatchKind.ANSWERS]
    is_denial = beside & known.mask_rows(np.array(denials, np.intp))
    is_answer = beside & known.mask_rows(np.array(answers, np.intp))
    near = find_silences_near(known, beside & ~is_answer & ~said, has_words)

    is_denial |= said & (known["stance"] == DENIES_CODE)
    is_answer |= (said & (known["act"] == NO_COMMENT_CODE)) | known.mask_rows(near)
    is_answer &= ~is_denial
    is_question = said & (known["stance"] == QUESTIONS_CODE) & ~is_denial & ~is_answer
    is_said = said & ~is_denial & ~is_answer & ~is_question
    is_counted = ~known.is_repeated if filters.counts_texts_once else np.ones(len(known), np.bool_)
    is_on_topic = is_said | is_denial | is_question | is_answer
    once = int(np.count_nonzero(is_on_topic & ~known.is_repeated))
    return RowsOnTopic(
        sides={
            "asserts": np.flatnonzero(is_said & is_counted),
            "denies": np.flatnonzero(is_denial & is_counted),
            "questions": np.flatnonzero(is_question & is_counted),
            "answers": np.flatnonzero(is_answer & is_counted),
        },
        reply_of={row: reply.match for row, reply in replying.items()},
        near=frozenset(near.tolist()),
        copies=CopiesChoice(
            is_once=filters.counts_texts_once,
            once=once,
            every=int(np.count_nonzero(is_on_topic)),
            once_query=filters.query(copies="once" if filters.outlet else ""),
            every_query=filters.query(copies="" if filters.outlet else "all"),
        ),
    )


def mask_beside(matching: MatchingQuotes) -> RowMask:
    """Return the rows that fit all but the words, every copy of a text among them."""
    masks = [mask for name, mask in matching.conditions.items() if name not in ("q", "copies")]
    return reduce(and_, masks, np.ones(len(matching.columns), np.bool_))


def list_first_values(values: ColumnValues, most: int) -> ColumnValues:
    """Return the first of some values, each once, in their order."""
    distinct, first = np.unique(values, return_index=True)
    return np.asarray(distinct[np.argsort(first)[:most]])


def mask_numbers(values: ColumnValues, wanted: Sequence[int] | ColumnValues) -> RowMask:
    """Return which of the values, primary keys, are among those wanted."""
    is_wanted = np.zeros(int(values.max(initial=0)) + 1, np.bool_)
    numbers = np.asarray(wanted, np.int64)
    is_wanted[numbers[numbers < len(is_wanted)]] = True
    return np.asarray(is_wanted[values])


class Reply(NamedTuple):
    """That a wording denies or answers a claim, and the number of the match that tells so."""

    claim: int
    wording: int
    kind: str
    match: int


def find_replies(claims: Sequence[int]) -> list[Reply]:
    """Return which wordings deny or answer one of these claims, the surest first. It takes a query."""
    if not claims:
        return []
    matches = Match.objects.public().filter(kind__in=SIDE_OF_KIND, first__claim__in=claims)
    told = matches.order_by("-score", "pk").values_list("first__claim", "second", "kind", "pk")
    return [Reply(*row) for row in told]


def find_replying_rows(known: Columns, replies: Sequence[Reply]) -> dict[int, Reply]:
    """Return the rows in which somebody denies or answers one of the claims, each with the surest
    reply that it is.
    """
    surest: dict[int, Reply] = {}
    for reply in replies:
        surest.setdefault(reply.wording, reply)
    rows = np.flatnonzero(mask_numbers(known["wording"], list(surest)))
    denying = set(rows[mask_denying(known, rows)].tolist())
    rows = rows[known["proposition"][rows]]
    wordings = known["wording"][rows].tolist()
    replying = {row: surest[wording] for row, wording in zip(rows.tolist(), wordings, strict=True)}

    vague = find_vague_replies(known, [(reply.claim, reply.wording) for reply in replies])
    for reply in replies:
        for row in vague.get((reply.claim, reply.wording), ()):
            replying.setdefault(row, reply)
    return {
        row: reply
        for row, reply in replying.items()
        if reply.kind != MatchKind.DENIES or row in denying
    }


def find_silences_near(known: Columns, beside: RowMask, has_words: RowMask) -> RowNumbers:
    """Return the quotes that decline to comment in an article of quotes with the words, but for
    those that are known to be about something else. It takes a query, or none where there are none.
    """
    is_silent = beside & (known["act"] == NO_COMMENT_CODE)
    in_articles = mask_numbers(known["article"], known["article"][has_words])
    silent = np.flatnonzero(is_silent & in_articles)[:MOST_SILENCES_LOOKED_UP]
    if not len(silent):
        return silent
    wordings = np.unique(known["wording"][silent]).tolist()
    answers = Match.objects.public().filter(kind=MatchKind.ANSWERS, second__in=wordings)
    about_others = list(answers.order_by().values_list("second", flat=True))
    return silent[~np.isin(known["wording"][silent], about_others)]


# What of them is shown


def fetch_quotes(known: Columns, rows: RowNumbers) -> dict[int, Quote]:
    """Return the quotes of these rows, as lists show them, by their rows."""
    numbers = dict(zip(rows.tolist(), known["id"][rows].tolist(), strict=True))
    quotes = Quote.objects.for_list().order_by().in_bulk(numbers.values())
    attach_tellers(quotes.values())
    return {row: quotes[number] for row, number in numbers.items() if number in quotes}


def fetch_matches(rows: RowNumbers, found: RowsOnTopic) -> dict[int, Match]:
    """Return what the quotes of these rows deny or answer, by the rows, with its words."""
    numbers = {row: found.reply_of[row] for row in rows.tolist() if row in found.reply_of}
    if not numbers:
        return {}
    told = Match.objects.select_related("first").defer("first__search").order_by()
    matches = told.in_bulk(set(numbers.values()))
    return {row: matches[number] for row, number in numbers.items() if number in matches}


# Where nothing is asked for yet


def list_names_offered(known: Columns, filters: Filters) -> list[FacetLabel]:
    """Return whom most quotes name, as words to begin with."""
    counts = MatchingQuotes(known, filters).counts("about")
    named = select_most_counted(counts, NAMES_OFFERED, np.flatnonzero(counts)).tolist()
    return [label for _, label in FacetLabels({"about": named}).of("about", named)]
