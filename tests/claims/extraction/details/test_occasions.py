import pytest

from claims.extraction.schema import Act
from tests.claims.extraction.quotations import list_words_of_role

CASES: list[tuple[str, Act, list[str]]] = [
    ("“[It is over],” «Bell» ‹said› on Friday.", "say", ["on Friday"]),
    ("“[It is over],” «Bell» ‹said› Friday.", "say", ["Friday"]),
    ("«Bell» ‹said› on Tuesday that [it was over].", "say", ["on Tuesday"]),
    ("On Friday, «Bell» ‹warned› [it was over].", "warn", ["On Friday"]),
    ("«Bell» on Friday ‹warned› [it was over].", "warn", ["on Friday"]),
    (
        "But in an interview with CNN on Sunday, «Bell» ‹said› [it was over].",
        "say",
        ["in an interview with CNN on Sunday"],
    ),
    ("“[It is over],” «she» ‹said› in a statement.", "say", ["in a statement"]),
    ("“[It is over],” «she» ‹said in a statement›.", "say", ["in a statement"]),
    (
        "«Bell» ‹told› a news conference in Geneva on Tuesday [it was over].",
        "say",
        ["in Geneva on Tuesday"],
    ),
    (
        "“[It is over],” «she» ‹said› at a news conference in Geneva.",
        "say",
        ["at a news conference in Geneva"],
    ),
    ("“[It is over],” «she» ‹wrote› on Twitter.", "say", ["on Twitter"]),
    (
        "“[It is over],” «she» ‹wrote› in a tweet late Thursday.",
        "say",
        ["in a tweet late Thursday"],
    ),
    ("«Bell», speaking in Kyiv, ‹said› [it was over].", "say", ["speaking in Kyiv"]),
    (
        "«Bell», in a letter to the court, ‹said› [it was over].",
        "say",
        ["in a letter to the court"],
    ),
    ("“[It is over],” ‹said› «Bell» during a visit to Oslo.", "say", ["during a visit to Oslo"]),
    (
        "“[It is over],” «Bell» ‹said› on NBC’s “Meet the Press.”",
        "say",
        ["on NBC’s “Meet the Press.”"],
    ),
    ("«Bell» ‹said› [it was over], in an interview with CNN.", "say", ["in an interview with CNN"]),
    ("At Monday’s debate, «Bell» ‹said› [it was over].", "say", ["At Monday’s debate"]),
    (
        "“[It is over],” «Bell» ‹told› the Herald on Friday, in an email.",
        "say",
        ["on Friday", "in an email"],
    ),
    (
        "At a rally Friday in Coral Springs, Florida, «Bell» ‹said› [no].",
        "say",
        ["At a rally Friday in Coral Springs, Florida"],
    ),
    ("«Bell» ‹accused› Diaz on Friday of [lying].", "accuse", ["on Friday"]),
    ("«They» ‹said in court files› [it was over].", "say", ["in court files"]),
    (
        "In a speech in Coral Springs, Florida Friday, «Bell» ‹said› [no].",
        "say",
        ["In a speech in Coral Springs, Florida Friday"],
    ),
    ("«Bell» ‹spoke› in the Example Hall about [it].", "say", ["in the Example Hall"]),
    ("«Bell» ‹spoke› from the Example campaign about [it].", "say", []),
    (
        "«Bell» ‹said during Saturday night’s debate› [it was over].",
        "say",
        ["during Saturday night’s debate"],
    ),
    # none, or less
    ("«Bell» ‹’ll be talking› at a dinner about [it].", "say", []),
    ("«Bell» ‹hit back›, tweeting on what [she liked].", "say", []),
    ("«Bell» ‹claimed at one point› [it was over].", "claim", []),
    ("«Bell» ‹said› [the talks would begin on Tuesday].", "say", []),
    ("«Bell» ‹said› [in an interview he lied].", "say", []),
    ("«Bell», who resigned on Friday, ‹said› [it was over].", "say", []),
    ("«Bell» ‹condemned› [the attack] on Saturday.", "accuse", []),
    ("«Bell» ‹said› [Friday’s vote was over].", "say", []),
    ("«Bell» ‹will say› on Friday [that it is over].", "say", []),
    ("«Bell» is expected to ‹announce› on Friday [that it is over].", "say", []),
    ("At the same time, «Bell» ‹said› [it was over].", "say", []),
    ("«Bell» ‹said› in English [that it was over].", "say", []),
    ("«She» ‹lashed out› at the press, [who lied].", "accuse", []),
    ("«An official», speaking on condition of anonymity, ‹said› [no].", "say", []),
    ("Police arrested Diaz on Friday, «Bell» ‹said› [so].", "say", []),
    ("On Friday, police held a man and «Bell» ‹said› [so].", "say", []),
]


@pytest.mark.parametrize(
    ("marked", "act", "occasions"), CASES, ids=[marked for marked, _, _ in CASES]
)
def test_the_occasion_is_when_and_where_it_was_said(
    marked: str, act: Act, occasions: list[str]
) -> None:
    assert list_words_of_role("occasion", marked, act) == occasions
