import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.extraction.records import (
    ArticleText,
    build_record,
    read_article_record,
    read_records,
)
from claims.extraction.schema import Attribution, Detail, RunnerUp, Span, Speaker
from claims.extraction.text.blocks import Block

BARE = Attribution(None, Span(4, 8), (Span(10, 17),), "direct", "say", 0.9, None)


def test_a_record_holds_offsets_and_null_for_what_is_unknown() -> None:
    record = build_record(BARE)

    assert (record["source"], record["cue"], record["content"]) == ([], [[4, 8]], [[10, 17]])
    assert (record["actor"], record["speaker"], record["kind_of_actor"]) == (None, None, None)
    assert (record["within"], record["said_on"], record["about"]) == (None, None, [])
    assert (record["runners_up"], record["hedge"], record["basis"]) == ([], [], [])


def test_a_record_names_the_speaker_and_the_others_it_may_be() -> None:
    rival = RunnerUp("Eva Reza", "person", 0.2)
    speaker = Speaker("Ana Bell", "person", 0.7, "pronoun", runners_up=(rival,))

    record = build_record(
        Attribution(Span(0, 3), Span(4, 8), (Span(10, 17),), "direct", "say", 0.9, speaker)
    )

    assert record["source"] == [[0, 3]]
    assert record["actor"] == record["speaker"] == "Ana Bell"
    assert (record["actor_confidence"], record["actor_method"]) == (0.7, "pronoun")
    assert record["runners_up"] == [{"name": "Eva Reza", "kind": "person", "confidence": 0.2}]


def test_a_record_holds_details_by_their_role() -> None:
    record = build_record(
        Attribution(
            None,
            Span(4, 8),
            (Span(10, 17),),
            "direct",
            "say",
            0.9,
            None,
            details=(Detail("hedge", Span(11, 14)), Detail("hedge", Span(15, 17))),
            said_on=date(2024, 3, 6),
            within=Span(1, 2),
        )
    )

    assert record["hedge"] == [[11, 14], [15, 17]]
    assert (record["said_on"], record["within"]) == ("2024-03-06", [1, 2])
    json.dumps(record)


@pytest.mark.parametrize(
    ("record", "page"),
    [
        (
            {"date": "2024-03-06", "publisher": "The Herald", "author": "Ana Bell"},
            {"published": date(2024, 3, 6), "publisher": "The Herald", "author": "Ana Bell"},
        ),
        ({}, {"published": None}),
        ({"date": "yesterday", "publisher": 7, "author": ["Ana"]}, {"published": None}),
        ({"date": 20240306}, {"published": None}),
    ],
    ids=["as it should be", "nothing", "not as it should be", "a number"],
)
def test_a_document_is_read_without_what_is_not_as_it_should_be(
    record: dict[str, Any], page: dict[str, Any]
) -> None:
    article = read_article_record({"text": "It rained.", **record})

    assert article == ArticleText("It rained.", **page)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("[1]", "not a JSON object"),
        ('{"text": "x"}', 'no "id"'),
        ('{"id": 1.5, "text": "x"}', 'no "id"'),
        ('{"id": 1}', 'no "text"'),
        ('{"id": 1, "text": "\\ud800"}', "surrogates not allowed"),
        ("{", "Expecting property name"),
        ("[" * 100_000, "recursion"),
    ],
    ids=["a list", "no id", "id of no kind", "no text", "no character", "no JSON", "too deep"],
)
def test_a_bad_line_comes_as_its_error_and_the_rest_is_read(
    tmp_path: Path, line: str, problem: str
) -> None:
    path = tmp_path / "documents.jsonl"
    path.write_text(f'{line}\n\n{{"id": "2", "text": "It rained."}}\n')

    (first_number, error), (second_number, record) = read_records(path)

    assert (first_number, second_number) == (1, 3)
    assert isinstance(error, ValueError)
    assert problem in str(error)
    assert record == {"id": "2", "text": "It rained."}


def test_a_compressed_file_is_read_as_any_other(tmp_path: Path) -> None:
    path = tmp_path / "documents.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": 1, "text": "It rained."}\n'))

    assert list(read_records(path)) == [(1, {"id": 1, "text": "It rained."})]


def test_a_document_may_tell_what_its_page_sets_apart() -> None:
    record = {"text": "Who pays\nNobody.", "blocks": [[0, 8, "heading"], [0, 99, "heading"]]}

    assert read_article_record(record).blocks == (Block(0, 8, "heading"),)
    assert read_article_record({"text": "Nobody."}).blocks == ()
