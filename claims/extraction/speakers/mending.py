"""What the encoder takes for names, made whole and put right."""

import re
from collections.abc import Collection, Iterable

from claims.extraction.lexicon.bodies import FIRM_NOUNS
from claims.extraction.lexicon.function_words import WORDS_IN_HEADLINE
from claims.extraction.lexicon.persons import (
    ABBREVIATED_TITLES,
    HONORIFICS,
    NAME_PARTICLES,
    TITLES_OF_SINGLE_NAMES,
)
from claims.extraction.lexicon.places import INSTITUTION_OF_SEAT, STATE_OF_CAPITAL, STATE_OF_NAME
from claims.extraction.lexicon.titles import (
    RANKS_BEFORE_SURNAME,
    TITLES_BEFORE_GIVEN_NAMES,
    UNAMBIGUOUS_RANKS,
)
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Span
from claims.extraction.speakers.people import Entity
from claims.extraction.speakers.person_names import (
    WORD_OF_NAME,
    fold_title,
    list_words_of_person,
    strip_article_and_possessive,
)

PLACE_NAMES = frozenset((*STATE_OF_NAME, *STATE_OF_CAPITAL, *INSTITUTION_OF_SEAT))
REST_OF_NAME = re.compile(r"\.?(?:[ \u00a0][A-Z][\w'’-]+){1,3}")
SMALL_WORDS_OF_NAMES = ("of", "the", "for", "and", "in", "on", "at")
REST_OF_BODY_NAME = re.compile(r"(?:\s[A-Z][\w'’-]*[\w])+")
TITLE_AND_GIVEN_NAMES = re.compile(
    rf"\b{build_alternation(TITLES_BEFORE_GIVEN_NAMES)}\.?[ \u00a0]"
    r"((?:[A-Z][\w'’-]*[a-z] ){1,2})\Z"
)
FIRM_NOUN_BEFORE_NAME = re.compile(rf"\b{build_alternation(FIRM_NOUNS)},?\s\Z")
FIRM_SIGN_AFTER_NAME = re.compile(
    r"(?:,\swhich|,?\s(?:[Pp][Ll][Cc]|Ltd|Inc|Corp|Holdings|GmbH)\b"
    r"|['’]s\s(?:shares|sales|profits?|revenues?|customers|shareholders|flights|stores|app)\b"
    r"|\s(?:said|says|has said)\s(?:that\s)?its\b)"
)
# After a given name: "Robert | "Bobby" Kane", but no headline's "Kane 'Shocked' Over Fire".
NICKNAME_AND_SURNAME = re.compile(
    r"\s[\"“‘'(][A-Z][\w'’ -]{0,20}[\"”’')]"
    rf"(?:\s(?!{build_alternation(WORDS_IN_HEADLINE)}\b)"
    r"[A-Z](?:[\w-]|['’](?!s\b))*[a-z]){1,2}"
    r"(?=['’]s|[,.;:)]|\s[a-z(])"
)
TITLE_BEFORE_SINGLE_NAME = re.compile(
    rf"\b{build_alternation(title.title() for title in TITLES_OF_SINGLE_NAMES)}\s\Z"
)
SUFFIX_AFTER_NAME = re.compile(r",?[ \u00a0](?:Jr|Sr)\b\.?(?!\w)|[ \u00a0](?:II|III|IV)\b")
# Several, or one that begins a sentence or follows a title; "Plan B. Bell left" has none.
INITIALS_BEFORE_NAME = re.compile(
    r"(?:(?:^|[.!?\n“\"]|\b(?:[Dd]r|[Mm]rs?|[Mm]s|[Pp]rof|[Ss]en|[Rr]ep|[Gg]ov|[Jj]udge|[Jj]ustice)\b\.?)[ \u00a0]?"
    r"(?P<initial>[A-Z]\.[ \u00a0]?)|(?<![\w.])(?P<several>(?:[A-Z]\.[ \u00a0]){2,4}))\Z"
)
REACH_BEFORE_ENTITY = 40  # characters


def correct_entities(entities: Iterable[Entity], text: str) -> list[Entity]:
    """Return the names with their right kinds, and persons' whole.

    For example "Ms" + ". Moore", "Gen Sir" + " Nick Carter". A title alone is nobody, a name that a
    completed one has swallowed is left out, and what is a state, a capital or a seat of power is no
    person.
    """
    entities = list(entities)
    persons = [entity.span for entity in entities if entity.kind == "PER"]
    surnames = list_surnames(persons, text)
    firms = {
        name.of(text) for name in persons if name.of(text) not in surnames and is_firm(name, text)
    }
    corrected: list[Entity] = []
    for entity in entities:
        entity = correct_kind(entity, text, surnames, firms)
        if entity.kind == "ORG":
            entity = Entity(complete_body_name(entity.span, text, persons), "ORG")
        if entity.kind != "PER":
            corrected.append(entity)
            continue
        is_swallowed = bool(corrected) and corrected[-1].span.overlaps(entity.span)
        whole = None if is_swallowed else complete_person_name(entity.span, text)
        if whole:
            corrected.append(Entity(whole, "PER"))
    return corrected


