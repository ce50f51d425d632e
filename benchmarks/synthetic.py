"""A million made-up quotes, as rows that hold what real ones hold: spans that select their texts,
names in their contents.

Who speaks, in what outlet and with which words follows Zipf's law, as in news; the rows are the
same at every run.
"""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import accumulate
from typing import Any, TypeVar

from claims.extraction.schema import ACTS, KINDS, Act, Stance

T = TypeVar("T")
SYLLABLE_ENDS = ("a", "e", "i", "o", "u", "an", "er", "or", "in", "al")
SYLLABLES = [start + end for start in "bcdfglmnprstv" for end in SYLLABLE_ENDS]
FIRST_DAY = date(2015, 1, 1)
NUMBER_OF_DAYS = 3650
NUMBER_OF_WORDS = 30_000
NUMBER_OF_OUTLETS = 60
QUOTES_PER_ACTOR = 50
LEAST_ACTORS = 40
QUOTES_PER_ARTICLE = 12
STATUSES = ("unreviewed", "accepted", "corrected", "rejected")
# How often each is drawn, in their order.
STATUS_WEIGHTS = (90, 6, 2, 2)
KIND_WEIGHTS = (15, 15, 70)
ACT_WEIGHTS = (60, 5, 7, 2, 2, 3, 3, 2, 3, 3, 2, 2, 5, 1)
CUE_OF_ACT: dict[Act, str] = {
    "say": "said",
    "claim": "claimed",
    "report": "reported",
    "confirm": "confirmed",
    "deny": "denied",
    "accuse": "accused",
    "support": "praised",
    "warn": "warned",
    "promise": "promised",
    "demand": "demanded",
    "predict": "predicted",
    "question": "asked",
    "believe": "believes",
    "no_comment": "ignored",
}
STANCE_OF_ACT: dict[str, Stance] = {"deny": "denies", "question": "questions"}  # of others: asserts


class ZipfDraw:
    """Draws the first of some things the most often: the n-th about 1/n times as often."""

    def __init__(self, things: Sequence[T], rng: random.Random, flatness: float = 1.0):
        self.things = things
        self.rng = rng
        self.weights = list(accumulate((n + 1) ** -flatness for n in range(len(things))))

    def draw(self, number: int) -> list[Any]:
        return self.rng.choices(self.things, cum_weights=self.weights, k=number)


class SyntheticNews:
    """`actors`, `outlets` and articles of synthetic news, with so many `quotes` in all."""

    def __init__(self, quotes: int, seed: int = 1):
        self.rng = random.Random(seed)
        self.quotes = quotes
        words = [self.make_word(self.rng.randint(2, 4)) for _ in range(NUMBER_OF_WORDS)]
        self.words = ZipfDraw(words, self.rng)
        self.actors = [
            f"{self.make_word(2).title()} {self.make_word(3).title()} {number}"
            for number in range(1, max(quotes // QUOTES_PER_ACTOR, LEAST_ACTORS) + 1)
        ]
        self.actor_numbers = ZipfDraw(range(1, len(self.actors) + 1), self.rng, 0.8)
        self.outlets = [
            f"The {self.make_word(2).title()} {number}"
            for number in range(1, NUMBER_OF_OUTLETS + 1)
        ]
        self.outlet_numbers = ZipfDraw(range(1, len(self.outlets) + 1), self.rng, 0.7)

    def make_word(self, syllables: int) -> str:
        return "".join(self.rng.choices(SYLLABLES, k=syllables))

    def make_articles(self) -> Iterator[tuple[tuple[Any, ...], list[dict[str, Any]]]]:
        """Yield rows of articles (id, outlet, day, title, text), each with its quotes."""
        for number, first_quote in enumerate(range(0, self.quotes, QUOTES_PER_ARTICLE), 1):
            size = min(QUOTES_PER_ARTICLE, self.quotes - first_quote)
            day = FIRST_DAY + timedelta(self.rng.randrange(NUMBER_OF_DAYS))
            actors = self.actor_numbers.draw(size)
            named = self.actor_numbers.draw(size)
            acts = self.rng.choices(ACTS, ACT_WEIGHTS, k=size)
            self.begin_article()
            text = ""
            quotes = []
            for actor, other, act in zip(actors, named, acts, strict=True):
                quote = self.make_quote(len(text), actor, other, act)
                text += quote.pop("sentence") + "\n"
                quotes.append(quote)
            title = " ".join(self.words.draw(6)).capitalize()
            (outlet,) = self.outlet_numbers.draw(1)
            yield (number, outlet, day, title, text), quotes

    def begin_article(self) -> None:
        """Do nothing: what is said is of no story."""

    def make_content(self) -> str:
        return " ".join(self.words.draw(self.rng.randint(6, 30)))

    def make_quote(self, start: int, actor: int, named: int, act: Act) -> dict[str, Any]:
        """Return a quote whose sentence stands at `start` in its article.

        Each part is where it begins, where it ends, and its text.
        """
        is_known = self.rng.random() > 0.1
        is_about = self.rng.random() < 0.6
        source = self.actors[actor - 1] if is_known else "One of them"
        cue = CUE_OF_ACT[act]
        content = self.make_content()
        if is_about:
            content = f"{self.actors[named - 1]} {content}"
        cue_start = start + len(source) + 1
        content_start = cue_start + len(cue) + 1
        return {
            "sentence": f"{source} {cue} {content}.",
            "actor": actor if is_known else None,
            "about": named if is_about else None,
            "source": (start, start + len(source), source),
            "cue": (cue_start, cue_start + len(cue), cue),
            "content": (content_start, content_start + len(content), content),
            "act": act,
            "kind": self.rng.choices(KINDS, KIND_WEIGHTS)[0],
            "stance": STANCE_OF_ACT.get(act, "asserts"),
            "status": self.rng.choices(STATUSES, STATUS_WEIGHTS)[0],
        }
