"""Where the words of a quote stand in another version of their article, or that nobody can tell. Plain Python, no Django.

The method is that of the W3C Web Annotation Data Model's TextQuoteSelector (https://www.w3.org/TR/annotation-model/#text-quote-selector):
the exact words, and what stands before and after them. Since versions are kept whole, prefix and suffix are not the usual
32 characters but as long as they need to be. Words are never searched for by likeness: Hypothesis' fuzzy anchoring
(https://web.hypothes.is/blog/fuzzy-anchoring/) finds a place for nearly every annotation, and so puts some on a passage
that merely looks alike. A decision about who said what would then be one that nobody made; here it is an orphan instead.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

TextBounds = tuple[int, int]  # characters of a text, half-open
PlacementFate = Literal["kept", "moved", "gone", "unclear"]

TELLING_AGREEMENT = 32  # characters of agreement that one place has more than another, from which on the surroundings tell them apart
CHANCE_AGREEMENT = 4  # characters that agree by chance: a full stop, a line feed, the end of a word
TEXT_EDGE = (
    "\0" * TELLING_AGREEMENT
)  # stands before and after a text: to stand at its beginning or end is an agreement, too


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of a quote's words: `gone` when they stand nowhere, `unclear` when they may be here or there.

    `pieces` pairs each stretch of the old text, in order, with where it begins in the new one.
    """

    fate: PlacementFate
    pieces: tuple[tuple[TextBounds, int], ...] = ()

    @property
    def found(self) -> bool:
        return self.fate in ("kept", "moved")

    def at(self, start: int, end: int) -> TextBounds:
        """Where characters of the old text stand in the new one, by the last piece that begins before them."""
        number = bisect_right([bounds[0] for bounds, _ in self.pieces], start)
        bounds, begins = self.pieces[max(number - 1, 0)]
        return start - bounds[0] + begins, end - bounds[0] + begins


def find_placement(
    parts: Sequence[TextBounds],
    contents: Sequence[TextBounds],
    old: str,
    new: str,
    alone: bool = False,
) -> Placement:
    """Where the words of a quote stand in `new`; `parts` are its source, cue and contents in `old`, in any order.

    They are looked for together, in order, in one passage. What stands between them may change in its marks and spaces
    alone: other words there may change who said it. A content that ended at a mark must not go on, for it would say more
    than it did. Where the words stand once in each text, that is the place. Where they stand several times in either, the
    place is the one whose surroundings agree with the old ones by `TELLING` characters more than those of any other, on
    one side and not less on the other; if there is none such, it is unclear.

    `alone`: they must stand once in `new`. So it has to be where `old` is not the text right before: of two passages that
    were alike in between, one may since have lost the surroundings that told it from the other.
    """
    pieces = join_stretches(parts)
    pattern = build_pieces_pattern(pieces, contents, old)
    places = [
        tuple(match.start(f"p{number}") for number in range(len(pieces)))
        for match in list_occurrences(pattern, new)
    ]
    if not places:
        return Placement("gone")
    if alone and len(places) > 1:
        return Placement("unclear")
    first, last = pieces[0][0], pieces[-1][1]
    others = [
        (match.start(), match.end())
        for match in list_occurrences(pattern, old)
        if match.start() != first
    ]
    ends = [begins[-1] + pieces[-1][1] - pieces[-1][0] for begins in places]
    spots = [(begins[0], end) for begins, end in zip(places, ends, strict=True)]
    chosen = (
        0
        if len(spots) == 1 and not others
        else find_own_spot((first, last), others, spots, old, new)
    )
    if chosen is None:
        return Placement("unclear")
    found = tuple(zip(pieces, places[chosen], strict=True))
    return Placement(
        "kept" if all(bounds[0] == begins for bounds, begins in found) else "moved", found
    )


def join_stretches(parts: Sequence[TextBounds]) -> list[TextBounds]:
    """Stretches in the order of the text, those that touch or overlap as one."""
    pieces: list[TextBounds] = []
    for start, end in sorted(parts):
        if pieces and start <= pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]))
        else:
            pieces.append((start, end))
    return pieces


