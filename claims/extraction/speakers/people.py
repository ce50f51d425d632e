"""The people and organizations that an article names, each by its fullest form there."""

import re
import unicodedata
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from claims.extraction.lexicon.given_names import (
    GENDER_OF_NOUN,
    GIVEN_NAMES_OF_MEN,
    GIVEN_NAMES_OF_WOMEN,
)
from claims.extraction.lexicon.persons import (
    GENERATION_SUFFIXES,
    LETTERS_AFTER_NAMES,
    PERSON_TITLES,
    RELATIVES,
    TITLES_OF_MEN,
    TITLES_OF_SINGLE_NAMES,
    TITLES_OF_WOMEN,
    WEAK_TITLES,
    WORDS_WITHIN_TITLES,
)
from claims.extraction.schema import Gender, Span
from claims.extraction.text.quotation import list_paragraphs

EntityKind = Literal["PER", "ORG", "LOC", "MISC"]
INTRODUCTION_AFTER_NAME = re.compile(r",\s(?:an?|the|who)\s")
KIN_BEFORE_NAME = re.compile(
    r"\b(?:his|her|their|whose|\w+['’]s?)\s(?:[a-z-]+\s){0,2}"
    rf"(?P<kin>{'|'.join(sorted(RELATIVES))})(?P<comma>,?)\s\Z",
    re.I,
)
PREPOSITION_BEFORE_KIN = re.compile(
    r"\b(?:after|with|like|unlike|for|to|of|by|from|about|without|before|as|than|against|beside)\s\Z",
    re.I,
)
NICKNAME_WITHIN_NAME = re.compile(
    r"(?<=[\w.])\s[\"“‘'(][A-Z][\w'’ -]{0,20}[\"”’')](?=\s[A-Z])"
)  # "Robert "Bobby" Kane"
END_OF_CLAUSE_BEFORE_NAME = re.compile(r"[\n,;:!?“”\"()]|(?<=[a-z]{4})\.\s")
WORD_OF_NAME = re.compile(r"[^\W_][\w'’.-]*")


@dataclass(frozen=True, slots=True)
class Entity:
    span: Span
    kind: EntityKind


@lru_cache(4096)
def fold_word(word: str) -> str:
    """In small letters and without accents, as one article may write a name in two ways: "César", "Cesar"."""
    plain = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).casefold()


def list_words_of_person(mention: str) -> tuple[str, ...]:
    """The words of a person's name, less titles, initials in the middle and suffixes: "Gen Sir Nick Carter" → Nick, Carter."""
    words = [
        re.sub(r"['’]s?$", "", word)
        for word in WORD_OF_NAME.findall(NICKNAME_WITHIN_NAME.sub("", mention))
    ]
    while len(words) > 1 and (
        words[-1].rstrip(".").casefold() in GENERATION_SUFFIXES or words[-1] in LETTERS_AFTER_NAMES
    ):
        words = words[:-1]
    while len(words) > 1 and words[0].rstrip(".").casefold() in PERSON_TITLES:
        if len(words) == 2 and words[0].casefold() in TITLES_OF_SINGLE_NAMES:
            break
        words = words[1:]
    inner = [w for w in words[1:-1] if len(w.rstrip(".")) > 1]
    return (words[0], *inner, words[-1]) if len(words) > 1 else tuple(words)


def find_generation_suffix(mention: str) -> str:
    """The suffix that tells a son from a father, as the mention writes it: "Martin Luther King Jr." → Jr."""
    last = (re.sub(r"['’]s?$", "", mention.strip()).split() or [""])[-1]
    return last if last.rstrip(".").casefold() in GENERATION_SUFFIXES else ""


def is_in_capitals(words: Iterable[str]) -> bool:
    """Whether a name is in capitals, as in transcripts and headlines: "ANA BELL", but not "JD Vance"."""
    return all(word.isupper() and len(word) > 2 for word in words)


def find_gender_of_titles(titles: set[str]) -> Gender | None:
    he, she = bool(titles & TITLES_OF_MEN), bool(titles & TITLES_OF_WOMEN)
    return None if he == she else "he" if he else "she"


