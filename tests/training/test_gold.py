"""What articles read whole teach of whom their sources mean."""

from training.data import MEANT, NOT_MEANT
from training.gold import find_noun, judge_name, list_referents

TEXT = "Ana Bell met Omar Reza. The head of the agency said it was late, and he agreed."
BELL, REZA = (0, 8), (13, 22)


def locate(words: str) -> list[list[int]]:
    start = TEXT.index(words)
    return [[start, start + len(words)]]


def test_a_description_is_known_by_its_noun_and_a_pronoun_by_itself() -> None:
    (description,) = locate("The head of the agency")
    (pronoun,) = locate("he agreed")

    assert TEXT[find_noun(TEXT, *description) :].startswith("head of")
    assert TEXT[find_noun(TEXT, pronoun[0], pronoun[0] + 2) :].startswith("he agreed")


def test_a_name_is_meant_that_is_part_of_the_speakers() -> None:
    assert judge_name(TEXT, BELL, "Ana Bell") == MEANT
    assert judge_name(TEXT, BELL, "Dr Ana Bell") == MEANT
    assert judge_name(TEXT, REZA, "Ana Bell") == NOT_MEANT
    assert judge_name(TEXT, REZA, "") == NOT_MEANT


def test_sources_without_a_name_teach_whom_they_mean() -> None:
    said = {"source": locate("The head of the agency"), "speaker": "Omar Reza", "kind": "person"}
    start = TEXT.index("he agreed")
    agreed = {"source": [[start, start + 2]], "speaker": None, "kind": "none"}
    named = {"source": [list(BELL)], "speaker": "Ana Bell", "kind": "person"}
    doubtful = said | {"doubtful": True}

    referents = list(list_referents(TEXT, [said, agreed, named], [BELL, REZA]))

    assert [names for _, names in referents] == [
        [(*BELL, NOT_MEANT), (*REZA, MEANT)],
        [(*BELL, NOT_MEANT), (*REZA, NOT_MEANT)],
    ]
    assert not list(list_referents(TEXT, [doubtful], [BELL, REZA]))
