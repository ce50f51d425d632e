"""Says how likely two names are one actor's, and why, from the words alone."""

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.fuzz import ratio

from claims.extraction.lexicon.persons import GENERATION_SUFFIXES, PERSON_TITLES
from claims.extraction.lexicon.short_names import SHORT_FORMS
from claims.models.names import build_initials, build_name_key

# From these ratios of rapidfuzz on, two words, or two names of several words, are spelt alike.
LEAST_WORD_RATIO = 0.8
LEAST_NAME_RATIO = 0.85
# The letters that a short form of a given name has at least ("Jen" for "Jennifer").
SHORTEST_SHORT_FORM = 3
# The letters that a word has at least to tell an actor's role.
SHORTEST_ROLE_WORD = 4
# What two actors of different kinds lose, though their names are alike.
OTHER_KIND_PENALTY = 0.15
# The most that two persons can have of whom one alone is, say, “Jr.”.
HIGHEST_SCORE_OF_OTHER_SUFFIX = 0.3


@dataclass(frozen=True)
class CalledActor:
    """An actor as it is called.

    `forms` are all its names; `everywhere` is false where it is known in one article alone.
    """

    name: str
    kind: str
    forms: tuple[str, ...] = ()
    everywhere: bool = True

    @cached_property
    def key(self) -> str:
        return build_name_key(self.name)

    @cached_property
    def initials(self) -> str:
        """The first letters of a body's words; empty for a name of one word."""
        return build_initials(self.key) if " " in self.key else ""

    @cached_property
    def words(self) -> list[str]:
        return self.key.split()

    @cached_property
    def sorted_words(self) -> str:
        return " ".join(sorted(self.words))

    @cached_property
    def person_name(self) -> "PersonName | None":
        """The parts of a person's name; None for all other kinds."""
        return split_person_name(self.key) if self.kind == "person" else None

    @cached_property
    def surname(self) -> str:
        """The surname of a person; empty for all other kinds."""
        return self.person_name.surname if self.person_name else ""

    @cached_property
    def is_full(self) -> bool:
        """Whether the name is more than a bare surname."""
        return self.kind != "person" or self.is_full_person

    @cached_property
    def is_full_person(self) -> bool:
        return self.person_name is not None and bool(self.person_name.given)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like two names are.

    `score` is between 0 and 1; `surname` says that they are persons of one surname, whom a reader
    may take for one.
    """

    score: float
    reason: str
    surname: bool = False


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name: given names, surname, and what tells generations apart (“jr”)."""

    given: tuple[str, ...]
    surname: str
    suffix: str


def split_person_name(key: str) -> PersonName:
    """Return the parts of the key of a person's name, titles left out."""
    words = key.split()
    while len(words) > 1 and words[0] in PERSON_TITLES:
        words = words[1:]
    suffix = ""
    if len(words) > 1 and words[-1] in GENERATION_SUFFIXES:
        suffix = words.pop()
    surname = words[-1] if words else ""
    return PersonName(tuple(words[:-1]), surname, suffix)


def compare_called_actors(one: CalledActor, other: CalledActor) -> Likeness | None:
    """Return what the names alone say of two actors, or None if nothing makes them worth a look."""
    if "unnamed" in (one.kind, other.kind):
        return None
    if one.kind == "person" and other.kind == "person":
        return compare_persons(one, other)
    if one.kind == "person" or other.kind == "person":
        return None
    if not one.everywhere or not other.everywhere:
        return None  # “the campaign” is another one in each article
    likeness = compare_bodies(one, other)
    if likeness is None or one.kind == other.kind:
        return likeness
    first, second = format_kind_with_article(one.kind), format_kind_with_article(other.kind)
    reason = f"{likeness.reason}, but {first} and {second}"
    return Likeness(likeness.score - OTHER_KIND_PENALTY, reason)


