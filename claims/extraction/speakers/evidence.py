"""What the quotes before tell of the one whose speaker is asked for, passed on from quote to quote."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from claims.extraction.schema import Gender
from claims.extraction.speakers.answers import ResolvedQuote
from claims.extraction.speakers.person import Person
from claims.extraction.speakers.roles import RoleTable


class Evidence(NamedTuple):
    """What is known when a quote is read. Rules read it; only `resolve_speakers` makes it.

    `quotes`: those resolved before, the latest last. `roles`: what the article calls each person,
    up to here. `genders`: the pronoun by which an earlier quote has called a person.
    """

    quotes: Sequence[ResolvedQuote]
    roles: RoleTable
    genders: Mapping[Person, Gender]

    def find_gender(self, person: Person) -> Gender | None:
        return person.find_gender(self.genders.get(person))

    def may_be(self, person: Person, gender: Gender) -> bool:
        """Return whether the person is of the gender, or of none that is known."""
        return self.find_gender(person) in (gender, None)

    def list_latest_first(self) -> Iterable[ResolvedQuote]:
        return reversed(self.quotes)

    def get_last_outer_quote(self) -> ResolvedQuote | None:
        """Return the latest quote that stands within no other."""
        for resolved in self.list_latest_first():
            if resolved.quote.within is None:
                return resolved
        return None
