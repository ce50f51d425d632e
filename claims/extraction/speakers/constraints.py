"""What no score may overrule: who cannot be a quote's speaker, whatever speaks for it.

Each constraint has a name, an example and a function that tells which candidates it rules out.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from claims.extraction.encoder.arrays import Flags
from claims.extraction.lexicon.bodies import BODY_NOUNS, WORDS_FOR_NOBODY
from claims.extraction.lexicon.words import word_set
from claims.extraction.speakers.actors import Actor
from claims.extraction.speakers.candidates import CandidateTable
from claims.extraction.speakers.columns import FeatureColumns
from claims.extraction.speakers.person import SURE_NAME_CONFIDENCE
from claims.extraction.speakers.person_names import (
    find_gender_of_titles,
    fold_word,
    list_words_of_person,
)
from claims.extraction.speakers.source_words import CONTRACTION_AT_END
from claims.extraction.speakers.states import find_state_or_seat

# "Some" or "people" may be a group that is told of.
WORDS_FOR_NOBODY_AT_ALL = WORDS_FOR_NOBODY - word_set(
    "people many some others most all both few one another those these someone"
)
WORDS_BESIDE_NOBODY = word_set("his her your their the to else")
TYPES_OF_NOBODY = ("name", "nobody", "definite", "indefinite", "plural", "other")
NONE_AT_START = re.compile(r"(?:neither|either|no(?!\.?\s?\d)|not|nobody|none)\b", re.I)
NAME_BEHIND_ARTICLE = re.compile(r"[Tt]he\s[A-Z][\w-]*[a-z]")
PERSONAL_PRONOUN = r"(?:he|she|they|we|i|me|you|him|her|them)"
PRONOUN_JOINED_WITH_AND = re.compile(
    rf"{PERSONAL_PRONOUN}\s(?:and|&)\s.+"
    r"|[^,]+(?<!\shim|\sher)\s(?:and|&)\s(?:he|she|they|we|i|me|you|him|them)",
    re.I | re.S,
)


class Constraint(NamedTuple):
    name: str
    example: str
    exclude: Callable[[CandidateTable, FeatureColumns], Flags]


def exclude_others_than_bearers(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out all but the person whom a source names, where the article leaves no doubt who that
    is.

    Where it does, only persons who do not bear the name are ruled out. Who has a fuller form of the
    name may be meant in any case, but not for "Mr Tran", whom the article tells from Minh Tran.
    """
    excluded = np.zeros(len(table), bool)
    is_person = columns.get("kind_person") > 0
    is_fuller = (columns.get("fuller") > 0) & is_person
    for number, source in enumerate(table.sources):
        named, actor = source.named, source.named_actor
        if named is None or actor is None or named.kind != "person":
            continue
        words = [fold_word(word) for word in list_words_of_person(named.mention)]
        if not words:
            continue
        candidates = table.get_rows(number)
        rows = slice(candidates.start, candidates.stop)
        others = table.actor_of[rows]
        ruled_out = others != actor.number
        is_apart = is_told_apart_by_title(actor)
        if not is_apart and named.confidence < SURE_NAME_CONFIDENCE:
            bearers = table.actors_by_word.get(words[-1], ())
            ruled_out &= is_person[rows] & ~np.isin(others, bearers)
        if not is_apart:
            ruled_out &= ~is_fuller[rows]
        excluded[rows] = ruled_out
    return excluded


def is_told_apart_by_title(actor: Actor) -> bool:
    """Return whether an actor is a "Mr Tran" whom the article names no fuller."""
    person = actor.person
    if person is None or person.has_full_name:
        return False
    return find_gender_of_titles(person.titles) is not None


