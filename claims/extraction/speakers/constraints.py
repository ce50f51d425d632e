"""What no score may overrule: who cannot be a quote's speaker, whatever speaks for it.

Each constraint has a name, an example and a function that tells which candidates it rules out.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from claims.extraction.encoder.arrays import Flags
from claims.extraction.speakers.candidates import CandidateTable
from claims.extraction.speakers.columns import FeatureColumns
from claims.extraction.speakers.person import SURE_NAME_CONFIDENCE
from claims.extraction.speakers.person_names import find_gender_of_titles, list_words_of_person

AUTHOR_TYPES = ("i", "we")


class Constraint(NamedTuple):
    name: str
    example: str
    exclude: Callable[[CandidateTable, FeatureColumns], Flags]


def exclude_others_than_full_name(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out all but the person whose full name the source is, and who has a fuller name."""
    excluded = np.zeros(len(table), bool)
    is_fuller = columns.get("fuller") > 0
    for number, source in enumerate(table.sources):
        named, actor = source.named, source.named_actor
        if named is None or actor is None or named.kind != "person":
            continue
        is_sure = named.confidence >= SURE_NAME_CONFIDENCE
        if is_sure and len(list_words_of_person(named.mention)) > 1:
            rows = table.get_rows(number)
            others = table.actor_of[rows.start : rows.stop] != actor.number
            excluded[rows.start : rows.stop] = others & ~is_fuller[rows.start : rows.stop]
    return excluded


def exclude_other_gender(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out for "he" and "she" those whose titles tell the other."""
    differs = np.flatnonzero(columns.get("gender_differs"))
    excluded = np.zeros(len(table), bool)
    for row in differs.tolist():
        person = table.actors[table.actor_of[row]].person
        excluded[row] = person is not None and find_gender_of_titles(person.titles) is not None
    return excluded


def exclude_hearers(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out persons who are told the words, unless the source names them, too."""
    is_person = columns.get("kind_person") > 0
    is_told = columns.get("hearer") > 0
    is_in_source = (columns.get("within_source") > 0) | (columns.get("named") > 0)
    return np.asarray(is_person & is_told & ~is_in_source, bool)


def exclude_author_of_others(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out whom only the page names as its author, but for "I" and "we"."""
    is_author = columns.get("author") > 0
    is_mentioned = columns.get("times_mentioned") > 0
    may_be = table.spread_quotes([source.type in AUTHOR_TYPES for source in table.sources]) > 0
    return np.asarray(is_author & ~is_mentioned & ~may_be, bool)


CONSTRAINTS: tuple[Constraint, ...] = (
    Constraint(
        "a full name is its bearer",
        "“It rained,” Ana Bell said. → Ana Bell, whoever spoke before",
        exclude_others_than_full_name,
    ),
    Constraint(
        "a title tells he from she",
        "Mrs Osei met Mr Lund. He said it rained. → not Mrs Osei",
        exclude_other_gender,
    ),
    Constraint(
        "who is told does not say it",
        "She told Omar Diaz that it rained. → not Omar Diaz",
        exclude_hearers,
    ),
    Constraint(
        "an author speaks as “I”",
        "It said the road was safe. → not the paper that reports it",
        exclude_author_of_others,
    ),
)


def exclude_candidates(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Return which rows some constraint rules out; nobody is never one."""
    excluded = np.zeros(len(table), bool)
    for constraint in CONSTRAINTS:
        excluded |= constraint.exclude(table, columns)
    return np.asarray(excluded & ~table.is_nobody, bool)
