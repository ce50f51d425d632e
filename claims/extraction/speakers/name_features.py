"""Whom a quote's source names, and which names stand in it."""

import numpy as np

from claims.extraction.speakers.actors import Actor
from claims.extraction.speakers.candidates import CandidateTable
from claims.extraction.speakers.columns import FeatureColumns
from claims.extraction.speakers.person import SURE_NAME_CONFIDENCE
from claims.extraction.speakers.person_names import (
    find_gender_of_titles,
    fold_word,
    list_words_of_person,
)

POSSESSIVES = ("'s", "’s", "' ", "’ ")


def fill_naming(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell whom each source names, and which names stand in it."""
    for number, source in enumerate(table.sources):
        rows = table.get_rows(number)
        every_row = slice(rows.start, rows.stop + 1)
        named, actor = source.named, source.named_actor
        if named is None or actor is None:
            columns.get("unnamed_source")[every_row] = 1
        else:
            columns.get("named_other")[every_row] = named.confidence
            row = table.find_row(number, actor.number)
            columns.mark("named_other", row, 0)
            columns.mark("named", row)
            columns.mark("named_confidence", row, named.confidence)
            columns.mark("metonym", row, float(named.method == "metonym"))
            words = len(table.article.text[source.at : source.end].split())
            rest = words - len((named.mention or named.name).split())
            columns.mark("named_rest", row, min(max(rest, 0), 8) / 8)
        fill_names_in_source(table, columns, number)
    fill_others_than_bearers(table, columns)


def fill_names_in_source(table: CandidateTable, columns: FeatureColumns, number: int) -> None:
    """Tell which candidates are mentioned in a source, and which of the others have a fuller name."""
    source, mentions, text = table.sources[number], table.mentions, table.article.text
    named = []
    for mention in mentions.list_between(source.at, source.end):
        actor = int(mentions.actor[mention])
        start, end = int(mentions.start[mention]), int(mentions.end[mention])
        is_whole = start == source.at and end == source.end
        if is_whole and not table.is_named[actor]:
            continue
        row = table.find_row(number, actor)
        columns.mark("within_source", row)
        if start <= source.at + 4:
            columns.mark("starts_source", row)
        if end >= source.end:
            columns.mark("ends_source", row)
        if text.startswith(POSSESSIVES, end):
            columns.mark("possessor_in_source", row)
        if table.is_named[actor] and table.words[actor]:
            named.append(table.words[actor])
    for name in named:
        for other in table.actors_by_word.get(name[0], ()):
            words = table.words[other]
            if len(words) > len(name) and set(name) <= set(words):
                columns.mark("fuller", table.find_row(number, other))


def fill_others_than_bearers(table: CandidateTable, columns: FeatureColumns) -> None:
    """Tell who does not bear the name of a person that a source gives, as far as the article tells.

    Where it leaves doubt, only persons are told of whose name has not the word. Who has a fuller form
    of the name may be meant in any case, but not for "Mr Tran", whom the article tells from Minh Tran.
    """
    is_person = columns.get("kind_person") > 0
    is_fuller = (columns.get("fuller") > 0) & is_person
    for number, source in enumerate(table.sources):
        named, actor = source.named, source.named_actor
        if named is None or actor is None or named.kind not in ("person", "group"):
            continue
        candidates = table.get_rows(number)
        rows = slice(candidates.start, candidates.stop)
        if named.kind == "group":  # "Bell and Reza" are neither of them alone
            is_part = is_person[rows] & (columns.get("within_source")[rows] > 0)
            columns.get("no_bearer")[rows] = is_part
            continue
        words = [fold_word(word) for word in list_words_of_person(named.mention)]
        if not words:
            continue
        others = table.actor_of[rows]
        is_other = others != actor.number
        is_apart = is_told_apart_by_title(actor)
        if not is_apart and named.confidence < SURE_NAME_CONFIDENCE:
            bearers = table.actors_by_word.get(words[-1], ())
            is_other &= is_person[rows] & ~np.isin(others, bearers)
        if not is_apart:
            is_other &= ~is_fuller[rows]
        columns.get("no_bearer")[rows] = is_other


def is_told_apart_by_title(actor: Actor) -> bool:
    """Return whether an actor is a "Mr Tran" whom the article names no fuller."""
    person = actor.person
    if person is None or person.has_full_name:
        return False
    return find_gender_of_titles(person.titles) is not None