def exclude_persons_after_article(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out persons for a single name behind "the", as of a ship."""
    text = table.article.text
    has_article = [
        source.quote.source is not None
        and NAME_BEHIND_ARTICLE.fullmatch(source.quote.source.of(text)) is not None
        for source in table.sources
    ]
    is_person = columns.get("kind_person") > 0
    shares_words = columns.get("share_of_source") > 0
    return np.asarray(is_person & shares_words & (table.spread_quotes(has_article) > 0), bool)


def exclude_wordings_of_states(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out other words for a state or an institution that a source calls by its name."""
    is_described = columns.get("described") > 0
    is_state = [
        source.named is not None
        and source.named.method in ("name", "metonym")
        and (source.named.kind == "state" or find_state_or_seat(source.named.mention) is not None)
        for source in table.sources
    ]
    return np.asarray(is_described & (table.spread_quotes(is_state) > 0), bool)


def exclude_bodies_with_noun_aside(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out bodies in whose names the noun of a description tells something else than what they
    are, as "government" in Government House.
    """
    is_body = columns.get("kind_organization") > 0
    is_aside = columns.get("beside_head") > 0
    is_described = [
        source.named is None
        and source.description is not None
        and source.description.head in BODY_NOUNS
        for source in table.sources
    ]
    is_named = ~(columns.get("described") > 0)
    is_asked = table.spread_quotes(is_described) > 0
    return np.asarray(is_body & is_aside & is_named & is_asked, bool)


def exclude_possessors(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out whose lawyer, aunt or minister a source is, unless it names them as who speaks."""
    is_possessor = columns.get("possessor_in_source") > 0
    is_named = columns.get("named") > 0
    mains = [source.main_wording for source in table.sources]
    is_somebody = [main is not None and main.kind == "unnamed" for main in mains]
    return np.asarray(is_possessor & ~is_named & (table.spread_quotes(is_somebody) > 0), bool)


def exclude_all_of_nobody(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out everybody where a source is nobody in particular, or a pronoun and somebody else."""
    text = table.article.text
    is_nobody = []
    for source in table.sources:
        quote = source.quote
        if source.is_label:
            is_nobody.append(False)
            continue
        words = quote.source.of(text) if quote.source else ""
        is_nobody.append(
            source.type in TYPES_OF_NOBODY
            and (
                is_word_for_nobody(words)
                or NONE_AT_START.match(words) is not None
                or PRONOUN_JOINED_WITH_AND.fullmatch(words) is not None
            )
        )
    return np.asarray(table.spread_quotes(is_nobody) > 0, bool)


def is_word_for_nobody(words: str) -> bool:
    """Return whether all words are for nobody: "everyone", "His Majesty"."""
    plain = CONTRACTION_AT_END.sub("", words).casefold().split()
    if WORDS_FOR_NOBODY_AT_ALL.isdisjoint(plain):
        return False
    return all(word in WORDS_FOR_NOBODY_AT_ALL or word in WORDS_BESIDE_NOBODY for word in plain)


def exclude_other_gender(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out for "he" and "she" those of whom the article tells the other."""
    return np.asarray(columns.get("gender_differs") > 0, bool)


def exclude_others_than_labelled(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out all but whom the label of a transcript's line means."""
    is_labelled = table.spread_quotes([source.is_label for source in table.sources]) > 0
    return np.asarray(is_labelled & (columns.get("named") == 0), bool)


def exclude_bearers_of_shared_initials(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Rule out persons for letters that are the initials of several."""
    is_bearer = (columns.get("kind_person") > 0) & (columns.get("initials") == 1)
    bearers_of_quote = np.bincount(table.quote_of, is_bearer, minlength=len(table.quotes))
    return np.asarray(is_bearer & (table.spread_quotes(bearers_of_quote) > 1), bool)


CONSTRAINTS: tuple[Constraint, ...] = (
    Constraint(
        "a name is one who bears it",
        "“It rained,” Ana Bell said. “Snow came,” Mr Lund said. → nobody else, whoever spoke before",
        exclude_others_than_bearers,
    ),
    Constraint(
        "a label is whose line it is",
        "We talked with Ana Bell. … A: It rained. → Ana Bell",
        exclude_others_than_labelled,
    ),
    Constraint(
        "initials that two bear are nobody’s",
        "Rana Omar met Rita Olsen. RO: It rained. → neither of them",
        exclude_bearers_of_shared_initials,
    ),
    Constraint(
        "no person is “the”",
        "Dan Cole came. The Cole said it rained. → not Dan Cole",
        exclude_persons_after_article,
    ),
    Constraint(
        "a state has one name",
        "Britain said it was late. → United Kingdom, not “Britain”",
        exclude_wordings_of_states,
    ),
    Constraint(
        "a body is what its name says",
        "The Government House is old. The government said it rained. → not Government House",
        exclude_bodies_with_noun_aside,
    ),
    Constraint(
        "somebody’s lawyer is somebody else",
        "Ana Bell’s lawyer said it was late. → not Ana Bell",
        exclude_possessors,
    ),
    Constraint(
        "words for nobody are nobody",
        "Everyone says it rains. He and Bell said it was late. → nobody",
        exclude_all_of_nobody,
    ),
    Constraint(
        "“he” is no “she”",
        "Mrs Osei met Mr Lund. He said it rained. → not Mrs Osei",
        exclude_other_gender,
    ),
)


def exclude_candidates(table: CandidateTable, columns: FeatureColumns) -> Flags:
    """Return which rows some constraint rules out; nobody is never one."""
    excluded = np.zeros(len(table), bool)
    for constraint in CONSTRAINTS:
        excluded |= constraint.exclude(table, columns)
    return np.asarray(excluded & ~table.is_nobody, bool)
