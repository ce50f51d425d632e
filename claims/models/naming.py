"""What stands beside the names of actors in a list, so that no two rows of it look the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.text import Truncator

if TYPE_CHECKING:
    from claims.models import Actor

LONGEST_QUALIFIER_TITLE = 60  # characters
NO_DATE = "no date"  # what stands in the place of the date of an article that has none


@dataclass(frozen=True, slots=True)
class ListedActor:
    """An actor in a list; outlet, day and title are those of the article that it is known in alone, else None."""

    slug: str
    name: str
    kind: str
    outlet: str | None = None
    day: date | None = None
    title: str | None = None

    def qualifiers(self) -> Iterator[str]:
        """What may stand beside the name, the shortest first; the last is like no other."""
        if self.outlet is None:
            yield from ("", self.kind, f"{self.kind}, {self.slug}")
        else:
            day = date_format(self.day, "j F Y") if self.day else NO_DATE
            place = f"{self.outlet}, {day}"
            title = Truncator(self.title or "").chars(LONGEST_QUALIFIER_TITLE)
            yield from (place, f"{place}, “{title}”", f"{place}, “{title}”, {self.slug}")


def build_listed_actor(actor: "Actor") -> ListedActor:
    """The actor as a list shows it; reads its article and outlet, if it is known in one alone."""
    if actor.article is None:
        return ListedActor(actor.slug, actor.name, actor.kind)
    article = actor.article
    return ListedActor(
        actor.slug, actor.name, actor.kind, article.outlet.name, article.published_on, article.title
    )


def list_qualifiers(rows: Sequence[ListedActor]) -> list[str]:
    """The shortest qualifier of each row that no other row of its name has."""
    forms = [list(row.qualifiers()) for row in rows]
    chosen = [form[0] for form in forms]
    for longer in (1, 2):
        shown = Counter((row.name, text) for row, text in zip(rows, chosen, strict=True))
        chosen = [
            form[longer] if shown[row.name, text] > 1 else text
            for row, form, text in zip(rows, forms, chosen, strict=True)
        ]
    return chosen


@dataclass(frozen=True, slots=True)
class AlikeActor:
    """Another actor that may be the one a page is about, and what is known of the pair."""

    slug: str
    name: str
    qualifier: str
    score: float
    reasons: list[str]
    judgement: str | None


def list_alike_actors(actor: "Actor") -> list[AlikeActor]:
    """Those that may be the actor, the likeliest first; it must come with them (`ActorQuerySet.with_alike`)."""
    pairs = [*getattr(actor, "alike_first", []), *getattr(actor, "alike_second", [])]
    rows = [
        ListedActor(
            pair["slug"],
            pair["name"],
            pair["kind"],
            pair["outlet"],
            read_stored_day(pair["day"]),
            pair["title"],
        )
        for pair in pairs
    ]
    _, *qualifiers = list_qualifiers([build_listed_actor(actor), *rows])
    found = [
        AlikeActor(row.slug, row.name, qualifier, pair["score"], pair["reasons"], pair["judgement"])
        for row, qualifier, pair in zip(rows, qualifiers, pairs, strict=True)
    ]
    return sorted(found, key=lambda each: (-each.score, each.slug))


def read_stored_day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def qualify_actors(actors: Iterable["Actor"]) -> list["Actor"]:
    """The actors, each with its `qualifier` among these."""
    rows = list(actors)
    for actor, text in zip(
        rows, list_qualifiers([build_listed_actor(actor) for actor in rows]), strict=True
    ):
        actor.qualifier = text
    return rows