@dataclass(slots=True)
class Person:
    """Somebody an article names in full, or by one word alone where it gives no more."""

    words: tuple[str, ...]
    suffix: str = ""
    starts: list[int] = field(default_factory=list)  # of its mentions, in order
    spans: list[Span] = field(default_factory=list)
    stressed: int = 0  # how often the article names them as fully as it can or by a title that says who is meant
    titles: set[str] = field(default_factory=set)
    pronoun: Gender | None = None  # by which a quote has called them
    called: Counter[Gender] = field(
        default_factory=Counter
    )  # how often the sentences that name them go on so
    families: set[str] = field(
        default_factory=set
    )  # the last word of each form of the name: Gandhi, Rao of Priya Gandhi Rao
    kin: str = ""  # whose family the article introduces them by: "his son, Minh Tran"
    shown_title: str = ""  # of one with a surname alone that others bear too

    def __post_init__(self) -> None:
        self.families.add(fold_word(self.words[-1]))

    @property
    def name(self) -> str:
        words = [word.title() for word in self.words] if self.shouted else self.words
        return " ".join((self.shown_title, *words, self.suffix)).strip()

    @property
    def shouted(self) -> bool:
        return is_in_capitals(self.words)

    @property
    def full(self) -> bool:
        return len(self.words) > 1

    @property
    def gender(self) -> Gender | None:
        given = fold_word(self.words[0]) if self.full else ""
        by_name: Gender | None = (
            None
            if (given in GIVEN_NAMES_OF_MEN) == (given in GIVEN_NAMES_OF_WOMEN)
            else "he"
            if given in GIVEN_NAMES_OF_MEN
            else "she"
        )
        uses = self.called.total()
        by_use = next((way for way, times in self.called.items() if 4 * times >= 3 * uses), None)
        often = by_use if uses > 1 else None
        told = (
            find_gender_of_titles(self.titles)
            or GENDER_OF_NOUN.get(self.kin)
            or often
            or self.pronoun
        )
        return told or (None if {by_name, by_use} == {"he", "she"} else by_name or by_use)