def list_surnames(persons: Iterable[Span], text: str) -> set[str]:
    """Return the last word of each person's name that has more than one."""
    names = [list_words_of_person(name.of(text)) for name in persons]
    return {words[-1] for words in names if len(words) > 1}


def correct_kind(
    entity: Entity, text: str, surnames: Collection[str], firms: Collection[str]
) -> Entity:
    """Return the entity as a person, a firm or a place where it is plainly one."""
    name = entity.span.of(text)
    kind = entity.kind
    if kind == "ORG" and is_person_with_rank(entity.span, text, surnames):
        kind = "PER"
    if kind == "PER" and name in firms:
        kind = "ORG"
    if kind == "PER" and strip_article_and_possessive(name).casefold() in PLACE_NAMES:
        kind = "LOC"
    return Entity(entity.span, kind)


def is_person_with_rank(name: Span, text: str, surnames: Collection[str]) -> bool:
    """Return whether what is taken for an organization is a person with a rank: "Sgt Cross"."""
    rank, *words = name.of(text).split()
    if not 0 < len(words) < 3 or not all(word[0].isupper() for word in words):
        return False
    if has_sign_of_firm(name, text):
        return False
    title = fold_title(rank)
    return title in UNAMBIGUOUS_RANKS or (title in RANKS_BEFORE_SURNAME and words[-1] in surnames)


def is_firm(name: Span, text: str) -> bool:
    """Return whether what is taken for a person by one word is a business."""
    return " " not in name.of(text) and has_sign_of_firm(name, text)


def has_sign_of_firm(name: Span, text: str) -> bool:
    """Return whether words beside a name tell a business.

    For example "the airline Veloro", "Tesco said its", "Ofnet, which".
    """
    if FIRM_SIGN_AFTER_NAME.match(text, name.end):
        return True
    start = max(name.start - REACH_BEFORE_ENTITY, 0)
    return FIRM_NOUN_BEFORE_NAME.search(text, start, name.start) is not None


def complete_person_name(name: Span, text: str) -> Span | None:
    """Return the name with what of it stands beside what was found; None for a title alone."""
    words = WORD_OF_NAME.findall(name.of(text))
    last = words[-1] if words else ""
    is_only_titles = all(fold_title(word) in HONORIFICS for word in words)
    end = name.end
    if is_only_titles or is_cut_after(last):
        rest = REST_OF_NAME.match(text, end)
        end = rest.end() if rest else end
    has_initial_last = len(words) == 2 and len(last.rstrip(".")) == 1
    if len(words) == 1 or has_initial_last:
        nickname = NICKNAME_AND_SURNAME.match(text, end)  # "Robert | "Bobby" Kane"
        end = nickname.end() if nickname else end
    if is_only_titles and end == name.end:
        return None
    suffix = SUFFIX_AFTER_NAME.match(text, end)
    end = suffix.end() if suffix else end
    return Span(find_start_of_name(name, text, is_single_word=len(words) == 1), end)


def complete_body_name(name: Span, text: str, persons: Iterable[Span]) -> Span:
    """Return the name of a body that stops at a small word with the words after that, or without
    it: "University of the" | "Negev".
    """
    words = strip_small_words_at_end(name.of(text))
    if words == name.of(text):
        return name
    rest = REST_OF_BODY_NAME.match(text, name.end)
    if rest and not Span(*rest.span()).overlaps_any(persons):
        return Span(name.start, rest.end())
    return Span(name.start, name.start + len(words))


def strip_small_words_at_end(words: str) -> str:
    before, space, last = words.rpartition(" ")
    while space and last in SMALL_WORDS_OF_NAMES:
        words = before
        before, space, last = words.rpartition(" ")
    return words


def is_cut_after(word: str) -> bool:
    """Return whether a name cannot end with this word: an initial, "Dr", "van"."""
    return len(word) == 1 or word.casefold() in ABBREVIATED_TITLES or word in NAME_PARTICLES


def find_start_of_name(name: Span, text: str, is_single_word: bool) -> int:
    """Return where a name begins: "Mr Christian | Julius Aforlah", "King | Charles", "A. P. |
    Karim".
    """
    before = text[max(name.start - REACH_BEFORE_ENTITY, 0) : name.start]
    initials = INITIALS_BEFORE_NAME.search(before)
    if initials:
        return name.start - len(initials["several"] or initials["initial"])
    given = TITLE_AND_GIVEN_NAMES.search(before)
    if given:
        return name.start - len(given[1])
    reigning = TITLE_BEFORE_SINGLE_NAME.search(before) if is_single_word else None
    if reigning:
        return name.start - len(reigning[0])
    return name.start
