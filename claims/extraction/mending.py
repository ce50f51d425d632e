"""What the encoder takes for names, made whole and put right."""

import re
from collections.abc import Collection, Iterable

from claims.extraction.names import (
    ABBREVIATED,
    HONORIFICS,
    PARTICLES,
    WORD,
    Entity,
    organization_name,
    person_words,
)
from claims.extraction.places import CAPITALS, NATIONALS, SEATS, STATES
from claims.extraction.schema import Span
from claims.extraction.words import word_set

PLACES = frozenset((*STATES, *CAPITALS, *SEATS))
CUT_OFF = re.compile(r"\.?(?:[ \u00a0][A-Z][\w'’-]+){1,3}")
GIVEN = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof|Madam|Sir|Dame|Sen|Rep|Gov|Gen|Col|Capt|Rev)\.?[ \u00a0]((?:[A-Z][\w'’-]*[a-z] ){1,2})\Z"
)
FUNCTION = re.compile(
    r"(?:which|who|whom|whose|that|and|or|but|of|in|on|at|to|for|is|was|has|had|he|she|it|they)\b"
)  # no name begins so
FIRM_BEFORE = re.compile(
    r"\b(?:company|firm|airline|retailer|regulator|bank|charity|supermarket|carmaker|start-?up|operator|developer|insurer|chain|"
    r"broadcaster|website|watchdog|lender|brewer|drugmaker|chipmaker|maker|group|publisher|manufacturer|union|platform),?\s\Z"
)
FIRM_AFTER = re.compile(
    r"(?:,\swhich|,?\s(?:[Pp][Ll][Cc]|Ltd|Inc|Corp|Holdings|GmbH)\b|['’]s\s(?:shares|sales|profits?|revenues?|customers|shareholders|"
    r"flights|stores|app)\b|\s(?:said|says|has said)\s(?:that\s)?its\b)"
)
BODY_WORDS = word_set("news agency ministry university committee commission corporation institute")
RANKS = HONORIFICS - {"st"} | {"maj", "cpl", "cmdr", "adm", "insp", "supt", "det"}
IN_LETTERS = frozenset(["PC", "WPC", "DC", "DS", "DI", "DCI", "DCS"])  # ranks of the police; "DS Negi" may also be initials
BRANDS = frozenset(["dr", "mr", "mrs"])  # "Dr Pepper", "Mrs Fields"
REIGNING = re.compile(r"\b(?:King|Queen|Prince|Princess|Pope|Sheikh|Father)\s\Z")
ARTICLE = re.compile(r"\b(?:the|an?|this|that)\s(?:[\w-]+\s){0,2}\Z", re.I)


def mended(entities: Iterable[Entity], text: str) -> list[Entity]:
    """Persons cut off after a title or at a full stop made whole: "Ms" + ". Moore", "Gen Sir" + " Nick Carter".

    A title alone is nobody, what is a state, a capital or a seat of power is no person, and nor is "the Dane".
    """
    made: list[Entity] = []
    entities = list(entities)
    persons = [entity.span for entity in entities if entity.kind == "PER"]
    names = [person_words(span.of(text)) for span in persons]
    full = {words[-1] for words in names if len(words) > 1 and (len(words) > 2 or words[0] not in IN_LETTERS)}
    firms = {name for span in persons if (name := span.of(text)) not in full and is_firm(span, text)}
    for entity in entities:
        name = entity.span.of(text)
        if FUNCTION.match(name):
            continue
        if entity.kind == "ORG" and is_ranked(name, full):
            entity = Entity(entity.span, "PER")
        if entity.kind == "PER" and (name in firms or not BODY_WORDS.isdisjoint(name.casefold().split()[1:])):
            entity = Entity(entity.span, "ORG")
        if entity.kind == "PER" and organization_name(name).casefold() in PLACES:
            entity = Entity(entity.span, "LOC")
        if entity.kind == "PER" and name not in full and is_national(entity.span, text):
            continue
        if entity.kind != "PER":
            made.append(entity)
        elif not (made and made[-1].span.overlaps(entity.span)) and (whole := whole_person(entity, text, full)):
            made.append(whole)
    return made


def is_ranked(name: str, full: Collection[str]) -> bool:
    """Whether what is taken for an organization is a person with a rank: "Sgt Cross", or "PC Cole" after "Dan Cole"."""
    rank, *words = name.split()
    plain = rank.rstrip(".").casefold()
    ranked = 0 < len(words) < 3 and all(word[0].isupper() for word in words) and (plain in RANKS or rank in IN_LETTERS)
    return ranked and (words[-1] in full or not (plain in BRANDS or rank in IN_LETTERS))


def is_national(name: Span, text: str) -> bool:
    """Whether what is taken for a person is called by their nation alone: "the Dane", "the 24-year-old Swede"."""
    return name.of(text).casefold() in NATIONALS and ARTICLE.search(text, max(name.start - 40, 0), name.start) is not None


def is_firm(name: Span, text: str) -> bool:
    """Whether what is taken for a person by one word is a business: "the airline Veloro", "Tesco said its", "Ofnet, which"."""
    if " " in name.of(text):
        return False
    return (
        FIRM_AFTER.match(text, name.end) is not None
        or FIRM_BEFORE.search(text, max(name.start - 40, 0), name.start) is not None
    )


def whole_person(entity: Entity, text: str, full: Collection[str]) -> Entity | None:
    words = WORD.findall(entity.span.of(text))
    last = words[-1] if words else ""
    titled = all(word.rstrip(".").casefold() in HONORIFICS for word in words)
    cut = titled or len(last) == 1 or last.casefold() in ABBREVIATED or last in PARTICLES
    more = CUT_OFF.match(text, entity.span.end) if cut else None
    start, end = entity.span.start, more.end() if more else entity.span.end
    before = text[max(start - 40, 0) : start]
    if given := GIVEN.search(before):  # "Mr Christian | Julius Aforlah"
        start -= len(given[1])
    elif len(words) == 1 and (reigning := REIGNING.search(before)):  # "King | Charles"
        start -= len(reigning[0])
    elif len(words) > 2 or (len(words) == 2 and last in full):
        start += len(words[0]) + 1 if words[0] in IN_LETTERS else 0  # "DI | Ruth Shaw"
    return None if titled and not more else Entity(Span(start, end), "PER")
