import pytest

from claims.extraction.schema import Act
from tests.claims.extraction.quotations import list_words_of_role

CASES: list[tuple[str, Act, list[str]]] = [
    ("“[It is over],” «Ana Bell» ‹told› the Herald.", "say", ["the Herald"]),
    ("“[It is over],” «Ana Bell» ‹told› the Herald on Tuesday.", "say", ["the Herald"]),
    ("«Ana Bell» ‹told› reporters [that it was over].", "say", ["reporters"]),
    (
        "«Ana Bell» ‹told› members of the House of Lords [that it was over].",
        "say",
        ["members of the House of Lords"],
    ),
    (
        "«Ana Bell» ‹told› Radio Nord host Zoë Müller-Åberg [it was over].",
        "say",
        ["Radio Nord host Zoë Müller-Åberg"],
    ),
    (
        "«Ana Bell» ‹told› Radio Nord's “Good Morning” [it was over].",
        "say",
        ["Radio Nord's “Good Morning”"],
    ),
    ("“[It is over],” «she» ‹told› the U.S. Senate.", "say", ["the U.S. Senate"]),
    ("«Ana Bell» ‹told› him [it was over].", "say", ["him"]),
    ("«Ana Bell» ‹told› her in-laws [that it was over].", "say", ["her in-laws"]),
    (
        "“[It is over],” «Ana Bell» ‹told›\x1fthe\x1fHerald.",
        "say",
        ["the\x1fHerald"],
    ),  # a character that rules use themselves
    ("«The minister» ‹said› to reporters [that it was over].", "say", ["reporters"]),
    ("«The minister» ‹wrote› to MPs [that it was over].", "say", ["MPs"]),
    ("“[It is over],” ‹said› «Bell» to the crowd.", "say", ["the crowd"]),
    ("«Washington» ‹warned› Iran [that strikes would follow].", "warn", ["Iran"]),
    (
        "«Washington» ‹warned› Russia and China [that strikes would follow].",
        "warn",
        ["Russia and China"],
    ),
    ("«The firm» ‹asked› the court to [drop the case].", "question", ["the court"]),
    ("«The firm» ‹asked› [the court to drop the case].", "question", ["the court"]),
    ("«Bell» ‹called on› [lawmakers to pass the bill].", "demand", ["lawmakers"]),
    ("«Bell» ‹reminded› voters [that it was their money].", "say", ["voters"]),
    ("“[It is over],” «Bell» ‹said› in an interview with Reuters.", "say", ["Reuters"]),
    ("«Bell» ‹said› in a letter to the court [that it was over].", "say", ["the court"]),
    ("Speaking to reporters in Kyiv, «Bell» ‹said› [it was over].", "say", ["reporters"]),
    ("Residents ‹were urged› by «police» [to leave].", "demand", ["Residents"]),
    ("Residents were ‹urged by› «police» [to leave].", "demand", ["Residents"]),
    ("«Bell» ‹told› reporters [that he told the BBC so].", "say", ["reporters"]),
    ("«Bell» ‹told› 3,000 in the hall [it was over].", "say", []),
    ("«Bell» ‹has promised› that [it was over].", "promise", []),
    ("«Bell» ‹is telling› supporters [it is over].", "say", ["supporters"]),
    ("«Bell» ‹reminded› Diaz of the actions [of the mayor].", "say", ["Diaz"]),
    ("“[No],” «Bell» ‹told› The Daily Example of the plans.", "say", ["The Daily Example"]),
    # none
    ("«Bell» ‹said› [she told the Herald].", "say", []),
    ("«Bell» ‹said› [it was up to the voters].", "say", []),
    ("«Bell» ‹warned› [that talks would fail].", "warn", []),
    ("«Bell» ‹warned› against [a rush to judgement].", "warn", []),
    ("«Bell» ‹asked› about [the money].", "question", []),
    ("«Bell» ‹asked› the question [of the year].", "question", []),
    ("“[It is over],” «Bell» ‹said› in response to questions.", "say", []),
    ("«Bell» ‹told› herself [it was over].", "say", []),
    ("‹In a telling remark›, «Bell» noted [it was over].", "say", []),
    ("«Ruritania» ‹accused› Freedonia of [warning Sylvania].", "accuse", []),
]


@pytest.mark.parametrize(
    ("marked", "act", "addressees"), CASES, ids=[marked for marked, _, _ in CASES]
)
def test_the_addressee_is_who_is_told(marked: str, act: Act, addressees: list[str]) -> None:
    assert list_words_of_role("addressee", marked, act) == addressees
