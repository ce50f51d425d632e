import pytest

from claims.extraction.schema import Span
from claims.extraction.text.phrases import (
    JOINED_NOUN_PHRASES,
    NOUN_PHRASE,
    PhraseRule,
    fence_phrases,
    find_phrase_span,
    find_subject_bounds,
    is_passive,
    trim_bounds,
)
from claims.extraction.text.sentences import CONTENT_PLACEHOLDER, ROLE_PLACEHOLDER


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("the head of the agency on Friday", "the head of the agency"),
        ("reporters that it rained", "reporters"),
        ("the united opposition warned", "the united opposition"),
        ("the board meeting ended", "the board meeting"),
        ("two members of the family quietly left", "two members of the family"),
        ("the U.S. Senate last week", "the U.S. Senate"),
        ("Radio Nord's “Good Morning” again", "Radio Nord's “Good Morning”"),
        ("the pier\nthe sea", "the pier"),
    ],
)
def test_a_noun_phrase_ends_before_a_word_that_none_goes_on_with(line: str, phrase: str) -> None:
    match = PhraseRule(NOUN_PHRASE).match(line)

    assert match is not None
    assert line[: match.end()] == phrase


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("Ann Lee and Omar Diaz argued", "Ann Lee and Omar Diaz"),
        ("Ann Lee, Omar Diaz, and the mayor, who", "Ann Lee, Omar Diaz, and the mayor"),
        ("Ann Lee and left", "Ann Lee"),
    ],
)
def test_and_joins_noun_phrases_but_not_a_verb(line: str, phrase: str) -> None:
    match = PhraseRule(JOINED_NOUN_PHRASES).match(line)

    assert match is not None
    assert line[: match.end()] == phrase


def test_a_fenced_line_is_as_long_as_the_line() -> None:
    line = "the mayor said on Friday\x1fthat it rained"

    fenced = fence_phrases(line)

    assert fenced == "the mayor\x1fsaid\x1fon\x1fFriday\x1fthat\x1fit\x1frained"


@pytest.mark.parametrize(
    ("line", "trimmed"),
    [
        (" , the mayor. ", "the mayor"),
        ("the U.S.", "the U.S."),
        ("Flint, Mich.", "Flint, Mich."),
        ("the end.", "the end"),
        ("“Good Morning”", "“Good Morning”"),
        ("the show”", "the show"),
        ("the party (the left)", "the party (the left)"),
        ("the party)", "the party"),
        ("'the' mayor", "'the' mayor"),
        ("the boys'", "the boys'"),
        ("—", ""),
    ],
)
def test_loose_marks_are_trimmed_and_those_that_belong_stay(line: str, trimmed: str) -> None:
    start, end = trim_bounds(line, 0, len(line))

    assert line[start:end] == trimmed


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("the mayor,", Span(0, 9)),
        ("the mayor's", None),
        ("3,000", None),
        (" . ", None),
        (f"the {ROLE_PLACEHOLDER}", None),
        (f"the {CONTENT_PLACEHOLDER}", None),
    ],
)
def test_a_phrase_has_words_of_its_own_and_is_no_possessor(line: str, found: Span | None) -> None:
    assert find_phrase_span(line, 0, len(line)) == found


@pytest.mark.parametrize(
    ("line", "passive"),
    [
        ("She was accused", True),
        ("She got repeatedly accused", True),
        ("She accused", False),
        ("She was accusing", False),
    ],
)
def test_a_participle_after_an_auxiliary_is_a_passive(line: str, passive: bool) -> None:
    assert is_passive(line, line.rindex(" ") + 1) is passive


@pytest.mark.parametrize(
    ("line", "subject"),
    [
        ("On Friday, the mayor has been told", "the mayor"),
        ("It rained and they were told", "they"),
        ("Ann Lee and the mayor were told", "Ann Lee and the mayor"),
        ("On Friday told", None),
    ],
)
def test_the_subject_of_a_passive_stands_before_its_auxiliaries(
    line: str, subject: str | None
) -> None:
    bounds = find_subject_bounds(line, line.rindex(" ") + 1)

    assert (line[slice(*bounds)] if bounds else None) == subject