def compare_persons(one: CalledActor, other: CalledActor) -> Likeness | None:
    first, second = one.person_name, other.person_name
    if first is None or second is None:
        return None
    if first.surname != second.surname:
        return compare_across_surnames(first, second)
    if not first.given and not second.given:
        return Likeness(0.4, "the same surname alone in two articles", surname=True)
    if not first.given:
        return build_short_name_likeness(one, other)
    if not second.given:
        return build_short_name_likeness(other, one)
    score, reason = compare_given_names(first, second)
    if first.suffix != second.suffix and score > HIGHEST_SCORE_OF_OTHER_SUFFIX:
        suffix = first.suffix or second.suffix
        score = HIGHEST_SCORE_OF_OTHER_SUFFIX
        reason = f"one is “{suffix.capitalize()}”, the other is not"
    return Likeness(score, reason, surname=True)


def build_short_name_likeness(short: CalledActor, long: CalledActor) -> Likeness:
    return Likeness(0.6, f"“{short.name}” may be short for “{long.name}”", surname=True)


def compare_given_names(one: PersonName, other: PersonName) -> tuple[float, str]:
    """Return a score and its reason, of two persons of one surname who both have a given name."""
    short, long = sorted((one.given[0], other.given[0]), key=len)
    if short == long:
        return 0.85, "the same given name and surname"
    if len(short) == 1 and long.startswith(short):
        return 0.7, f"“{short.upper()}.” may stand for “{long.capitalize()}”"
    if is_short_form(short, long):
        return 0.65, f"“{short.capitalize()}” may be short for “{long.capitalize()}”"
    if compute_spelling_ratio(short, long) >= LEAST_WORD_RATIO:
        return 0.55, "the same surname, and given names spelt alike"
    return 0.1, "two people of this surname"


def is_short_form(short: str, long: str) -> bool:
    is_beginning = len(short) >= SHORTEST_SHORT_FORM and long.startswith(short)
    return is_beginning or (short, long) in SHORT_FORMS


def compare_across_surnames(one: PersonName, other: PersonName) -> Likeness | None:
    first = (*one.given, one.surname)
    second = (*other.given, other.surname)
    if len(first) < 2 or len(second) < 2:
        return None
    if sorted(first) == sorted(second):
        return Likeness(0.7, "the same names in another order")
    if set(first) <= set(second) or set(second) <= set(first):
        return Likeness(0.6, "one name holds the other")
    surname_ratio = compute_spelling_ratio(one.surname, other.surname)
    if first[0] == second[0] and surname_ratio >= LEAST_WORD_RATIO:
        return Likeness(0.6, "the same given name, and surnames spelt alike")
    return None


def compare_bodies(one: CalledActor, other: CalledActor) -> Likeness | None:
    """Compare organizations, states, groups and documents."""
    if one.key == other.key:
        return Likeness(0.8, "the same name")
    for short, long in ((one, other), (other, one)):
        is_one_word = len(short.key) > 1 and " " not in short.key
        if is_one_word and short.key == long.initials:
            return Likeness(0.75, f"“{short.key.upper()}” is the initials of “{long.name}”")
    fewer, more = (one, other) if len(one.words) <= len(other.words) else (other, one)
    if {one.kind, other.kind} <= {"organization", "state"} and set(fewer.words) < set(more.words):
        if len(fewer.words) > 1:
            return Likeness(0.5, "one name holds the other")
        if fewer.words[0] == more.words[-1]:
            return Likeness(0.4, "one name is the last word of the other")
        return None
    least = 100 * LEAST_NAME_RATIO
    if ratio(fewer.sorted_words, more.sorted_words, score_cutoff=least) >= least:
        return Likeness(0.55, "the names are spelt alike")
    return None


def compute_spelling_ratio(one: str, other: str) -> float:
    """Return how alike two texts are spelt, from 0 to 1."""
    return ratio(one, other) / 100


def format_kind_with_article(kind: str) -> str:
    article = "an" if kind[0] in "aeiou" else "a"
    return f"{article} {kind}"


def list_role_words(called: CalledActor) -> set[str]:
    """Return the words by which articles call an actor beside its name.

    "Press Secretary Psaki" gives "press" and "secretary".
    """
    own_words = set(called.key.split())
    role_words: set[str] = set()
    for form in called.forms:
        role_words.update(
            word for word in build_name_key(form).split() if len(word) >= SHORTEST_ROLE_WORD
        )
    return role_words - own_words


def list_shared_role_words(one: CalledActor, other: CalledActor) -> list[str]:
    return sorted(list_role_words(one) & list_role_words(other))
