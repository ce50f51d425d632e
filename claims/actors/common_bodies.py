"""Tells bodies of one name by their places: "Foreign Ministry (Iran)" from that of Israel.

The place is what the article gives, in the words that name the body or beside its name elsewhere in
the text. A body without one is of its article.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.extraction.lexicon.common_bodies import (
    BODIES_OF_STATES,
    BODIES_OF_TOWNS,
    KNOWN_AS,
    MINISTRY,
    SPELLINGS,
    SPELLINGS_OF_NAMES,
    STATE_OF_BODY,
    STATE_OF_ENDING,
    WORDS_BEFORE_BODIES,
)
from claims.extraction.lexicon.places import (
    REPORTING_CITIES,
    STATE_OF_CAPITAL,
    STATE_OF_DEMONYM,
    STATE_OF_NAME,
)
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Speaker

PLACES = STATE_OF_NAME | STATE_OF_DEMONYM
LONGEST_INITIALS = 3  # letters: "UAE"


def write_place(name: str) -> str:
    """Return the name of a place, or of its people, as texts write it."""
    if len(name.replace(".", "")) <= LONGEST_INITIALS:
        return name.upper()
    return " ".join(word if word in ("and", "of") else word.title() for word in name.split())


_PLACE = build_alternation(write_place(name) for name in PLACES)
# "Iranian …", "Iran's …", "the U.S. …"
PLACE_BEFORE = re.compile(rf"^(?:the )?({_PLACE})(?:['’]s)? (?=\w)", re.IGNORECASE)
# "… of Iran", "… in Iran", "… (Iran)"
PLACE_AFTER = re.compile(rf" (?:of|in) (?:the )?({_PLACE})$| \(({_PLACE})\)$", re.IGNORECASE)
KINDS_OF_BODIES = ("organization", "group", "state")
# What must stand in a text for its state to be that of its bodies: so often, and so many times as
# often as any other.
LEAST_MENTIONS_OF_STATE = 3
LEAST_MENTIONS_OF_ONLY_STATE = 2  # where the text names no other
LEAST_TIMES_AS_OFTEN = 4
# "OTTAWA, Ontario (AP) -- …", "JEDDAH — …"
DATELINE = re.compile(
    r"([A-Z][A-Z'’ -]{3,24})(?:, [A-Z][\w. ]{1,20})?(?: \([^)]{2,30}\))? ?(?:--|[—–-]|:) ?"
)
# "Clinton's campaign", "the Obama administration"
FOLLOWERS = re.compile(
    r"([^\W\d_]+(?: [^\W\d_]+)?)(?:['’]s?)? (campaign|administration)", re.IGNORECASE
)
ANY_CITY = re.compile(
    rf"\b({build_alternation(write_place(city) for city in {*STATE_OF_CAPITAL, *REPORTING_CITIES})})\b"
)
ANY_PLACE = re.compile(rf"\b({_PLACE})\b")
# Stands in a text for the name of a body, so that no pattern is made for each name: one with all
# places takes long to be made. No text has this character.
NAME_OF_BODY = "\0"
PLACES_BESIDE_NAME = (
    re.compile(rf"\b({_PLACE})(?:['’]s)?\s+(?:\w+\s+)?{NAME_OF_BODY}"),
    re.compile(rf"{NAME_OF_BODY}\s+(?:of|in)\s+(?:the\s+)?({_PLACE})\b"),
    re.compile(rf"\bIn\s+({_PLACE}),\s+(?:the\s+)?{NAME_OF_BODY}"),
)
TEXTS_REMEMBERED = 64
NAMES_REMEMBERED = 10_000
LEAST_LETTERS_IN_HOST = 5
STATES_IN_HOSTS = {
    name.replace(" ", ""): state
    for name, state in sorted((STATE_OF_CAPITAL | STATE_OF_NAME | {"korea": "South Korea"}).items())
    if len(name) >= LEAST_LETTERS_IN_HOST and name not in ("washington", "america", "georgia")
}


@dataclass(frozen=True, slots=True)
class CommonBody:
    """A body of a name that many have, in one spelling; `state` is its place, "" if unknown."""

    name: str
    state: str
    is_of_state: bool


def place_body(speaker: Speaker, text: str, host: str = "") -> Speaker:
    """Return a speaker that is a body of a common name with its place, or as of its article alone.

    Others are returned as they are, in one spelling. `host` is that of the article's outlet.
    """
    if speaker.kind not in KINDS_OF_BODIES:
        return speaker
    body = read_common_body(speaker.name)
    if body is None:
        return spell_body(speaker, text)
    if not body.state and not body.is_of_state:
        town = find_town(body.name, text)
        if town:
            return replace(speaker, name=f"{town} {body.name}", kind="organization", alone=True)
    state = body.state or find_state(speaker, body, text, find_state_of_host(host))
    if state and (speaker.alone or body.state):
        name = body.name if STATE_OF_BODY.get(body.name.lower()) else f"{body.name} ({state})"
        return replace(speaker, name=name, kind="organization", alone=True)
    return replace(speaker, alone=False)


def find_state(speaker: Speaker, body: CommonBody, text: str, of_outlet: str) -> str:
    """Return the state of a body whose name does not tell it, "" if the article does not either.

    Where the text names such a body of another state than the outlet's, either may be meant.
    """
    beside = find_state_beside(speaker, text)
    if beside:
        return beside if of_outlet in ("", beside) else ""
    return find_state_of_text(text, of_outlet) if body.is_of_state else ""


@lru_cache(NAMES_REMEMBERED)
def read_common_body(name: str) -> CommonBody | None:
    """Return the body if its name, its place aside, is one that many have; else None."""
    words = " ".join(name.split())
    state = ""
    before = PLACE_BEFORE.match(words)
    if before:
        state = PLACES[before.group(1).casefold()]
        words = words[before.end() :]
    else:
        after = PLACE_AFTER.search(words)
        if after:
            state = PLACES[(after.group(1) or after.group(2)).casefold()]
            words = words[: after.start()]
    key = words.casefold().removeprefix("the ").replace("’", "'")
    if key in STATE_OF_BODY and state in ("", STATE_OF_BODY[key]):
        return CommonBody(capitalize_words(key), STATE_OF_BODY[key], is_of_state=True)
    ministry = MINISTRY.fullmatch(key)
    if ministry:
        return CommonBody(format_ministry(ministry), state, is_of_state=True)
    if key in BODIES_OF_STATES:
        return CommonBody(capitalize_words(key), state, is_of_state=True)
    if key in BODIES_OF_TOWNS:
        return CommonBody(capitalize_words(key), state, is_of_state=False)
    return None


def format_ministry(ministry: "re.Match[str]") -> str:
    """Return the name of a ministry in one order and one spelling: "Defense Ministry"."""
    fields = ministry.group("before") or ministry.group("after")
    if fields is None:
        return capitalize_words(ministry.group())
    noun = "Department" if "department" in ministry.group() else "Ministry"
    fields = fields.removeprefix("the ")
    fields = {"foreign affairs": "foreign", "external affairs": "foreign"}.get(fields, fields)
    return f"{capitalize_words(spell_as_in_america(fields))} {noun}"


def spell_as_in_america(words: str) -> str:
    return " ".join(SPELLINGS.get(word, word) for word in words.split())


def capitalize_words(words: str) -> str:
    small = ("of", "and", "the", "in", "for")
    return " ".join(
        word if word in small else word[:1].upper() + word[1:] for word in words.split()
    )


def spell_body(speaker: Speaker, text: str) -> Speaker:
    """Return a body in the spelling under which all write it; police of a place are a body."""
    place, _, noun = speaker.name.rpartition(" ")
    if noun.casefold() == "police" and place[:1].isupper():
        return replace(speaker, name=f"{place} Police", kind="organization", alone=True)
    followed = name_followers(speaker.name, text)
    if followed:
        return replace(speaker, name=followed, kind="organization", alone=True)
    known = KNOWN_AS.get(speaker.name.casefold())
    if known:
        return replace(speaker, name=known, kind="organization", alone=True)
    if speaker.kind != "organization":
        return speaker
    name = spell_name(speaker.name)
    return speaker if name == speaker.name else replace(speaker, name=name)


def name_followers(name: str, text: str) -> str:
    """Return the name of somebody's campaign or administration, "" for what is none.

    It is by the surname where the text has that alone, too.
    """
    followers = FOLLOWERS.fullmatch(name)
    if followers is None:
        return ""
    leader, noun = followers.group(1), followers.group(2).lower()
    if not leader[:1].isupper():
        leader = leader.title()
    if not re.search(rf"\b{re.escape(leader)}\b", text):
        return ""
    given, _, surname = leader.rpartition(" ")
    pattern = rf"(?<!{re.escape(given)} )\b{re.escape(surname)}(?:['’]s?)? {noun}\b"
    if given and re.search(pattern, text):
        leader = surname
    return f"{leader} {noun}"


def find_town(name: str, text: str) -> str:
    """Return the one town, or the like, whose body of this name the text tells of: "Ottawa" of
    "Ottawa police"; "" if there are none or several.
    """
    body = re.escape(name).replace(r"\ ", r"\s+")
    town = r"((?:St\. )?[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
    before = re.findall(rf"\b{town} (?i:{body})\b", text)
    after = re.findall(rf"\b(?i:{body}) in {town}", text)
    towns = set()
    for found in (*before, *after):
        words = found.split()
        if words[0].casefold() in WORDS_BEFORE_BODIES:
            words = words[1:]
        place = " ".join(words)
        is_place = bool(words) and words[-1].casefold() not in WORDS_BEFORE_BODIES
        if is_place and place.casefold() not in PLACES:
            towns.add(place)
    if towns:
        return towns.pop() if len(towns) == 1 else ""
    dateline = DATELINE.match(text)
    if dateline:
        city: str = dateline.group(1)
        return city.strip(" -").title()
    return find_city_of_text(text)


@lru_cache(TEXTS_REMEMBERED)
def find_city_of_text(text: str) -> str:
    """Return the city that a text names by far the most, "" if there is none."""
    counts: Counter[str] = Counter(ANY_CITY.findall(text))
    (city, mentions), (_, of_next) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    if mentions < max(LEAST_MENTIONS_OF_ONLY_STATE, LEAST_TIMES_AS_OFTEN * of_next):
        return ""
    return city


def find_state_beside(speaker: Speaker, text: str) -> str:
    """Return the one state that the text gives beside the name of a body, "" if none or several."""
    states: set[str] = set()
    for words in {speaker.name, speaker.mention} - {""}:
        name = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"\b")
        for told in (text, speaker.mention):
            marked, times = name.subn(NAME_OF_BODY, told)
            if times:
                states.update(list_states_beside_name(marked))
    return states.pop() if len(states) == 1 else ""


def list_states_beside_name(marked: str) -> Iterator[str]:
    """Yield the states beside the name of a body, for which `NAME_OF_BODY` stands in a text."""
    for pattern in PLACES_BESIDE_NAME:
        for place in pattern.findall(marked):
            yield PLACES[place.casefold()]


@lru_cache(TEXTS_REMEMBERED)
def find_state_of_text(text: str, of_outlet: str = "") -> str:
    """Return the state that a text is about by far the most, "" if there is none.

    A text whose outlet is of another state is no evidence: its own bodies go without a place.
    """
    counts: Counter[str] = Counter(PLACES[found.casefold()] for found in ANY_PLACE.findall(text))
    if of_outlet:
        most_of_others = max((n for state, n in counts.items() if state != of_outlet), default=0)
        is_at_home = most_of_others < max(LEAST_MENTIONS_OF_STATE - 1, counts[of_outlet])
        return of_outlet if is_at_home else ""
    (state, mentions), (_, of_next) = [*counts.most_common(2), ("", 0), ("", 0)][:2]
    least = LEAST_MENTIONS_OF_STATE if of_next else LEAST_MENTIONS_OF_ONLY_STATE
    if mentions < max(least, LEAST_TIMES_AS_OFTEN * of_next):
        return ""
    return state


@lru_cache(NAMES_REMEMBERED)
def find_state_of_host(host: str) -> str:
    """Return the state of an outlet, as far as its host tells: by its ending, or a name in it."""
    labels = host.casefold().split(".")
    if labels[-1] in STATE_OF_ENDING:
        return STATE_OF_ENDING[labels[-1]]
    for name, state in STATES_IN_HOSTS.items():
        if name in host.casefold():
            return state
    return ""


@lru_cache(NAMES_REMEMBERED)
def spell_name(name: str) -> str:
    """Return the name of a body in the spelling under which all write it."""
    return " ".join(SPELLINGS_OF_NAMES.get(word, word) for word in name.split())
