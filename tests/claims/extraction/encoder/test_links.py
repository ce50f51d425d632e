import numpy as np

from claims.extraction.encoder.links import (
    DISTANCE_BUCKET_COUNT,
    LONGEST_EXACT_DISTANCE,
    LinkScorer,
    get_distance_bucket,
)


def test_each_distance_has_a_bucket_of_its_side() -> None:
    buckets = get_distance_bucket(np.arange(-2000, 2001))

    assert buckets.min() == 0
    assert buckets.max() == DISTANCE_BUCKET_COUNT - 1
    assert (np.diff(buckets) >= 0).all()
    assert len(set(buckets[2000 - 16 : 2000 + 17].tolist())) == 33


def test_each_word_is_linked_to_each_cue_by_both_their_sides_and_how_far_it_stands_from_it() -> (
    None
):
    random = np.random.default_rng(1)

    def made(*shape: int) -> np.ndarray:
        return random.normal(size=shape).astype(np.float32)

    links = LinkScorer(made(DISTANCE_BUCKET_COUNT, 6), made(3, 6), made(3), made(5, 3), made(5))
    words, as_cue, cues = made(12, 6), made(12, 6), [3, 11]

    scores = links.score(words, as_cue, np.array(cues))

    for row, cue in zip(scores, cues, strict=True):
        for at, word in enumerate(words):
            both = np.maximum(
                links.distance[at - cue + LONGEST_EXACT_DISTANCE + 5] + word + as_cue[cue], 0
            )
            hidden = np.maximum(links.hidden @ both + links.hidden_bias, 0)
            assert np.allclose(row[at], links.out @ hidden + links.out_bias, atol=1e-5)
