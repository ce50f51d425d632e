"""Decides which names are one person's, from names and from what articles say. No database here.

The result depends on nothing but what is given, never on the order: pairs are looked at in the order
of their names, and two are joined only if every two of all that would be one may be one.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations

from claims.actors.likeness import LEAST_WORD_RATIO, PersonName, compute_spelling_ratio
from claims.actors.stories import is_near_in_time
from claims.extraction.lexicon.given_names import GIVEN_NAMES, GIVEN_NAMES_OF_MEN
from claims.extraction.lexicon.persons import NAME_PARTICLES
from claims.extraction.lexicon.short_names import SHORT_FORMS

SHORTEST_SHORT_FORM = 3  # letters of a short form that is the beginning of a given name
ARTICLES_COUNTED = 50  # of each name, to see which is used most
DAYS_OF_OFFICE = 365  # so far apart are articles that name one holder of an office at most
SIGHTINGS_COMPARED = 40  # articles of each name, to see whether they are of one story
# Who is named in so many articles, and so many times as often as anybody else of the surname, is
# likely to be meant by the surname alone where none of them is in a story.
LEAST_ARTICLES_OF_PROMINENT = 5
LEAST_TIMES_AS_PROMINENT = 3
LEAST_TIMES_IN_STORY = 4  # the same, of articles of the story

CALLED_SO_REASON = "articles call the one by the name of the other"
SAME_STORY_REASON = "both names stand in articles of one story"
SAME_QUOTATION_REASON = "one quotation is credited to both"
SAME_OFFICE_REASON = "both hold the same office, in one year"
SAME_NAME_REASON = "the names differ by an initial alone"
ONLY_ONE_REASON = "nobody else of this surname is in the stories about it"
MOST_OFTEN_REASON = "nearly all articles of these weeks that name the surname in full mean this one"


@dataclass(frozen=True, slots=True)
class Sighting:
    """An article that names an actor: its number, what it is known by, and its day."""

    article: int
    key: str
    day: date | None


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """A person as named: everywhere by a full name, or in one article by a bare one."""

    number: int
    key: str
    name: PersonName
    sightings: tuple[Sighting, ...] = ()
    called: frozenset[str] = frozenset()  # keys of what else articles call them
    offices: frozenset[str] = frozenset()  # titles that tell an office: "senator"
    quotations: frozenset[int] = frozenset()  # numbers of what they say, where that is long
    is_decided: bool = False  # whether a person merged or split it, or gave it a number elsewhere


@dataclass(frozen=True, slots=True)
class FoundJoin:
    """A name that is taken for an actor's, or may be if that is not sure, by their numbers, and why."""

    alias: int
    actor: int
    reasons: tuple[str, ...]
    is_sure: bool = True


@dataclass
class Grouping:
    """What was found: joins that are sure, and pairs that may be one, with why."""

    joins: list[FoundJoin] = field(default_factory=list)
    unsure: list[FoundJoin] = field(default_factory=list)


# How many of the articles that are near to one in time are of its story.
StoryCount = Callable[[Sighting, Sequence[Sighting]], int]


def may_be_one_person(one: PersonName, other: PersonName) -> bool:
    """Return whether two full names of one surname may be one person's."""
    if one.suffix != other.suffix and not may_leave_out_suffix(one, other):
        return False
    short, long = sorted((one.given, other.given), key=len)
    if not short or is_second_given_name(short, long):
        return True
    if not may_be_one_given_name(short[0], long[0]):
        return False
    middles = list(long[1:])
    for middle in short[1:]:
        while middles and not may_be_one_middle_name(middle, middles[0]):
            middles.pop(0)
        if not middles:
            return False
        middles.pop(0)
    return True


def may_leave_out_suffix(one: PersonName, other: PersonName) -> bool:
    """Return whether one may be the other without "Jr": "Joe" and "Joseph R. Biden Jr" may, but of
    two with the same given name they are father and son.
    """
    if {one.suffix, other.suffix} != {"", "jr"} or not one.given or not other.given:
        return False
    short, long = sorted((one.given[0], other.given[0]), key=len)
    return short != long and is_short_form(short, long)


def is_second_given_name(short: Sequence[str], long: Sequence[str]) -> bool:
    """Return whether a person goes by the second of two given names: "Tayyip Erdogan"."""
    if len(short) != 1 or len(long) != 2 or len(short[0]) == 1:
        return False
    return short[0] == long[1] and not NAME_PARTICLES.intersection(long)


