"""What stands beside the names of actors in a list, so that no two rows of it look the same."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format
from django.utils.text import Truncator

if TYPE_CHECKING:
    from claims.models import Actor

LONGEST_QUALIFIER_TITLE = 60  # characters
NO_DATE = "no date"  # what stands in the place of the date of an article that has none


@dataclass(frozen=True, slots=True)
class ListedActor:
    """An actor in a list.

    Outlet, day and title are those of the one article that it is known in, else None.
    """

    slug: str
    name: str
    kind: str
    outlet: str | None = None
    day: date | None = None
    title: str | None = None

    def qualifiers(self) -> Iterator[str]:
        """Yield three texts that may stand beside the name, the shortest first.

        The last is like no other.
        """
        if self.outlet is None:
            yield ""
            yield self.kind
            yield f"{self.kind}, {self.slug}"
            return
        day = date_format(self.day, "j F Y") if self.day else NO_DATE
        title = Truncator(self.title or "").chars(LONGEST_QUALIFIER_TITLE)
        yield f"{self.outlet}, {day}"
        yield f"{self.outlet}, {day}, “{title}”"
        yield f"{self.outlet}, {day}, “{title}”, {self.slug}"


def build_listed_actor(actor: "Actor") -> ListedActor:
    """Return the actor as a list shows it.

    Reads its article and outlet, if it is known in one alone.
    """
    listed = ListedActor(actor.slug, actor.name, actor.kind)
    article = actor.article
    if article is None:
        return listed
    return replace(
        listed, outlet=article.outlet.name, day=article.published_on, title=article.title
    )


def list_qualifiers(rows: Sequence[ListedActor]) -> list[str]:
    """Return the shortest qualifier of each row that no other row of its name has."""
    forms = [list(row.qualifiers()) for row in rows]
    chosen = [form[0] for form in forms]
    for longer in (1, 2):
        names = [row.name for row in rows]
        bearers = Counter(zip(names, chosen, strict=True))
        for number, name in enumerate(names):
            if bearers[name, chosen[number]] > 1:
                chosen[number] = forms[number][longer]
    return chosen


def qualify_actors(actors: Iterable["Actor"]) -> list["Actor"]:
    """Return the actors, each with its `qualifier` among these."""
    rows = list(actors)
    qualifiers = list_qualifiers([build_listed_actor(actor) for actor in rows])
    for actor, qualifier in zip(rows, qualifiers, strict=True):
        actor.qualifier = qualifier
    return rows


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
    """Return those that may be the actor, the likeliest first.

    The actor must come with them, by `ActorQuerySet.with_alike`.
    """
    pairs = [*getattr(actor, "alike_first", []), *getattr(actor, "alike_second", [])]
    others = [build_listed_actor_of_pair(pair) for pair in pairs]
    _, *qualifiers = list_qualifiers([build_listed_actor(actor), *others])
    alike = []
    for other, qualifier, pair in zip(others, qualifiers, pairs, strict=True):
        alike.append(
            AlikeActor(
                slug=other.slug,
                name=other.name,
                qualifier=qualifier,
                score=pair["score"],
                reasons=pair["reasons"],
                judgement=pair["judgement"],
            )
        )
    return sorted(alike, key=lambda other: (-other.score, other.slug))


def build_listed_actor_of_pair(pair: dict[str, Any]) -> ListedActor:
    """Return the actor on the other side of a pair, as `ActorQuerySet.with_alike` reads it."""
    day = date.fromisoformat(pair["day"]) if pair["day"] else None
    return ListedActor(pair["slug"], pair["name"], pair["kind"], pair["outlet"], day, pair["title"])