SURE_NAME_CONFIDENCE = 0.95
FIRST_NAMED_CONFIDENCE = (
    0.8  # of a surname that only one bears until then, though another does well after that
)
FOREMOST_CONFIDENCE = 0.55  # likewise where another does soon, where it is the one the article is about, and of a shorter name
REACH_OF_NEXT_BEARER = 800  # characters
MOST_BEARERS = 100  # of a name, from whom one is told; among more it tells nobody, and weighing all would take long


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One place where a person is named, and who that is; below `SURE` the name alone leaves it open."""

    span: Span
    person: Person | None
    confidence: float = SURE_NAME_CONFIDENCE

    @property
    def unclear(self) -> bool:
        return self.confidence < FIRST_NAMED_CONFIDENCE


class PersonIndex:
    """Who is who among the persons of one article.

    Mentions of one given and family name are one person, whatever stands between, unless a suffix tells them apart; a
    single word is whoever bears it as family name, or else as given name, if that is only one person or plainly the one the
    article is about. "Mr Rossi" is nobody called Maria: a title that contradicts makes a person of its own.
    """

    def __init__(self, text: str, entities: Iterable[Entity]):
        self.text = text
        self.persons: dict[tuple[str, ...], Person] = {}
        self._open: dict[
            str, int
        ] = {}  # where a word was last a name of several, and nothing told whose
        self._lines = [start for start, _ in list_paragraphs(text)]
        self._called: defaultdict[str, list[Person]] = defaultdict(list)  # by each word of the name
        spans = [
            e.span for e in entities if e.kind == "PER" and list_words_of_person(e.span.of(text))
        ]
        titles = {span: list_titles_before(text, span) for span in spans}
        full = [span for span in spans if len(list_words_of_person(span.of(text))) > 1]
        full.sort(key=lambda span: -len(list_words_of_person(span.of(text))))
        known = set(full)
        told = [span for span in spans if span not in known and find_gender_of_titles(titles[span])]
        known.update(told)
        self._titled: dict[
            tuple[str, Gender | None], int
        ] = {}  # where a surname first stands with a title
        for span in told:
            self._titled.setdefault(
                (
                    fold_word(list_words_of_person(span.of(text))[0]),
                    find_gender_of_titles(titles[span]),
                ),
                span.start,
            )
        found: dict[Span, PersonMention] = {}
        for span in dict.fromkeys((*full, *told, *spans)):  # first those that say most
            found[span] = mention = self._mention(span, titles[span])
            if mention.person:
                mention.person.spans.append(span)
                insort(mention.person.starts, span.start)
                mention.person.stressed += not mention.person.full or (
                    span in known and not mention.unclear
                )
                mention.person.titles |= set() if mention.unclear else titles[span]
                if mention.person.full and not mention.person.kin:
                    mention.person.kin = find_kin_before_name(text, span)
        self.mentions = sorted((found[span] for span in spans), key=lambda mention: mention.span)
        self._starts = [mention.span.start for mention in self.mentions]
        self._at = found
        self._show_titles()
        self.named = {person.name: person for person in self.persons.values()}
        self.family_names = {
            name for p in self.persons.values() if p.full for name in p.families
        }  # of those named in full

    def _mention(self, span: Span, titles: set[str]) -> PersonMention:
        words, suffix = (
            list_words_of_person(span.of(self.text)),
            find_generation_suffix(span.of(self.text)),
        )
        generation = suffix.rstrip(".").casefold()
        if len(words) > 1:
            if words[0].casefold() in TITLES_OF_SINGLE_NAMES and (
                alike := self._titled_alike(words)
            ):
                return PersonMention(
                    span,
                    alike[0] if len(alike) == 1 else None,
                    SURE_NAME_CONFIDENCE if len(alike) == 1 else FOREMOST_CONFIDENCE,
                )
            if not generation and (whole := self._of_two_surnames(words)):
                return PersonMention(span, whole)
            if not generation and (whole := self._named_longer(words, span)):
                whole.families.add(fold_word(words[-1]))
                return PersonMention(span, whole, FOREMOST_CONFIDENCE)
            person = self._person(
                (fold_word(words[0]), fold_word(words[-1]), generation), words, suffix
            )
            if len(words) > len(person.words) or (person.shouted and not is_in_capitals(words)):
                person.words = words
            return PersonMention(span, person)
        word = fold_word(words[0])
        if len(self._called[word]) > MOST_BEARERS:
            return PersonMention(span, None, FOREMOST_CONFIDENCE)
        bearers = self._bearers(word, generation, find_gender_of_titles(titles))
        if not bearers:
            return PersonMention(
                span,
                self._person(
                    (word, generation, find_gender_of_titles(titles) or ""), words, suffix
                ),
            )
        if len(bearers) == 1:
            return PersonMention(span, bearers[0])
        shared = [len(p.titles & titles - WEAK_TITLES) for p in bearers]
        if max(shared) and shared.count(max(shared)) == 1:
            return PersonMention(span, bearers[shared.index(max(shared))])
        if len(known := [p for p in bearers if p.starts[0] < span.start]) == 1:
            soon = (
                min(p.starts[0] for p in bearers if p is not known[0])
                < span.start + REACH_OF_NEXT_BEARER
            )
            return PersonMention(
                span, known[0], FOREMOST_CONFIDENCE if soon else FIRST_NAMED_CONFIDENCE
            )
        meant = self._foremost(bearers) or self._nearest(word, bearers, span)
        if meant is None:
            self._open[word] = span.start
        return PersonMention(span, meant, FOREMOST_CONFIDENCE)

    def _person(self, key: tuple[str, ...], words: tuple[str, ...], suffix: str) -> Person:
        if key not in self.persons:
            self.persons[key] = Person(words, suffix)
            for word in {fold_word(word) for whole in words for word in (whole, *whole.split("-"))}:
                if len(self._called[word]) <= MOST_BEARERS:
                    self._called[word].append(self.persons[key])
        return self.persons[key]

    def _show_titles(self) -> None:
        """Mr Osei and Mrs Osei are two, and so are Mr Tran and his son Minh Tran."""
        for person in self.persons.values():
            bearers = [
                p for p in self._called[fold_word(person.words[-1])] if p is not person and p.spans
            ]
            if not person.full and bearers:
                person.shown_title = next(
                    (
                        title.title()
                        for title in ("mr", "mrs", "ms", "miss", "lord", "lady")
                        if title in person.titles
                    ),
                    "",
                )

    def _titled_alike(self, words: tuple[str, ...]) -> list[Person]:
        """Sheikh Omar bin Salem, where the words are Sheikh Omar or Sheikh Salem."""
        called = [
            p
            for p in self._called[fold_word(words[-1])]
            if len(p.words) > 1 and fold_word(words[0]) in p.titles
        ]
        by_surname = words[0].casefold() in ("sheikh", "father")
        return [
            p
            for p in called
            if fold_word(words[-1])
            in (fold_word(p.words[0]), fold_word(p.words[-1]) if by_surname else "")
        ]

    def _of_two_surnames(self, words: tuple[str, ...]) -> Person | None:
        """Julie Diaz Martinez, where the words are Diaz Martinez."""
        plain = [fold_word(word) for word in words]
        longer = [
            p
            for p in self._called[plain[-1]]
            if [fold_word(w) for w in p.words[1:]][-len(plain) :] == plain
        ]
        return longer[0] if len(longer) == 1 else None

    def _named_longer(self, words: tuple[str, ...], span: Span) -> Person | None:
        """Priya Gandhi Rao, where the words are Priya Gandhi, unless introduced anew: "the president, Priya Gandhi"."""
        plain = [fold_word(word) for word in words]
        starts = [p for p in self._called[plain[0]] if len(p.words) > len(plain)]
        longer = [p for p in starts if [fold_word(w) for w in p.words][: len(plain)] == plain]
        anew = (
            list_titles_before(self.text, span)
            or INTRODUCTION_AFTER_NAME.match(self.text, span.end)
            or self.text[: span.start].endswith(", ")
        )
        return longer[0] if len(longer) == 1 and not anew else None

    def _bearers(self, word: str, generation: str, gender: Gender | None) -> list[Person]:
        """Those whom a single word may mean: by family name, or else by given name; of a father and a son the father."""
        called = self._called[word]
        known = [p for p in called if gender is None or (gender == p.gender and not p.kin)]
        known = known or [p for p in called if p.gender in (gender, None)]
        # "Mr Tran" stands before "his son, Minh Tran"
        known = [
            p
            for p in known
            if not p.kin
            or not gender
            or self._titled.get((word, gender), p.starts[0]) >= p.starts[0]
        ]
        bearers = [p for p in known if any(word in (last, *last.split("-")) for last in p.families)]
        bearers = bearers or [p for p in known if p.full and fold_word(p.words[0]) == word]
        bearers = bearers or [p for p in known if p.full]  # Rodrigo Diaz Robles is called Diaz
        if generation:
            return [p for p in bearers if p.suffix.rstrip(".").casefold() == generation]
        elders = {fold_word(p.words[0]) for p in bearers if not p.suffix}
        return [p for p in bearers if not p.suffix or fold_word(p.words[0]) not in elders]

    def _foremost(self, bearers: list[Person]) -> Person | None:
        """The one whom the article names twice as often as any other, or names first and more often."""
        first = min(bearers, key=lambda p: p.starts[0])
        most, second = sorted(bearers, key=lambda p: p.stressed, reverse=True)[:2]
        more = most is first and most.stressed > second.stressed
        return most if most.stressed >= 2 * second.stressed or more else None

    def _nearest(self, word: str, bearers: list[Person], span: Span) -> Person | None:
        """The only one whom this paragraph or the one before has named, where neither leaves open who is meant."""
        start = self._lines[max(bisect_right(self._lines, span.start) - 2, 0)]
        near = [
            p for p in bearers if bisect_left(p.starts, start) < bisect_left(p.starts, span.start)
        ]
        return near[0] if len(near) == 1 and self._open.get(word, -1) < start else None

    def at(self, span: Span) -> PersonMention | None:
        """The mention at `span`."""
        return self._at.get(span)

    def by_surname(self, word: str) -> Person | None:
        """The only person of that family name, given as one word."""
        bearers = [p for p in self._called[fold_word(word)] if fold_word(word) in p.families]
        return bearers[0] if len(bearers) == 1 else None

    def within(self, start: int, end: int) -> list[tuple[Span, Person]]:
        """The mentions of persons between two offsets."""
        some = self.mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return [(m.span, m.person) for m in some if m.person and m.span.end <= end]


def find_kin_before_name(text: str, name: Span) -> str:
    """Whose family somebody is introduced by, right before the name: "his son Minh Tran", "his wife, Mai Tran,".

    In "after the death of his wife, Hugo Bell" and "like his mother, Sven Dahl" the name is another's.
    """
    found = KIN_BEFORE_NAME.search(text, max(name.start - 40, 0), name.start)
    if found is None or (
        found["comma"]
        and (
            text[name.end : name.end + 1] != ","
            or PREPOSITION_BEFORE_KIN.search(text, max(found.start() - 20, 0), found.start())
        )
    ):
        return ""
    kin, given = found["kin"].casefold(), fold_word(list_words_of_person(name.of(text))[0])
    gender = GENDER_OF_NOUN.get(kin)
    return (
        ""
        if (gender == "she" and given in GIVEN_NAMES_OF_MEN - GIVEN_NAMES_OF_WOMEN)
        or (gender == "he" and given in GIVEN_NAMES_OF_WOMEN - GIVEN_NAMES_OF_MEN)
        else kin
    )


def list_titles_before(text: str, span: Span) -> set[str]:
    """Words of title in and right before a mention."""
    before = WORD_OF_NAME.findall(
        END_OF_CLAUSE_BEFORE_NAME.split(text[max(0, span.start - 40) : span.start])[-1]
    )[-4:]
    if before and before[-1] in WORDS_WITHIN_TITLES:  # "the mayor of Stoneham"
        before = []
    inside = WORD_OF_NAME.findall(span.of(text))
    found = {
        plain for word in inside[:-1] if (plain := word.rstrip(".").casefold()) in PERSON_TITLES
    }
    for word in reversed(before):
        if (plain := word.rstrip(".").casefold()) in PERSON_TITLES:
            found.add(plain)
        elif word.islower() and word not in WORDS_WITHIN_TITLES:
            break
    return found


def strip_article_and_possessive(mention: str) -> str:
    """Without article and possessive."""
    plain = re.sub(r"['’]s?$", "", mention.strip())
    return re.sub(r"^(?:the|a|an)\s+", "", plain, flags=re.I)


def initials(name: str) -> str:
    """Return the first letters of the words of a name that have capitals: "Bank of the North" → BN."""
    return "".join(word[0] for word in re.findall(r"\w+", name) if word[0].isupper())
