"""Who is who among the names of persons in one article.

Mentions of one given and family name are one person, whatever stands between, unless a suffix tells
them apart. A single word is whoever bears it as family name, or else as given name, if that is only
one person or plainly the one the article is about. "Mr Rossi" is nobody called Maria: a title that
contradicts makes a person of its own.
"""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from claims.extraction.lexicon.persons import TITLES_OF_SINGLE_NAMES, WEAK_TITLES
from claims.extraction.schema import Gender, Span
from claims.extraction.speakers.person import (
    FIRST_NAMED_CONFIDENCE,
    FOREMOST_CONFIDENCE,
    Person,
    PersonMention,
)
from claims.extraction.speakers.person_names import (
    find_gender_of_titles,
    find_generation_suffix,
    find_kin_before_name,
    fold_word,
    is_in_capitals,
    list_titles_before,
    list_words_of_person,
    list_words_shown,
    read_middle_initials,
)
from claims.extraction.text.article_text import Text

TITLES_BEFORE_SURNAME = ("sheikh", "father")  # of those that stand before a given name as well
TITLES_SHOWN = ("mr", "mrs", "ms", "miss", "lord", "lady")
REACH_OF_NEXT_BEARER = 800  # characters
MOST_BEARERS = 100  # of a word: among more it tells nobody, and weighing them all would take long


@dataclass(frozen=True, slots=True)
class WrittenName:
    """A person's name as it stands in one place, taken apart; `gender` is what its titles tell."""

    span: Span
    words: tuple[str, ...]
    shown_words: tuple[str, ...]  # with initials in the middle
    suffix: str
    titles: set[str]
    gender: Gender | None

    @property
    def generation(self) -> str:
        return self.suffix.rstrip(".").casefold()

    @property
    def is_full(self) -> bool:
        return len(self.words) > 1

    @property
    def says_most(self) -> bool:
        """Whether the name is in full, or has a title that tells a man from a woman."""
        return self.is_full or self.gender is not None


def read_name(text: str, span: Span) -> WrittenName:
    mention = span.of(text)
    titles = list_titles_before(text, span)
    return WrittenName(
        span,
        list_words_of_person(mention),
        list_words_shown(mention),
        find_generation_suffix(mention),
        titles,
        find_gender_of_titles(titles),
    )


def tell_apart(text: str, spans: Iterable[Span]) -> "PersonRegister":
    """Return the persons whose names stand at `spans`, with whom each of these means.

    Names that say most are read first: the longest, then those with a title that tells a gender,
    then all others.
    """
    names = [read_name(text, span) for span in spans]
    names = [name for name in names if name.words]
    full = [name for name in names if name.is_full]
    full.sort(key=lambda name: -len(name.words))
    titled = [name for name in names if name.says_most and not name.is_full]
    rest = [name for name in names if not name.says_most]
    register = PersonRegister(text, titled)
    for name in (*full, *titled, *rest):
        if name.span not in register.mentions:
            register.add(name)
    register.show_titles()
    return register


