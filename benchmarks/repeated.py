"""More documents than there are: each repetition has other names and words in the same places.

Each word is replaced by one of the same length, so that offsets into a text stay right. The words of
cues and short words stay, so that what is said stays said; a part of the long ones is drawn from
those of all documents, as often as they stand there, so that no repetition is a copy of another one
and the vocabulary is that of news; a part of the names is made up.
"""

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, count
from pathlib import Path
from typing import Any

NAME = r"[A-Z][a-z]{3,}"
LONG_WORD = r"[a-z]{5,}"
CHANGING_WORDS = re.compile(rf"\b(?:{NAME}|{LONG_WORD})\b")
SHARE_OF_NAMES_CHANGED = 0.4
SHARE_OF_WORDS_CHANGED = 0.8
VOWELS = "aeiou"
CONSONANTS = "bcdfghjklmnpqrstvwxyz"
NUMBER_OF_OUTLETS = 40
UNCHANGED_KEYS = ("kind", "method", "extractor")  # closed sets, no words of an article

Record = dict[str, Any]


class Vocabulary:
    """The long words of documents by their lengths, as often as they stand there.

    `kept` are those of cues, which no repetition changes.
    """

    def __init__(self, documents: Iterable[Record]):
        self.kept: set[str] = set()
        counts: Counter[str] = Counter()
        for document in documents:
            text = document["text"]
            counts.update(re.findall(rf"\b{LONG_WORD}\b", text))
            for record in document.get("attributions", ()):
                for start, end in record["cue"]:
                    self.kept.update(re.findall(LONG_WORD, text[start:end]))
        self.words: defaultdict[int, list[str]] = defaultdict(list)
        for word in sorted(counts.keys() - self.kept):
            self.words[len(word)].append(word)
        self.weights = {
            length: list(accumulate(counts[word] for word in words))
            for length, words in self.words.items()
        }

    def draw(self, length: int, rng: random.Random) -> str:
        return rng.choices(self.words[length], cum_weights=self.weights[length])[0]


class Changer:
    """Changes a part of the words of texts, in one repetition each always alike."""

    def __init__(self, vocabulary: Vocabulary, number: int):
        self.vocabulary = vocabulary
        self.number = number
        self.changed: dict[str, str] = {}

    def change(self, text: str) -> str:
        return CHANGING_WORDS.sub(self.change_word, text) if self.number else text

    def change_word(self, match: re.Match[str]) -> str:
        word = match.group()
        if word not in self.changed:
            self.changed[word] = self.choose_word(word, random.Random(f"{word} {self.number}"))
        return self.changed[word]

    def choose_word(self, word: str, rng: random.Random) -> str:
        if word[0].isupper():
            return make_name(word, rng) if rng.random() < SHARE_OF_NAMES_CHANGED else word
        if word in self.vocabulary.kept or rng.random() >= SHARE_OF_WORDS_CHANGED:
            return word
        return self.vocabulary.draw(len(word), rng)

    def change_value(self, value: Any) -> Any:
        """Change all words in a value of JSON but for what stands in no article."""
        if isinstance(value, str):
            return self.change(value)
        if isinstance(value, list):
            return [self.change_value(item) for item in value]
        if isinstance(value, dict):
            changed = dict(value)
            for key in value.keys() - UNCHANGED_KEYS:
                changed[key] = self.change_value(value[key])
            return changed
        return value

    def change_attribution(self, record: Record) -> Record:
        changed = dict(record)
        for key in ("actor", "speaker", "actor_mention", "about", "runners_up"):
            changed[key] = self.change_value(record[key])
        return changed

    def change_document(self, document: Record, address: str) -> Record:
        """Return a document at an address of its own; the attributions are changed with it."""
        changed = dict(document, url=address, id=address)
        for key in ("title", "text"):
            changed[key] = self.change(document[key])
        if "attributions" in document:
            records = document["attributions"]
            changed["attributions"] = [self.change_attribution(record) for record in records]
        return changed


def make_name(name: str, rng: random.Random) -> str:
    letters = [name[0]]
    for letter in name[1:]:
        letters.append(rng.choice(VOWELS if letter in VOWELS else CONSONANTS))
    return "".join(letters)


def repeat_documents(
    documents: Sequence[Record], vocabulary: Vocabulary, name: str, skipped: int = 0
) -> Iterator[Record]:
    """Yield documents without end, but for so many that are skipped.

    The first time they are as they were, but for their addresses.
    """
    first, skipped_of_first = divmod(skipped, len(documents))
    for number in count(first):
        changer = Changer(vocabulary, number)
        for place in range(skipped_of_first if number == first else 0, len(documents)):
            host = f"outlet{place % NUMBER_OF_OUTLETS}.example"
            address = f"https://{host}/{name}/{number}/{place}"
            yield changer.change_document(documents[place], address)


def write_lines(path: Path, documents: Iterable[Record]) -> int:
    """Write documents, a line each, and return how many words they have."""
    words = 0
    with path.open("w", encoding="utf-8") as lines:
        for document in documents:
            words += len(document["text"].split())
            lines.write(json.dumps(document, ensure_ascii=False) + "\n")
    return words


def read_lines(path: Path) -> list[Record]:
    """Return the documents of a file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
