from datetime import date

import pytest

from benchmarks.hostile import measure_seconds
from claims.extraction.details.details import find_details
from claims.extraction.schema import Detail, Span
from tests.claims.extraction.quotations import find_day_of_marked, list_details_of_marked


def test_details_come_in_the_order_of_the_text() -> None:
    found = list_details_of_marked(
        "In a statement released on Saturday evening, «the ministry» ‹warned› Ruritania [that talks could fail], "
        "citing two reports."
    )

    assert found == [
        ("occasion", "In a statement released on Saturday evening"),
        ("addressee", "Ruritania"),
        ("hedge", "could"),
        ("basis", "citing two reports"),
    ]


def test_a_quote_without_any_has_none() -> None:
    assert list_details_of_marked("«Ana Bell» ‹said› [the bridge is safe].") == []


def test_the_words_of_other_sentences_are_not_read() -> None:
    found = list_details_of_marked(
        "He told the BBC on Monday that it rained. «Ann Lee» ‹said› [it did not]. Diaz wrote to MPs on Tuesday."
    )

    assert found == []


@pytest.mark.parametrize(
    "marked",
    [
        "«Ana Bell» ‹said› on Monday [it was over], but Carl Diaz told the Herald on Friday that it was not.",
        "Carl Diaz told the Herald on Friday that it was not over, but «Ana Bell» ‹said› on Monday [it was].",
        "Carl Diaz told Mr. Hahn that it was not. “[It was],” «Ana Bell» ‹said› on Monday. Hahn told the Herald.",
    ],
    ids=["after", "before", "another sentence"],
)
def test_another_cue_keeps_its_own_details(marked: str) -> None:
    assert list_details_of_marked(marked) == [("occasion", "on Monday")]


def test_a_cue_inside_a_quotation_is_read_within_its_marks() -> None:
    found = list_details_of_marked(
        "On Monday, Ana Bell told the court: “«My doctor» ‹said› [it was over] yesterday.”"
    )

    assert ("addressee", "the court") not in found
    assert ("occasion", "On Monday") not in found


@pytest.mark.parametrize(
    ("marked", "day"),
    [
        ("In a statement released on Saturday evening, «Bell» ‹said› [no].", date(2021, 12, 4)),
        ("«Bell» ‹said› on Tuesday that [it was over].", date(2021, 11, 30)),
        ("“[No],” «Bell» ‹told› the Herald on 3 December.", date(2021, 12, 3)),
        ("At Monday’s debate, «Bell» ‹said› [no].", date(2021, 11, 29)),
        ("«Bell» ‹said during Friday night’s debate› [no].", date(2021, 12, 3)),
        ("In a Dec. 2 letter, «Bell» ‹said› [no].", date(2021, 12, 2)),
        ("“[No],” «Bell» ‹said› in an interview with CNN aired Thursday.", date(2021, 12, 2)),
        ("«Bell» ‹said› [the talks would begin on Tuesday].", None),
        ("«Bell» ‹said› last week [that it was over].", None),
        ("«Bell» ‹said› [no] in a statement about Monday’s attack.", None),
        ("«Bell» ‹said› [no].", None),
    ],
)
def test_a_quote_was_said_on_the_day_of_its_occasion(marked: str, day: date | None) -> None:
    assert find_day_of_marked(marked, date(2021, 12, 4)) == day


def test_a_day_inside_a_quotation_is_left_open() -> None:
    assert (
        find_day_of_marked("“«The mayor» ‹told› us yesterday [that it was over],” Ana Bell said.")
        is None
    )


def test_two_different_days_leave_it_open() -> None:
    assert (
        find_day_of_marked(
            "On Monday, «Ana Bell» ‹said› in a letter dated 1 March [that it was over]."
        )
        is None
    )


LIMIT = 10.0  # seconds of work for what takes hundredths: passed by what tries the same words again and again
HOSTILE = [
    ("said", None, Span(0, 4), (), []),
    ("he said", Span(0, 2), Span(3, 7), (), []),
    ("", None, Span(0, 1), (Span(0, 1),), []),
    ("“““ he said “““ (( ", Span(4, 6), Span(7, 11), (Span(12, 19),), []),
    ("\n\n\n", None, Span(1, 2), (Span(2, 3),), []),
    ("he said " + "word " * 40_000, Span(0, 2), Span(3, 7), (Span(8, 200_008),), []),
    (
        "he said " + "it may rain " * 10_000,
        Span(0, 2),
        Span(3, 7),
        (Span(8, 120_008),),
        ["hedge may"] * 10_000,
    ),
    (
        "word " * 40_000 + "he said",
        Span(200_000, 200_002),
        Span(200_003, 200_007),
        (Span(0, 199_999),),
        [],
    ),
    ("“" * 5_000 + " said " + "”" * 5_000, None, Span(5_001, 5_005), (Span(0, 5_000),), []),
    ("said " + "on Monday, " * 2_000, None, Span(0, 4), (), ["occasion on Monday"] * 12),
    ("told " + "the the " * 2_000, None, Span(0, 4), (), ["addressee the the the"]),
    ("told " + "A" * 50_000, None, Span(0, 4), (), ["addressee " + "A" * 599]),
    ("told Ana Bell" + " " * 50_000, None, Span(0, 4), (), ["addressee Ana Bell"]),
    ("said in a " + "very " * 3_000 + "interview", None, Span(0, 4), (), []),
    ("citing " + "a, b and " * 3_000, None, Span(0, 6), (), []),
    ("he said " + "…" * 3_000 + "." * 3_000, Span(0, 2), Span(3, 7), (), []),
    ("Müller 说 said İıſ \ufffc\ufffb\x00", Span(0, 6), Span(9, 13), (Span(14, 17),), []),
    ("it said it", Span(0, 2), Span(3, 7), (Span(0, 10),), []),
]


@pytest.mark.parametrize(
    ("text", "source", "cue", "contents", "details"),
    HOSTILE,
    ids=[str(n) for n in range(len(HOSTILE))],
)
def test_any_text_is_read_in_time_and_every_span_is_of_it(
    text: str, source: Span | None, cue: Span, contents: tuple[Span, ...], details: list[str]
) -> None:
    found: list[Detail] = []

    took = measure_seconds(
        lambda: found.extend(find_details(text, source, cue, contents, "say", date.min)[0]), LIMIT
    )

    assert took < LIMIT
    assert [f"{detail.role} {detail.span.of(text)}" for detail in found] == details
