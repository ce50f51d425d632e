"""Everybody and everything an article mentions that may say something: who its quotes' speakers are
chosen from.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from claims.extraction.lexicon.abbreviations import ABBREVIATED_COMPANY_FORMS
from claims.extraction.lexicon.bodies import BODY_NOUNS, DOCUMENT_NOUNS
from claims.extraction.lexicon.function_words import (
    DETERMINERS_OF_ANTECEDENT,
    DETERMINERS_OF_SOURCE,
    WORDS_OUTSIDE_ANTECEDENT,
)
from claims.extraction.lexicon.persons import (
    CROWD_NOUNS,
    PERSON_NOUN_BY_ENDING,
    PERSON_NOUNS,
    PERSON_TITLES,
)
from claims.extraction.lexicon.words import word_set
from claims.extraction.schema import ActorKind, Span, Speaker
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.mentions import find_actor_of_entity
from claims.extraction.speakers.person import Person
from claims.extraction.speakers.person_names import fold_word

WORD = re.compile(r"\w+(?:['’.-]\w+)*")
DETERMINERS = DETERMINERS_OF_ANTECEDENT | DETERMINERS_OF_SOURCE
MOST_WORDS_BEFORE_NOUN = 4
LEAST_PLURAL = 4  # letters of a noun in the plural
NOUNS_OF_MANY = CROWD_NOUNS | {"people", "men", "women", "children", "police", "media"}
FORMS_OF_COMPANIES = ABBREVIATED_COMPANY_FORMS | word_set(
    "group company corporation limited holdings plc llc bhd sdn gmbh ag sa nv jv incorporated"
)
NAMED_KINDS = ("person", "organization", "state")


@dataclass(slots=True, eq=False)
class Actor:
    """Somebody or something that may say something, and where the article mentions it.

    `speaker` has its name and kind; its confidence is not that of any quote.
    """

    number: int
    speaker: Speaker
    person: Person | None = None
    mentions: list[Span] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.speaker.name

    @property
    def kind(self) -> ActorKind:
        return self.speaker.kind

    @property
    def is_named(self) -> bool:
        return self.speaker.method != "description"


@lru_cache(8192)
def fold_name(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters without accents, for comparison."""
    return tuple(fold_word(word.replace("’", "'")) for word in WORD.findall(name))


class ActorIndex:
    """The actors of an article, each once; the same name is the same actor."""

    def __init__(self, article: ArticleContext):
        self.article = article
        self.actors: list[Actor] = []
        self._by_name: dict[tuple[str, ...], Actor] = {}
        self._add_named()
        self._add_described()

    def find(self, name: str) -> Actor | None:
        return self._by_name.get(fold_name(name))

    def find_or_add(self, speaker: Speaker, person: Person | None = None) -> Actor:
        key = fold_name(speaker.name)
        actor = self._by_name.get(key)
        if actor is None:
            actor = Actor(len(self.actors), speaker, person)
            self.actors.append(actor)
            self._by_name[key] = actor
        return actor

    def _add_named(self) -> None:
        """Add persons, organizations and states, with every place where each is named."""
        named = list(list_named(self.article))
        whole_of = find_whole_names(self.article.text, named)
        for span, speaker in named:
            person = self.article.people.persons_by_name.get(speaker.name)
            whole = whole_of.get(speaker.name)
            if whole:
                speaker = whole
                person = self.article.people.persons_by_name.get(speaker.name)
            self.find_or_add(speaker, person).mentions.append(span)
        for name, whole in whole_of.items():
            self._by_name.setdefault(fold_name(name), self.find_or_add(whole))

    def _add_described(self) -> None:
        """Add those whom the article only describes: "the survey", "residents".

        The noun of a description is no part of a name, as in "the Department of Roads".
        """
        named = [entity.span for entity in self.article.entities if entity.kind != "MISC"]
        starts = [span.start for span in named]
        for span, words, kind in list_described(self.article.text):
            last_name = bisect_left(starts, span.end) - 1
            if last_name >= 0 and span.end <= named[last_name].end:
                continue
            speaker = Speaker(words, kind, 0.5, "description", alone=False, plural=kind == "group")
            self.find_or_add(speaker).mentions.append(span)


def list_named(article: ArticleContext) -> Iterator[tuple[Span, Speaker]]:
    """Yield the named actors, one for each place that names one."""
    for entity in article.entities:
        speaker = find_actor_of_entity(article, entity)
        if speaker is None and entity.kind == "PER":
            mention = article.people.get_mention(entity.span)
            if mention and mention.person:
                speaker = Speaker(mention.person.name, "person", mention.confidence, "name")
        if speaker:
            yield entity.span, speaker


