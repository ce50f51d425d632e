"""Lines that were cut at a width, as mail programs and archives cut them, and which of them go on.

A paragraph a line is what the rest of the engine reads, and what most texts are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from math import ceil

from claims.extraction.text.editing import Edit, EditedText
from claims.extraction.text.hyphens import find_joint, learn_words
from claims.extraction.text.paragraph_ends import ParagraphEnds

NARROWEST, WIDEST = 35, 120  # characters of lines that were cut
NARROWEST_HYPHENATED = 18  # of lines that cut words, as columns of newspapers do
LEAST_HYPHENATED_SHARE = 0.25  # of such lines
FEWEST_HYPHENATED = 3
FEWEST_WORDS = 3  # of a line that shows the width; fewer may be an address that could not be cut
USUAL_SHARE = 0.97  # of the lines are no longer than the width; a heading or table may be
LEAST_SURE_SHARE = 0.2  # of the lines of a text that was cut go on in the middle of a sentence
FEWEST_SURE = 2
SMALL_TEXT = 3  # pairs of lines; of so few, one that goes on will do
FULL_SHARE = 0.85  # of the lines that surely go on had no room for the next word
MANY_FULL, MANY_FULL_SHARE = 6, 0.6
EXACT_SHARE = 0.97
LEAST_SHARE_OF_USUAL = 0.75  # of the usual width, that paragraphs may be cut at
FILLED_SHARE = 0.9  # of the lines are full where hardly any goes on in small letters
FEWEST_SURE_OF_EXACT = 5
SHORT_LINE = 0.7  # of the width, up to which a line that is no sentence is a heading, item or verse
ENDS_SENTENCE = re.compile(r"[.!?:…][\"”’')\]]*$")
WORD_WITHIN_SENTENCE = re.compile(r"[ \t]*[a-zß-öø-ÿ](?![A-Z])")  # in small letters, not "iPhone"
HYPHEN_AT_END = re.compile(r"[^\W_][-\u2010\u00ad]$")
INDENTED = re.compile(r"(?:\t| {2,})\S")
LIST_MARK = re.compile(r"\s*(?:[-*•–—>]\s|\(?\d{1,2}[.)]\s|Q[:.]|A[:.]|[A-Z][A-Z .'-]{1,40}:\s)")


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a text was cut: at which width, and whether each line is as full as it could be."""

    width: int
    is_exact: bool

    def has_room(self, line: str, after: str) -> bool:
        """Return whether the first word of the line after would have fitted into a line."""
        return has_room(line, after, self.width)


def has_room(line: str, after: str, width: int) -> bool:
    """Return whether the first word of the line after would have fitted into one of a width.

    It would not where a hyphen cuts it.
    """
    if HYPHEN_AT_END.search(line):
        return False
    return len(line) + 1 + len(after.split(maxsplit=1)[0]) <= width


def list_widths(lines: Sequence[str], usual: int) -> list[int]:
    """Return at which width each line was cut: the usual one, or a smaller one of its block.

    A block is what blank lines part, as the paragraphs of a mail that several have written.
    """
    widths: list[int] = []
    for is_blank, run in groupby(lines, key=lambda line: not line):
        block = list(run)
        longest = max(map(len, block))
        is_narrower = not is_blank and LEAST_SHARE_OF_USUAL * usual <= longest < usual
        widths += [longest if is_narrower else usual] * len(block)
    return widths


def find_wrapping(lines: Sequence[str]) -> Wrapping | None:
    """Return how the lines of a text were cut; None if they are whole paragraphs.

    In a text that was cut many lines go on in the middle of a sentence, in small letters, and these
    are all about as long as the longest; or else nearly all lines are, but those before a blank one.
    The lines come without blanks at their ends.
    """
    pairs = [
        (number, line, after)
        for number, (line, after) in enumerate(pairwise(lines))
        if line and after and not begins_by_indent(line, after)
    ]
    lengths = sorted(len(line) for _, line, _ in pairs if len(line.split()) >= FEWEST_WORDS)
    if not lengths:
        return None
    width = lengths[ceil(USUAL_SHARE * (len(lengths) - 1))]
    narrowest = NARROWEST_HYPHENATED if cuts_words(lines) else NARROWEST
    if not narrowest <= width <= WIDEST:
        return None
    widths = list_widths(lines, width)
    wrapping = Wrapping(width, is_exact=False)
    sure = [pair for pair in pairs if goes_on_for_sure(*pair[1:])]
    fewest = 1 if len(pairs) <= SMALL_TEXT else FEWEST_SURE
    if len(sure) < max(fewest, LEAST_SURE_SHARE * len(pairs)):
        filled = sum(not wrapping.has_room(line, after) for _, line, after in pairs)
        is_filled = len(pairs) > SMALL_TEXT and filled >= FILLED_SHARE * len(pairs)
        return wrapping if is_filled else None
    full = sum(not has_room(line, after, widths[number]) for number, line, after in sure)
    is_mostly_cut = full >= MANY_FULL and full >= MANY_FULL_SHARE * len(sure)  # with a poem in it
    if full < FULL_SHARE * len(sure) and not is_mostly_cut:
        return None
    is_exact = len(sure) >= FEWEST_SURE_OF_EXACT and full >= EXACT_SHARE * len(sure)
    return Wrapping(width, is_exact)


