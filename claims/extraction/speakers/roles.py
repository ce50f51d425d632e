"""What an article calls a person.

For example "the priest Luis Mora", "Ana Bell, the city's engineer and a poet".
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from claims.extraction.lexicon.function_words import PARTICIPLES_AFTER_NOUN, WORDS_AFTER_ROLE
from claims.extraction.lexicon.persons import KIN_NOUNS, PERSON_NOUNS, PERSON_TITLES, ROLE_NOUNS
from claims.extraction.lexicon.titles import EQUIVALENT_ROLES
from claims.extraction.lexicon.words import build_alternation
from claims.extraction.schema import Span
from claims.extraction.speakers.people import PersonIndex
from claims.extraction.speakers.person import Person
from claims.extraction.speakers.person_names import list_titles_before

END_OF_CORE = re.compile(rf"(?<!\s)(?:\s*[,;(\[–—:]|\s+{build_alternation(WORDS_AFTER_ROLE)}\b)")
START_OF_CLAUSE = re.compile(
    r"(?<!\s)\s*[,;(–—]|\s-\s"
    rf"|\s(?:who|that|which|{build_alternation(PARTICIPLES_AFTER_NOUN)})\b"
)
OF_OR_FOR = re.compile(r"(?<!\s)\s+(?:of|for)\s+")
BETWEEN_ROLES = re.compile(r",|\band\b")
APPOSITION = re.compile(
    r",\s+(?:(?:who is|now|then)\s+)?"
    r"((?:a|an|the|its|his|her|their)\s[^,.;:\n\"“”]{3,90})(?=[,.;]|$)"
)
APPOSITION_WITHOUT_ARTICLE = re.compile(
    r",\s+([a-z][a-z-]*\s[^.;:\n\"“”]{0,90}?|[a-z-]+)(?=[,.;]|$|\s(?:of|at|for|in|from)\s)"
)
LOWERCASE_WORD_AT_END = re.compile(r"\b([a-z][\w-]+)\s\Z")
WORD_OF_ROLE = re.compile(r"[\w'’-]{3,}")
REACH_OF_APPOSITION = 120  # characters
REACH_OF_WORD_BEFORE_NAME = 30  # characters


class RoleTable:
    """Whom an article calls by which role: "minister" → Ana Lima."""

    def __init__(self) -> None:
        self._bearers: defaultdict[str, dict[str, Person]] = defaultdict(dict)

    def add(self, person: Person, roles: Iterable[str]) -> None:
        for role in roles:
            self._bearers[role][person.name] = person
            for equivalent in EQUIVALENT_ROLES.get(role, ()):
                self._bearers[equivalent][person.name] = person

    def get_bearers(self, role: str) -> Mapping[str, Person]:
        """Return those who have the role, by name."""
        return self._bearers.get(role, {})

    def list_roles(self) -> set[str]:
        return set(self._bearers)


def read_roles(text: str, people: PersonIndex) -> RoleTable:
    """Return the roles that stand beside the names of those named in full, and titles of others
    that nobody of these has.
    """
    table = RoleTable()
    for name, person in people.list_within(0, len(text)):
        if person.has_full_name:
            table.add(person, list_titles_before(text, name))
            table.add(person, list_roles_after_name(text, name))
            table.add(person, list_roles_before_name(text, name))
    known = table.list_roles()
    for person in people.persons:
        if not person.has_full_name:  # "Justice Ekwo", where nobody named in full is one
            table.add(person, person.titles - known)
    return table


def list_roles_before_name(text: str, name: Span) -> set[str]:
    """Return what the word right before a name calls a person: "the priest Luis Mora".

    Not "his wife Ann", who is another's.
    """
    start = max(name.start - REACH_OF_WORD_BEFORE_NAME, 0)
    before = LOWERCASE_WORD_AT_END.search(text, start, name.start)
    if before is None:
        return set()
    word = before[1]
    return {word} if word in PERSON_NOUNS and word not in KIN_NOUNS else set()


def list_roles_after_name(text: str, name: Span) -> set[str]:
    """Return what an apposition calls a person.

    For example "Ana Bell, the city's engineer and a poet, …" → engineer, poet. Without an article
    only titles and roles count: "Ana Bell, general manager of the port, …".
    """
    end = name.end + REACH_OF_APPOSITION
    apposition = APPOSITION.match(text, name.end, end)
    if apposition:
        return list_role_heads(apposition[1])
    bare = APPOSITION_WITHOUT_ARTICLE.match(text, name.end, end)
    if bare is None:
        return set()
    return {
        role for role in list_role_heads(bare[1]) if role in PERSON_TITLES or role in ROLE_NOUNS
    }


def list_role_heads(phrase: str) -> set[str]:
    """Return the last word of each role, before what it is of.

    For example "Minister of State and party leader" → minister, leader.
    """
    heads = set()
    for role in BETWEEN_ROLES.split(phrase):
        without_of = OF_OR_FOR.split(role, maxsplit=1)[0]
        core = END_OF_CORE.split(without_of, maxsplit=1)[0]
        words = WORD_OF_ROLE.findall(core)
        if words:
            heads.add(words[-1].casefold())
    return heads
