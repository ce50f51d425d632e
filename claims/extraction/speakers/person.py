"""One person of an article, and one place where the article names somebody."""

from collections import Counter
from dataclasses import dataclass, field

from claims.extraction.lexicon.given_names import GENDER_OF_NOUN
from claims.extraction.schema import Gender, Span
from claims.extraction.speakers.person_names import (
    find_gender_of_given_name,
    find_gender_of_titles,
    fold_word,
    is_in_capitals,
)

SURE_NAME_CONFIDENCE = 0.95
# Of a surname that only one bears until then, though another does well after that.
FIRST_NAMED_CONFIDENCE = 0.8
# Likewise where another does soon, where it is the one the article is about, and of a shorter name.
FOREMOST_CONFIDENCE = 0.55


@dataclass(slots=True, eq=False)
class Person:
    """Somebody an article names in full, or by one word alone where it gives no more.

    `starts` (sorted) and `spans` are those of all mentions. `clear_mentions` counts those that name
    the person as fully as the article can, or by a title that says who is meant. `pronoun_counts`
    has the pronouns with which sentences go on after the name. `family_names` holds the last word
    of each form of the name: Gandhi and Rao of Priya Gandhi Rao. `kin` is as whose relative the
    article introduces the person: "his son, Minh Tran". `shown_title` tells a person with a surname
    alone from others who bear it too. `shown_words` are those of the name with its initials, where
    the article never gives it without them.
    """

    words: tuple[str, ...]
    suffix: str = ""
    starts: list[int] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    clear_mentions: int = 0
    titles: set[str] = field(default_factory=set)
    pronoun_counts: Counter[Gender] = field(default_factory=Counter)
    family_names: set[str] = field(default_factory=set)
    kin: str = ""
    shown_title: str = ""
    shown_words: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        self.family_names.add(fold_word(self.words[-1]))

    @property
    def name(self) -> str:
        words = self.shown_words if len(self.shown_words) > len(self.words) else self.words
        if self.in_capitals:
            words = tuple(word.title() for word in words)
        return " ".join((self.shown_title, *words, self.suffix)).strip()

    def add_shown_words(self, words: tuple[str, ...]) -> None:
        """Note a form of the full name: one without initials is shown before any with them."""
        has_initials = len(words) > len(self.words)
        if not self.shown_words or not has_initials:
            self.shown_words = words

    @property
    def in_capitals(self) -> bool:
        return is_in_capitals(self.words)

    @property
    def has_full_name(self) -> bool:
        return len(self.words) > 1

    @property
    def generation(self) -> str:
        return self.suffix.rstrip(".").casefold()

    def find_gender(self) -> Gender | None:
        """Return the pronoun of the person, by the surest sign there is.

        None without one, or where the last two differ. Titles come first, then "his son", two or
        more sentences that go on with a pronoun, the given name, and one such sentence.
        """
        by_title = find_gender_of_titles(self.titles) or GENDER_OF_NOUN.get(self.kin)
        if by_title:
            return by_title
        uses = self.pronoun_counts.total()
        by_use = self.find_usual_pronoun(uses)
        if uses > 1 and by_use:
            return by_use
        by_name = (
            find_gender_of_given_name(fold_word(self.words[0])) if self.has_full_name else None
        )
        if by_name and by_use and by_name != by_use:
            return None
        return by_name or by_use

    def find_usual_pronoun(self, uses: int) -> Gender | None:
        """Return the pronoun of at least three in four of the sentences that go on with one."""
        for pronoun, times in self.pronoun_counts.items():
            if 4 * times >= 3 * uses:
                return pronoun
        return None


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One place where a person is named, and who that is; None where several may be meant."""

    span: Span
    person: Person | None
    confidence: float = SURE_NAME_CONFIDENCE

    @property
    def unclear(self) -> bool:
        """Whether the name alone leaves it open who is meant."""
        return self.confidence < FIRST_NAMED_CONFIDENCE
