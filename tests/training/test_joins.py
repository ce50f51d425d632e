"""The weights of joins are learned from examples, and from what curators decided."""

import json
from pathlib import Path

from claims.actors.evidence import SIGNS_OF_BARE_NAMES, SIGNS_OF_FULL_NAMES, Evidence
from claims.actors.weighing import read_scorer
from training.join_fitting import Example, find_first_names_of, fit_scorer, read_decisions


def build_evidence(*signs: str) -> Evidence:
    return {sign: float(sign in signs) for sign in SIGNS_OF_FULL_NAMES}


BARE = dict.fromkeys(SIGNS_OF_BARE_NAMES, 0.0)
SHORT = build_evidence("short_form", "same_story")
EXAMPLES = [
    *(Example("full", f"surname{number}", SHORT, True) for number in range(12)),
    *(
        Example("full", f"other{number}", build_evidence("short_form"), False)
        for number in range(4)
    ),
    Example("bare", "bell", BARE, False),
]


def test_what_curators_decided_teaches_the_scorer(tmp_path: Path) -> None:
    file = tmp_path / "decisions.jsonl"
    record = {"question": "full", "group": "gates", "evidence": SHORT, "judgement": "different"}
    file.write_text("\n".join([json.dumps(record)] * 12), encoding="utf-8")
    before = read_scorer(fit_scorer(EXAMPLES)).full.compute_score(SHORT)

    decided = list(read_decisions(file))
    after = read_scorer(fit_scorer([*EXAMPLES, *decided])).full.compute_score(SHORT)

    assert before > 0.8
    assert after < 0.6


def test_no_sign_weighs_against_its_direction() -> None:
    called = build_evidence("same_outlet")
    misleading = [Example("full", f"name{number}", called, False) for number in range(6)]

    fitted = fit_scorer([*EXAMPLES, *misleading])

    assert fitted["full"]["weights"]["same_outlet"] == 0


def test_sets_that_call_one_person_differently_are_one() -> None:
    firsts = find_first_names_of([["Ana Bell", "ana bell#7"], ["ana bell#7", "A. Bell"], ["Omar"]])

    assert len({firsts[name] for name in ("Ana Bell", "ana bell#7", "A. Bell")}) == 1
    assert firsts["Omar"] == "Omar"
