"""Corpora in, and what each says of every word. Formats: see `training/README.md`."""

import csv
import gzip
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import numpy as np

from claims.extraction.encoder.features import Words
from claims.extraction.encoder.labels import ENTITY_LABELS, LINK_LABELS, ROLE_LABELS
from claims.extraction.lexicon.pronouns import FIRST_PERSON_PRONOUNS, PRONOUNS
from claims.extraction.lexicon.verbs import LEMMA_OF_FORM, REPORTING_VERBS
from claims.extraction.lexicon.words import word_set

Document = dict[str, Any]
Token = list[Any]  # start, end, part of speech, entity, lemma, head, relation, whether it opens

IGNORE = -100
# What a name may be to a mention.
NOT_MEANT = 1
MEANT = 2
OPEN = 3  # where nobody has noted which is meant
# Confidence from which a silver attribution is taught as one; below, its cue is neither taught as
# one nor as none.
SURE = 0.6
LONGEST_NAME = 6  # tokens of a mention that is a name with its title
WORDS_BEFORE_VERBS = word_set(
    """has have had was were is are be been being not also did does do will would could may might
    never reportedly later then previously repeatedly already recently"""
)
THIRD_PERSON_PRONOUNS = (PRONOUNS - FIRST_PERSON_PRONOUNS) | {"who", "whose", "whom"}
# Of whoever speaks or is spoken to, who is not named by a chain of mentions.
PRONOUNS_OF_SPEAKING = word_set("i me my mine myself we us our you your")
LEMMAS_OF_DEFINITE_WORDS = word_set("the this that he she they its his her their")
SILVER_ENTITIES = {"PERSON": "PER", "ORGANIZATION": "ORG", "LOCATION": "LOC", "MISC": "MISC"}
GOLD_ENTITIES = {
    "Person": "PER",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "LOC",
    "NORP": "MISC",
    "Misc": "MISC",
    "Product": "MISC",
}


