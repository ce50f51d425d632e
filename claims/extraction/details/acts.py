"""The act of a quote, by learned weights of the words of its cue and of those around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claims.extraction.lexicon.function_words import NEGATIONS, WORDS_THAT_BEGIN_CONTENTS
from claims.extraction.lexicon.verbs import (
    ACT_OF_NOUN,
    ACT_OF_VERB,
    LEMMA_OF_FORM,
    LIGHT_VERBS,
    WORDS_OF_ATTITUDE,
)
from claims.extraction.schema import ACTS, Act, Span

ACTS_FILE = "acts.npz"
LENGTH_OF_CONTENT_READ = 60  # characters
WORDS_OF_CONTENT_READ = 5
WORD_OR_MARK = re.compile(r"[a-z]+(?:'[a-z]+)?|[^\w\s]|\d+")
WORD_IN_LOWERCASE = re.compile(r"[a-z]+")
OPENING_MARKS = "\"“‘'"


@dataclass(frozen=True, slots=True)
class ActScorer:
    """A softmax over the acts: of the sum of the weights of a cue's signs.

    `row_of_sign` has the row of each sign in `weights` (signs, acts); `training/acts.py` fits them.
    """

    row_of_sign: dict[str, int]
    weights: NDArray[np.float32]

    @classmethod
    def load(cls, path: Path) -> "ActScorer":
        with np.load(path) as stored:
            signs = stored["signs"].tolist()
            return cls(
                {sign: row for row, sign in enumerate(signs)},
                stored["weights"].astype(np.float32),
            )

    def classify(self, signs: Sequence[str]) -> tuple[Act, float]:
        """Return the likeliest act, and between 0 and 1 how sure it is."""
        rows = [self.row_of_sign[sign] for sign in signs if sign in self.row_of_sign]
        scores = np.add.reduce(self.weights.take(rows, axis=0))
        best = int(scores.argmax())
        share = 1 / float(np.add.reduce(np.exp(scores - scores[best])))
        return ACTS[best], round(share, 3)


@cache
def load_act_scorer(folder: Path) -> ActScorer:
    """Return the scorer of a model's folder: one a process."""
    return ActScorer.load(folder / ACTS_FILE)


def list_signs_of_act(
    text: str, cue: Span, contents: Sequence[Span], source_is_person: bool
) -> list[str]:
    """Return what tells the act of a cue: its words and their verbs, and how the content begins.

    `source_is_person` tells saying from reporting: "according to" a person, or a document.
    """
    words = WORD_OR_MARK.findall(fold_words(cue.of(text)))
    lemmas = [LEMMA_OF_FORM.get(word, word) for word in words]
    verb, act = find_telling_verb(words, lemmas)
    who = "person" if source_is_person else "other"
    signs = [f"cue {' '.join(words)}", f"who {who}", f"{act} by {who}", f"{verb} by {who}"]
    signs += [f"word {word}" for word in words]
    signs += [f"lemma {lemma}" for lemma in lemmas]
    signs.append(f"act {act}")
    if any(word in NEGATIONS or word.endswith("n't") for word in words):
        signs += ["negated", f"not {act}"]
    if contents[0].start < cue.end:
        return [*signs, "after content", f"{verb} after content"]
    start = contents[0].start
    return signs + list_signs_of_content(text[start : start + LENGTH_OF_CONTENT_READ], verb, act)


def fold_words(words: str) -> str:
    """Return words in lower case and with straight apostrophes, as the tables have them."""
    return words.replace("’", "'").casefold()


def find_telling_verb(words: Sequence[str], lemmas: Sequence[str]) -> tuple[str, str]:
    """Return the last verb of a cue that the tables know, and its act, or that of its noun where the
    verb says little.
    """
    verbs = [lemma for lemma in lemmas if lemma in ACT_OF_VERB]
    strong_verbs = [verb for verb in verbs if verb not in LIGHT_VERBS]
    acts_of_nouns = [ACT_OF_NOUN[word] for word in words if word in ACT_OF_NOUN]
    verb = (strong_verbs or verbs or lemmas or ["-"])[-1]
    if acts_of_nouns and not strong_verbs:
        return verb, f"{acts_of_nouns[-1]} (noun)"
    return verb, ACT_OF_VERB.get(verb, "-")


def list_signs_of_content(beginning: str, verb: str, act: str) -> list[str]:
    """Return what the first words of a content tell: "asked | to leave" is no question."""
    folded = fold_words(beginning)
    first = find_first_word(folded)
    signs = [f"then {first}", f"{verb} then {first}", f"{act} then {first}"]
    if folded[:1] in OPENING_MARKS:
        signs.append("then a mark")
    words = WORD_IN_LOWERCASE.findall(folded)[:WORDS_OF_CONTENT_READ]
    return signs + [f"content {word}" for word in words]


def find_first_word(beginning: str) -> str:
    """Return the first word of a content, if it is one of those that tell something."""
    match = WORD_IN_LOWERCASE.search(beginning.casefold())
    return match[0] if match and match[0] in WORDS_THAT_BEGIN_CONTENTS else "other"


@lru_cache(4096)
def is_known_to_report(cue: str) -> bool:
    """Return whether the tables know a cue, which hardly any that reports nothing is in."""
    words = WORD_IN_LOWERCASE.findall(fold_words(cue))
    if not words or "according" in words:
        return True
    return any(is_word_of_reporting(word) for word in words)


def is_word_of_reporting(word: str) -> bool:
    return (
        word in ACT_OF_NOUN or word in WORDS_OF_ATTITUDE or LEMMA_OF_FORM.get(word) in ACT_OF_VERB
    )
