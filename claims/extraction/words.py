"""Tables of words, written as text."""


def word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())
