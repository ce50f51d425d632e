import pytest

from claims.extraction.schema import Act
from tests.claims.extraction.quotations import list_words_of_role

CASES: list[tuple[str, Act, list[str]]] = [
    ("«Ruritania» ‹accused› [Nato of engaging in threats].", "accuse", ["Nato"]),
    ("«Ruritania» ‹accused› Nato of [engaging in threats].", "accuse", ["Nato"]),
    ("«Ruritania» on Friday ‹accused› the West of [lying].", "accuse", ["the West"]),
    ("«Bell» ‹accused› them of [lying].", "accuse", ["them"]),
    ("«Bell» ‹accused› Carl Diaz, the mayor, of [lying].", "accuse", ["Carl Diaz"]),
    (
        "«Bell» ‹has repeatedly accused› the head of the agency of [lying].",
        "accuse",
        ["the head of the agency"],
    ),
    ("«Bell» ‹blamed› the mayor for [the fire].", "accuse", ["the mayor"]),
    ("«Bell» ‹blamed› [the fire on Carl Diaz].", "accuse", ["Carl Diaz"]),
    ("«Bell» ‹criticised› [Diaz over his silence].", "accuse", ["Diaz"]),
    ("«The council» ‹condemned› [the attack].", "accuse", ["the attack"]),
    ("«Bell» ‹lashed out at› the press for [its silence].", "accuse", ["the press"]),
    ("«Bell» ‹called› [the mayor a liar].", "say", ["the mayor"]),
    ("«Bell» ‹called› Diaz [“a petty tyrant”].", "say", []),
    ("Mr. Diaz ‹was accused by› «Ms. Bell» of [lying].", "accuse", ["Mr. Diaz"]),
    ("On Friday, Carl Diaz has been ‹accused by› «Ms. Bell» of [lying].", "accuse", ["Carl Diaz"]),
    ("«Bell»'s ‹criticism of› [Diaz] was heard.", "accuse", ["Diaz"]),
    ("«Bell» ‹mocked› [his famous “Never” speech].", "accuse", []),
    ("«Bell» ‹insulted› [women, Germans and Danes].", "accuse", ["women, Germans and Danes"]),
    ("«Bell» ‹is accusing› Diaz of [lying].", "accuse", ["Diaz"]),
    ("«Bell» ‹accused Diaz of› [lying].", "accuse", ["Diaz"]),
    ("«Bell» ‹attacked› [Mrs. Diaz's ties to the bank].", "accuse", ["Mrs. Diaz's ties"]),
    # none
    ("«Bell» ‹was criticised for› [lying].", "accuse", []),
    ("«Bell» ‹complained› [that Diaz lied].", "accuse", []),
    ("«Bell» ‹said› [Diaz accused Hahn of lying].", "say", []),
    ("«Bell» ‹called› [the mayor at noon].", "say", []),
    ("«Bell» ‹called› the decision [a good one].", "say", []),
    ("«Bell» ‹avoided condemning› [the attack].", "accuse", []),
    ("«Bell» ‹did not blame› [Diaz].", "accuse", []),
    ("«Bell» ‹blamed› [shootings on whatever came to mind that day].", "accuse", []),
    ("«Bell», who was ‹accused› of [lying], left.", "accuse", []),
    ("«Bell» ‹attacked› [what she called a plot].", "accuse", []),
]


@pytest.mark.parametrize(
    ("marked", "act", "targets"), CASES, ids=[marked for marked, _, _ in CASES]
)
def test_the_target_is_whom_the_accusation_is_against(
    marked: str, act: Act, targets: list[str]
) -> None:
    assert list_words_of_role("target", marked, act) == targets
