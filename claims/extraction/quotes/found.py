"""A quote as it is found: its spans and how sure they are, before anyone asks who the source is."""

from dataclasses import dataclass, field
from typing import NamedTuple

from claims.extraction.schema import Span


class QuoteSigns(NamedTuple):
    """What speaks for a quote and against it, as numbers that `encoder/confidence.py` weighs.

    The order is that of the weights in `confidence.json`. Probabilities come as logarithms.
    """

    begins: float  # that the cue begins
    goes_on: float  # that its further words are of it
    source: float  # of the source's words; 0 without a source
    unsourced: float  # there is no source
    contents: float  # of the contents' words, in the mean
    weakest: float  # of their least likely word
    edges: float  # that the first content begins and the last ends where they do
    quoted: float  # share of the contents' characters inside quotation marks
    unsourced_plain: float  # neither a source nor a quotation mark
    short: float  # a content of one or two words
    parts: float  # contents beyond the first
    far: float  # words between cue and source, as a logarithm
    reports: float  # the cue is among the words that are known to report
    size: float  # words of the contents, as a logarithm
    mentioned: float  # an indirect content of few words behind a cue that is not known to report


@dataclass(frozen=True, slots=True)
class FoundQuote:
    """The spans of one quote and the probability that it is one.

    `within` is the cue of the quote in whose content it stands, if it stands in one.
    """

    source: Span | None
    cue: Span
    contents: tuple[Span, ...]
    confidence: float
    within: Span | None = None
    signs: QuoteSigns | None = field(default=None, compare=False, repr=False)
    traits: tuple[str, ...] = field(default=(), compare=False, repr=False)
