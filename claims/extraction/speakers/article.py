"""What the speakers of an article are told by: its text, its names, and who is who among them."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from claims.extraction.schema import Span, Speaker
from claims.extraction.speakers.genders import count_pronouns_after_names
from claims.extraction.speakers.mending import correct_entities
from claims.extraction.speakers.people import Entity, PersonIndex
from claims.extraction.speakers.person_names import list_initials, strip_article_and_possessive
from claims.extraction.speakers.roles import read_roles
from claims.extraction.text.article_text import Text

ACRONYM = re.compile(r"(?:[A-Z]\.?){2,6}|[A-Z][a-z][A-Z]{1,3}")  # "BoG" is one, too
LETTERS_IN_BRACKETS = re.compile(r"\s\([“\"'‘]?(?P<letters>[A-Z][A-Za-z]{1,9})[”\"'’]?\)")
WORD_BEFORE_BRACKET = re.compile(r"[\w'’.&-]+")
SEPARATOR_OF_NAMES = re.compile(r"[.,;:()“”\"\n]\s")
REACH_BEFORE_BRACKET = 120  # characters
BYLINE = re.compile(
    r"^\s*(?:By|Written by|Words by)\s+"
    r"(?P<name>[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){1,3})\s*(?:$|[,|–—-])",
    re.M,
)
REACH_OF_CAPITALS = 40  # characters on either side
LENGTH_OF_ARTICLE_HEAD = 600  # characters at the top of an article in which its byline stands


class ArticleContext:
    """The text, its paragraphs, its names, who is who among the persons, and what the article calls
    each at first.

    `publisher` is who speaks as "I" outside all quotes, unless a byline names the author, or the
    page does, which is then `written_by` somebody. Nothing here changes while quotes are read.
    """

    def __init__(
        self,
        text: str,
        entities: Sequence[Entity],
        publisher: str = "",
        written_by: str = "",
    ):
        self.text = text
        self.entities = correct_entities(entities, text)
        self.publisher = publisher
        self.written_by = written_by
        self.paragraphs = Text.of(text).paragraphs
        self.people = PersonIndex(text, self.entities)
        self._inside = Text.of(text).quoted_characters
        count_pronouns_after_names(self.people, text, self._inside)
        self.roles = read_roles(text, self.people)
        self._paragraph_starts = [start for start, _ in self.paragraphs]
        self._entity_starts = [entity.span.start for entity in self.entities]

    @cached_property
    def text_in_lowercase(self) -> str:
        return self.text.lower()

    def is_quoted(self, at: int) -> bool:
        """Return whether character `at` stands inside quotation marks."""
        return bool(self._inside[at])

    def is_in_capitals(self, span: Span) -> bool:
        """Return whether the words around a span are in capitals too, as those of a headline."""
        around = self.text[max(span.start - REACH_OF_CAPITALS, 0) : span.end + REACH_OF_CAPITALS]
        return not any(letter.islower() for letter in around)

    def are_quoted(self, offsets: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return of each character whether it stands inside quotation marks."""
        return np.asarray(self._inside[offsets] > 0, np.bool_)

    def count_quoted(self, span: Span) -> int:
        """Return how many characters of a span stand inside quotation marks."""
        return int(np.count_nonzero(self._inside[span.start : span.end]))

    def get_paragraph_number(self, at: int) -> int:
        """Return the number of the paragraph that holds character `at`."""
        return max(bisect_right(self._paragraph_starts, at) - 1, 0)

    def list_entities_in(self, span: Span) -> list[Entity]:
        """Return the names that share a character with the span."""
        first = max(bisect_right(self._entity_starts, span.start) - 1, 0)
        last = bisect_left(self._entity_starts, span.end)
        return [entity for entity in self.entities[first:last] if entity.span.overlaps(span)]

    def find_full_name(self, organization: str) -> str:
        """Return the organization whose initials these are, where the article names exactly one.

        Else the name itself.
        """
        if organization in self._names_before_brackets:
            return self._names_before_brackets[organization]
        if not ACRONYM.fullmatch(organization):
            return organization
        names = self._organizations_by_initials[organization.replace(".", "").casefold()]
        fuller = [name for name in names if len(name) > len(organization) + 1]
        return fuller[0] if len(fuller) == 1 else organization

    @cached_property
    def _names_before_brackets(self) -> dict[str, str]:
        """The names behind which letters stand in brackets: "Bank of Ghana (BoG)"."""
        names: dict[str, str] = {}
        for bracket in LETTERS_IN_BRACKETS.finditer(self.text):
            name = self._find_name_before(bracket)
            if name:
                names.setdefault(bracket["letters"], name)
        return names

    def _find_name_before(self, bracket: re.Match[str]) -> str | None:
        """Return the words before a bracket of which it has the initials, or else the body there."""
        start = max(bracket.start() - REACH_BEFORE_BRACKET, 0)
        words = list(WORD_BEFORE_BRACKET.finditer(self.text, start, bracket.start()))
        letters = bracket["letters"].casefold()
        for word in reversed(words[-2 * len(letters) :]):
            name = self.text[word.start() : bracket.start()]
            is_name = word[0][0].isupper() and not SEPARATOR_OF_NAMES.search(name)
            if is_name and letters in list_initials(name):
                return name
        for entity in self.list_entities_in(Span(max(bracket.start() - 1, 0), bracket.start())):
            name = strip_article_and_possessive(self.text[entity.span.start : bracket.start()])
            if entity.kind == "ORG" and name[:1].casefold() == letters[0]:
                return name
        return None

    @cached_property
    def _organizations_by_initials(self) -> defaultdict[str, set[str]]:
        names: defaultdict[str, set[str]] = defaultdict(set)
        for _, name in self._list_organizations():
            for initials in list_initials(name):
                names[initials].add(name)
        return names

    def _list_organizations(self) -> Iterator[tuple[int, str]]:
        for entity in self.entities:
            if entity.kind == "ORG":
                yield entity.span.start, strip_article_and_possessive(entity.span.of(self.text))

    @cached_property
    def author(self) -> Speaker | None:
        """Who "I" is outside all quotes: by the byline, by the page, or else the publisher."""
        byline = BYLINE.search(self.text, 0, LENGTH_OF_ARTICLE_HEAD)
        if byline:
            return Speaker(byline["name"], "person", 0.7, "author", mention=byline["name"])
        if self.written_by and "," not in self.written_by:
            return Speaker(self.written_by, "person", 0.7, "author")
        if self.publisher:
            return Speaker(self.publisher, "organization", 0.5, "author")
        return None
