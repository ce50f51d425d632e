"""How like a source's words are to a candidate's name, and to what the article says of it."""

from collections.abc import Iterable

from claims.extraction.speakers.actors import Actor, fold_name
from claims.extraction.speakers.candidates import CandidateTable, QuoteSource
from claims.extraction.speakers.columns import FeatureColumns

SHORT_TELLING_WORDS = frozenset(["pm", "mp", "ceo", "un", "us", "uk", "eu"])
SMALL_WORDS = frozenset(["of", "the", "and", "for"])
LONGEST_LETTERS = 6
MOST_MENTIONS_READ = 12
REACH_BEFORE_NAME = 70  # characters in which it is told who somebody is
REACH_AFTER_NAME = 110  # characters, after a comma
REACH_AFTER_VERB = 60  # characters, in "Ann Lee is the mayor"
VERBS_OF_BEING = (" is ", " was ", ", who", " who ")
MARKS_BEFORE_NAME = ',;:“”"()'


def fill_likeness(table: CandidateTable, columns: FeatureColumns) -> None:
    contexts = ContextReader(table)
    for number, source in enumerate(table.sources):
        main = source.main_wording
        if main is None or not table.words[main.number]:
            continue
        fill_likeness_of_names(table, columns, number, source, main)
        if source.named is None or source.named.kind != "person":
            fill_likeness_of_contexts(table, columns, number, source, main, contexts)


def fill_likeness_of_names(
    table: CandidateTable,
    columns: FeatureColumns,
    number: int,
    source: QuoteSource,
    main: Actor,
) -> None:
    """Tell which names share words with the source, or are what its letters stand for."""
    core = table.words[main.number]
    words = set(find_longest_wording(table, source))
    kind = table.kind[main.number]
    letters = get_letters(main)
    for row in table.get_rows(number):
        actor = int(table.actor_of[row])
        name = table.words[actor]
        if table.kind[actor] == kind:
            columns.mark("same_kind", row)
        shared = len(words.intersection(name))
        if shared:
            columns.mark("share_of_source", row, shared / len(words))
            columns.mark("share_of_name", row, shared / len(name))
            columns.mark("same_head", row, float(name[-1] == core[-1]))
            is_longer = len(name) > len(core)
            is_part = name[: len(core)] == core or name[-len(core) :] == core
            columns.mark("longer", row, float(is_longer and is_part))
        if letters and stands_for(letters, name):
            columns.mark("initials", row)


def find_longest_wording(table: CandidateTable, source: QuoteSource) -> tuple[str, ...]:
    return max((table.words[actor.number] for actor in source.wordings.values()), key=len)


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
    contexts: "ContextReader",
) -> None:
    """Tell which names the article describes by the words of the source."""
    head = table.words[main.number][-1]
    words = set(find_longest_wording(table, source))
    telling = {word for word in words if len(word) > 3 or word in SHORT_TELLING_WORDS} or words
    bearers = {person.name for person in table.article.roles.get_bearers(head).values()}
    letters = get_letters(main)
    best_share, best_row = 0.0, None
    for row in table.get_rows(number):
        number_of_actor = int(table.actor_of[row])
        if not table.is_named[number_of_actor]:
            continue
        actor = table.actors[number_of_actor]
        if actor.name in bearers:
            columns.mark("role", row)
            columns.mark("role_share", row, 1 / len(bearers))
        before, after = contexts.read(actor)
        columns.mark("head_before", row, float(head in before))
        columns.mark("head_after", row, float(head in after))
        if letters and letters in before and not columns.get("initials")[row]:
            columns.mark("initials", row, 0.5)
        rest = telling.difference(table.words[number_of_actor])
        if not rest:
            continue
        columns.mark("before_name", row, len(rest & before) / len(rest))
        columns.mark("after_name", row, len(rest & after) / len(rest))
        share = (len(rest & before) + len(rest & (after - before))) / len(rest)
        if share > best_share:
            best_share, best_row = share, row
    columns.mark("best_described", best_row, best_share)


class ContextReader:
    """The words that stand before and after the names of actors, read once for each."""

    def __init__(self, table: CandidateTable):
        self._text = table.article.text
        self._starts = table.sentence_starts
        self._contexts: dict[int, tuple[set[str], set[str]]] = {}

    def read(self, actor: Actor) -> tuple[set[str], set[str]]:
        """Return the words right before an actor's names, and those that follow in commas."""
        if actor.number not in self._contexts:
            before: set[str] = set()
            after: set[str] = set()
            for span in actor.mentions[:MOST_MENTIONS_READ]:
                before.update(self._read_before(span.start), fold_name(span.of(self._text)))
                after.update(self._read_after(span.end))
            self._contexts[actor.number] = (before, after)
        return self._contexts[actor.number]

    def _read_before(self, at: int) -> tuple[str, ...]:
        sentence = int(self._starts.searchsorted(at, side="right")) - 1
        start = max(int(self._starts[max(sentence, 0)]), at - REACH_BEFORE_NAME)
        words = self._text[start:at]
        if not words.endswith(", "):
            words = words[max(words.rfind(mark) for mark in MARKS_BEFORE_NAME) + 1 :]
        return fold_name(words)

    def _read_after(self, at: int) -> tuple[str, ...]:
        text = self._text
        if text.startswith((", ", " ("), at):
            next_sentence = int(self._starts.searchsorted(at, side="right"))
            end = at + REACH_AFTER_NAME
            if next_sentence < len(self._starts):
                end = min(end, int(self._starts[next_sentence]))
            return fold_name(text[at:end])
        if text.startswith(VERBS_OF_BEING, at):
            return fold_name(text[at : at + REACH_AFTER_VERB])
        return ()
