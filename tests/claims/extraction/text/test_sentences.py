from itertools import pairwise

import pytest

from claims.extraction.schema import Span
from claims.extraction.text.sentences import (
    CONTENT_PLACEHOLDER,
    ROLE_PLACEHOLDER,
    build_sentence_around,
    list_sentence_starts,
    split_at_sentence_ends,
)
from tests.claims.extraction.quotations import read_marked_text

CASES = [
    ("It rained. «She» ‹said› [so]. He left.", "_ said *."),
    (
        "It rained. Mr. A. B. «Lee» ‹said› [so] to Gen. Ray. He left.",
        "Mr. A. B. _ said * to Gen. Ray.",
    ),
    ("It rained. It snowed. It froze. «She» ‹said› [so]. He left.", "_ said *."),
    (
        "In the U.S. Senate, «she» ‹said› [so] at 5 p.m. He left.",
        "In the U.S. Senate, _ said * at 5 p.m.",
    ),
    ("It rained in the U.S. The «man» ‹said› [so].", "The _ said *."),
    ("“[No. Never],” «she» ‹said›. “[Never.]” He left.", "“*,” _ said."),
    ("‹Said› «she»: [“No. Never.”] He left.", "Said _: *"),
    ("[Will it rain?] «she» ‹asked›. He left.", "* _ asked."),
    ("It rained\n«She» ‹said› [so]\nHe left.", "_ said *"),
    ("He said: “No. «She» ‹said› [so] today.” We left.", "_ said * today."),
    ('He said: "No. «She» ‹said› [so] today." We left.', "_ said * today."),
    ("“‹Said› «she» so", "Said _ so"),
    ('”“ " «Ö» ‹sa›', ' " _ sa'),
]


@pytest.mark.parametrize(("marked", "line"), CASES, ids=[marked for marked, _ in CASES])
def test_the_sentence_of_the_cue_is_found_and_its_content_blanked(marked: str, line: str) -> None:
    text, spans = read_marked_text(marked)

    found = build_sentence_around(
        text, spans["source"][0], spans["cue"][0], tuple(spans["content"])
    )

    shown = "".join(
        c if c not in (CONTENT_PLACEHOLDER, ROLE_PLACEHOLDER) or c != before else ""
        for before, c in pairwise(" " + found.line)
    )
    assert shown.replace(CONTENT_PLACEHOLDER, "*").replace(ROLE_PLACEHOLDER, "_") == line
    assert found.locate_in_text(found.cue.start, found.cue.end) == spans["cue"][0]


def test_no_sentence_is_read_further_than_its_reach() -> None:
    text = "word " * 1_000 + "she said so " + "word " * 1_000
    cue = read_marked_text("word " * 1_000 + "she ‹said› so")[1]["cue"][0]

    found = build_sentence_around(text, None, cue, ())

    assert len(found.line) < 1_300
    assert not found.whole


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("It rained. It snowed! Did it? Yes.", ["It rained", "It snowed", "Did", "Yes"]),
        ("Mr. A. Lee of the U.S. Senate left. He ran.", ["Mr.", "He"]),
        ("He left the U.S. The rest stayed.", ["He", "The"]),
        ("One line\nanother", ["One", "another"]),
    ],
)
def test_sentences_start_after_marks_that_end_one(text: str, starts: list[str]) -> None:
    found = list(list_sentence_starts(text, 0, len(text)))

    assert len(found) == len(starts)
    assert all(text.startswith(words, at) for at, words in zip(found, starts, strict=True))


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ann Lee. Omar Diaz", ["Ann Lee", "Omar Diaz"]),
        ("Pfc. Ann Lee", ["Pfc. Ann Lee"]),
        ("Mr. Diaz", ["Mr. Diaz"]),
        ("Omar B. Diaz", ["Omar B. Diaz"]),
    ],
)
def test_a_name_is_split_where_a_sentence_ends_in_it(name: str, parts: list[str]) -> None:
    spans = split_at_sentence_ends(Span(0, len(name)), name)

    assert [span.of(name) for span in spans] == parts
