"""A quote as a sentence to print: who, the verb with its denial, and what; English wherever it comes from."""

from datetime import date
from typing import Any

import pytest

from claims.outputs.predicates import build_predicate
from claims.outputs.sentences import (
    SentenceParts,
    build_pieces,
    format_headline,
    format_sentence,
    format_statement,
    join_pieces,
)

DAY = date(2019, 11, 20)


def make_parts(text: str, **more: Any) -> SentenceParts:
    """The parts of a text in which the source stands in ( ), the cue in < > and what is said in [ ]."""
    places: dict[str, list[tuple[int, int]]] = {"(": [], "<": [], "[": []}
    plain = ""
    opened: dict[str, int] = {}
    for mark in text:
        if mark in "(<[":
            opened[mark] = len(plain)
        elif mark in ")>]":
            opening = {")": "(", ">": "<", "]": "["}[mark]
            places[opening].append((opened[opening], len(plain)))
        else:
            plain += mark
    source = places["("][0] if places["("] else None
    cue = places["<"][0]
    contents = places["["]
    gap = contents[0][0] - cue[1]
    values: dict[str, Any] = {
        "actor": "Kurt Volker",
        "is_unsure": False,
        "source": plain[slice(*source)] if source else "",
        "source_start": source[0] if source else None,
        "cue": plain[slice(*cue)],
        "cue_start": cue[0],
        "cue_end": cue[1],
        "content": " … ".join(plain[slice(*each)] for each in contents),
        "content_start": contents[0][0],
        "content_end": contents[-1][1],
        "kind": "indirect",
        "bridge": plain[cue[1] : contents[0][0]] if 3 <= gap <= 80 else "",
    }
    return SentenceParts(**{**values, **more})


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("(He) <denied> [that he formed an irregular channel].", {}, "Kurt Volker denied that he formed an irregular channel"),
        ("(The envoy) <has denied> [any part in it].", {}, "Kurt Volker has denied any part in it"),
        ("(Volker) <did not deny> [that he knew].", {}, "Kurt Volker did not deny that he knew"),
        ("[“It’s so,”] (He) <told> us.", {"kind": "direct", "hearer": "aides"}, "“It’s so,” Kurt Volker told aides"),
        ("[“It was wrong,”] (Volker) <told> them.", {"kind": "direct"}, "“It was wrong,” Kurt Volker said"),
        ("(Volker) <said>: [“It was wrong.”]", {"kind": "direct"}, "“It was wrong,” Kurt Volker said"),
        ("[\"Was it wrong?\"] <asked> (Volker).", {"kind": "direct"}, "“Was it wrong?” Kurt Volker asked"),
        ("[“It was,”] (he) <said>, [“quite wrong.”]", {"kind": "direct"}, "“It was quite wrong,” Kurt Volker said"),
        ("[“He said “no” to me,”] (he) <said>.", {"kind": "direct"}, "“He said ‘no’ to me,” Kurt Volker said"),
        ("(He) <told> aides on Tuesday that [it was wrong].", {}, "Kurt Volker told aides on Tuesday that it was wrong"),
        ("[It was wrong], <according to> (Volker).", {}, "According to Kurt Volker, it was wrong"),
        ("[“It was wrong,”] <according to> (Volker).", {"kind": "direct"}, "“It was wrong,” according to Kurt Volker"),
        ("[the bridge is safe], (Volker) <said>.", {}, "The bridge is safe, Kurt Volker said"),
        ("(Volker), <denying> [that it was wrong].", {}, "Kurt Volker denied that it was wrong"),
        ("(I) <do not believe> [it was wrong].", {}, "Kurt Volker did not believe it was wrong"),
        ("(Volker’s) <denial> [of any part in it].", {}, "Kurt Volker, in the article’s words: “denial of any part in it”"),
        ("<is due> [to go].", {"actor": ""}, "An unidentified speaker, in the article’s words: “is due to go”"),
        ("(He) <denied> [it].", {"is_unsure": True}, "Kurt Volker (attribution uncertain) denied it"),
        ("(the envoy) <denied> [it].", {"actor": ""}, "An unidentified speaker (“the envoy”) denied it"),
        ("(the agency) <denied> [it].", {"actor": "Agency"}, "The Agency denied it"),
        ("(Volker) <denied> [it].", {"teller": "Ana Bell"}, "Kurt Volker denied it, according to Ana Bell"),
        ("(He) <did> [it].", {"teller": "Ana", "outer_stance": "denies"}, "Kurt Volker did it, in what Ana denied"),
        ("(Volker) <said> [it\nwas   wrong].", {}, "Kurt Volker said it was wrong"),
        ("<criticised> by (the envoy) for [hiding it].", {}, "Kurt Volker criticised for hiding it"),
        ("[The claim] <was denied> by (Volker).", {}, "Kurt Volker, in the article’s words: “The claim … was denied”"),
    ],
)  # fmt: skip
def test_a_statement_reads_as_english(text: str, more: dict[str, Any], expected: str) -> None:
    assert format_statement(make_parts(text, **more)) == expected


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("[“It’s so,”] (He) <told> us.", {"kind": "direct", "hearer": "aides"}, "Kurt Volker told aides: “It’s so”"),
        ("[\"Was it wrong?\"] <asked> (Volker).", {"kind": "direct"}, "Kurt Volker asked: “Was it wrong?”"),
        ("[“It was,”] (he) <said>, [“quite wrong.”]", {"kind": "direct"}, "Kurt Volker said: “It was quite wrong.”"),
        ("[“It was wrong,”] <according to> (Volker).", {"kind": "direct"}, "According to Kurt Volker, “It was wrong”"),
        ("[The bridge is safe], (Volker) <denied>.", {}, "Kurt Volker denied the bridge is safe"),
        ("(Volker) <denied> [it].", {"teller": "Ana Bell"}, "Kurt Volker denied it, according to Ana Bell"),
        ("(Volker’s) <denial> [of any part in it].", {}, "Kurt Volker, in the article’s words: “denial of any part in it”"),
    ],
)  # fmt: skip
def test_in_a_list_who_and_the_verb_come_before_the_words(
    text: str, more: dict[str, Any], expected: str
) -> None:
    pieces = build_pieces(make_parts(text, **more), is_who_first=True)

    roles = [piece.role for piece in pieces if piece.role]
    assert join_pieces(pieces) == expected
    assert {"verb", "said", "who"} <= set(roles)
    assert roles.index("verb") < roles.index("said")


