"""The offices that articles give an actor, as its page tells them: "President of Veldania, 2016–2018"."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from claims.models import Actor

MOST_OFFICES_SHOWN = 6
# What so few articles tell, beside the office that most tell, is a slip more often than not.
LEAST_SHARE_OF_ARTICLES = 0.05
PLACES_WITH_ARTICLE = (
    *("United States", "United Kingdom", "United Arab Emirates", "United Nations"),
    *("Netherlands", "Philippines", "European Union", "Czech Republic", "Dominican Republic"),
    *("Maldives", "Gambia", "Bahamas", "Central African Republic"),
)


@dataclass(frozen=True, slots=True)
class OfficeShown:
    """An office of an actor: its name with the place, the years, and how many outlets tell it.

    `title` and `place` are the parts of the name.
    """

    name: str
    years: str
    outlets: int
    title: str = ""
    place: str = ""


@dataclass(slots=True)
class ToldOffice:
    """An office of one title and place, as articles tell it together."""

    title: str
    place: str
    since: int | None
    until: int | None
    outlets: set[int]
    articles: int

    def add(self, other: "ToldOffice") -> None:
        """Count what articles tell of it without the place, too."""
        years = [year for year in (self.since, other.since) if year]
        self.since = min(years, default=None)
        years = [year for year in (self.until, other.until) if year]
        self.until = max(years, default=None)
        self.outlets |= other.outlets
        self.articles += other.articles


def list_offices(actor: Actor) -> list[OfficeShown]:
    """Return the offices of an actor that comes with them (`ActorQuerySet.with_offices`), the latest
    first.
    """
    rows: list[dict[str, Any]] = getattr(actor, "offices_told", [])
    told = join_placeless([build_told_office(row) for row in rows])
    most = max((office.articles for office in told), default=0)
    kept = [office for office in told if office.articles >= LEAST_SHARE_OF_ARTICLES * most]
    kept.sort(
        key=lambda office: (-(office.until or 0), -office.articles, office.title, office.place)
    )
    shown = []
    for office in kept[:MOST_OFFICES_SHOWN]:
        shown.append(
            OfficeShown(
                name=format_office(office),
                years=format_years(office),
                outlets=len(office.outlets),
                title=office.title,
                place=office.place,
            )
        )
    return shown


def build_told_office(row: dict[str, Any]) -> ToldOffice:
    return ToldOffice(**{**row, "outlets": set(row["outlets"])})


def join_placeless(told: list[ToldOffice]) -> list[ToldOffice]:
    """Return the offices, those told without a place with that of the one place of their title."""
    by_title: defaultdict[str, list[ToldOffice]] = defaultdict(list)
    for office in told:
        by_title[office.title].append(office)
    joined = []
    for offices in by_title.values():
        placed = [office for office in offices if office.place]
        placeless = [office for office in offices if not office.place]
        if len(placed) == 1 and placeless:
            placed[0].add(placeless[0])
            placeless = []
        joined += [*placed, *placeless]
    return joined


def format_office(office: ToldOffice) -> str:
    """Return "President of the United States"."""
    name = office.title[:1].upper() + office.title[1:]
    for initials in ("fbi", "cia"):
        name = name.replace(initials.title(), initials.upper())
    if not office.place:
        return name
    article = "the " if office.place in PLACES_WITH_ARTICLE else ""
    return f"{name} of {article}{office.place}"


def format_years(office: ToldOffice) -> str:
    """Return "2016–2018", one year alone, or nothing where no article has a date."""
    if office.since is None or office.since == office.until:
        return str(office.since or "")
    return f"{office.since}–{office.until}"
