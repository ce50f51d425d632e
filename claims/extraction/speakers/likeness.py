"""How like a source's words are to a candidate's name, and to what the article says of it."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np

from claims.extraction.lexicon.bodies import BODY_NOUNS
from claims.extraction.speakers.actors import Actor, fold_name
from claims.extraction.speakers.candidates import CandidateTable, QuoteSource
from claims.extraction.speakers.columns import FeatureColumns

SHORT_TELLING_WORDS = frozenset(["pm", "mp", "ceo", "un", "us", "uk", "eu"])
SMALL_WORDS = frozenset(["of", "the", "and", "for"])
PREPOSITIONS_IN_NAME = frozenset(["of", "for", "on", "against", "to", "in", "at", "into"])
LONGEST_LETTERS = 6
NO_KIND = -2  # of a source that has no words
MOST_MENTIONS_READ = 12
REACH_BEFORE_NAME = 70  # characters in which it is told who somebody is
REACH_AFTER_NAME = 110  # characters, after a comma
REACH_AFTER_VERB = 60  # characters, in "Ann Lee is the mayor"
VERBS_OF_BEING = (" is ", " was ", ", who", " who ")
MARKS_BEFORE_NAME = ',;:“”"()'


def fill_likeness(table: CandidateTable, columns: FeatureColumns) -> None:
    contexts = ContextIndex(table)
    heads = HeadTable(table)
    kinds = np.full(len(table.quotes), NO_KIND)
    for number, source in enumerate(table.sources):
        main = source.main_wording
        if main is None or not table.words[main.number]:
            continue
        kinds[number] = table.kind[main.number]
        fill_likeness_of_names(table, columns, number, source, main, heads)
        if source.named is None or source.named.kind != "person":
            fill_likeness_of_contexts(table, columns, number, source, main, contexts)
    columns.put("same_kind", kinds[table.quote_of] == np.append(table.kind, -1)[table.actor_of])


def fill_likeness_of_names(
    table: CandidateTable,
    columns: FeatureColumns,
    number: int,
    source: QuoteSource,
    main: Actor,
    heads: "HeadTable",
) -> None:
    """Tell which names share words with the source, or are what its letters stand for."""
    core = table.words[main.number]
    words = set(find_longest_wording(table, source))
    shared: Counter[int] = Counter()
    for word in words:
        shared.update(table.actors_by_word.get(word, ()))
    for actor, times in shared.items():
        row = table.find_row(number, actor)
        if row is None:
            continue
        name = table.words[actor]
        columns.mark("share_of_source", row, times / len(words))
        columns.mark("share_of_name", row, times / len(name))
        columns.mark("same_head", row, float(name[-1] == core[-1]))
        is_longer = len(name) > len(core)
        is_part = name[: len(core)] == core or name[-len(core) :] == core
        columns.mark("longer", row, float(is_longer and is_part))
        is_head = find_head(name) == core[-1]
        columns.mark("names_head", row, float(is_head))
        columns.mark("others_with_head", row, is_head * heads.count(core[-1]) / 4)
        columns.mark("beside_head", row, float(core[-1] in name and not is_head))
        columns.mark("rest_missing", row, len(words.difference(name)) / len(words))
    if core[-1] in BODY_NOUNS:
        for actor in heads.list_others(core[-1]):
            columns.mark("other_head", table.find_row(number, actor))
    letters = get_letters(main)
    if letters:
        for row in table.get_rows(number):
            if stands_for(letters, table.words[table.actor_of[row]]):
                columns.mark("initials", row)


def find_longest_wording(table: CandidateTable, source: QuoteSource) -> tuple[str, ...]:
    return max((table.words[actor.number] for actor in source.wordings.values()), key=len)


def find_head(name: Sequence[str]) -> str:
    """Return the word of a name that tells what it is: Department of Roads → department."""
    for number, word in enumerate(name):
        if word in PREPOSITIONS_IN_NAME and number:
            return name[number - 1]
    return name[-1]


class HeadTable:
    """The named bodies of an article by the word that tells what each is."""

    def __init__(self, table: CandidateTable):
        self._actors: defaultdict[str, list[int]] = defaultdict(list)
        for actor in table.actors:
            words = table.words[actor.number]
            if actor.is_named and actor.kind != "person" and words:
                self._actors[find_head(words)].append(actor.number)

    def count(self, head: str) -> int:
        """Return how many bodies are so called, at most 4."""
        return min(len(self._actors.get(head, ())), 4)

    def list_others(self, head: str) -> Iterator[int]:
        """Yield the bodies that are another kind of body by their names: a party, no ministry."""
        for word, actors in self._actors.items():
            if word != head and word in BODY_NOUNS:
                yield from actors


def get_letters(main: Actor) -> str:
    """Return the last word of a wording where it is of capitals: "the IMF" → imf."""
    last = main.name.split()[-1]
    return last.casefold() if last.isupper() and 1 < len(last) <= LONGEST_LETTERS else ""


def stands_for(letters: str, name: Iterable[str]) -> bool:
    """Return whether the letters are the first ones of the words of a name."""
    initials = "".join(word[0] for word in name)
    without_small = "".join(word[0] for word in name if word not in SMALL_WORDS)
    return initials == letters or without_small.endswith(letters)


def fill_likeness_of_contexts(
    table: CandidateTable,
    columns: FeatureColumns,
    number: int,
    source: QuoteSource,
    main: Actor,
    contexts: "ContextIndex",
) -> None:
    """Tell which names the article describes by the words of the source."""
    head = table.words[main.number][-1]
    words = set(find_longest_wording(table, source))
    telling = {word for word in words if len(word) > 3 or word in SHORT_TELLING_WORDS} or words
    letters = get_letters(main)
    bearers = {person.name for person in table.article.roles.get_bearers(head).values()}
    for name in bearers:
        for actor in table.named_by_name.get(name, ()):
            row = table.find_row(number, actor)
            columns.mark("role", row)
            columns.mark("role_share", row, 1 / len(bearers))
    best_share, best_row = 0.0, None
    for actor in sorted(contexts.list_actors(telling | {head, letters})):
        row = table.find_row(number, actor)
        if row is None:
            continue
        before, after = contexts.read(actor)
        columns.mark("head_before", row, float(head in before))
        columns.mark("head_after", row, float(head in after))
        if letters and letters in before and not columns.get("initials")[row]:
            columns.mark("initials", row, 0.5)
        rest = telling.difference(table.words[actor])
        if not rest:
            continue
        columns.mark("before_name", row, len(rest & before) / len(rest))
        columns.mark("after_name", row, len(rest & after) / len(rest))
        share = len(rest & (before | after)) / len(rest)
        if share > best_share:
            best_share, best_row = share, row
    columns.mark("best_described", best_row, best_share)


class ContextIndex:
    """The words that stand before and after the names of actors, each read when it is asked for."""

    def __init__(self, table: CandidateTable):
        self._table = table
        self._text = table.article.text
        self._starts = table.sentence_starts.tolist()

    @cached_property
    def _contexts(self) -> dict[int, tuple[set[str], set[str]]]:
        named = (actor for actor in self._table.actors if actor.is_named)
        return {actor.number: self._read_context(actor) for actor in named}

    @cached_property
    def _actors_by_word(self) -> defaultdict[str, list[int]]:
        actors: defaultdict[str, list[int]] = defaultdict(list)
        for actor, (before, after) in self._contexts.items():
            for word in before | after:
                actors[word].append(actor)
        return actors

    def list_actors(self, words: Iterable[str]) -> set[int]:
        """Return the actors beside whose names one of the words stands."""
        actors: set[int] = set()
        for word in words:
            actors.update(self._actors_by_word.get(word, ()))
        return actors

    def read(self, actor: int) -> tuple[set[str], set[str]]:
        """Return the words right before an actor's names, and those that follow in commas."""
        return self._contexts[actor]

    def _read_context(self, actor: Actor) -> tuple[set[str], set[str]]:
        before: set[str] = set()
        after: set[str] = set()
        for span in actor.mentions[:MOST_MENTIONS_READ]:
            before.update(self._read_before(span.start), fold_name(span.of(self._text)))
            after.update(self._read_after(span.end))
        return before, after

    def _read_before(self, at: int) -> tuple[str, ...]:
        sentence = bisect_right(self._starts, at) - 1
        start = max(self._starts[max(sentence, 0)], at - REACH_BEFORE_NAME)
        words = self._text[start:at]
        if not words.endswith(", "):
            words = words[max(words.rfind(mark) for mark in MARKS_BEFORE_NAME) + 1 :]
        return fold_name(words)

    def _read_after(self, at: int) -> tuple[str, ...]:
        text = self._text
        if text.startswith((", ", " ("), at):
            end = at + REACH_AFTER_NAME
        elif text.startswith(VERBS_OF_BEING, at):
            end = at + REACH_AFTER_VERB
        else:
            return ()
        next_sentence = bisect_right(self._starts, at)
        if next_sentence < len(self._starts):
            end = min(end, self._starts[next_sentence])
        return fold_name(text[at:end])
