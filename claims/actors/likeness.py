"""How likely two names are one actor's, and why: plain words, no database."""

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.fuzz import ratio

from claims.extraction.lexicon.persons import GENERATION_SUFFIXES, PERSON_TITLES
from claims.models.names import build_initials, build_name_key

LEAST_WORD_RATIO = 0.8  # from this ratio of rapidfuzz on, two words are spelt alike
LEAST_NAME_RATIO = 0.85  # and two names of several words
SHORTEST_SHORT_FORM = (
    3  # letters that a short form of a given name has at least ("Jen" for "Jennifer")
)

# Short forms that are no beginnings of the long one.
SHORT_FORMS_TEXT = """
    andy:andrew beth:elizabeth betsy:elizabeth bill:william bob:robert cathy:catherine chuck:charles dave:david
    debbie:deborah dick:richard hank:henry harry:harold jack:john jim:james joe:joseph kate:katherine kathy:katherine
    larry:lawrence len:leonard liz:elizabeth meg:margaret mike:michael nick:nicholas peggy:margaret rick:richard sue:susan
    ted:edward tom:thomas tony:anthony
"""
SHORT_FORMS = {tuple(pair.split(":")) for pair in SHORT_FORMS_TEXT.split()}


@dataclass(frozen=True)
class CalledActor:
    """An actor as it is called: `forms` are all its names; `everywhere` is false where it is known in one article alone."""

    name: str
    kind: str
    forms: tuple[str, ...] = ()
    everywhere: bool = True

    @cached_property
    def key(self) -> str:
        return build_name_key(self.name)

    @cached_property
    def surname(self) -> str:
        """A person's; empty for all else."""
        return split_person_name(self.key).surname if self.kind == "person" else ""

    @property
    def full(self) -> bool:
        """Whether it is more than a bare surname."""
        return self.kind != "person" or self.full_person

    @cached_property
    def full_person(self) -> bool:
        return self.kind == "person" and bool(split_person_name(self.key).given)


@dataclass(frozen=True, slots=True)
class Likeness:
    """`score` is between 0 and 1. `surname`: two persons of one surname, which a reader may take for one."""

    score: float
    reason: str
    surname: bool = False


@dataclass(frozen=True, slots=True)
class PersonName:
    given: tuple[str, ...]
    surname: str
    suffix: str


def split_person_name(key: str) -> PersonName:
    words = key.split()
    while len(words) > 1 and words[0] in PERSON_TITLES:
        words = words[1:]
    suffix = words.pop() if len(words) > 1 and words[-1] in GENERATION_SUFFIXES else ""
    return PersonName(tuple(words[:-1]), words[-1] if words else "", suffix)


def compare_called_actors(one: CalledActor, other: CalledActor) -> Likeness | None:
    """What the names alone say; None: nothing that makes them worth a look."""
    if "unnamed" in (one.kind, other.kind) or (one.kind == "person") != (other.kind == "person"):
        return None
    if one.kind == "person":
        return compare_persons(one, other)
    found = (
        compare_bodies(one, other) if one.everywhere and other.everywhere else None
    )  # "the campaign" is as many as articles
    if found and one.kind != other.kind:
        return Likeness(
            found.score - 0.15,
            f"{found.reason}, but {format_kind_with_article(one.kind)} and {format_kind_with_article(other.kind)}",
        )
    return found


def compare_persons(one: CalledActor, other: CalledActor) -> Likeness | None:
    first, second = split_person_name(one.key), split_person_name(other.key)
    if first.surname != second.surname:
        return compare_across_surnames(first, second)
    if not first.given and not second.given:
        return Likeness(0.4, "the same surname alone in two articles", surname=True)
    if not first.given or not second.given:
        short, long = (one, other) if not first.given else (other, one)
        return Likeness(0.6, f"“{short.name}” may be short for “{long.name}”", surname=True)
    score, reason = compare_given_names(first, second)
    if first.suffix != second.suffix and score > 0.3:
        return Likeness(
            0.3,
            f"one is “{(first.suffix or second.suffix).capitalize()}”, the other is not",
            surname=True,
        )
    return Likeness(score, reason, surname=True)


def compare_given_names(one: PersonName, other: PersonName) -> tuple[float, str]:
    """Of two persons of one surname."""
    first, second = sorted((one.given[0], other.given[0]), key=len)
    if first == second:
        return 0.85, "the same given name and surname"
    if len(first) == 1 and second.startswith(first):
        return 0.7, f"“{first.upper()}.” may stand for “{second.capitalize()}”"
    if (len(first) >= SHORTEST_SHORT_FORM and second.startswith(first)) or (
        first,
        second,
    ) in SHORT_FORMS:
        return 0.65, f"“{first.capitalize()}” may be short for “{second.capitalize()}”"
    if compute_spelling_ratio(first, second) >= LEAST_WORD_RATIO:
        return 0.55, "the same surname, and given names spelt alike"
    return 0.1, "two people of this surname"


def compare_across_surnames(one: PersonName, other: PersonName) -> Likeness | None:
    first, second = (*one.given, one.surname), (*other.given, other.surname)
    if min(len(first), len(second)) < 2:
        return None
    if sorted(first) == sorted(second):
        return Likeness(0.7, "the same names in another order")
    if set(first) <= set(second) or set(second) <= set(first):
        return Likeness(0.6, "one name holds the other")
    if (
        first[0] == second[0]
        and compute_spelling_ratio(one.surname, other.surname) >= LEAST_WORD_RATIO
    ):
        return Likeness(0.6, "the same given name, and surnames spelt alike")
    return None


def compare_bodies(one: CalledActor, other: CalledActor) -> Likeness | None:
    """Organizations, states, groups and documents."""
    first, second = one.key, other.key
    if first == second:
        return Likeness(0.8, "the same name")
    for short, long in ((first, second), (second, first)):
        if " " not in short and len(short) > 1 and " " in long and short == build_initials(long):
            return Likeness(
                0.75,
                f"“{short.upper()}” is the initials of “{one.name if long == first else other.name}”",
            )
    mine, others = sorted((first.split(), second.split()), key=len)
    if set(mine) < set(others) and {one.kind, other.kind} <= {"organization", "state"}:
        if len(mine) > 1:
            return Likeness(0.5, "one name holds the other")
        return (
            Likeness(0.4, "one name is the last word of the other")
            if mine[0] == others[-1]
            else None
        )
    if compute_spelling_ratio(" ".join(sorted(mine)), " ".join(sorted(others))) >= LEAST_NAME_RATIO:
        return Likeness(0.55, "the names are spelt alike")
    return None


def compute_spelling_ratio(one: str, other: str) -> float:
    return ratio(one, other) / 100


def format_kind_with_article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def list_role_words(called: CalledActor) -> set[str]:
    """The words by which articles call an actor beside its name: "Press Secretary Psaki" → press, secretary."""
    own = set(called.key.split())
    return {
        word
        for form in called.forms
        for word in build_name_key(form).split()
        if word not in own and len(word) > 3
    }


def list_shared_role_words(one: CalledActor, other: CalledActor) -> list[str]:
    return sorted(list_role_words(one) & list_role_words(other))
