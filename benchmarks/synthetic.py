"""A million made-up quotes, as rows that hold what real ones hold: spans that select their texts, names in their contents.

Who speaks, in what outlet and with which words follows Zipf's law, as in news; the rows are the same at every run.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, TypeVar

from claims.extraction.schema import ACTS, KINDS, STANCES

T = TypeVar("T")
SYLLABLES = [
    a + b for a in "bcdfglmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "or", "in", "al")
]
FIRST_DAY, NUMBER_OF_DAYS = date(2015, 1, 1), 3650
QUOTES_PER_ARTICLE = 12
ACT_WEIGHTS = (60, 5, 7, 2, 2, 3, 3, 2, 3, 3, 2, 2, 5, 1)
CUE_WORDS = "said claimed reported confirmed denied accused praised warned promised demanded predicted asked believes ignored"
CUE_OF_ACT: dict[str, str] = dict(zip(ACTS, CUE_WORDS.split(), strict=True))


class ZipfDraw:
    """Draws the first of some things the most often: the n-th about 1/n times as often."""

    def __init__(self, things: Sequence[T], rng: random.Random, flatness: float = 1.0):
        self.things, self.rng = things, rng
        self.weights = list(accumulate((n + 1) ** -flatness for n in range(len(things))))

    def some(self, number: int) -> list[Any]:
        return self.rng.choices(self.things, cum_weights=self.weights, k=number)


class SyntheticNews:
    """`actors`, `outlets` and `articles` of synthetic news; `quotes` are made article by article."""

    def __init__(self, quotes: int, seed: int = 1):
        self.rng = random.Random(seed)
        self.number = quotes
        words = [self.word(self.rng.randint(2, 4)) for _ in range(30_000)]
        self.words = ZipfDraw(words, self.rng)
        people = max(quotes // 50, 40)
        self.actors = [
            f"{self.word(2).title()} {self.word(3).title()} {n}" for n in range(1, people + 1)
        ]
        self.actor = ZipfDraw(range(1, people + 1), self.rng, 0.8)
        self.outlets = [f"The {self.word(2).title()} {n}" for n in range(1, 61)]
        self.outlet = ZipfDraw(range(1, len(self.outlets) + 1), self.rng, 0.7)

    def word(self, syllables: int) -> str:
        return "".join(self.rng.choices(SYLLABLES, k=syllables))

    def articles(self) -> Iterator[tuple[tuple[Any, ...], list[dict[str, Any]]]]:
        """Rows of articles (id, outlet, day, title, text), each with its quotes."""
        made = 0
        for number in range(1, -(-self.number // QUOTES_PER_ARTICLE) + 1):
            size = min(QUOTES_PER_ARTICLE, self.number - made)
            made += size
            day = FIRST_DAY + timedelta(self.rng.randrange(NUMBER_OF_DAYS))
            text, quotes = "", []
            for actor, named, act in zip(
                self.actor.some(size),
                self.actor.some(size),
                self.rng.choices(ACTS, ACT_WEIGHTS, k=size),
                strict=True,
            ):
                quote = self.quote(text, actor, named, act)
                text += quote.pop("sentence") + "\n"
                quotes.append(quote)
            title = " ".join(self.words.some(6)).capitalize()
            yield (number, self.outlet.some(1)[0], day, title, text), quotes

    def quote(self, text: str, actor: int, named: int, act: str) -> dict[str, Any]:
        known, about = self.rng.random() > 0.1, self.rng.random() < 0.6
        source, cue = (self.actors[actor - 1] if known else "One of them"), CUE_OF_ACT[act]
        content = " ".join(self.words.some(self.rng.randint(6, 30)))
        if about:
            content = f"{self.actors[named - 1]} {content}"
        sentence = f"{source} {cue} {content}."
        at = len(text)
        cue_at = at + len(source) + 1
        return {
            "sentence": sentence,
            "actor": actor if known else None,
            "about": named if about else None,
            "source": (at, at + len(source), source),
            "cue": (cue_at, cue_at + len(cue), cue),
            "content": (cue_at + len(cue) + 1, at + len(sentence) - 1, content),
            "act": act,
            "kind": self.rng.choices(KINDS, (15, 15, 70))[0],
            "stance": STANCES[1]
            if act == "deny"
            else STANCES[2]
            if act == "question"
            else STANCES[0],
            "status": self.rng.choices(
                ("unreviewed", "accepted", "corrected", "rejected"), (90, 6, 2, 2)
            )[0],
        }
