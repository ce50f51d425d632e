"""The names that an article holds, and the persons among them."""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from claims.extraction.schema import Span
from claims.extraction.speakers.person import Person, PersonMention
from claims.extraction.speakers.person_names import fold_word
from claims.extraction.speakers.telling_apart import tell_apart

EntityKind = Literal["PER", "ORG", "LOC", "MISC"]


@dataclass(frozen=True, slots=True)
class Entity:
    """A name in the text, and whether it is a person's, an organization's, a place's or another."""

    span: Span
    kind: EntityKind


class PersonIndex:
    """The persons of one article: where each is named, and who bears which name.

    Nothing in it changes once it is made.
    """

    def __init__(self, text: str, entities: Iterable[Entity]):
        spans = [entity.span for entity in entities if entity.kind == "PER"]
        register = tell_apart(text, spans)
        self.persons = list(register.persons.values())
        self.persons_by_name = {person.name: person for person in self.persons}
        # The family names of those named in full.
        self.family_names: set[str] = set()
        for person in self.persons:
            if person.has_full_name:
                self.family_names |= person.family_names
        mentions = [register.mentions[span] for span in spans if span in register.mentions]
        self.mentions = sorted(mentions, key=lambda mention: mention.span)
        self._starts = [mention.span.start for mention in self.mentions]
        self._mentions_by_span = register.mentions
        self._persons_by_word = register.persons_by_word

    def get_mention(self, span: Span) -> PersonMention | None:
        """Return the mention at exactly this span."""
        return self._mentions_by_span.get(span)

    def find_by_surname(self, word: str) -> Person | None:
        """Return the only person of that family name, given as one word."""
        surname = fold_word(word)
        bearers = [
            person
            for person in self._persons_by_word.get(surname, ())
            if surname in person.family_names
        ]
        return bearers[0] if len(bearers) == 1 else None

    def list_within(self, start: int, end: int) -> list[tuple[Span, Person]]:
        """Return the mentions between two offsets that plainly mean somebody, in the order of the
        text.
        """
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return [
            (mention.span, mention.person)
            for mention in self.mentions[first:last]
            if mention.person and mention.span.end <= end
        ]
