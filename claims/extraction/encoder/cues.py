"""Words that may begin a cue, and the source and contents that each can have: what is read off one window."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claims.extraction.encoder.decoding import (
    Floats,
    LabelledWords,
    decode_labelled_words,
    log_softmax,
)
from claims.extraction.encoder.labels import LINK_LABELS, ROLE_LABELS
from claims.extraction.encoder.links import LinkScorer

LEAST_CUE_BEGINNING = (
    0.1  # a cue may begin where its first word is one with at least this probability
)
LEAST_CUE_CONTINUATION = 0.35  # and it goes on through words with at least this one. At one half too many cues are cut short ("put it in a")
B_CUE, I_CUE, B_SOURCE, I_SOURCE = (
    ROLE_LABELS.index(name) for name in ("B-cue", "I-cue", "B-source", "I-source")
)
SHARE_OF_ROLES_IN_LINKS = (
    0.2  # of what the roles say in what the links say: the two heads err on different words
)
LEAST_LOG_PROBABILITY = -5.0  # of a logarithm, so that no head rules out what the other is sure of


def list_cues(roles: Floats, opens: NDArray[np.int64], own: range) -> list[LabelledWords]:
    """Cues whose first word is among the window's `own`; they end with their paragraph at the latest.

    `roles` (words, 7) are the window's logits, `opens` (words,) is 1 where a paragraph begins. `score` is that of the
    beginning.
    """
    scores = log_softmax(roles)
    begins, goes_on = (
        scores[:, B_CUE],
        (scores[:, I_CUE] >= np.log(LEAST_CUE_CONTINUATION)) & ~opens.astype(bool),
    )
    made: list[LabelledWords] = []
    for at in (
        np.flatnonzero(begins[own.start : own.stop] >= np.log(LEAST_CUE_BEGINNING)) + own.start
    ):
        end = int(at) + 1
        while end < len(goes_on) and goes_on[end]:
            end += 1
        more = float(np.exp(scores[at + 1 : end, I_CUE]).mean()) if end > at + 1 else 1.0
        made.append(LabelledWords("cue", int(at), end, float(np.exp(begins[at])), more))
    return made


def list_linked_cues(
    made: list[LabelledWords],
    roles: Floats,
    word_side: NDArray[Any],
    cue_side: NDArray[Any],
    links: LinkScorer,
) -> Iterator[tuple[LabelledWords, list[LabelledWords]]]:
    """Each cue of a window with the sources and contents that belong to it; sides are (words, size)."""
    if not made:
        return
    scores = log_softmax(links(word_side, cue_side, np.array([cue.start for cue in made])))
    scores = log_softmax(scores + SHARE_OF_ROLES_IN_LINKS * score_links_by_roles(roles))
    for row, cue in zip(scores, made, strict=True):
        row[cue.start : cue.end, 1:] = -np.inf
    yield from zip(made, decode_labelled_words(scores, LINK_LABELS), strict=True)


def score_links_by_roles(roles: Floats) -> Floats:
    """What the roles say of who is a source, for whatever cue: logarithms (words, labels of `LINKED`)."""
    scores = log_softmax(roles)
    other = np.logaddexp.reduce(np.delete(scores, (B_SOURCE, I_SOURCE), axis=-1), axis=-1)
    by_label = np.stack([other, scores[:, B_SOURCE], scores[:, I_SOURCE], other, other], -1)
    return np.asarray(np.maximum(by_label, LEAST_LOG_PROBABILITY), np.float32)


def move_labelled_words(part: LabelledWords, by: int) -> LabelledWords:
    return replace(part, start=part.start + by, end=part.end + by)
