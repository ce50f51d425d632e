"""What is a copy of a text and what is another text, by the words alone."""

import random

import pytest

from claims.passages.shingles import (
    LEAST_SHARE,
    LEAST_SHINGLES,
    TextShingles,
    compute_bands,
    compute_share,
    compute_shingles,
)
from tests.claims.stories import (
    make_copies,
    make_paragraph,
    make_paragraphs,
    make_sentence,
    make_stories_of_one_event,
)


def measure(first: str, second: str) -> float:
    return compute_share(TextShingles(first), TextShingles(second))


def may_be_copies(first: str, second: str) -> bool:
    """Whether two texts would be compared at all."""
    bands = [set(compute_bands(compute_shingles(text))) for text in (first, second)]
    return bool(bands[0] & bands[1])


def are_copies(first: str, second: str) -> bool:
    return may_be_copies(first, second) and measure(first, second) >= LEAST_SHARE


def test_case_marks_and_white_space_make_no_difference() -> None:
    typewritten = 'The mayor said: "We\'re here -- all of us."  He left.'
    typeset = "The Mayor said: “We’re here – all of us.”\n\nHe left."

    assert measure(typewritten, typeset) == 1


def test_a_text_stands_wholly_in_a_longer_one() -> None:
    rng = random.Random(1)
    paragraphs = make_paragraphs(rng)

    whole, part = "\n".join(paragraphs), "\n".join(paragraphs[2:5])

    assert measure(whole, part) == measure(part, whole) == 1


def test_nothing_stands_in_a_text_without_words() -> None:
    assert measure("", make_paragraph(random.Random(1))) == 0
    assert measure("—", "three words only") == 0


def test_the_numbers_are_the_same_everywhere() -> None:
    """They are stored: another release must not compute others for the same text."""
    text = " ".join(f"word{number}" for number in range(60))

    shingles = compute_shingles(text)

    assert len(shingles) == 57
    assert shingles.tolist()[0] == 165721387103470248
    assert compute_bands(shingles)[:3] == [-2138530590, -2126379155, -2124019761]


def test_a_text_of_a_sentence_or_two_is_like_no_other() -> None:
    short = make_sentence(random.Random(1), LEAST_SHINGLES + 2)
    enough = make_sentence(random.Random(1), LEAST_SHINGLES + 3)

    assert compute_bands(compute_shingles(short)) == []
    assert compute_bands(compute_shingles(enough))


def test_a_report_with_two_paragraphs_cut_is_a_copy_of_the_whole() -> None:
    rng = random.Random(2)
    for _ in range(100):
        paragraphs = make_paragraphs(rng)
        for copy in make_copies(rng, paragraphs, 3):
            assert are_copies("\n".join(paragraphs), copy)


def test_a_copy_may_begin_with_a_paragraph_of_its_own() -> None:
    rng = random.Random(3)
    for _ in range(100):
        paragraphs = make_paragraphs(rng)
        (copy,) = make_copies(rng, paragraphs, 1)

        assert are_copies("\n".join(paragraphs), f"{make_paragraph(rng)}\n{copy}")


def test_500_pairs_of_different_stories_on_one_event_are_no_copies() -> None:
    rng = random.Random(4)
    for _ in range(500):
        assert not are_copies(*make_stories_of_one_event(rng))


def test_two_reports_of_one_speech_are_no_copies() -> None:
    """Most of each is what the speaker said."""
    rng = random.Random(7)
    for _ in range(50):
        said = [f"“{paragraph}”" for paragraph in make_paragraphs(rng, 9)]
        first, second = ("\n".join([*make_paragraphs(rng, 2), *said]) for _ in range(2))

        assert measure(first, second) < LEAST_SHARE


def test_an_interview_in_two_outlets_is_a_copy_though_nearly_all_of_it_is_quoted() -> None:
    rng = random.Random(8)
    said = [f"“{paragraph}”" for paragraph in make_paragraphs(rng, 9)]

    assert are_copies(
        "\n".join(["Ana Bell speaks.", *said]), "\n".join(["In her words:", *said[1:]])
    )


@pytest.mark.parametrize("kept", [3, 5, 6])
def test_an_updated_story_is_another_one_unless_nearly_all_of_it_is_the_same(kept: int) -> None:
    rng = random.Random(5)
    for _ in range(50):
        before, new = make_paragraphs(rng), make_paragraphs(rng)
        after = [*new[kept:], *before[:kept]]

        assert not are_copies("\n".join(before), "\n".join(after))


def test_texts_that_have_nothing_in_common_are_hardly_ever_compared() -> None:
    rng = random.Random(6)
    texts = ["\n".join(make_paragraphs(rng)) for _ in range(200)]
    bands = [set(compute_bands(compute_shingles(text))) for text in texts]

    met = sum(bool(one & other) for one in bands for other in bands) - len(bands)

    assert met <= 2
