"""What is read off one window: cues, and the source and contents that each can have."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.extraction.encoder.arrays import Floats, Integers
from claims.extraction.encoder.decoding import LabelledWords, decode_labelled_words, log_softmax
from claims.extraction.encoder.labels import LINK_LABELS, ROLE_LABELS
from claims.extraction.encoder.links import LinkScorer

# A cue may begin where its first word is one with at least this probability,
LEAST_CUE_BEGINNING = 0.1
# and it goes on through words with at least this one. At one half too many cues are cut short
# ("put it in a").
LEAST_CUE_CONTINUATION = 0.35

B_CUE = ROLE_LABELS.index("B-cue")
I_CUE = ROLE_LABELS.index("I-cue")
B_SOURCE = ROLE_LABELS.index("B-source")
I_SOURCE = ROLE_LABELS.index("I-source")

# How much of what the roles say is added to what the links say: the two heads err on different
# words.
SHARE_OF_ROLES_IN_LINKS = 0.2
# The lowest logarithm that the roles may add, so that no head rules out what the other is sure of.
LEAST_LOG_PROBABILITY = -5.0


def list_cues(roles: Floats, opens: Integers, own: range) -> list[LabelledWords]:
    """Return the cues whose first word is among the window's `own`.

    `roles` (words, 7) are the window's logits; `opens` (words,) is 1 where a paragraph begins, and
    no cue goes beyond its paragraph. A cue's `score` is that of its first word.
    """
    scores = log_softmax(roles)
    begins = scores[:, B_CUE]
    may_begin = begins[own.start : own.stop] >= np.log(LEAST_CUE_BEGINNING)
    is_likely_inside = scores[:, I_CUE] >= np.log(LEAST_CUE_CONTINUATION)
    goes_on = is_likely_inside & ~opens.astype(bool)

    cues = []
    for start in (np.flatnonzero(may_begin) + own.start).tolist():
        end = start + 1
        while end < len(goes_on) and goes_on[end]:
            end += 1
        score_of_rest = 1.0
        if end > start + 1:
            score_of_rest = float(np.exp(scores[start + 1 : end, I_CUE]).mean())
        score = float(np.exp(begins[start]))
        cues.append(LabelledWords("cue", start, end, score, score_of_rest))
    return cues


def list_linked_cues(
    cues: Sequence[LabelledWords],
    roles: Floats,
    word_side: NDArray[Any],
    cue_side: NDArray[Any],
    links: LinkScorer,
) -> Iterator[tuple[LabelledWords, list[LabelledWords]]]:
    """Yield each cue of a window with the sources and contents that belong to it.

    Both sides are (words, size), one row for each word of the window.
    """
    if not cues:
        return
    first_words = np.array([cue.start for cue in cues])
    scores = log_softmax(links.score(word_side, cue_side, first_words))
    scores = log_softmax(scores + SHARE_OF_ROLES_IN_LINKS * score_links_by_roles(roles))
    for scores_of_cue, cue in zip(scores, cues, strict=True):
        scores_of_cue[cue.start : cue.end, 1:] = -np.inf  # a cue's own words are no part of it
    yield from zip(cues, decode_labelled_words(scores, LINK_LABELS), strict=True)


def score_links_by_roles(roles: Floats) -> Floats:
    """Return what the roles say of who is a source, of whatever cue.

    These are logarithms (words, labels of `LINK_LABELS`).
    """
    scores = log_softmax(roles)
    no_source = np.delete(scores, (B_SOURCE, I_SOURCE), axis=-1)
    other = np.logaddexp.reduce(no_source, axis=-1)
    by_label = np.stack([other, scores[:, B_SOURCE], scores[:, I_SOURCE], other, other], -1)
    return np.asarray(np.maximum(by_label, LEAST_LOG_PROBABILITY), np.float32)


def move_labelled_words(words: LabelledWords, by: int) -> LabelledWords:
    return replace(words, start=words.start + by, end=words.end + by)
