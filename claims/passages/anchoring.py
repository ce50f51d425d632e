"""Where the words of a quote stand in another version of their article, or that nobody can tell.

Plain Python, no Django.

The method is that of the W3C Web Annotation Data Model's TextQuoteSelector
(https://www.w3.org/TR/annotation-model/#text-quote-selector): the exact words, and what stands
before and after them. Since versions are kept whole, prefix and suffix are not the usual 32
characters but as long as they need to be. Words are never searched for by likeness: Hypothesis'
fuzzy anchoring (https://web.hypothes.is/blog/fuzzy-anchoring/) finds a place for nearly every
annotation, and so puts some on a passage that merely looks alike. A decision about who said what
would then be one that nobody made; here it is an orphan instead.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

TextBounds = tuple[int, int]  # characters of a text, half-open
PlacementFate = Literal["kept", "moved", "gone", "unclear"]

# From so many characters of agreement that one place has more than another, the surroundings tell
# them apart.
TELLING_AGREEMENT = 32
# So many characters agree by chance: a full stop, a line feed, the end of a word.
CHANCE_AGREEMENT = 4
# Stands before and after a text: to stand at its beginning or end is an agreement, too.
TEXT_EDGE = "\0" * TELLING_AGREEMENT


@dataclass(frozen=True, slots=True)
class Placement:
    """What became of a quote's words: `gone` when they stand nowhere, `unclear` when they may
    be here or there.

    `pieces` pairs each stretch of the old text, in order, with where it begins in the new one.
    """

    fate: PlacementFate
    pieces: tuple[tuple[TextBounds, int], ...] = ()

    @property
    def found(self) -> bool:
        return self.fate in ("kept", "moved")

    def at(self, start: int, end: int) -> TextBounds:
        """Return where characters of the old text stand in the new one, by the last piece
        that begins before them.
        """
        old_starts = [bounds[0] for bounds, _ in self.pieces]
        number = max(bisect_right(old_starts, start) - 1, 0)
        (old_start, _), new_start = self.pieces[number]
        shift = new_start - old_start
        return start + shift, end + shift


def find_placement(
    parts: Sequence[TextBounds],
    contents: Sequence[TextBounds],
    old: str,
    new: str,
    alone: bool = False,
) -> Placement:
    """Return where the words of a quote stand in `new`.

    `parts` are its source, cue and contents in `old`, in any order.

    They are looked for together, in order, in one passage. What stands between them may change
    in its marks and spaces alone: other words there may change who said it. A content that
    ended at a mark must not go on, for it would say more than it did. Where the words stand
    once in each text, that is the place. Where they stand several times in either, the place
    is the one whose surroundings agree with the old ones by `TELLING_AGREEMENT` characters
    more than those of any other, on one side and not less on the other; if there is none such,
    it is unclear.

    With `alone` they must stand once in `new`. That is needed where `old` is not the text
    right before: of two passages that were alike in between, one may since have lost the
    surroundings that told it from the other.
    """
    pieces = join_stretches(parts)
    pattern = build_pieces_pattern(pieces, contents, old)
    matches = list_overlapping_matches(pattern, new)
    if not matches:
        return Placement("gone")
    if alone and len(matches) > 1:
        return Placement("unclear")
    own = (pieces[0][0], pieces[-1][1])
    old_bounds = [match.span() for match in list_overlapping_matches(pattern, old)]
    others = [bounds for bounds in old_bounds if bounds[0] != own[0]]
    if len(matches) == 1 and not others:
        return build_placement(pieces, matches[0])
    candidates = [match.span() for match in matches]
    number = find_own_candidate(own, others, candidates, old, new)
    if number is None:
        return Placement("unclear")
    return build_placement(pieces, matches[number])


def build_placement(pieces: Sequence[TextBounds], match: re.Match[str]) -> Placement:
    """Return the placement that a match of the pieces' pattern in the new text stands for."""
    old_starts = [start for start, _ in pieces]
    new_starts = [match.start(f"p{number}") for number in range(len(pieces))]
    fate: PlacementFate = "kept" if new_starts == old_starts else "moved"
    return Placement(fate, tuple(zip(pieces, new_starts, strict=True)))


