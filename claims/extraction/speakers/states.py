"""States, their capitals, and seats that stand for who sits there."""

import re

from claims.extraction.lexicon.places import INSTITUTION_OF_SEAT, STATE_OF_CAPITAL, STATE_OF_NAME
from claims.extraction.schema import Speaker
from claims.extraction.speakers.person_names import strip_article_and_possessive

BETWEEN_STATES = re.compile(r",\s+and\s+|,\s+|(?<!\s)\s+and\s+")


def find_state_or_seat(words: str) -> Speaker | None:
    """Return the state or institution, where the words are nothing but its name, its capital or its
    seat.
    """
    name = strip_article_and_possessive(words)
    key = name.casefold()
    if key in INSTITUTION_OF_SEAT:
        institution = INSTITUTION_OF_SEAT[key]
        method = "name" if institution.casefold() == key else "metonym"
        return Speaker(institution, "organization", 0.95, method, mention=name)
    if key in STATE_OF_NAME:
        return Speaker(STATE_OF_NAME[key], "state", 0.95, "name", mention=name)
    if key in STATE_OF_CAPITAL:
        return Speaker(STATE_OF_CAPITAL[key], "state", 0.85, "metonym", mention=name)
    return None


def find_states_together(words: str) -> Speaker | None:
    """Return several states that say the same as a group under their names: "Japan and Ireland"."""
    states = [find_state_or_seat(part) for part in BETWEEN_STATES.split(words)]
    names = [state.name for state in states if state]
    if len(names) < 2 or len(names) < len(states):
        return None
    return Speaker(join_names(names), "group", 0.85, "name", plural=True)


def join_names(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
