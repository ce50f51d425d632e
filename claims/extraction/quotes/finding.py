"""The quotes that one pass of the encoder shows.

Decoding is joint: every word that may begin a cue gets the best source and contents it can have;
of these candidates those stay that go together and are surest.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from claims.extraction.encoder.confidence import ConfidenceScorer
from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.quotes.candidates import list_candidate_quotes
from claims.extraction.quotes.datelines import remove_datelines
from claims.extraction.quotes.found import FoundQuote
from claims.extraction.quotes.nesting import ContentOfCue, nest_quotes
from claims.extraction.schema import Span
from claims.extraction.text.article_text import Text

LEAST_OVERLAP_OF_SAME_CONTENT = 0.7  # overlap (Jaccard) from which two contents are one
LENGTH_OF_STRETCH = 1000  # characters: what is near in a text is looked up by stretches of it


def find_quotes(
    encoded: EncodedText, scorer: ConfidenceScorer, text: Text, datelines: Sequence[Span]
) -> list[FoundQuote]:
    """Return the quotes of a text that go together, in the order of their cues.

    Nothing of a quote stands in one of the datelines.
    """
    candidates = []
    for candidate in list_candidate_quotes(encoded, text):
        quote = remove_datelines(datelines, candidate)
        if quote:
            candidates.append(quote)
    scored = score_quotes(candidates, scorer)
    return nest_quotes(select_compatible_quotes(scored))


def score_quotes(quotes: Sequence[FoundQuote], scorer: ConfidenceScorer) -> list[FoundQuote]:
    """Return the quotes with the confidence that their signs and traits give them."""
    if not quotes:
        return []
    signs = np.array([quote.signs for quote in quotes if quote.signs], np.float32)
    traits = [quote.traits for quote in quotes]
    scored = []
    for quote, share in zip(quotes, scorer.score(signs, traits), strict=True):
        scored.append(replace(quote, confidence=round(float(share), 4)))
    return scored


def select_compatible_quotes(quotes: Iterable[FoundQuote]) -> list[FoundQuote]:
    """Return the quotes that go together, in the order of their cues.

    Of quotes that share words of their cues the surest stays, and of contents that are much the
    same the surest quote has them. A quote may lie inside another's content.
    """
    selected: list[FoundQuote] = []
    characters_of_cues: set[int] = set()
    contents_near: defaultdict[int, list[ContentOfCue]] = defaultdict(list)  # by stretches
    for quote in sorted(quotes, key=lambda quote: -quote.confidence):
        own_contents = []
        for content in quote.contents:
            near = contents_near[content.start // LENGTH_OF_STRETCH]
            own = ContentOfCue(content, quote.cue)
            if not any(is_rival_content(own, surer) for surer in near):
                own_contents.append(content)
        cue = range(quote.cue.start, quote.cue.end)
        if not own_contents or not characters_of_cues.isdisjoint(cue):
            continue
        characters_of_cues.update(cue)
        for content in own_contents:
            first = (content.start - LENGTH_OF_STRETCH) // LENGTH_OF_STRETCH
            last = content.end // LENGTH_OF_STRETCH
            for stretch in range(first, last + 1):
                contents_near[stretch].append(ContentOfCue(content, quote.cue))
        selected.append(replace(quote, contents=tuple(own_contents)))
    return sorted(selected, key=lambda quote: quote.cue)


def is_rival_content(one: ContentOfCue, other: ContentOfCue) -> bool:
    """Return whether two contents are much the same.

    They are not where one holds the cue of the other, as that of a quote inside it would.
    """
    if one.content.overlaps(other.cue) or other.content.overlaps(one.cue):
        return False
    return measure_overlap(one.content, other.content) >= LEAST_OVERLAP_OF_SAME_CONTENT


def measure_overlap(one: Span, other: Span) -> float:
    """Return the characters in both spans as a share of those in either (Jaccard)."""
    in_both = min(one.end, other.end) - max(one.start, other.start)
    in_either = max(one.end, other.end) - min(one.start, other.start)
    return max(in_both, 0) / in_either