def test_a_sentence_has_its_outlet_and_day() -> None:
    parts = make_parts("[“It was wrong,”] (he) <told> us.", kind="direct", hearer="lawmakers")

    assert format_sentence(parts, "CBS News", DAY) == (
        "“It was wrong,” Kurt Volker told lawmakers (CBS News, 20 Nov 2019)."
    )
    assert format_sentence(parts, "CBS News", None).endswith("(CBS News, no date).")
    assert format_sentence(parts, "CBS News", DAY, is_gone=True).endswith(
        "(CBS News, 20 Nov 2019; no longer in the article)."
    )


def test_what_is_cut_keeps_who_said_it_and_how() -> None:
    long = "that " + "very " * 100 + "much"

    told = format_headline(make_parts(f"(He) <denied> [{long}]."), 40)
    quoted = format_headline(make_parts(f"[“V{long},”] (he) <denied>.", kind="direct"), 40)

    assert told.startswith("Kurt Volker denied that very")
    assert quoted.startswith("Kurt Volker denied: “Vthat very")
    assert told.endswith("…")
    assert quoted.endswith("…”")


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("[He had pressured Kyiv], (Volker) <denied>.", {}, "Kurt Volker denied he had pressured Kyiv"),
        ("[“I did,”] (he) <denied>.", {"kind": "direct"}, "Kurt Volker denied: “I did”"),
        ("[it is so], (he) <said>.", {"teller": "Ana", "outer_stance": "denies"}, "Denied by Ana: Kurt Volker said it is so"),
        ("[it is], (he) <said>.", {"teller": "Ana", "outer_stance": "questions"}, "Questioned by Ana: Kurt Volker said it is"),
    ],
)  # fmt: skip
def test_a_headline_has_any_denial_before_the_words(
    text: str, more: dict[str, Any], expected: str
) -> None:
    assert format_headline(make_parts(text, **more), 60) == expected


@pytest.mark.parametrize(
    ("cue", "source", "expected"),
    [
        ("saying", "he", "said"),
        ("adding", "he", "added"),
        ("admitting", "he", "admitted"),
        ("to deny", "he", "denied"),
        ("contemplated", "he", "contemplated"),
        ("vehemently denying", "he", "vehemently denied"),
        ("is calling for", "he", "is calling for"),
        ("have said", "I", "has said"),
        ("don’t know", "We", "did not know"),
        ("went on to say", "he", "went on to say"),
        ("declined to comment", "he", "declined to comment"),
        ("threat", "Iran’s", ""),
        ("a claim", "he", ""),
        ("being ordered", "he", ""),
        ("", "he", ""),
    ],
)
def test_reporting_words_follow_a_name(cue: str, source: str, expected: str) -> None:
    assert build_predicate(cue, source) == expected
