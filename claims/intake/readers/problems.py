"""Says what is wrong with a document."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with one document, and where; the rest goes in."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class Broken(ValueError):
    """A document that cannot go in.

    The message says why, and `line` where in its file; None stands for the whole of it.
    """

    def __init__(self, reason: str, line: int | None = None):
        super().__init__(reason)
        self.line = line


def describe_little_text(words: int, kind: str = "an article") -> str:
    """Return that a text has too few words to be of a kind."""
    plural = "" if words == 1 else "s"
    return f"too little text for {kind} ({words} word{plural})"
