"""How one wording differs from another, word by word: what it keeps, drops and adds.

Plain Python, no Django.
"""

from collections.abc import Iterator
from difflib import SequenceMatcher

from claims.passages.differences import DifferencePiece, split_into_words

MOST_WORDS_COMPARED = 600
LONGEST_DROPPED = 90  # characters of dropped words in a row that are shown whole
ENDS_OF_DROPPED = 35  # characters shown of either end of longer ones


def compare_wordings(old: str, new: str) -> list[DifferencePiece]:
    """Return the words of a wording, with those between them that it drops of another.

    Case counts for nothing. Two with hardly a word in common are not compared.
    """
    old_words, new_words = split_into_words(old), split_into_words(new)
    if max(len(old_words), len(new_words)) > MOST_WORDS_COMPARED:
        return [DifferencePiece("same", new)]
    matcher = SequenceMatcher(
        None,
        [fold_word(word) for word in old_words],
        [fold_word(word) for word in new_words],
        False,
    )
    if not has_words_in_common(matcher, new_words):
        return [DifferencePiece("same", new)]
    return list(join_pieces(matcher, old_words, new_words))


def fold_word(word: str) -> str:
    return word.strip().casefold()


def has_words_in_common(matcher: "SequenceMatcher[str]", words: list[str]) -> bool:
    """Tell whether three words in a row are the same in both, or all of a shorter one."""
    longest = max((block.size for block in matcher.get_matching_blocks()), default=0)
    return longest >= min(3, len(words))


def join_pieces(
    matcher: "SequenceMatcher[str]", old_words: list[str], new_words: list[str]
) -> Iterator[DifferencePiece]:
    for sort, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        dropped = "".join(old_words[old_start:old_end])
        kept = "".join(new_words[new_start:new_end])
        is_same = sort == "equal" or not has_words(dropped + kept)
        if not is_same and has_words(dropped):
            yield DifferencePiece("deleted", shorten_dropped(dropped))
        if kept:
            yield DifferencePiece("same" if is_same else "inserted", kept)


def has_words(text: str) -> bool:
    """Tell whether a stretch has more in it than marks and white space, which make no difference."""
    return any(character.isalnum() for character in text)


def shorten_dropped(words: str) -> str:
    """Return dropped words; of many in a row the first and the last."""
    if len(words) <= LONGEST_DROPPED:
        return words
    first, _, _ = words[:ENDS_OF_DROPPED].rpartition(" ")
    _, _, last = words[-ENDS_OF_DROPPED:].partition(" ")
    return f"{first} … {last}"