def build_pieces_pattern(
    pieces: Sequence[TextBounds], contents: Sequence[TextBounds], text: str
) -> re.Pattern[str]:
    """What finds the pieces: each as it is, and between them the same words."""
    first, last = pieces[0][0], pieces[-1][1]
    found = [build_edge_pattern(text, first, -1, any(start == first for start, _ in contents))]
    for number, (start, end) in enumerate(pieces):
        if number:
            found.append(build_gap_pattern(text[pieces[number - 1][1] : start]))
        found.append(f"(?P<p{number}>{re.escape(text[start:end])})")
    found.append(build_edge_pattern(text, last, 1, any(end == last for _, end in contents)))
    return re.compile("".join(found))


def build_gap_pattern(gap: str) -> str:
    """A pattern for the words of a gap; it has no line feed and no end of a sentence that the gap has not."""
    marks = (
        rf"[^\w{'' if re.search('[.!?]', gap) else '.!?'}{'' if chr(10) in gap else chr(92) + 'n'}]"
    )
    words = [re.escape(word) for word in re.findall(r"\w+", gap)]
    inner = f"{marks}+".join(words)
    glued = not words
    before = "*" if glued or gap[:1].isalnum() else "+"
    after = "" if glued else f"{marks}{'*' if gap[-1:].isalnum() else '+'}"
    return f"{marks}{before}{inner}{after}"


def build_edge_pattern(text: str, at: int, side: Literal[-1, 1], content: bool) -> str:
    """A pattern for what must stand right before (-1) or after (1) a place: no more of a word than there was.

    At the edge of a content, neither a further word where there was a mark, a line's end or nothing.
    """
    inside, outside = (text[at : at + 1], text[:at]) if side < 0 else (text[at - 1 : at], text[at:])
    split = is_word_character(inside) and is_word_character(
        outside[-1:] if side < 0 else outside[:1]
    )
    if split:
        return r"(?<=\w)" if side < 0 else r"(?=\w)"
    goes_on = re.search(r"\w *\Z" if side < 0 else r"\A *\w", outside)
    if content and not goes_on:
        return r"(?<!\w)(?<!\w )" if side < 0 else r"(?! *\w)"
    if is_word_character(inside):
        return r"(?<!\w)" if side < 0 else r"(?!\w)"
    return ""


def is_word_character(character: str) -> bool:
    return bool(re.match(r"\w", character))


def list_occurrences(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Every match, those that overlap among them."""
    found, at = [], 0
    while match := pattern.search(text, at):
        found.append(match)
        at = match.start() + 1
    return found


def find_own_spot(
    own: TextBounds, others: Sequence[TextBounds], spots: Sequence[TextBounds], old: str, new: str
) -> int | None:
    """Which of the spots of the new text is that of `own`, by its surroundings; None if these do not tell.

    It must agree with `own` more than any other spot does, and more than with any of the `others` of the old text.
    """
    agreeing = [count_agreement(own, spot, old, new) for spot in spots]
    for number, spot in enumerate(spots):
        rivals = [
            *agreeing[:number],
            *agreeing[number + 1 :],
            *(count_agreement(other, spot, old, new) for other in others),
        ]
        if all(is_surer_place(agreeing[number], rival) for rival in rivals):
            return number
    return None


def is_surer_place(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether a place agrees more than another: on one side by what tells, on the other not less."""
    more = [mine - theirs for mine, theirs in zip(one, other, strict=True)]
    return max(more) >= TELLING_AGREEMENT and min(more) >= -CHANCE_AGREEMENT


def count_agreement(one: TextBounds, other: TextBounds, old: str, new: str) -> tuple[int, int]:
    """How many characters are the same right before and right after a place of each text."""
    before = count_common_start(
        (TEXT_EDGE + old[: one[0]])[::-1], (TEXT_EDGE + new[: other[0]])[::-1]
    )
    return before, count_common_start(old[one[1] :] + TEXT_EDGE, new[other[1] :] + TEXT_EDGE)


def count_common_start(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning; by halves, since most have few or all."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
