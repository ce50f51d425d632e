"""Words brought to a form in which copies are alike."""

import pytest

from claims.relating.alignment import align, count_quoted
from claims.relating.profiles import read_profile
from tests.claims.relating.quotes import make_quote


def keys(content: str) -> tuple[str, ...]:
    return read_profile(make_quote(f"said | {content}")).keys


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("“We’re ready,”", '"We are ready"', id="marks and short forms"),
        pytest.param("It won’t rain", "it will not rain", id="won't"),
        pytest.param("a well-known programme", "a well known program", id="hyphen, British"),
        pytest.param("The U.S. and the U.K.", "the US and the UK", id="stops in short names"),
        pytest.param("the United States acts", "the US acts", id="a name of several words"),
        pytest.param("I will pay for my mistakes", "he would pay for his mistakes", id="reported"),
        pytest.param("they organised it", "they organized it", id="-ise"),
        pytest.param("Café Zoë opens", "Cafe Zoe opens", id="accents"),
        pytest.param("we stopped the trains", "we stop the train", id="endings"),
    ],
)
def test_what_is_one_utterance_has_the_same_keys(one: str, other: str) -> None:
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the news", "the new"),
        ("a universe", "a university"),
        ("it rains", "it does not rain"),
        ("the organ", "the organization"),
    ],
)
def test_other_words_have_other_keys(one: str, other: str) -> None:
    assert keys(one) != keys(other)


def test_words_inside_marks_are_known_though_the_content_has_no_marks() -> None:
    quote = make_quote("said | it was “a total farce” and more")

    words = read_profile(quote).words

    assert [word.form for word in words if word.is_quoted] == ["a", "total", "farce"]


def test_runs_stand_in_the_order_of_both() -> None:
    alignment = align(["a", "b", "c", "d", "x", "e", "f", "g"], ["a", "b", "c", "d", "e", "f", "g"])

    assert [run.length for run in alignment.runs] == [4, 3]
    assert alignment.longest == 4


def test_a_part_that_was_put_first_is_found_too() -> None:
    alignment = align(
        ["a", "b", "c", "d", "e", "f", "g", "h", "i"], ["f", "g", "h", "i", "a", "b", "c", "d", "e"]
    )

    assert alignment.count() == 9


def test_only_words_inside_marks_in_both_are_quoted_words_in_common() -> None:
    alignment = align(["a", "b", "c", "d"], ["a", "b", "c", "d"])

    counts = count_quoted(alignment, [True] * 4, [False, True, True, True])

    assert counts == (3, 3, 4)
