import pytest

from tests.claims.extraction.quotations import list_words_of_role

CASES = [
    (
        "«The army» ‹said› [tanks moved], citing intelligence reports.",
        ["citing intelligence reports"],
    ),
    ("Citing satellite images, «the army» ‹said› [tanks moved].", ["Citing satellite images"]),
    ("«The army», citing satellite images, ‹said› [tanks moved].", ["citing satellite images"]),
    ("Based on satellite images, «analysts» ‹said› [tanks moved].", ["Based on satellite images"]),
    ("In light of new data, «the agency» ‹said› [rates fell].", ["In light of new data"]),
    (
        "“[Rates fell],” «she» ‹said›, pointing to her “second” survey.",
        ["pointing to her “second” survey"],
    ),
    ("“[Rates fell],” «she» ‹said› on Friday, citing U.S. data.", ["citing U.S. data"]),
    (
        "«She» ‹said› [it fell], citing letters, emails and a diary.",
        ["citing letters, emails and a diary"],
    ),
    (
        "«The army» ‹said› [tanks moved, citing intelligence reports].",
        ["citing intelligence reports"],
    ),
    ("«A study based on talks with nurses» ‹found› [rates fell].", ["based on talks with nurses"]),
    ("“[It was cold],” «he» ‹said›, judging by the ice.", ["judging by the ice"]),
    ("From what we have seen, «officials» ‹said›, [it is over].", ["From what we have seen"]),
    # none
    ("«She» ‹said› [the ruling was based on old data].", []),
    ("«She» ‹said› [the firm cancelled the show, citing reports].", []),
    ("«She» ‹said› [the show was over, citing costs].", []),
    ("Citing costs, the firm closed its plant, «she» ‹said› [so].", []),
    ("«Bell» ‹said› [so], while Diaz, citing old reports, said no.", []),
    ("«An analyst based on the island» ‹said› [so].", []),
    ("«She» ‹said› [so], pointing to the door.", []),
    ("«She» ‹wrote› [so], quoting a song.", []),
    ("«He» ‹is citing› [new data].", []),
]


@pytest.mark.parametrize(("marked", "found"), CASES, ids=[marked for marked, _ in CASES])
def test_the_basis_is_what_the_actor_cites(marked: str, found: list[str]) -> None:
    assert list_words_of_role("basis", marked) == found
