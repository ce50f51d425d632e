"""Who may have said each quote: its candidates, with where the article mentions them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from claims.extraction.encoder.arrays import Flags, Floats, Integers
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Speaker
from claims.extraction.speakers.actors import Actor, ActorIndex, fold_name
from claims.extraction.speakers.answers import ResolvedQuote
from claims.extraction.speakers.antecedents import find_antecedent
from claims.extraction.speakers.article import ArticleContext
from claims.extraction.speakers.line_labels import resolve_labels
from claims.extraction.speakers.naming import find_named_source
from claims.extraction.speakers.source_words import (
    Description,
    classify_source,
    read_description,
)
from claims.extraction.speakers.wordings import list_wordings
from claims.extraction.text.sentences import list_sentence_starts

REACH_BEFORE_QUOTE = 2500  # characters in which actors are candidates by their names
REACH_OF_DESCRIBED = 700  # characters in which they are by a description alone
REACH_AFTER_QUOTE = 800  # characters
MOST_MENTIONS_BEFORE = 60
MOST_MENTIONS_AFTER = 15
MOST_NAMED_ALWAYS = 3  # actors that the article names most, candidates of every quote
QUOTES_BEFORE = 6  # whose speakers are candidates
QUOTES_AFTER = 2  # likewise
DEEPEST_NESTING = 6
DESCRIBING_TYPES = ("name", "nobody", "definite", "indefinite", "plural", "other")
KINDS = ("person", "organization", "state", "group", "document", "unnamed")


@dataclass(frozen=True, slots=True)
class QuoteSource:
    """What a quote's source tells by its own words.

    `at` is where it begins, or the quote where it has none, and `end` where it ends. `named` is whom
    it names, and `wordings` who it is as it stands there, by the name of the wording. `is_label`
    tells that a transcript's label says whom it names.
    """

    quote: FoundQuote
    at: int
    end: int
    type: str
    description: Description | None
    named: Speaker | None
    wordings: dict[str, Actor]
    named_actor: Actor | None
    is_label: bool = False

    @property
    def main_wording(self) -> Actor | None:
        return self.wordings.get("core") or self.wordings.get("one_of")


class MentionTable:
    """All mentions of actors in the order of the text, as parallel arrays."""

    def __init__(self, article: ArticleContext, actors: Sequence[Actor], starts: Integers):
        rows = sorted({(m.start, m.end, a.number) for a in actors for m in a.mentions})
        table = np.array(rows, np.int64).reshape(-1, 3)
        self.start: Integers = table[:, 0]
        self._starts: list[int] = self.start.tolist()
        self.end: Integers = table[:, 1]
        self.actor: Integers = table[:, 2]
        sentence = np.searchsorted(starts, self.start, side="right") - 1
        self.sentence: Integers = np.maximum(sentence, 0)
        self.paragraph = find_paragraphs(article, self.start)
        self.opens_sentence: Flags = self.start - starts[self.sentence] < 25
        self.is_quoted = article.are_quoted(self.start)

    def __len__(self) -> int:
        return len(self.start)

    def list_between(self, start: int, end: int) -> range:
        """Return the numbers of the mentions that begin between two offsets."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))


def find_paragraphs(article: ArticleContext, offsets: Integers) -> Integers:
    starts = np.array([start for start, _ in article.paragraphs] or [0])
    return np.maximum(np.searchsorted(starts, offsets, side="right") - 1, 0)


