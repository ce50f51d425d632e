"""What the speakers of an article are told by: its text, its names and who is who among them."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from claims.extraction.lexicon.persons import (
    KIN_NOUNS,
    PERSON_NOUNS,
    PERSON_TITLES,
    ROLE_NOUNS,
)
from claims.extraction.quotes.finding import FoundQuote
from claims.extraction.schema import Gender, Span, Speaker
from claims.extraction.speakers.genders import note_pronouns
from claims.extraction.speakers.mending import correct_entities
from claims.extraction.speakers.people import (
    Entity,
    Person,
    PersonIndex,
    initials,
    list_titles_before,
    strip_article_and_possessive,
)
from claims.extraction.text.quotation import list_paragraphs, mark_quoted_characters

NameShares = Callable[
    [int, Sequence[Span]], Sequence[float]
]  # the share of each name in what the mention at an offset means

PARTICIPLES_AFTER_NOUN = (
    "released|published|conducted|issued|obtained|seen|taken|posted|written|commissioned|based|held|dated|compiled|collected|"
    "gathered|provided|prepared|produced|reviewed"
)
END_OF_CORE = re.compile(
    r"(?<!\s)(?:\s*[,;(\[–—:]|\s+(?:who|that|which|whose|whom|in|at|on|with|from|to|by|about|against|after|before|during|as|speaking|"
    r"representing|working|living|attending|involved|calling|seeking|protesting|investigating|monitoring|studying|"
    r"quoted|cited|reached|asked|familiar|close|involved|briefed|including|because|when|while|also|"
    + PARTICIPLES_AFTER_NOUN
    + r")\b)"
)
ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}")
END_OF_HEAD = re.compile(r"\s(?:of|for|on)\s")
OF_OR_FOR = re.compile(r"(?<!\s)\s+(?:of|for)\s+")
APPOSITION = re.compile(
    r",\s+(?:(?:who is|now|then)\s+)?((?:a|an|the|its|his|her|their)\s[^,.;:\n\"“”]{3,90})(?=[,.;]|$)"
)
APPOSITION_WITHOUT_ARTICLE = re.compile(
    r",\s+([a-z][a-z-]*\s[^.;:\n\"“”]{0,90}?|[a-z-]+)(?=[,.;]|$|\s(?:of|at|for|in|from)\s)"
)
LOWERCASE_WORD_AT_END = re.compile(r"\b([a-z][\w-]+)\s\Z")
BYLINE = re.compile(
    r"^\s*(?:By|Written by|Words by)\s+(?P<name>[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3})\s*(?:$|[,|–—-])",
    re.M,
)
EQUIVALENT_ROLES = {
    "justice": ("judge",), "judge": ("justice",), "sen": ("senator",), "rep": ("representative",), "gov": ("governor",),
    "gen": ("general",), "prof": ("professor",), "dr": ("doctor",), "lt": ("lieutenant",), "sgt": ("sergeant",),
}  # fmt: skip
LENGTH_OF_ARTICLE_HEAD = 600  # characters at the top of an article in which its byline stands
LONGEST_ROLE_BEFORE_NAME = 60  # characters
REACH_BEFORE_MENTION, REACH_AFTER_MENTION = (
    1500,
    200,
)  # characters around a mention within which it may be named


class ResolvedQuote(NamedTuple):
    quote: FoundQuote
    speaker: Speaker | None


def share_among_nobody(at: int, names: Sequence[Span]) -> Sequence[float]:
    """Where there is no encoder to ask."""
    return [0.0] * len(names)


class ArticleContext:
    """The text, its paragraphs, the entities in it, who is who among the persons, and which name a mention refers to.

    `publisher` is who speaks as "I" outside all quotes, unless a byline names the author, or the page does: `written_by`.
    """

    def __init__(
        self,
        text: str,
        entities: Sequence[Entity],
        refers: NameShares = share_among_nobody,
        publisher: str = "",
        written_by: str = "",
    ):
        self.text, self.entities, self.refers, self.publisher = (
            text,
            correct_entities(entities, text),
            refers,
            publisher,
        )
        self.written_by = written_by
        self.people = PersonIndex(text, self.entities)
        note_pronouns(self.people, text, self._inside)
        self.lines = list(list_paragraphs(text))
        self._line_starts = [start for start, _ in self.lines]
        self._entity_starts = [entity.span.start for entity in self.entities]
        self.loose: set[tuple[str, str]] = (
            set()
        )  # roles by the word before a name alone: another may have the same
        self._had: dict[str, bool] = {}
        self.roles: defaultdict[str, dict[str, Person]] = defaultdict(
            dict
        )  # "minister" to whom the article calls so
        for span, person in self.people.within(0, len(text)):
            if not person.full:
                continue
            told, loose = (
                list_titles_before(text, span) | list_roles_after_name(text, span),
                list_roles_before_name(text, span),
            )
            self.call(person, told | loose)
            self.loose |= {(role, person.name) for role in loose - told}
        known = set(self.roles)
        for (
            person
        ) in self.people.persons.values():  # "Justice Ekwo", where nobody named in full is one
            if not person.full:
                self.call(person, person.titles - known)

    def has(self, words: str) -> bool:
        """Whether these words stand somewhere in the text, in small letters or capitals."""
        if words not in self._had:
            self._had[words] = re.search(re.escape(words), self.text, re.I) is not None
        return self._had[words]

    def call(self, person: Person, roles: Iterable[str]) -> None:
        for role in roles:
            for called in (role, *EQUIVALENT_ROLES.get(role, ())):
                self.roles[called][person.name] = person

    @cached_property
    def _inside(self) -> NDArray[np.int8]:
        return mark_quoted_characters(self.text)

    def quoted(self, at: int) -> bool:
        """Whether character `at` stands inside quotation marks."""
        return bool(self._inside[at])

    def mostly_quoted(self, line: int) -> bool:
        """Whether more than half of a paragraph stands inside quotation marks."""
        start, end = self.lines[line]
        return 2 * int(np.count_nonzero(self._inside[start:end])) > end - start

    def line(self, at: int) -> int:
        """The number of the paragraph that holds character `at`."""
        return max(bisect_right(self._line_starts, at) - 1, 0)

    def entities_in(self, span: Span) -> Sequence[Entity]:
        """Those that share a character with the span."""
        first = max(bisect_right(self._entity_starts, span.start) - 1, 0)
        some = self.entities[first : bisect_left(self._entity_starts, span.end)]
        return [entity for entity in some if entity.span.overlaps(span)]

    def whole_source(self, source: Span, cue: Span) -> Span:
        """The source with all of a person's name that it cuts, or stops before: "Gen Sir" | "Nick Carter", or of which it is
        only what comes first: "Lunde" | "United manager Nils Berg" | "said"."""
        rest = self.text[source.end : cue.start]
        if source.end < cue.start <= source.end + LONGEST_ROLE_BEFORE_NAME and all(
            word[0].isupper() or word in PERSON_NOUNS for word in rest.split()
        ):
            last = [
                entity
                for entity in self.entities_in(Span(source.end, cue.start))
                if entity.kind == "PER"
            ][-1:]
            if (
                last
                and source.end < last[0].span.start
                and not self.text[last[0].span.end : cue.start].strip()
            ):
                start = source.end + rest.rindex("\n") + 1 if "\n" in rest else source.start
                return Span(start, last[0].span.end)
        titles = all(
            word.rstrip(".").casefold() in PERSON_TITLES for word in source.of(self.text).split()
        )
        for entity in self.entities_in(Span(source.start, min(source.end + 2, len(self.text)))):
            cut = entity.span.start < source.end < entity.span.end
            next_to = titles and source.end <= entity.span.start
            if entity.kind == "PER" and (cut or next_to):
                return Span(source.start, entity.span.end)
        return source

    def full_name(self, organization: str) -> str:
        """Return the organization whose initials these are, where the article names exactly one; else the name itself."""
        if not ACRONYM.fullmatch(organization):
            return organization
        fuller = {
            name
            for name in self._by_initials[organization.replace(".", "")]
            if len(name) > len(organization) + 1
        }
        return fuller.pop() if len(fuller) == 1 else organization

    @cached_property
    def _by_initials(self) -> defaultdict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for entity in self.entities:
            name = strip_article_and_possessive(entity.span.of(self.text))
            if entity.kind == "ORG" and name:
                found[initials(name)].add(name)
        return found

    @cached_property
    def bodies(self) -> defaultdict[str, list[tuple[int, str]]]:
        """Organizations by what they are, with where each is first named: "ministry" to the Ministry of Health."""
        found: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        seen: set[str] = set()
        for entity in self.entities:
            name = strip_article_and_possessive(entity.span.of(self.text))
            if entity.kind == "ORG" and " " in name and name not in seen:
                seen.add(name)
                found[END_OF_HEAD.split(name, maxsplit=1)[0].split()[-1].casefold()].append(
                    (entity.span.start, name)
                )
        return found

    @cached_property
    def author(self) -> Speaker | None:
        """Who "I" is outside all quotes: by the byline, or else the publisher."""
        if byline := BYLINE.search(self.text, 0, LENGTH_OF_ARTICLE_HEAD):
            return Speaker(byline["name"], "person", 0.7, "author", mention=byline["name"])
        if self.written_by and "," not in self.written_by:
            return Speaker(self.written_by, "person", 0.7, "author")
        return Speaker(self.publisher, "organization", 0.5, "author") if self.publisher else None

    def persons_meant(
        self, at: int, apart_from: Sequence[Span], gender: Gender | None = None
    ) -> list[tuple[Person, float]]:
        """The persons named near whom the mention at `at` may mean, the likeliest first, with their shares."""
        near = [
            (span, person)
            for span, person in self.people.within(
                at - REACH_BEFORE_MENTION, at + REACH_AFTER_MENTION
            )
            if (gender is None or person.gender in (gender, None))
            and not any(c.overlaps(span) for c in apart_from)
        ]
        shares: defaultdict[str, float] = defaultdict(float)
        for (_, person), share in zip(
            near, self.refers(at, [span for span, _ in near]), strict=True
        ):
            shares[person.name] += share
        known = {person.name: person for _, person in near}
        return sorted(
            ((known[name], share) for name, share in shares.items()), key=lambda pair: -pair[1]
        )

    def bodies_meant(self, at: int, apart_from: Sequence[Span]) -> list[tuple[str, float]]:
        """The organizations named near that the mention at `at` may mean, by their fullest names, the likeliest first."""
        near = [
            entity.span
            for entity in self.entities_in(Span(max(at - REACH_BEFORE_MENTION, 0), max(at, 1)))
            if entity.kind == "ORG" and not any(c.overlaps(entity.span) for c in apart_from)
        ]
        shares: defaultdict[str, float] = defaultdict(float)
        for span, share in zip(near, self.refers(at, near), strict=True):
            shares[self.full_name(strip_article_and_possessive(span.of(self.text)))] += share
        return sorted(shares.items(), key=lambda pair: -pair[1])


def build_speaker(
    person: Person, confidence: float, method: str = "", fuller: bool = False, mention: str = ""
) -> Speaker:
    kept = confidence if person.full else min(confidence, 0.8)
    return Speaker(
        person.name,
        "person",
        kept,
        method or ("fuller name" if fuller else "name"),
        person.full,
        mention,
    )


def weaken_speaker(speaker: Speaker, factor: float, method: str) -> Speaker:
    return Speaker(
        speaker.name, speaker.kind, round(speaker.confidence * factor, 3), method, speaker.alone
    )


def list_roles_before_name(text: str, name: Span) -> set[str]:
    """What the word right before a name calls a person: "the priest Luis Mora"; not "his wife Ann", who is another's."""
    word = LOWERCASE_WORD_AT_END.search(text, max(name.start - 30, 0), name.start)
    return {word[1]} & ((PERSON_NOUNS | ROLE_NOUNS) - KIN_NOUNS) if word else set()


def list_roles_after_name(text: str, name: Span) -> set[str]:
    """What an apposition calls a person: "Ana Bell, the city's engineer and a poet, …" → engineer, poet."""
    if found := APPOSITION.match(text, name.end, name.end + 120):
        return list_role_heads(found[1])
    bare = APPOSITION_WITHOUT_ARTICLE.match(
        text, name.end, name.end + 120
    )  # "Ana Bell, general manager of the port, …"
    return list_role_heads(bare[1]) & (PERSON_TITLES | ROLE_NOUNS) if bare else set()


def list_role_heads(phrase: str) -> set[str]:
    """The last word of each role, before what it is of: "Minister of State and party leader" → minister, leader."""
    cores = (
        END_OF_CORE.split(OF_OR_FOR.split(part, maxsplit=1)[0], maxsplit=1)[0]
        for part in re.split(r",|\band\b", phrase)
    )
    return {words[-1].casefold() for core in cores if (words := re.findall(r"[\w'’-]{3,}", core))}