def may_be_one_given_name(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long or (len(short) == 1 and long.startswith(short)):
        return True
    return is_short_form(short, long) or are_spelt_alike(short, long)


def is_short_form(short: str, long: str) -> bool:
    is_beginning = len(short) >= SHORTEST_SHORT_FORM and long.startswith(short)
    return is_beginning or (short, long) in SHORT_FORMS


def are_spelt_alike(one: str, other: str) -> bool:
    """Return whether two words are one but for a slip; two given names of their own are not."""
    if one in GIVEN_NAMES and other in GIVEN_NAMES:
        return False
    return compute_spelling_ratio(one, other) >= LEAST_WORD_RATIO


def may_be_one_middle_name(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    if short == long or (len(short) == 1 and long.startswith(short)):
        return True
    return are_spelt_alike(short, long)


def differ_by_initials_alone(one: PersonName, other: PersonName) -> bool:
    """Return whether two names are one but for initials in the middle: "John F. Kerry"."""
    if not one.given or not other.given or one.given[0] != other.given[0]:
        return False
    if len(one.given[0]) == 1:
        return False
    middles = [name for name in (*one.given[1:], *other.given[1:]) if len(name) > 1]
    return len(set(middles)) <= 1 and all(len(each.given) < 3 for each in (one, other))


def group_full_names(
    people: Sequence[NamedPerson], apart: set[tuple[int, int]], count_story: StoryCount
) -> Grouping:
    """Join the full names of one surname that are surely one person's.

    `apart` are the pairs, each in ascending order, that a person found to be two actors.
    """
    ordered = sorted(people, key=lambda person: (person.key, person.number))
    likely = [
        (one, other)
        for one, other in combinations(ordered, 2)
        if may_be_one_person(one.name, other.name)
    ]
    reasons: dict[tuple[int, int], list[str]] = {}
    for one, other in likely:
        reasons[one.number, other.number] = list_reasons(one, other, count_story)
    torn = find_torn(pair for pair in likely if reasons[get_pair(*pair)])

    group_of = {person.number: [person] for person in ordered}
    grouping = Grouping()

    def rank(pair: tuple[NamedPerson, NamedPerson]) -> tuple[bool, int]:
        one, other = pair
        return one.name.suffix != other.name.suffix, -len(reasons[get_pair(one, other)])

    for one, other in sorted(likely, key=rank):
        why = reasons[one.number, other.number]
        is_torn = one.number in torn or other.number in torn
        is_called = CALLED_SO_REASON in why
        if not why or (is_torn and not is_called):
            if not is_apart(one.number, other.number, apart):
                grouping.unsure.append(FoundJoin(one.number, other.number, tuple(why)))
            continue
        first, second = group_of[one.number], group_of[other.number]
        if first is second or not may_be_one_group(first, second, apart):
            continue
        first.extend(second)
        for person in second:
            group_of[person.number] = first
    seen = set()
    for group in group_of.values():
        if id(group) in seen or len(group) == 1:
            continue
        seen.add(id(group))
        head = choose_head(group)
        for person in group:
            if person is not head:
                why = reasons.get(get_sorted_pair(person, head, ordered)) or [SAME_STORY_REASON]
                grouping.joins.append(FoundJoin(person.number, head.number, tuple(why)))
    return grouping


def get_pair(one: NamedPerson, other: NamedPerson) -> tuple[int, int]:
    return one.number, other.number


def get_sorted_pair(
    one: NamedPerson, other: NamedPerson, ordered: Sequence[NamedPerson]
) -> tuple[int, int]:
    if ordered.index(one) < ordered.index(other):
        return one.number, other.number
    return other.number, one.number


def is_apart(one: int, other: int, apart: set[tuple[int, int]]) -> bool:
    return (min(one, other), max(one, other)) in apart


def is_apart_from_any(one: int, others: Iterable[int], apart: set[tuple[int, int]]) -> bool:
    return any(is_apart(one, other, apart) for other in others)


def may_be_one_group(
    first: Iterable[NamedPerson], second: Sequence[NamedPerson], apart: set[tuple[int, int]]
) -> bool:
    for one in first:
        for other in second:
            if is_apart(one.number, other.number, apart):
                return False
            if not may_be_one_person(one.name, other.name):
                return False
    return True


def find_torn(likely: Iterable[tuple[NamedPerson, NamedPerson]]) -> set[int]:
    """Return those who may be one with two others that are not one: "George Bush", of whom there
    are "George H. W." and "George W."
    """
    partners: defaultdict[int, list[NamedPerson]] = defaultdict(list)
    for one, other in likely:
        short, long = sorted((one.name.given, other.name.given), key=len)
        if is_second_given_name(short, long):
            continue
        partners[one.number].append(other)
        partners[other.number].append(one)
    torn = set()
    for number, others in partners.items():
        for first, second in combinations(others, 2):
            if not may_be_one_person(
                replace(first.name, suffix=""), replace(second.name, suffix="")
            ):
                torn.add(number)
    return torn


def list_reasons(one: NamedPerson, other: NamedPerson, count_story: StoryCount) -> list[str]:
    """Return what makes sure that two full names are one person's; nothing where nothing does."""
    reasons: list[str] = []
    if one.name.suffix != other.name.suffix and are_seen_together(one, other):
        return reasons
    if one.key in other.called or other.key in one.called:
        reasons.append(CALLED_SO_REASON)
    if differ_by_initials_alone(one.name, other.name):
        reasons.append(SAME_NAME_REASON)
    if one.quotations & other.quotations:
        reasons.append(SAME_QUOTATION_REASON)
    if one.offices & other.offices and are_of_one_year(one, other):
        reasons.append(SAME_OFFICE_REASON)
    if not reasons and have_common_story(one, other, count_story):
        reasons.append(SAME_STORY_REASON)
    return reasons


def are_of_one_year(one: NamedPerson, other: NamedPerson) -> bool:
    """Return whether articles name both within a year, those without a date aside."""
    first = [seen.day for seen in one.sightings if seen.day]
    second = [seen.day for seen in other.sightings if seen.day]
    if not first or not second:
        return False
    return (max(min(first), min(second)) - min(max(first), max(second))).days <= DAYS_OF_OFFICE


def are_seen_together(one: NamedPerson, other: NamedPerson) -> bool:
    """Return whether an article names both."""
    articles = {seen.article for seen in one.sightings}
    return any(seen.article in articles for seen in other.sightings)


def have_common_story(one: NamedPerson, other: NamedPerson, count_story: StoryCount) -> bool:
    fewer, more = sorted((one.sightings, other.sightings), key=len)
    return any(count_story(here, select_near(here, more)) for here in fewer[:SIGHTINGS_COMPARED])


def select_near(here: Sighting, sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return those of the articles that are near to one in time, the nearest first, of many a few."""
    near = [seen for seen in sightings if is_near_in_time(here.day, seen.day)]

    def rank(seen: Sighting) -> tuple[int, str]:
        days = abs((here.day - seen.day).days) if here.day and seen.day else 0
        return days, seen.key

    return sorted(near, key=rank)[:SIGHTINGS_COMPARED]


def choose_head(group: Iterable[NamedPerson]) -> NamedPerson:
    """Return the name under which a group is shown: the most used, the plainest, the first.

    One on which a person decided goes before all others.
    """

    def rank(person: NamedPerson) -> tuple[bool, int, bool, int, str, int]:
        initials = any(len(word) == 1 for word in person.name.given)
        articles = min(len(person.sightings), ARTICLES_COUNTED)
        plainness = (initials, len(person.name.given), person.key, person.number)
        return not person.is_decided, -articles, *plainness

    return min(group, key=rank)


# Bare names


@dataclass(frozen=True, slots=True)
class Bearer:
    """Somebody whom a bare name may mean: an actor, and all articles that name it in full.

    `members` are the numbers of all full names that are taken for it.
    """

    number: int
    members: frozenset[int]
    given: tuple[str, ...]
    sightings: tuple[Sighting, ...]
    quotations: frozenset[int] = frozenset()


def find_bearer_meant(
    bare: NamedPerson,
    titles: frozenset[str],
    bearers: Sequence[Bearer],
    apart: set[tuple[int, int]],
    count_story: StoryCount,
) -> FoundJoin | None:
    """Return whom a bare name in an article may mean, or None; `is_sure` tells whether it does.

    `titles` stand before the name there. Sure is the only bearer in articles of its story. Whom
    nearly all articles of its time mean is likely, and for a person to judge. A name that is itself
    an actor's into whom others were merged is nobody else's.
    """
    if any(bare.number in bearer.members for bearer in bearers):
        return None
    (here,) = bare.sightings
    possible = [
        bearer
        for bearer in bearers
        if not is_apart_from_any(bare.number, bearer.members, apart) and fits_titles(bearer, titles)
    ]
    credited = [bearer for bearer in possible if bearer.quotations & bare.quotations]
    if len(credited) == 1:
        return FoundJoin(bare.number, credited[0].number, (SAME_QUOTATION_REASON,))
    in_story: dict[int, int] = {}
    about: dict[int, int] = {}
    for bearer in possible:
        near = select_near(here, bearer.sightings)
        in_story[bearer.number] = count_story(here, near)
        about[bearer.number] = len(near) if here.day else 0
    best = find_far_ahead(in_story, least=1, times=LEAST_TIMES_IN_STORY)
    if best is not None:
        return FoundJoin(bare.number, best, (ONLY_ONE_REASON,))
    if bare.key in GIVEN_NAMES and not titles:
        return None
    best = find_far_ahead(about, least=LEAST_ARTICLES_OF_PROMINENT, times=LEAST_TIMES_AS_PROMINENT)
    if best is None or in_story[best] < max(in_story.values()):
        return None
    return FoundJoin(bare.number, best, (MOST_OFTEN_REASON,), is_sure=False)


def find_far_ahead(counts: dict[int, int], *, least: int, times: int) -> int | None:
    """Return who is counted so often, and so many times as often as each of the others."""
    ranked = sorted(counts.items(), key=lambda count: -count[1])
    if not ranked or ranked[0][1] < least:
        return None
    if len(ranked) > 1 and ranked[0][1] < times * ranked[1][1]:
        return None
    return ranked[0][0]


def fits_titles(bearer: Bearer, titles: frozenset[str]) -> bool:
    """Return whether a person may have these titles: no man is "Mrs"."""
    if not bearer.given:
        return True
    given = bearer.given[0]
    is_man = given in GIVEN_NAMES_OF_MEN
    is_woman = given in GIVEN_NAMES and not is_man
    if titles & {"mrs", "ms", "miss", "madam", "lady", "dame"} and is_man:
        return False
    return not (titles & {"mr", "sir", "lord"} and is_woman)