class PersonRegister:
    """The persons of an article as they become known name by name.

    `mentions` says whom each name means.
    """

    def __init__(self, text: str, titled: Iterable[WrittenName]):
        self.text = text
        self.persons: dict[tuple[str, ...], Person] = {}
        self.persons_by_word: defaultdict[str, list[Person]] = defaultdict(list)
        self.mentions: dict[Span, PersonMention] = {}
        # Where a single word last stood that several bear and nothing told whose it was.
        self._left_open: dict[str, int] = {}
        self._paragraph_starts = Text.of(text).paragraph_starts
        # The middle initials with which a name stands, in the order of the text.
        self._initials: dict[tuple[str, ...], list[str]] = {}
        # Where each surname first stands with a title that tells a gender.
        self._first_titled: dict[tuple[str, Gender | None], int] = {}
        for name in titled:
            self._first_titled.setdefault((fold_word(name.words[0]), name.gender), name.span.start)

    def add(self, name: WrittenName) -> None:
        """Note whom the name means, and what it tells of that person."""
        mention = self.resolve_full_name(name) if name.is_full else self.resolve_single_word(name)
        self.mentions[name.span] = mention
        person = mention.person
        if person is None:
            return
        person.spans.append(name.span)
        insort(person.starts, name.span.start)
        if not mention.unclear:
            person.titles |= name.titles
        if not person.has_full_name or (name.says_most and not mention.unclear):
            person.clear_mentions += 1
        if person.has_full_name and not person.kin:
            person.kin = find_kin_before_name(self.text, name.span)

    def find_or_add(self, key: tuple[str, ...], words: tuple[str, ...], suffix: str = "") -> Person:
        """Return the person known by `key`, who is new where nobody is."""
        if key not in self.persons:
            person = Person(words, suffix)
            self.persons[key] = person
            parts = {fold_word(part) for word in words for part in (word, *word.split("-"))}
            for part in parts:
                if len(self.persons_by_word[part]) <= MOST_BEARERS:
                    self.persons_by_word[part].append(person)
        return self.persons[key]

    def resolve_full_name(self, name: WrittenName) -> PersonMention:
        """Return whom a name of two words or more means, who may be known by a longer one."""
        alike = self.list_titled_alike(name.words)
        if len(alike) == 1:
            return PersonMention(name.span, alike[0])
        if alike:
            return PersonMention(name.span, None, FOREMOST_CONFIDENCE)
        if not name.generation:
            whole = self.find_by_two_surnames(name.words)
            if whole:
                return PersonMention(name.span, whole)
            whole = self.find_by_longer_name(name)
            if whole:
                whole.family_names.add(fold_word(name.words[-1]))
                return PersonMention(name.span, whole, FOREMOST_CONFIDENCE)
        key = self.find_key(name)
        if key is None:
            return PersonMention(name.span, None, FOREMOST_CONFIDENCE)
        person = self.find_or_add(key, name.words, name.suffix)
        is_longer = len(name.words) > len(person.words)
        if is_longer or (person.in_capitals and not is_in_capitals(name.words)):
            person.words = name.words
        person.add_shown_words(name.shown_words)
        return PersonMention(name.span, person)

    def find_key(self, name: WrittenName) -> tuple[str, ...] | None:
        """Return by what a full name's bearer is known; None where several may be meant.

        George H. W. Bale and George W. Bale are two, and then George Bale may be either.
        """
        key = (fold_word(name.words[0]), fold_word(name.words[-1]), name.generation)
        initials = read_middle_initials(name.shown_words)
        known = self._initials.setdefault(key, [])
        if not initials:
            return key if len(known) < 2 else None
        if initials not in known:
            known.append(initials)
        return key if known[0] == initials else (*key, initials)

    def resolve_single_word(self, name: WrittenName) -> PersonMention:
        """Return whom a surname or a given name alone means, among those who bear it."""
        word = fold_word(name.words[0])
        if len(self.persons_by_word[word]) > MOST_BEARERS:
            return PersonMention(name.span, None, FOREMOST_CONFIDENCE)
        bearers = self.list_bearers(word, name)
        if not bearers:
            key = (word, name.generation, name.gender or "")
            return PersonMention(name.span, self.find_or_add(key, name.words, name.suffix))
        if len(bearers) == 1:
            return PersonMention(name.span, bearers[0])
        titled = find_by_titles(bearers, name.titles)
        if titled:
            return PersonMention(name.span, titled)
        known = [person for person in bearers if person.starts[0] < name.span.start]
        if len(known) == 1:
            others = [person.starts[0] for person in bearers if person is not known[0]]
            soon = min(others) < name.span.start + REACH_OF_NEXT_BEARER
            confidence = FOREMOST_CONFIDENCE if soon else FIRST_NAMED_CONFIDENCE
            return PersonMention(name.span, known[0], confidence)
        meant = find_foremost(bearers) or self.find_nearest(word, bearers, name.span)
        if meant is None:
            self._left_open[word] = name.span.start
        return PersonMention(name.span, meant, FOREMOST_CONFIDENCE)

    def list_titled_alike(self, words: tuple[str, ...]) -> list[Person]:
        """Return those called so with a title that stands before single names.

        Sheikh Omar bin Salem is Sheikh Omar, and Sheikh Salem too; of a king or a pope the title is
        before the given name.
        """
        if words[0].casefold() not in TITLES_OF_SINGLE_NAMES:
            return []
        title, name = fold_word(words[0]), fold_word(words[-1])
        before_surname = words[0].casefold() in TITLES_BEFORE_SURNAME
        alike = []
        for person in self.persons_by_word[name]:
            if person.has_full_name and title in person.titles:
                is_given_name = name == fold_word(person.words[0])
                is_surname = before_surname and name == fold_word(person.words[-1])
                if is_given_name or is_surname:
                    alike.append(person)
        return alike

    def find_by_two_surnames(self, words: tuple[str, ...]) -> Person | None:
        """Return Julie Diaz Martinez, where the words are Diaz Martinez."""
        folded = [fold_word(word) for word in words]
        longer = []
        for person in self.persons_by_word[folded[-1]]:
            surnames = [fold_word(word) for word in person.words[1:]]
            if surnames[-len(folded) :] == folded:
                longer.append(person)
        return longer[0] if len(longer) == 1 else None

    def find_by_longer_name(self, name: WrittenName) -> Person | None:
        """Return Priya Gandhi Rao, where the words are Priya Gandhi."""
        folded = [fold_word(word) for word in name.words]
        longer = []
        for person in self.persons_by_word[folded[0]]:
            if len(person.words) > len(folded):
                beginning = [fold_word(word) for word in person.words[: len(folded)]]
                if beginning == folded:
                    longer.append(person)
        return longer[0] if len(longer) == 1 else None

    def list_bearers(self, word: str, name: WrittenName) -> list[Person]:
        """Return those whom a single word may mean: by family name, or else by given name.

        Of a father and a son the father.
        """
        persons = self.list_of_gender(word, name.gender)
        bearers = [person for person in persons if bears_family_name(person, word)]
        if not bearers:
            full = [person for person in persons if person.has_full_name]
            bearers = [person for person in full if fold_word(person.words[0]) == word]
            bearers = bearers or full  # Rodrigo Diaz Robles is called Diaz
        if name.generation:
            return [person for person in bearers if person.generation == name.generation]
        elders = {fold_word(person.words[0]) for person in bearers if not person.suffix}
        return [
            person
            for person in bearers
            if not person.suffix or fold_word(person.words[0]) not in elders
        ]

    def list_of_gender(self, word: str, gender: Gender | None) -> list[Person]:
        """Return those called by a word who may be of a gender.

        Whose gender nothing tells may be. Nobody is who is first named as a relative after the
        surname has stood with such a title: "Mr Tran" before "his son, Minh Tran".
        """
        called = self.persons_by_word[word]
        if gender is None:
            return list(called)
        persons = [
            person
            for person in called
            if person.find_gender() == gender or (person.find_gender() is None and not person.kin)
        ]
        titled = self._first_titled.get((word, gender))
        if titled is None:
            return persons
        return [person for person in persons if not person.kin or titled >= person.starts[0]]

    def find_nearest(self, word: str, bearers: Sequence[Person], span: Span) -> Person | None:
        """Return the only one whom this paragraph or the one before has named, where neither leaves
        open who is meant.
        """
        paragraph = bisect_right(self._paragraph_starts, span.start) - 1
        start = self._paragraph_starts[max(paragraph - 1, 0)]
        near = [
            person
            for person in bearers
            if bisect_left(person.starts, start) < bisect_left(person.starts, span.start)
        ]
        if len(near) != 1 or self._left_open.get(word, -1) >= start:
            return None
        return near[0]

    def show_titles(self) -> None:
        """Give titles to those whose surname others bear: Mr Osei and Mrs Osei are two, as are Mr
        Tran and his son Minh Tran.
        """
        for person in self.persons.values():
            if person.has_full_name:
                continue
            namesakes = self.persons_by_word[fold_word(person.words[-1])]
            if any(other is not person and other.spans for other in namesakes):
                titles = [title.title() for title in TITLES_SHOWN if title in person.titles]
                person.shown_title = titles[0] if titles else ""


def bears_family_name(person: Person, word: str) -> bool:
    """Return whether the word is a family name of the person, or a part of one with a hyphen."""
    return any(word == name or word in name.split("-") for name in person.family_names)


def find_by_titles(bearers: Sequence[Person], titles: set[str]) -> Person | None:
    """Return the one who shares most titles that tell something with the name."""
    shared = [len(person.titles & titles - WEAK_TITLES) for person in bearers]
    most = max(shared)
    if most == 0 or shared.count(most) > 1:
        return None
    return bearers[shared.index(most)]


def find_foremost(bearers: Sequence[Person]) -> Person | None:
    """Return the one whom the article names twice as often as any other, or names first and more
    often.
    """
    first = min(bearers, key=lambda person: person.starts[0])
    ranked = sorted(bearers, key=lambda person: person.clear_mentions, reverse=True)
    most, second = ranked[:2]
    if most.clear_mentions >= 2 * second.clear_mentions:
        return most
    if most is first and most.clear_mentions > second.clear_mentions:
        return most
    return None
