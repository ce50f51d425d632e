import pytest

from tests.claims.extraction.quotations import list_words_of_role

SPOKE = "who spoke on condition of anonymity because he was not authorised to speak publicly"
CASES = [
    (f"“[It is over],” ‹said› «an official», {SPOKE}.", [SPOKE]),
    (f"«An official, {SPOKE}», ‹said› [it was over].", [SPOKE]),
    ("«An official» who asked not to be named ‹said› [so].", ["who asked not to be named"]),
    (
        "“[No],” «one aide», who declined to be identified, ‹said›.",
        ["who declined to be identified"],
    ),
    ("“[No],” «the official» ‹said›, speaking anonymously.", ["speaking anonymously"]),
    ("“[No],” «an aide» ‹said› on condition of anonymity.", ["on condition of anonymity"]),
    (
        "Speaking on condition of anonymity, «an aide» ‹said› [no].",
        ["Speaking on condition of anonymity"],
    ),
    ("“[No],” «an aide» ‹said› on Friday, requesting anonymity.", ["requesting anonymity"]),
    (
        "“[No],” «he» ‹said›, because of the sensitivity of the matter.",
        ["because of the sensitivity of the matter"],
    ),
    (
        "«Officials», who were not authorized to discuss the case, ‹said› [so].",
        ["who were not authorized to discuss the case"],
    ),
    (
        "«An aide» who spoke anonymously to discuss plans ‹said› [no].",
        ["who spoke anonymously to discuss plans"],
    ),
    # none
    ("«Ana Bell», who asked not to be named in the suit, ‹said› [so].", []),
    ("«Mr. Bell» ‹said› on condition of anonymity [so].", []),
    ("«An aide» ‹said› [a man who asked not to be named had left].", []),
    ("«An aide» ‹said› [so]. Diaz spoke on condition of anonymity.", []),
    ("«Police» ‹said› [so], while Diaz, who asked not to be named, left.", []),
]


@pytest.mark.parametrize(("marked", "reasons"), CASES, ids=[marked for marked, _ in CASES])
def test_anonymity_is_the_reason_given_for_no_name(marked: str, reasons: list[str]) -> None:
    assert list_words_of_role("anonymity", marked) == reasons