def join_stretches(parts: Sequence[TextBounds]) -> list[TextBounds]:
    """Return stretches in the order of the text, those that touch or overlap as one."""
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
    """Return what finds the pieces: each as it is, as the groups `p0`, `p1`, …, and between
    them the same words.
    """
    first, last = pieces[0][0], pieces[-1][1]
    begins_with_content = any(start == first for start, _ in contents)
    ends_with_content = any(end == last for _, end in contents)
    pattern = build_start_pattern(text, first, begins_with_content)
    end_before = first
    for number, (start, end) in enumerate(pieces):
        if number:
            pattern += build_gap_pattern(text[end_before:start])
        pattern += f"(?P<p{number}>{re.escape(text[start:end])})"
        end_before = end
    pattern += build_end_pattern(text, last, ends_with_content)
    return re.compile(pattern)


def build_gap_pattern(gap: str) -> str:
    """Return a pattern for the words of a gap.

    It has no line feed and no end of a sentence that the gap has not.
    """
    excluded = r"\w"
    if not re.search("[.!?]", gap):
        excluded += ".!?"
    if "\n" not in gap:
        excluded += r"\n"
    mark = f"[^{excluded}]"
    words = [re.escape(word) for word in re.findall(r"\w+", gap)]
    if not words:
        return f"{mark}*"
    before = "*" if gap[0].isalnum() else "+"
    after = "*" if gap[-1].isalnum() else "+"
    between = f"{mark}+".join(words)
    return f"{mark}{before}{between}{mark}{after}"


def build_start_pattern(text: str, start: int, of_content: bool) -> str:
    """Return a pattern for what must stand right before a place: no more of a word than there was.

    Where a content begins, there is no further word either, unless a word stood right before it.
    """
    before = text[:start]
    begins_with_word = is_word_character(text[start : start + 1])
    if begins_with_word and is_word_character(before[-1:]):
        return r"(?<=\w)"
    if of_content and not re.search(r"\w *\Z", before):
        return r"(?<!\w)(?<!\w )"
    return r"(?<!\w)" if begins_with_word else ""


def build_end_pattern(text: str, end: int, of_content: bool) -> str:
    """Return a pattern for what must stand right after a place: no more of a word than there was.

    Where a content ends, there is no further word either, unless a word stood right after it.
    """
    after = text[end:]
    ends_with_word = is_word_character(text[end - 1 : end])
    if ends_with_word and is_word_character(after[:1]):
        return r"(?=\w)"
    if of_content and not re.match(r" *\w", after):
        return r"(?! *\w)"
    return r"(?!\w)" if ends_with_word else ""


def is_word_character(character: str) -> bool:
    return bool(re.match(r"\w", character))


def list_overlapping_matches(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Return every match, those that overlap among them."""
    matches = []
    match = pattern.search(text)
    while match:
        matches.append(match)
        match = pattern.search(text, match.start() + 1)
    return matches


def find_own_candidate(
    own: TextBounds,
    others: Sequence[TextBounds],
    candidates: Sequence[TextBounds],
    old: str,
    new: str,
) -> int | None:
    """Return which of the candidates of the new text is the place `own` of the old one, by its
    surroundings.

    It must agree with `own` more than any other candidate does, and more than with any of the
    `others` of the old text. None if the surroundings do not tell.
    """
    agreements = [count_agreement(own, candidate, old, new) for candidate in candidates]
    for number, candidate in enumerate(candidates):
        rivals = agreements[:number] + agreements[number + 1 :]
        rivals += [count_agreement(other, candidate, old, new) for other in others]
        if all(is_surer_place(agreements[number], rival) for rival in rivals):
            return number
    return None


def is_surer_place(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Return whether a place agrees more than another: on one side by what tells, on the other
    not less.
    """
    more_before, more_after = one[0] - other[0], one[1] - other[1]
    less_agreeing, more_agreeing = sorted((more_before, more_after))
    return more_agreeing >= TELLING_AGREEMENT and less_agreeing >= -CHANCE_AGREEMENT


def count_agreement(
    old_place: TextBounds, new_place: TextBounds, old: str, new: str
) -> tuple[int, int]:
    """Return how many characters are the same right before and right after a place of each text."""
    old_before = TEXT_EDGE + old[: old_place[0]]
    new_before = TEXT_EDGE + new[: new_place[0]]
    old_after = old[old_place[1] :] + TEXT_EDGE
    new_after = new[new_place[1] :] + TEXT_EDGE
    before = count_common_start(old_before[::-1], new_before[::-1])
    return before, count_common_start(old_after, new_after)


def count_common_start(one: str, other: str) -> int:
    """Return how many characters two texts have in common at their beginning.

    They are compared by halves, since most have few or all in common.
    """
    low = 0
    high = min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
