"""What stands inside quotation marks in an article, and whether a quote of the article tells who
said it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claims.extraction.text.quotation import (
    DOUBLE_MARKS,
    MarkKind,
    list_paragraphs,
    list_quoted_stretches,
)
from claims.passages.shares import describe_share

TextStretch = tuple[int, int]  # offsets into the text, half-open

WORD_WITH_MARKS = re.compile(r"\w+(?:['’.-]\w+)*")
LONGEST_ASIDE = 2  # words
LONGEST_TITLE_QUOTED = 9  # words
SMALL_TITLE_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "de",
        "for",
        "from",
        "in",
        "is",
        "la",
        "le",
        "nor",
        "of",
        "on",
        "or",
        "over",
        "the",
        "to",
        "vs",
        "with",
    ]
)
# Marks that open where others close, as German prints them; one character for one.
REVERSED_MARKS = re.compile(r"„([^„“”\n]*)“|(?<![^\s(])»(?=\S)([^«»\n]*)(?<=\S)«(?!\w)")
# An apostrophe that stands for letters left out.
ELISION_MARK = re.compile(r"’|['‘](?:\d|(?:bout|cause|em|n|til|tis|twas)\b)", re.IGNORECASE)
# A straight mark that opens nothing.
STRAIGHT_MARK_CLOSING = re.compile(r"(?<=\w)\"|(?<=\S)\"(?=\s)")


class TextWords:
    """The words of a text, each known by its number: those of any stretches of it are a set,
    so none counts twice.
    """

    def __init__(self, text: str):
        self.starts = [word.start() for word in WORD_WITH_MARKS.finditer(text)]

    def __len__(self) -> int:
        return len(self.starts)

    def within(self, stretches: Iterable[TextStretch]) -> set[int]:
        """Return the numbers of the words that begin in these stretches."""
        numbers: set[int] = set()
        for start, end in stretches:
            first = bisect_left(self.starts, start)
            after_last = bisect_left(self.starts, end)
            numbers.update(range(first, after_last))
        return numbers


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch inside quotation marks, the marks included.

    `quoted` of its words lie in the content of a quote.

    An `aside` is perhaps no speech but a title, or words held at a distance.
    """

    start: int
    end: int
    text: str
    paragraph: int
    words: int
    quoted: int
    aside: bool

    @property
    def attributed(self) -> bool:
        """Return whether at least half of its words are somebody's."""
        return 2 * self.quoted >= self.words


@dataclass(frozen=True, slots=True)
class QuotationMeter:
    """How much of what stands inside quotation marks is attributed.

    What is perhaps no speech stays out of the count.
    """

    quotations: tuple[Quotation, ...] = ()

    @property
    def counted(self) -> list[Quotation]:
        return [quotation for quotation in self.quotations if not quotation.aside]

    @property
    def attributed(self) -> int:
        return sum(quotation.attributed for quotation in self.counted)

    @property
    def share(self) -> str:
        """Return how many of the words that are counted are attributed."""
        quoted = sum(quotation.quoted for quotation in self.counted)
        words = sum(quotation.words for quotation in self.counted)
        return describe_share(quoted, words)

    @property
    def width(self) -> float:
        """Return the width of a bar that is 100 wide when all quotations are attributed."""
        if not self.counted:
            return 0.0
        return round(100 * self.attributed / len(self.counted), 1)

    @property
    def unattributed(self) -> list[Quotation]:
        return [quotation for quotation in self.counted if not quotation.attributed]

    @property
    def asides(self) -> list[Quotation]:
        """Return the asides that are nobody's words."""
        asides = [quotation for quotation in self.quotations if quotation.aside]
        return [quotation for quotation in asides if not quotation.attributed]


def measure_quotations(text: str, words: TextWords, quoted: set[int]) -> QuotationMeter:
    """Return what stands inside quotation marks.

    `quoted` are the words of the text that lie in the content of a quote.
    """
    paragraph_starts = [start for start, _ in list_paragraphs(text)]
    quotations = []
    for start, end in list_outermost_quotations(text):
        words_within = words.within([(start, end)])
        if not words_within:
            continue
        quotation_text = text[start:end]
        quotation = Quotation(
            start=start,
            end=end,
            text=quotation_text,
            paragraph=bisect_right(paragraph_starts, start),
            words=len(words_within),
            quoted=len(words_within & quoted),
            aside=is_aside_quotation(quotation_text),
        )
        quotations.append(quotation)
    return QuotationMeter(tuple(quotations))


def list_outermost_quotations(text: str) -> Iterator[TextStretch]:
    """Yield the stretches inside quotation marks of any style, the outermost alone, those in
    doubt left out.

    A quotation that goes on in the next paragraph is one for each of its paragraphs.
    """
    plain = REVERSED_MARKS.sub(lambda match: f"“{match[1] or match[2] or ''}”", text)
    sure = []
    for start, end, marks in list_quoted_stretches(plain):
        if is_sure_opening(plain, start, marks):
            sure.append((start, end))
    sure.sort(key=lambda stretch: (stretch[0], -stretch[1]))
    furthest = 0
    for start, end in sure:
        if start >= furthest:
            furthest = end
            yield start, end


def is_sure_opening(text: str, start: int, marks: MarkKind) -> bool:
    """Return whether the mark at `start` opens a quotation, and is no apostrophe (’90s), no
    inches and no closing mark.
    """
    if marks == DOUBLE_MARKS:
        return STRAIGHT_MARK_CLOSING.match(text, start) is None
    return ELISION_MARK.match(text, start) is None


def is_aside_quotation(quotation: str) -> bool:
    """Return whether it has one or two words, or few enough that are capitalized as titles are."""
    words = WORD_WITH_MARKS.findall(quotation)
    if len(words) <= LONGEST_ASIDE:
        return True
    return len(words) <= LONGEST_TITLE_QUOTED and has_title_case(words)


def has_title_case(words: list[str]) -> bool:
    """Return whether all but the small words are capitalized, and not all of them throughout.

    In a script without case there are no titles.
    """
    first, *others = words
    if not first[0].isupper() or all(word.isupper() for word in words):
        return False
    return all(is_written_as_in_title(word) for word in others)


def is_written_as_in_title(word: str) -> bool:
    return word in SMALL_TITLE_WORDS or word[0].isupper() or word[0].isdigit()