def find_whole_names(text: str, named: Sequence[tuple[Span, Speaker]]) -> dict[str, Speaker]:
    """Return the fuller form of each name that the article also gives in full.

    "World Vision" is World Vision International, and Rodrigo Chaves is Rodrigo Chaves Robles, unless
    another begins or ends so too. "ATO" is what it stands behind in brackets.
    """
    speakers: dict[str, Speaker] = {}
    first: dict[str, int] = {}
    for span, speaker in named:
        if speaker.kind in NAMED_KINDS:
            speakers.setdefault(speaker.name, speaker)
            first.setdefault(speaker.name, span.start)
    by_word: dict[str, list[Speaker]] = {}
    for name, speaker in speakers.items():
        words = fold_name(name)
        for word in {words[0], words[-1]} if words else ():
            by_word.setdefault(word, []).append(speaker)
    whole: dict[str, Speaker] = {}
    for name, speaker in speakers.items():
        words = fold_name(name)
        if not words or (speaker.kind == "person" and len(words) < 2) or speaker.kind == "state":
            continue
        longer = {}
        for other in (*by_word.get(words[0], ()), *by_word.get(words[-1], ())):
            others = fold_name(other.name)
            if other.kind != speaker.kind or len(others) <= len(words):
                continue
            begins = others[: len(words)] == words
            ends = others[-len(words) :] == words
            if begins if speaker.kind == "person" else begins or ends:
                longer[other.name] = other
        if len(longer) == 1:
            (other,) = longer.values()
            is_form = is_name_with_form(words, fold_name(other.name))
            if speaker.kind == "person" or is_form or first[other.name] < first[name]:
                whole[name] = other
    for (before, speaker), (span, short) in pairwise(named):
        is_behind = text[before.end : span.start] == " (" and text[span.end : span.end + 1] == ")"
        is_short = len(short.name) < len(speaker.name) and " " not in short.name
        if is_behind and is_short and speaker.kind in ("organization", "state"):
            whole[short.name] = whole.get(speaker.name, speaker)
    return {name: other for name, other in whole.items() if other.name != name}


def is_name_with_form(words: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Return whether a longer name adds nothing but the form of a company: "Microsoft Corp"."""
    return longer[: len(words)] == words and FORMS_OF_COMPANIES.issuperset(longer[len(words) :])


def list_described(text: str) -> Iterator[tuple[Span, str, ActorKind]]:
    """Yield phrases that end with a noun of somebody or something that may speak."""
    words = list(WORD.finditer(text))
    kinds = [classify_noun(word[0]) for word in words]
    for number, kind in enumerate(kinds):
        if kind is None:
            continue
        word = words[number]
        if number + 1 < len(words):
            following = words[number + 1]
            if following.start() == word.end() + 1 and kinds[number + 1]:
                continue
        first = number
        start = None
        while number - first <= MOST_WORDS_BEFORE_NOUN and first > 0:
            before = words[first - 1]
            plain = before[0].casefold()
            if (
                text[before.end() : words[first].start()] != " "
                or plain in WORDS_OUTSIDE_ANTECEDENT
            ):
                break
            if plain in DETERMINERS:
                start = before.start()
                break
            first -= 1
        if start is None:
            if kind not in ("group", "document") or word[0].casefold() in PERSON_TITLES:
                continue
            first = number
            while (
                first > 0
                and words[first - 1][0][:1].isupper()
                and (text[words[first - 1].end() : words[first].start()] == " ")
            ):
                first -= 1
            start = words[first].start()
        phrase = text[words[first].start() : word.end()]
        if (
            first == number
            or not phrase[:1].isupper()
            or words[first][0].casefold() != words[first][0]
        ):
            yield Span(start, word.end()), phrase, kind


@lru_cache(8192)
def classify_noun(word: str) -> ActorKind | None:
    """Return what kind of actor a noun is of, None where it is of none that is known."""
    noun = word.casefold()
    if noun in NOUNS_OF_MANY:
        return "group"
    if noun in DOCUMENT_NOUNS:
        return "document"
    if noun in BODY_NOUNS:
        return "organization"
    if noun in PERSON_NOUNS or PERSON_NOUN_BY_ENDING.match(noun):
        return "unnamed"
    if noun.endswith("s") and len(noun) >= LEAST_PLURAL:
        singular = noun[:-1]
        if noun.endswith("ies"):
            singular = noun[:-3] + "y"
        if singular in DOCUMENT_NOUNS:
            return "document"
        if singular in BODY_NOUNS or singular in PERSON_NOUNS:
            return "group"
        if PERSON_NOUN_BY_ENDING.match(singular):
            return "group"
    return None