def open_text(path: Path, newline: str | None = None) -> TextIO:
    """Open a file of text, compressed or not."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline=newline)
    return path.open(encoding="utf-8", newline=newline)


def read_corpus(path: Path) -> list[Document]:
    with open_text(path) as lines:
        return [json.loads(line) for line in lines]


def leave_publisher_out(documents: Iterable[Document], publisher: str | None) -> list[Document]:
    """Return the documents but for those of a publisher, all where none is to be left out.

    Those whose publisher is not known stay.
    """
    return [one for one in documents if publisher is None or one.get("publisher") != publisher]


def read_referents(path: Path) -> list[Document]:
    """Return GAP's passages: a pronoun and two names, each of which it refers to or does not."""
    with open_text(path, newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [read_passage(row) for row in rows]


def read_passage(row: dict[str, str]) -> Document:
    names = []
    for name in ("A", "B"):
        start = int(row[f"{name}-offset"])
        refers = MEANT if row[f"{name}-coref"] == "TRUE" else NOT_MEANT
        names.append((start, start + len(row[name]), refers))
    return {"text": row["Text"], "referents": [(int(row["Pronoun-offset"]), names)]}


@dataclass(slots=True)
class Cue:
    """A cue (or a verb that is none) and, for each word, its part in that cue's attribution."""

    first: int
    tags: np.ndarray


@dataclass(slots=True)
class Mention:
    """The head word of a pronoun or description, and what each name is to it, by its last word.

    A name is `NOT_MEANT`, `MEANT` or, where nobody has noted which is meant, `OPEN` as all others
    are.
    """

    word: int
    names: dict[int, int]


@dataclass(slots=True)
class Content:
    """The first span of a content, in words, and the row of its text among the teacher's vectors."""

    start: int
    end: int
    row: int


class Labels:
    """One document's labels, a value a word; `IGNORE` where it says nothing of the word."""

    def __init__(self, document: Document, words: Words, tags: Sequence[str]):
        self.words = words
        self.text: str = document["text"]
        size = len(words)
        self.roles = np.full(size, 0 if "attributions" in document else IGNORE)
        self.entities = np.full(size, IGNORE)
        self.heads = np.full(size, IGNORE)
        self.tags = np.full(size, IGNORE)
        self.sentences = np.full(size, IGNORE)
        self.cues: list[Cue] = []
        self.verbs: list[int] = []
        self.mentions: list[Mention] = []
        self.contents: list[Content] = []
        is_unannotated = document.get("asked", False)
        self.is_read_whole = document.get("whole", False)
        self._mark_attributions(document.get("attributions", ()), is_unannotated)
        if document.get("tokens"):
            self._mark_syntax(document["tokens"], tags)
            self._add_chains(document["tokens"], document.get("coref") or ())
        for at, names in document.get("referents", ()):
            self._add_referent(at, names)
        if "entities" in document:
            self._mark_gold_entities(document["entities"])
        if is_unannotated:
            self._leave_open(document["entities"])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the words whose first character lies between two offsets."""
        first, after = np.searchsorted(self.words.start, [start, end])
        return int(first), int(after)

    def _get_word(self, number: int) -> str:
        return self.text[self.words.start[number] : self.words.end[number]].casefold()

    def _mark_attributions(self, attributions: Iterable[Document], is_unannotated: bool) -> None:
        for attribution in attributions:
            if is_unannotated or is_sure(attribution):
                self._add_attribution(attribution)
        if not self.is_read_whole:
            self._pass_over_inner_cues()
        for attribution in attributions:
            for start, end in attribution.get("cue") or ():
                first, after = self.span(start, end)
                if is_sure(attribution):  # once more, since it may lie inside another's content
                    mark_words(self.roles, first, after, ROLE_LABELS.index("B-cue"))
                else:
                    self.roles[first:after] = IGNORE

    def _add_attribution(self, attribution: Document) -> None:
        tags = np.zeros(len(self.words), np.int64)
        cues = []
        for role in ("source", "cue", "content"):
            for start, end in attribution.get(role) or ():
                first, after = self.span(start, end)
                if first == after:
                    continue
                mark_words(self.roles, first, after, ROLE_LABELS.index(f"B-{role}"))
                if role == "cue":
                    cues.append(first)
                else:
                    mark_words(tags, first, after, LINK_LABELS.index(f"B-{role}"))
        if cues:
            self.cues.append(Cue(cues[0], tags))
        if "vector" in attribution and attribution.get("content"):
            first, after = self.span(*attribution["content"][0])
            if first < after:
                self.contents.append(Content(first, after, attribution["vector"]))

    def _pass_over_inner_cues(self) -> None:
        """Ignore words of reporting inside a content, since the corpus leaves inner cues out.

        They are neither taught as cues nor as none, nor are the auxiliaries and adverbs before
        them.
        """
        in_content = self.roles >= ROLE_LABELS.index("B-content")
        for number in np.flatnonzero(in_content).tolist():
            if LEMMA_OF_FORM.get(self._get_word(number), "") not in REPORTING_VERBS:
                continue
            self.roles[number] = IGNORE
            before = number - 1
            while (
                before >= 0 and in_content[before] and self._get_word(before) in WORDS_BEFORE_VERBS
            ):
                self.roles[before] = IGNORE
                before -= 1

    def _leave_open(self, entities: Iterable[tuple[int, int, str]]) -> None:
        """Leave to other models to teach what nobody annotated: roles, links of every likely cue,
        pronouns.
        """
        self.roles[:] = IGNORE
        for cue in self.cues:
            cue.tags[:] = IGNORE
        names = {}
        for start, end, kind in entities:
            first, after = self.span(start, end)
            if kind in ("Person", "Organization") and first < after:
                names[after - 1] = OPEN
        if not names:
            return
        for number in range(len(self.words)):
            if self._get_word(number) in THIRD_PERSON_PRONOUNS:
                self.mentions.append(Mention(number, names))

    def _add_referent(self, at: int, names: Iterable[tuple[int, int, int]]) -> None:
        """Add a pronoun, given by where it begins, of which the corpus says which of two names it
        means.
        """
        what_names_are: dict[int, int] = {}
        for start, end, refers in names:
            last = self.span(start, end)[1] - 1
            if last >= 0:
                what_names_are[last] = refers
        self.mentions.append(Mention(self.span(at, at)[0], what_names_are))

    def _add_chains(self, tokens: list[Token], chains: Sequence[list[list[int]]]) -> None:
        """Add the pronouns and descriptions of the silver chains, with the names in the same chain."""
        starts = np.array([token[0] for token in tokens])
        last_word_of_name = {
            number: self.span(tokens[number][0], tokens[number][1])[1] - 1
            for number in list_last_tokens_of_names(tokens)
        }
        for chain in chains:
            mentions, names = [], []
            for start, end in chain:
                first, after = (int(at) for at in np.searchsorted(starts, [start, end]))
                head = find_head(tokens, first, after)
                if head is None:
                    continue
                holds_name = any(token in last_word_of_name for token in range(first, after))
                if head in last_word_of_name and after - first <= LONGEST_NAME:
                    names.append(last_word_of_name[head])
                elif not holds_name and refers_back(tokens[first], tokens[head]):
                    mentions.append(self.span(tokens[head][0], tokens[head][1])[0])
            what_names_are = dict.fromkeys(last_word_of_name.values(), NOT_MEANT)
            what_names_are |= dict.fromkeys(names, MEANT)
            for word in mentions:
                if word < len(self.words):
                    self.mentions.append(Mention(word, what_names_are))

    def _mark_syntax(self, tokens: list[Token], tags: Sequence[str]) -> None:
        spans = [self.span(token[0], token[1]) for token in tokens]
        name_before = None  # the kind of the name that the token before is of
        for token, (first, after) in zip(tokens, spans, strict=True):
            _, _, tag, entity, _, head, _, opens = token
            if first == after:
                name_before = None
                continue
            self.tags[first] = tags.index(tag) if tag in tags else IGNORE
            self.heads[first] = spans[head][0]
            self.sentences[first:after] = 0
            self.sentences[first] = opens
            if tag.startswith("VB"):
                self.verbs.append(first)
            name = SILVER_ENTITIES.get(entity)
            self.entities[first:after] = 0
            if name:
                label = ENTITY_LABELS.index(f"B-{name}")
                mark_words(self.entities, first, after, label, goes_on=name_before == name)
            name_before = name

    def _mark_gold_entities(self, entities: Iterable[tuple[int, int, str]]) -> None:
        self.entities[:] = 0
        for start, end, kind in entities:
            if kind in GOLD_ENTITIES:
                first, after = self.span(start, end)
                label = ENTITY_LABELS.index(f"B-{GOLD_ENTITIES[kind]}")
                mark_words(self.entities, first, after, label)


def is_sure(attribution: Document) -> bool:
    """Return whether an attribution was annotated by a person or found with enough confidence."""
    return bool(attribution.get("silver", 1) >= SURE)


def mark_words(
    labels: np.ndarray, first: int, after: int, begin: int, goes_on: bool = False
) -> None:
    """Label words as one span.

    `begin` is the label of its first word, where it does not go on from before.
    """
    labels[first:after] = begin + 1
    if not goes_on and first < after:
        labels[first] = begin


def list_last_tokens_of_names(tokens: Sequence[Token]) -> list[int]:
    named = [token[3] in ("PERSON", "ORGANIZATION") for token in tokens]
    followed = [*named[1:], False]
    return [
        number
        for number, (is_named, goes_on) in enumerate(zip(named, followed, strict=False))
        if is_named and not goes_on
    ]


def find_head(tokens: Sequence[Token], first: int, after: int) -> int | None:
    """Return the last token of a mention whose own head lies outside it."""
    for number in range(after - 1, first - 1, -1):
        head = tokens[number][5]
        if head == number or not first <= head < after:
            return number
    return None


def refers_back(first: Token, head: Token) -> bool:
    """Return whether a mention is a pronoun of the third person or a description that was
    introduced.
    """
    if head[2] in ("PRP", "PRP$", "WP"):
        return head[4].casefold() not in PRONOUNS_OF_SPEAKING
    return head[2] in ("NN", "NNS") and first[4].casefold() in LEMMAS_OF_DEFINITE_WORDS
