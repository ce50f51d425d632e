"""How tables of words are written, and how patterns are made of them."""

import re
from collections.abc import Iterable

# The letters with which entries begin, each with those that may follow it.
LetterTree = dict[str, "LetterTree"]
END_OF_ENTRY = ""

WORD_OF_LETTERS = re.compile(r"[^\W\d_]+")  # letters alone: of "don't" there are two


def word_set(text: str) -> frozenset[str]:
    """Return the words of a table in which white space stands between them."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """Return the entries of a table in which commas stand between them; some have several words."""
    return frozenset(" ".join(entry.split()) for entry in text.split(","))


def add_plurals(nouns: Iterable[str]) -> frozenset[str]:
    """Return nouns and, with an "s" added, their plurals."""
    singulars = frozenset(nouns)
    return singulars | {f"{noun}s" for noun in singulars}


def build_alternation(entries: Iterable[str]) -> str:
    """Return the text of a pattern that matches one of the entries of a table.

    The longest that is there is matched first, so that none is cut short; a space may be any white
    space. Entries that begin alike share that part of the pattern, which so reads it once.
    """
    tree: LetterTree = {}
    for entry in entries:
        branch = tree
        for letter in entry:
            branch = branch.setdefault(letter, {})
        branch[END_OF_ENTRY] = {}
    return f"(?:{'|'.join(list_ways(tree))})"


def list_ways(tree: LetterTree) -> list[str]:
    """Return the text of a pattern for each letter that an entry may begin or go on with."""
    ways = []
    for letter, rest in sorted(tree.items()):
        if letter != END_OF_ENTRY:
            ways.append(re.escape(letter).replace("\\ ", "\\s") + format_rest(rest))
    return ways


def format_rest(tree: LetterTree) -> str:
    """Return the text of a pattern for what may follow a letter, the longest first."""
    ways = list_ways(tree)
    if len(ways) == 1 and END_OF_ENTRY not in tree:
        return ways[0]
    rest = f"(?:{'|'.join(ways)})" if ways else ""
    return f"{rest}?" if ways and END_OF_ENTRY in tree else rest