def cuts_words(lines: Sequence[str]) -> bool:
    """Return whether many of the lines end with a hyphen, and the next one goes on in small
    letters.
    """
    pairs = list(pairwise(lines))
    cut = sum(
        HYPHEN_AT_END.search(line) is not None and after[:1].islower() for line, after in pairs
    )
    return cut >= max(FEWEST_HYPHENATED, LEAST_HYPHENATED_SHARE * len(pairs))


def begins_by_indent(line: str, after: str) -> bool:
    """Return whether an indent begins a paragraph after a line, and does not hang below a mark."""
    hangs = INDENTED.match(line) or LIST_MARK.match(line)
    return INDENTED.match(after) is not None and not hangs


def goes_on_for_sure(line: str, after: str) -> bool:
    """Return whether a line ends, and the next one begins, in the middle of a sentence."""
    return not ENDS_SENTENCE.search(line) and WORD_WITHIN_SENTENCE.match(after) is not None


def goes_on(opening: str, line: str, after: str, width: int, wrapping: Wrapping) -> bool:
    """Return whether the paragraph that a line is part of goes on in the next one.

    `opening` is the first line of the paragraph, and `width` that of the line. The lines come with
    the blanks at their starts.
    """
    has_mark = LIST_MARK.match(opening) is not None
    is_full = not has_room(line, after, width)
    ends_sentence = ENDS_SENTENCE.search(line) is not None
    if INDENTED.match(after):
        hangs = line == opening or INDENTED.match(line) is not None
        is_set_out = has_mark and not INDENTED.match(opening)
        return is_set_out and hangs and not LIST_MARK.match(after)
    if LIST_MARK.match(after):
        return is_full and not has_mark and (wrapping.is_exact or not ends_sentence)
    if is_full:
        return True
    if ends_sentence:
        return False
    is_long = len(line) > SHORT_LINE * wrapping.width
    return is_long and (not wrapping.is_exact or WORD_WITHIN_SENTENCE.match(after) is not None)


def list_joined_lines(lines: Sequence[str]) -> list[bool]:
    """Return for each line whether it goes on from the one before it.

    None does where the lines are whole paragraphs. They come without blanks at their ends.
    """
    wrapping = find_wrapping(lines)
    if wrapping is None:
        return [False] * len(lines)
    ends = None
    if is_set_flush(lines, wrapping):
        ends = ParagraphEnds(lines, list_sure_ends(lines, wrapping))
    widths = list_widths(lines, wrapping.width)
    joined = []
    before = ""
    first = 0
    for number, line in enumerate(lines):
        is_joined = bool(before and line) and goes_on(
            lines[first], before, line, widths[number - 1], wrapping
        )
        if is_joined and ends and not wrapping.has_room(before, line):
            is_joined = not ends.is_end(number - 1, first)
        if not is_joined:
            first = number
        joined.append(is_joined)
        before = line
    return joined


def is_set_flush(lines: Sequence[str], wrapping: Wrapping) -> bool:
    """Return whether nothing but the end of a line parts the paragraphs of a text.

    More of them end so, with a line that has room for the next word, than before a blank line or an
    indent.
    """
    flush = parted = 0
    for line, after in pairwise(lines):
        if not line:
            continue
        if not after or begins_by_indent(line, after):
            parted += 1
        elif ENDS_SENTENCE.search(line) and wrapping.has_room(line, after):
            flush += 1
    return flush > parted


def list_sure_ends(lines: Sequence[str], wrapping: Wrapping) -> list[int]:
    """Return the numbers of the lines that end a paragraph for sure: those with room for the next
    word, those before a blank line, and the last one.
    """
    ends = []
    for number, (line, after) in enumerate(pairwise(lines)):
        if not after or wrapping.has_room(line, after):
            ends.append(number)
    return [*ends, len(lines) - 1]


def unfold_lines(text: str) -> EditedText:
    """Return a text whose lines were cut at a width with each paragraph on one line.

    Words that a hyphen cuts are whole. Another text is returned as it is.
    """
    written = text.split("\n")
    lines = [line.rstrip() for line in written]
    joined = list_joined_lines(lines)
    if not any(joined):
        return EditedText(text, [])
    known = learn_words(lines)
    edits = []
    start = 0
    before, end_before = "", 0
    for line, whole, is_joined in zip(lines, written, joined, strict=True):
        if is_joined:
            lost, between = find_joint(before, line.lstrip(), known)
            indent = len(line) - len(line.lstrip())
            edits.append(Edit(end_before - lost, start + indent, between))
        before, end_before = line, start + len(line)
        start += len(whole) + 1
    return EditedText(text, edits)
