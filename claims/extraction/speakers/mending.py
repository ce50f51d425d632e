"""What the encoder takes for names, made whole and put right."""

import re
from collections.abc import Collection, Iterable

from claims.extraction.lexicon.persons import (
    ABBREVIATED_TITLES,
    HONORIFICS,
    NAME_PARTICLES,
    TITLES_OF_SINGLE_NAMES,
)
from claims.extraction.lexicon.places import INSTITUTION_OF_SEAT, STATE_OF_CAPITAL, STATE_OF_NAME
from claims.extraction.schema import Span
from claims.extraction.speakers.people import (
    WORD_OF_NAME,
    Entity,
    list_words_of_person,
    strip_article_and_possessive,
)

PLACE_NAMES = frozenset((*STATE_OF_NAME, *STATE_OF_CAPITAL, *INSTITUTION_OF_SEAT))
REST_OF_NAME = re.compile(r"\.?(?:[ \u00a0][A-Z][\w'’-]+){1,3}")
TITLE_AND_GIVEN_NAMES = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Madam|Sir|Dame|Sen|Rep|Gov|Gen|Col|Capt|Rev)\.?[ \u00a0]((?:[A-Z][\w'’-]*[a-z] ){1,2})\Z"
)
FIRM_NOUN_BEFORE_NAME = re.compile(
    r"\b(?:company|firm|airline|retailer|regulator|bank|charity|supermarket|carmaker|start-?up|operator|developer|insurer|chain|"
    r"broadcaster|website|watchdog|lender|brewer|drugmaker|chipmaker|maker|group|publisher|manufacturer|union|platform),?\s\Z"
)
FIRM_SIGN_AFTER_NAME = re.compile(
    r"(?:,\swhich|,?\s(?:[Pp][Ll][Cc]|Ltd|Inc|Corp|Holdings|GmbH)\b|['’]s\s(?:shares|sales|profits?|revenues?|customers|shareholders|"
    r"flights|stores|app)\b|\s(?:said|says|has said)\s(?:that\s)?its\b)"
)
# Ranks before a surname; of those that begin firms' names as well only before one that the article has in full: "Rev Group".
RANKS_BEFORE_SURNAME = HONORIFICS - {"st"} | {"maj", "cpl", "cmdr", "adm", "insp", "supt", "det"}
UNAMBIGUOUS_RANKS = frozenset(
    [
        "sgt",
        "ms",
        "miss",
        "sir",
        "dame",
        "lt",
        "col",
        "capt",
        "maj",
        "cpl",
        "cmdr",
        "insp",
        "supt",
        "prof",
    ]
)
NICKNAME_AND_SURNAME = re.compile(  # after a given name: "Robert | "Bobby" Kane", but no headline's "Kane 'Shocked' Over Fire"
    r"\s[\"“‘'(][A-Z][\w'’ -]{0,20}[\"”’')](?:\s(?!(?:Over|In|For|After|On|At|With|As|By|From|To|And|The|Amid|Is)\b)"
    r"[A-Z](?:[\w-]|['’](?!s\b))*[a-z]){1,2}"
    r"(?=['’]s|[,.;:)]|\s[a-z(])"
)
TITLE_BEFORE_SINGLE_NAME = re.compile(
    rf"\b(?:{'|'.join(sorted(title.title() for title in TITLES_OF_SINGLE_NAMES))})\s\Z"
)


def correct_entities(entities: Iterable[Entity], text: str) -> list[Entity]:
    """Persons cut off after a title or at a full stop made whole: "Ms" + ". Moore", "Gen Sir" + " Nick Carter".

    A title alone is nobody, and what is a state, a capital or a seat of power is no person.
    """
    made: list[Entity] = []
    entities = list(entities)
    persons = [entity.span for entity in entities if entity.kind == "PER"]
    names = [list_words_of_person(span.of(text)) for span in persons]
    full = {words[-1] for words in names if len(words) > 1}
    firms = {
        name for span in persons if (name := span.of(text)) not in full and is_firm(span, text)
    }
    for entity in entities:
        name = entity.span.of(text)
        if entity.kind == "ORG" and is_person_with_rank(entity.span, text, full):
            entity = Entity(entity.span, "PER")
        if entity.kind == "PER" and name in firms:
            entity = Entity(entity.span, "ORG")
        if entity.kind == "PER" and strip_article_and_possessive(name).casefold() in PLACE_NAMES:
            entity = Entity(entity.span, "LOC")
        if entity.kind != "PER":
            made.append(entity)
        elif not (made and made[-1].span.overlaps(entity.span)) and (
            whole := complete_person_name(entity, text)
        ):
            made.append(whole)
    return made


def is_person_with_rank(name: Span, text: str, full: Collection[str]) -> bool:
    """Whether what is taken for an organization is a person with a rank: "Sgt Cross"."""
    rank, *words = name.of(text).split()
    plain = rank.rstrip(".").casefold()
    if (
        not 0 < len(words) < 3
        or not all(word[0].isupper() for word in words)
        or is_firm(name, text, spaced=True)
    ):
        return False
    return plain in UNAMBIGUOUS_RANKS or (plain in RANKS_BEFORE_SURNAME and words[-1] in full)


def is_firm(name: Span, text: str, *, spaced: bool = False) -> bool:
    """Whether what is taken for a person by one word is a business: "the airline Veloro", "Tesco said its", "Ofnet, which"."""
    if " " in name.of(text) and not spaced:
        return False
    return (
        FIRM_SIGN_AFTER_NAME.match(text, name.end) is not None
        or FIRM_NOUN_BEFORE_NAME.search(text, max(name.start - 40, 0), name.start) is not None
    )


def complete_person_name(entity: Entity, text: str) -> Entity | None:
    """The person with what of the name stands beside what was found; no title alone."""
    words = WORD_OF_NAME.findall(entity.span.of(text))
    last = words[-1] if words else ""
    titled = all(word.rstrip(".").casefold() in HONORIFICS for word in words)
    cut = (
        titled or len(last) == 1 or last.casefold() in ABBREVIATED_TITLES or last in NAME_PARTICLES
    )
    more = REST_OF_NAME.match(text, entity.span.end) if cut else None
    start, end = entity.span.start, more.end() if more else entity.span.end
    before = text[max(start - 40, 0) : start]
    given_alone = len(words) == 1 or (len(words) == 2 and len(last.rstrip(".")) == 1)
    if given_alone and (
        nickname := NICKNAME_AND_SURNAME.match(text, end)
    ):  # "Robert | "Bobby" Kane"
        end = nickname.end()
    if given := TITLE_AND_GIVEN_NAMES.search(before):  # "Mr Christian | Julius Aforlah"
        start -= len(given[1])
    elif len(words) == 1 and (
        reigning := TITLE_BEFORE_SINGLE_NAME.search(before)
    ):  # "King | Charles"
        start -= len(reigning[0])
    return None if titled and end == entity.span.end else Entity(Span(start, end), "PER")
