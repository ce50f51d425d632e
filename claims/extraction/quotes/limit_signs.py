"""What tells whether the words of a content are all that is said: those at its limits and around."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np

from claims.extraction.details.acts import find_telling_verb
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.lexicon.function_words import WORDS_AT_LIMITS, WORDS_THAT_BEGIN_CLAUSES
from claims.extraction.lexicon.verbs import ACT_OF_VERB, LEMMA_OF_FORM
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text
from claims.extraction.text.quotation import PLAIN_MARKS

LOOSE_MARKS = frozenset(",;:.!?…-–—")
ENDINGS = ("ing", "ed", "ly", "s")
LONGEST_SENTENCE = 80  # words on either side
FEW_WORDS = 2
NEAR_WORDS = 3
BEGINNING = "#"  # in place of the word before a sentence's first
OUTSIDE = "."  # in place of a word before the text and after it


class Stretch(NamedTuple):
    """Words by their numbers, half-open."""

    start: int
    end: int

    def overlaps(self, other: "Stretch") -> bool:
        return self.start < other.end and other.start < self.end


@lru_cache(32768)
def classify_word(word: str) -> str:
    """Return a word that tells something by itself, and of any other what it is like."""
    folded = word.casefold()
    if folded in WORDS_AT_LIMITS:
        return folded
    if not word[0].isalnum():
        return word.translate(PLAIN_MARKS)
    if word[0].isdigit():
        return "0"
    if word[0].isupper():
        return "Name"
    kind = "verb" if LEMMA_OF_FORM.get(folded) in ACT_OF_VERB else "word"
    for ending in ENDINGS:
        if folded.endswith(ending):
            return f"{kind}-{ending}"
    return kind


@dataclass(frozen=True, slots=True)
class ArticleWords:
    """The words of an article: where they are, what each is like, and where sentences begin."""

    text: Text
    start: Sequence[int]
    end: Sequence[int]
    kinds: Sequence[str]
    opens: Sequence[bool]

    @classmethod
    def of(cls, encoded: EncodedText, text: Text) -> "ArticleWords":
        start, end = encoded.words.start.tolist(), encoded.words.end.tolist()
        kinds = [classify_word(text[one:other]) for one, other in zip(start, end, strict=True)]
        begins = encoded.sentences[:, 1] > encoded.sentences[:, 0]
        opens = begins | (encoded.words.opens > 0)
        return cls(text, start, end, kinds, opens.tolist())

    def find_stretch(self, span: Span) -> Stretch:
        first = bisect_right(self.end, span.start)
        return Stretch(first, max(bisect_left(self.start, span.end), first + 1))

    def find_span(self, stretch: Stretch) -> Span:
        return Span(self.start[stretch.start], self.end[stretch.end - 1])

    def get_kind(self, number: int) -> str:
        return self.kinds[number] if 0 <= number < len(self.kinds) else OUTSIDE

    def is_loose(self, number: int) -> bool:
        return self.kinds[number] in LOOSE_MARKS

    def is_within_token(self, number: int) -> bool:
        """Return whether a word goes on from the one before it, a mark apart: an address, "co-op"."""
        if self.is_joined(number) and self.is_joined(number + 1) and self.is_word(number - 1):
            return not self.is_word(number) and self.is_word(number + 1)
        if self.is_joined(number) and self.is_joined(number - 1) and self.is_word(number):
            return not self.is_word(number - 1) and self.is_word(number - 2)
        return False

    def is_joined(self, number: int) -> bool:
        """Return whether no space stands before a word."""
        return 0 < number < len(self.start) and self.start[number] == self.end[number - 1]

    def is_word(self, number: int) -> bool:
        return self.get_kind(number)[0].isalnum()

    def may_begin_clause(self, number: int) -> bool:
        """Return whether a word is one with which clauses and phrases begin, or a mark is there."""
        kind = self.get_kind(number)
        if kind in WORDS_THAT_BEGIN_CLAUSES or not kind[0].isalnum() or kind.endswith("-ing"):
            return True
        return not self.get_kind(number - 1)[0].isalnum()

    def find_start_of_sentence(self, number: int) -> int:
        start = number
        while start > 0 and not self.opens[start] and number - start < LONGEST_SENTENCE:
            start -= 1
        return start

    def find_end_of_sentence(self, number: int) -> int:
        end = number + 1
        last = min(len(self.kinds), number + LONGEST_SENTENCE)
        while end < last and not self.opens[end]:
            end += 1
        return min(end, len(self.kinds))


@dataclass(frozen=True, slots=True)
class QuoteInWords:
    """A quote by the numbers of its words.

    `sums` are those of the odds of all words before each, from the `first` word of its window on.
    """

    cue: Stretch
    source: Stretch | None
    parts: tuple[Stretch, ...]
    verb: str
    act: str
    sums: Sequence[float]
    first: int

    @classmethod
    def of(cls, quote: FoundQuote, words: ArticleWords) -> "QuoteInWords":
        cue = words.find_stretch(quote.cue)
        of_cue = [
            words.text[words.start[number] : words.end[number]].casefold() for number in range(*cue)
        ]
        verb, act = find_telling_verb(of_cue, [LEMMA_OF_FORM.get(word, word) for word in of_cue])
        odds = quote.odds.odds.tolist() if quote.odds else []
        return cls(
            cue,
            words.find_stretch(quote.source) if quote.source else None,
            tuple(words.find_stretch(content) for content in quote.contents),
            verb,
            act,
            list(accumulate(odds, initial=0.0)),
            quote.odds.first if quote.odds else 0,
        )

    def is_free(self, stretch: Stretch) -> bool:
        """Return whether neither the cue nor the source has any of the words."""
        if stretch.overlaps(self.cue):
            return False
        return self.source is None or not stretch.overlaps(self.source)

    def sum_odds(self, place: int, other: int) -> float:
        """Return what speaks for a limit at the later of two places in place of the earlier one,
        negative if they come in that order.
        """
        last = len(self.sums) - 1
        at = min(max(place - self.first, 0), last)
        return self.sums[min(max(other - self.first, 0), last)] - self.sums[at]

    def measure_evidence(self, parts: Sequence[Stretch]) -> float:
        return sum([self.sum_odds(part.start, part.end) for part in parts])


# Signs


def list_signs_of_limits(
    quote: QuoteInWords,
    parts: Sequence[Stretch],
    nearby: Sequence[QuoteInWords],
    words: ArticleWords,
) -> list[str]:
    """Return what the words at their limits tell of these parts as the content of a quote.

    `nearby` are other quotes.
    """
    signs: list[str] = []
    comes_first_after_cue = True
    for part in parts:
        signs += list_signs_at_end(part, quote, words)
        first, before = words.get_kind(part.start), words.get_kind(part.start - 1)
        if part.start == quote.cue.end:
            before = "cue"
        elif words.opens[part.start]:
            before = BEGINNING
        signs += [f"first {first}", f"before {before}", f"starts {before} {first}"]
        if part.start >= quote.cue.end and comes_first_after_cue:
            comes_first_after_cue = False
            signs += [f"{quote.act} {first}", f"{quote.verb} {first}"]
            signs.append(f"{quote.verb} {before} {first}")
        if part.end - part.start <= FEW_WORDS:
            signs.append(f"short {first} {len(parts)}")
    return signs + list_signs_of_others(quote, parts, nearby, words)


def list_signs_at_end(part: Stretch, quote: QuoteInWords, words: ArticleWords) -> list[str]:
    last, following = words.get_kind(part.end - 1), words.get_kind(part.end)
    if part.end < len(words.opens) and words.opens[part.end]:
        following = BEGINNING
    where = "before" if part.end <= quote.cue.start else "after"
    signs = [f"last {last}", f"next {following}", f"ends {last} {following}"]
    signs.append(f"{where} next {following}")
    if not following[0].isalnum():
        signs.append(f"next {following} {words.get_kind(part.end + 1)}")
    return signs


def list_signs_of_others(
    quote: QuoteInWords,
    parts: Sequence[Stretch],
    nearby: Sequence[QuoteInWords],
    words: ArticleWords,
) -> list[str]:
    """Return which other cues stand in the parts, and where their sources are."""
    signs = []
    for other in nearby:
        before = words.get_kind(other.cue.start - 1)
        for part in parts:
            if part.start <= other.cue.start < part.end:
                place = describe_source_of_other(other, quote, parts)
                signs += [f"other {place}", f"other {place} {before}"]
            elif 0 <= other.cue.start - part.end <= NEAR_WORDS:
                signs.append(f"next cue {words.get_kind(part.end)}")
    return signs


def describe_source_of_other(
    other: QuoteInWords, quote: QuoteInWords, parts: Sequence[Stretch]
) -> str:
    if other.source is None:
        return "none"
    if any(part.start <= other.source.start < part.end for part in parts):
        return "in"
    is_same = quote.source is not None and other.source.overlaps(quote.source)
    return "same" if is_same else "out"


def list_numbers(quote: QuoteInWords, parts: Sequence[Stretch]) -> list[float]:
    """Return what the encoder's odds say of parts beside those it found, and how they differ."""
    evidence = quote.measure_evidence(parts) - quote.measure_evidence(quote.parts)
    evidence = min(max(evidence, -30.0), 10.0) / 5
    size = sum([part.end - part.start for part in parts])
    size_found = sum([part.end - part.start for part in quote.parts])
    growth = float(np.log(size / size_found))
    is_changed = parts != quote.parts
    return [
        evidence,
        min(evidence, 0.0),
        float(is_changed),
        growth,
        abs(growth),
        float(size == 1),
        float(len(parts) - 1),
    ]