class CandidateTable:
    """The candidates of an article's quotes: a row for each, and one for nobody.

    Rows stand in the order of the quotes, then of the actors; nobody is the last of each quote.
    `quote_of` and `actor_of` tell of each row whose it is; nobody has the number after all actors'.
    """

    def __init__(self, article: ArticleContext, quotes: Sequence[FoundQuote]):
        self.article = article
        self.quotes = quotes
        self.index = ActorIndex(article)
        self.sources = [self._read_source(quote) for quote in quotes]
        self._read_labels()
        self.author = self.index.find_or_add(article.author) if article.author else None
        self.actors = self.index.actors
        self.nobody = len(self.actors)
        text = article.text
        self.sentence_starts = np.array(list(list_sentence_starts(text, 0, len(text))) or [0])
        self.mentions = MentionTable(article, self.actors, self.sentence_starts)
        self.at = np.array([source.at for source in self.sources], np.int64)
        self.paragraph = find_paragraphs(article, self.at)
        sentence = np.searchsorted(self.sentence_starts, self.at, side="right") - 1
        self.sentence = np.maximum(sentence, 0)
        self.order: list[int] = np.argsort(self.at, kind="stable").tolist()
        self.outer_quotes = self._list_outer_quotes()
        self._gather()

    # what the quotes say of themselves

    def _read_source(self, quote: FoundQuote) -> QuoteSource:
        article = self.article
        at = get_quote_start(quote)
        end = quote.source.end if quote.source else at
        kind = classify_source(article, quote.source)
        described = None
        if kind in DESCRIBING_TYPES:
            described = quote.source
        elif kind in ("who", "which"):
            described = find_antecedent(article, at)
        description = read_description(article.text, described) if described else None
        named = None
        named_actor = None
        wordings = {}
        if description and described:
            named = find_named_source(article, described, description)
            named_actor = self._find_actor(named) if named else None
            for wording, speaker in list_wordings(article, description):
                actor = self.index.find_or_add(speaker)
                if not actor.is_named:  # as a source words it, which may begin a sentence
                    actor.speaker = speaker
                actor.mentions.append(described)
                wordings[wording] = actor
        return QuoteSource(quote, at, end, kind, description, named, wordings, named_actor)

    def _read_labels(self) -> None:
        """Let the labels of a transcript's lines say who speaks: "A:" in an interview, initials."""
        named = [ResolvedQuote(source.quote, source.named) for source in self.sources]
        for number, (_, speaker) in enumerate(resolve_labels(self.article, named)):
            source = self.sources[number]
            if speaker and speaker is not source.named:
                self.sources[number] = replace(
                    source,
                    type="name",
                    named=speaker,
                    named_actor=self._find_actor(speaker),
                    is_label=True,
                )

    def _find_actor(self, speaker: Speaker) -> Actor:
        person = None
        if speaker.kind == "person":
            person = self.article.people.persons_by_name.get(speaker.name)
        actor = self.index.find_or_add(speaker, person)
        if not actor.is_named:  # taken for a description so far
            actor.speaker = speaker
            actor.person = person
        return actor

    def _list_outer_quotes(self) -> list[list[int]]:
        """Return for each quote those in whose contents it stands, the innermost first."""
        by_cue = {quote.cue: number for number, quote in enumerate(self.quotes)}
        outer_quotes = []
        for quote in self.quotes:
            outer: list[int] = []
            within = quote.within
            while within in by_cue and by_cue[within] not in outer and len(outer) < DEEPEST_NESTING:
                outer.append(by_cue[within])
                within = self.quotes[outer[-1]].within
            outer_quotes.append(outer)
        return outer_quotes

    @cached_property
    def anchors(self) -> list[int | None]:
        """The actor that each source means by its own words, None where they do not tell."""
        anchors: list[int | None] = []
        for source in self.sources:
            actor = source.named_actor
            if actor is None and source.type != "nobody":
                actor = source.wordings.get("core")
            anchors.append(actor.number if actor else None)
        return anchors

    # rows

    def _gather(self) -> None:
        """Pair each quote with the mentions in its reach, and with those who are its candidates
        without one.
        """
        pairs = [self._list_mentions_in_reach(number) for number in range(len(self.quotes))]
        quotes = [np.full(len(mentions), number) for number, mentions in enumerate(pairs)]
        empty = np.zeros(0, np.int64)
        self.pair_mention: Integers = np.concatenate([*pairs, empty]).astype(np.int64)
        self.pair_quote: Integers = np.concatenate([*quotes, empty]).astype(np.int64)
        others = [pair for number in range(len(self.quotes)) for pair in self._list_others(number)]
        other = np.array(others, np.int64).reshape(-1, 2)
        width = self.nobody + 1
        keys = np.concatenate(
            [
                self.pair_quote * width + self.mentions.actor[self.pair_mention],
                other[:, 0] * width + other[:, 1],
                np.arange(len(self.quotes)) * width + self.nobody,
            ]
        )
        self._keys: Integers = np.unique(keys)
        self.quote_of, self.actor_of = np.divmod(self._keys, width)
        self.is_nobody = self.actor_of == self.nobody
        self.first_row: Integers = np.searchsorted(self.quote_of, np.arange(len(self.quotes)))
        self.row_count: Integers = np.diff(np.append(self.first_row, len(self._keys)))
        pair_key = self.pair_quote * width + self.mentions.actor[self.pair_mention]
        self.pair_row: Integers = np.searchsorted(self._keys, pair_key)
        self._row_of_key = {key: row for row, key in enumerate(self._keys.tolist())}

    def _list_mentions_in_reach(self, number: int) -> Integers:
        """Return the mentions around a quote by which actors are its candidates.

        Those within the source are none of them.
        """
        source = self.sources[number]
        start = self.mentions.start
        last_end = max([source.at, *(content.end for content in source.quote.contents)])
        bounds = [
            source.at - REACH_BEFORE_QUOTE,
            source.at,
            source.end,
            last_end + REACH_AFTER_QUOTE,
        ]
        low, here, after, high = np.searchsorted(start, bounds)
        is_near = start[low:here] > source.at - REACH_OF_DESCRIBED
        before = np.arange(low, here)[self.is_firm[low:here] | is_near]
        behind = np.arange(after, high)[self.is_firm[after:high]]
        return np.concatenate([before[-MOST_MENTIONS_BEFORE:], behind[:MOST_MENTIONS_AFTER]])

    @cached_property
    def is_source_mention(self) -> Flags:
        """Of each mention, whether it is the source of a quote."""
        sources = {
            (s.quote.source.start, s.quote.source.end) for s in self.sources if s.quote.source
        }
        spans = zip(self.mentions.start.tolist(), self.mentions.end.tolist(), strict=True)
        return np.array([span in sources for span in spans], bool)

    @cached_property
    def is_firm(self) -> Flags:
        """Of each mention, whether it is a name or the source of a quote."""
        return np.asarray(self.is_named[self.mentions.actor] | self.is_source_mention, bool)

    def _list_others(self, number: int) -> list[tuple[int, int]]:
        """Return a quote with each actor that is its candidate wherever it is mentioned."""
        source = self.sources[number]
        actors = set(self.most_named)
        within = self.mentions.list_between(source.at, source.end)
        actors.update(self.mentions.actor[within.start : within.stop].tolist())
        actors.update(actor.number for actor in source.wordings.values())
        place = self.places[number]
        around = self.order[max(place - QUOTES_BEFORE, 0) : place + QUOTES_AFTER + 1]
        for other in (number, *around, *self.outer_quotes[number]):
            anchor = self.anchors[other]
            if anchor is not None:
                actors.add(anchor)
        if self.author:
            actors.add(self.author.number)
        return [(number, actor) for actor in sorted(actors)]

    @cached_property
    def places(self) -> dict[int, int]:
        """The place of each quote in the order of the text."""
        return {number: place for place, number in enumerate(self.order)}

    # what is known of actors

    @cached_property
    def is_named(self) -> Flags:
        return np.array([actor.is_named for actor in self.actors], bool)

    @cached_property
    def kind(self) -> Integers:
        """The kind of each actor, as its place in `KINDS`."""
        return np.array([KINDS.index(actor.kind) for actor in self.actors], np.int64)

    @cached_property
    def words(self) -> list[tuple[str, ...]]:
        return [fold_name(actor.name) for actor in self.actors]

    @cached_property
    def actors_by_word(self) -> defaultdict[str, list[int]]:
        """The actors in whose names a word stands."""
        actors: defaultdict[str, list[int]] = defaultdict(list)
        for actor, words in enumerate(self.words):
            for word in set(words):
                actors[word].append(actor)
        return actors

    @cached_property
    def named_by_name(self) -> defaultdict[str, list[int]]:
        """The named actors of each name, as it is written."""
        actors: defaultdict[str, list[int]] = defaultdict(list)
        for actor in self.actors:
            if actor.is_named:
                actors[actor.name].append(actor.number)
        return actors

    @cached_property
    def times_mentioned(self) -> Integers:
        return np.bincount(self.mentions.actor, minlength=self.nobody)

    @cached_property
    def most_named(self) -> list[int]:
        """The actors that are named most often."""
        ranked = np.argsort(-self.times_mentioned, kind="stable").tolist()
        return [actor for actor in ranked if self.is_named[actor]][:MOST_NAMED_ALWAYS]

    # rows and values

    def __len__(self) -> int:
        return len(self._keys)

    def find_row(self, quote: int, actor: int | None) -> int | None:
        """Return the row of a candidate, None where the actor is no candidate of the quote."""
        if actor is None:
            return None
        return self._row_of_key.get(quote * (self.nobody + 1) + actor)

    def get_rows(self, quote: int) -> range:
        """Return the rows of a quote's candidates, without the one of nobody."""
        first = int(self.first_row[quote])
        return range(first, first + int(self.row_count[quote]) - 1)

    def spread_quotes(self, values: Sequence[float] | NDArray[np.generic]) -> Floats:
        """Return for each row the value of its quote."""
        return np.asarray(values, np.float32)[self.quote_of]

    def spread_actors(self, values: Sequence[float] | NDArray[np.generic]) -> Floats:
        """Return for each row the value of its actor, 0 for nobody."""
        with_nobody = np.append(np.asarray(values, np.float32), np.float32(0))
        return with_nobody[self.actor_of]

    def rank(self, values: Integers | Floats) -> Integers:
        """Return the place of each row among those of its quote, the largest value first."""
        order = np.lexsort((-values, self.quote_of))
        places = np.empty(len(order), np.int64)
        places[order] = np.arange(len(order)) - self.first_row[self.quote_of[order]]
        return places


def get_quote_start(quote: FoundQuote) -> int:
    """Return where a quote's source begins, or else the quote."""
    if quote.source:
        return quote.source.start
    return min(quote.cue.start, quote.contents[0].start)
