"""What stands inside quotation marks in an article, and whether a quote of the article tells who said it."""

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
WORDS_OF_ASIDE, LONGEST_TITLE_QUOTED = 2, 9  # words
SMALL_TITLE_WORDS = frozenset(
    re.findall(
        r"\w+", "a an and as at but by de for from in is la le nor of on or over the to vs with"
    )
)
# Marks that open where others close, as German prints them; one character for one.
REVERSED_MARKS = re.compile(r"„([^„“”\n]*)“|(?<![^\s(])»(?=\S)([^«»\n]*)(?<=\S)«(?!\w)")
ELISION_MARK = re.compile(
    r"’|['‘](?:\d|(?:bout|cause|em|n|til|tis|twas)\b)", re.IGNORECASE
)  # stands for letters left out

STRAIGHT_MARK_CLOSING = re.compile(
    r"(?<=\w)\"|(?<=\S)\"(?=\s)"
)  # a straight mark that opens nothing


class TextWords:
    """The words of a text, each known by its number: those of any stretches of it are a set, so none counts twice."""

    def __init__(self, text: str):
        self.starts = [word.start() for word in WORD_WITH_MARKS.finditer(text)]

    def __len__(self) -> int:
        return len(self.starts)

    def within(self, stretches: Iterable[TextStretch]) -> set[int]:
        """The words that begin in these stretches."""
        found: set[int] = set()
        for start, end in stretches:
            found.update(range(bisect_left(self.starts, start), bisect_left(self.starts, end)))
        return found


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch inside quotation marks, the marks included; `quoted` of its words lie in the content of a quote.

    `aside`: perhaps no speech but a title, or words held at a distance.
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
        """Whether at least half of its words are somebody's."""
        return 2 * self.quoted >= self.words


@dataclass(frozen=True, slots=True)
class QuotationMeter:
    """How much of what stands inside quotation marks is attributed; what is perhaps no speech stays out of the count."""

    quotations: tuple[Quotation, ...] = ()

    @property
    def counted(self) -> list[Quotation]:
        return [each for each in self.quotations if not each.aside]

    @property
    def attributed(self) -> int:
        return sum(each.attributed for each in self.counted)

    @property
    def share(self) -> str:
        """Of the words that are counted, those that are attributed."""
        return describe_share(
            sum(each.quoted for each in self.counted), sum(each.words for each in self.counted)
        )

    @property
    def width(self) -> float:
        """Of a bar that is 100 wide when all are attributed."""
        return round(100 * self.attributed / (len(self.counted) or 1), 1)

    @property
    def unattributed(self) -> list[Quotation]:
        return [each for each in self.counted if not each.attributed]

    @property
    def asides(self) -> list[Quotation]:
        return [each for each in self.quotations if each.aside and not each.attributed]


def measure_quotations(text: str, words: TextWords, quoted: set[int]) -> QuotationMeter:
    """`quoted`: the words of the text that lie in the content of a quote."""
    lines = [start for start, _ in list_paragraphs(text)]
    found = []
    for start, end in list_outermost_quotations(text):
        within = words.within([(start, end)])
        if within:
            number, part = bisect_right(lines, start), text[start:end]
            found.append(
                Quotation(
                    start,
                    end,
                    part,
                    number,
                    len(within),
                    len(within & quoted),
                    is_aside_quotation(part),
                )
            )
    return QuotationMeter(tuple(found))


def list_outermost_quotations(text: str) -> Iterator[TextStretch]:
    """The stretches inside quotation marks of any style, the outermost alone, those in doubt left out.

    A quotation that goes on in the next paragraph is one for each of its paragraphs.
    """
    plain = REVERSED_MARKS.sub(lambda found: f"“{found[1] or found[2] or ''}”", text)
    known = [
        (start, end)
        for start, end, marks in list_quoted_stretches(plain)
        if is_sure_opening(plain, start, marks)
    ]
    furthest = 0
    for start, end in sorted(known, key=lambda stretch: (stretch[0], -stretch[1])):
        if start >= furthest:
            furthest = end
            yield start, end


def is_sure_opening(text: str, start: int, marks: MarkKind) -> bool:
    """Whether the mark at `start` opens a quotation, and is no apostrophe (’90s), no inches and no mark that closes."""
    if marks == DOUBLE_MARKS:
        return STRAIGHT_MARK_CLOSING.match(text, start) is None
    return ELISION_MARK.match(text, start) is None


def is_aside_quotation(quotation: str) -> bool:
    """One or two words, or few enough that are capitalized as titles are."""
    words = WORD_WITH_MARKS.findall(quotation)
    return len(words) <= WORDS_OF_ASIDE or (
        len(words) <= LONGEST_TITLE_QUOTED and has_title_case(words)
    )


def has_title_case(words: list[str]) -> bool:
    """Whether all but the small words are capitalized, and not all of them throughout; no script without case has titles."""
    first, *others = words
    capitalized = all(
        word in SMALL_TITLE_WORDS or word[0].isupper() or word[0].isdigit() for word in others
    )
    return first[0].isupper() and capitalized and not all(word.isupper() for word in words)
