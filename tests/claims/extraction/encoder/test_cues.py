"""Where cues begin and end, and which words are a cue's source, from made-up scores of the encoder's heads."""

import numpy as np

from claims.extraction.encoder.cues import LEAST_CUE_CONTINUATION, list_cues, list_linked_cues
from claims.extraction.encoder.labels import ROLE_LABELS
from claims.extraction.encoder.links import DISTANCE_BUCKET_COUNT, LinkScorer

LINE = np.zeros(4, np.int64)  # no word opens a paragraph


def roles(*rows: dict[str, float]) -> np.ndarray:
    """Logits, a row a word, of the shares that are given; the rest goes to O."""
    shares = np.full((len(rows), len(ROLE_LABELS)), 1e-6, np.float32)
    for shares_of_word, given in zip(shares, rows, strict=True):
        shares_of_word[0] = 1 - sum(given.values())
        for name, share in given.items():
            shares_of_word[ROLE_LABELS.index(name)] = share
    return np.log(shares)


def test_a_cue_goes_on_through_words_that_are_likely_enough_of_it() -> None:
    rows = roles(
        {"B-cue": 0.9},
        {"I-cue": LEAST_CUE_CONTINUATION + 0.01},
        {"I-cue": LEAST_CUE_CONTINUATION - 0.01},
        {"I-cue": 0.9},
    )

    made = list_cues(rows, LINE, range(4))

    assert [(cue.start, cue.end) for cue in made] == [(0, 2)]


def test_a_cue_ends_with_its_paragraph() -> None:
    rows = roles({"B-cue": 0.9}, {"I-cue": 0.9}, {"I-cue": 0.9}, {})

    made = list_cues(rows, np.array([0, 0, 1, 0]), range(4))

    assert [(cue.start, cue.end) for cue in made] == [(0, 2)]


def test_of_two_words_that_the_links_cannot_tell_apart_the_source_is_the_one_whose_role_it_is() -> (
    None
):
    rows = roles({}, {"B-cue": 0.9}, {"B-source": 0.9}, {})
    sides = np.zeros((4, 2), np.float32)
    unsure = np.array(
        [0.1, 0, -9, -9, -9], np.float32
    )  # that a word is no part of the quote, or begins its source
    nothing = np.zeros((DISTANCE_BUCKET_COUNT, 2), np.float32)
    links = LinkScorer(
        nothing, np.eye(2, dtype=np.float32), nothing[0], nothing[: len(unsure)], unsure
    )

    ((_, parts),) = list_linked_cues(list_cues(rows, LINE, range(4)), rows, sides, sides, links)

    assert [(part.start, part.end) for part in parts if part.name == "source"] == [(2, 3)]
