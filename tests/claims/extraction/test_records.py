import gzip
import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.extraction.records import (
    ArticleText,
    BrokenRecord,
    build_record,
    read_article_record,
    read_attributions,
    read_records,
)
from claims.extraction.schema import (
    ACTOR_KINDS,
    ACTS,
    DETAIL_ROLES,
    KINDS,
    Attribution,
    Detail,
    RunnerUp,
    Span,
    Speaker,
)

BARE = Attribution(None, Span(4, 8), (Span(10, 17),), "direct", "say", 0.9, None)
TEXT = "Ana said: it rained. " * 40


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


# The way back


def make_up_span(rng: random.Random) -> Span:
    start = rng.randrange(len(TEXT) - 1)
    return Span(start, rng.randint(start + 1, len(TEXT)))


def make_up_speaker(rng: random.Random) -> Speaker:
    confidence, second, third = sorted((rng.random() for _ in range(3)), reverse=True)
    runners_up = (
        RunnerUp("Eva “Ré” Reza", rng.choice(ACTOR_KINDS), second),
        RunnerUp("王毅", rng.choice(ACTOR_KINDS), third),
    )
    return Speaker(
        name=rng.choice(["Ana Bell", "the minister", "O’Néill"]),
        kind=rng.choice(ACTOR_KINDS),
        confidence=confidence,
        method=rng.choice(["name", "pronoun", "author"]),
        alone=rng.random() < 0.5,
        mention=rng.choice(["", "Mayor Bell’s"]),
        plural=rng.random() < 0.5,
        runners_up=runners_up[: rng.randrange(3)],
    )


def make_up_attribution(rng: random.Random) -> Attribution:
    offsets = sorted(rng.sample(range(len(TEXT) + 1), 2 * rng.randint(1, 4)))
    contents = zip(offsets[::2], offsets[1::2], strict=True)
    details = {Detail(rng.choice(DETAIL_ROLES), make_up_span(rng)) for _ in range(rng.randrange(6))}
    in_order = sorted(details, key=lambda detail: (detail.span, detail.role))
    return Attribution(
        source=rng.choice([None, make_up_span(rng)]),
        cue=make_up_span(rng),
        contents=tuple(Span(start, end) for start, end in contents),
        kind=rng.choice(KINDS),
        act=rng.choice(ACTS),
        confidence=rng.random(),
        speaker=rng.choice([None, make_up_speaker(rng)]),
        act_confidence=rng.random(),
        details=tuple(in_order),
        said_on=rng.choice([None, date(2024, 1, 1) + timedelta(rng.randrange(900))]),
        within=rng.choice([None, make_up_span(rng)]),
        about=tuple(make_up_speaker(rng) for _ in range(rng.randrange(3))),
    )


@pytest.mark.parametrize("seed", range(10))
def test_what_was_written_is_read_back_to_the_last_value(seed: int) -> None:
    rng = random.Random(seed)
    attributions = [make_up_attribution(rng) for _ in range(50)]
    records = [build_record(attribution) for attribution in attributions]

    read = read_attributions(json.loads(json.dumps(records)), TEXT)

    assert repr(read) == repr(attributions)  # what is not compared, too


def test_what_a_record_leaves_out_because_there_is_none_is_not_asked_for() -> None:
    record = build_record(BARE)
    needed = ("cue", "content", "kind", "act", "confidence", "act_confidence")

    (read,) = read_attributions([{field: record[field] for field in needed}], TEXT)

    assert read == BARE


SPEAKER = {
    "actor": "Ana Bell",
    "kind_of_actor": "person",
    "actor_confidence": 0.7,
    "actor_method": "name",
    "actor_alone": True,
    "actor_mention": "",
    "actor_plural": False,
}
RIVAL = {"name": "Eva", "kind": "person", "confidence": 0.9}


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"cue": [[4, 841]]}, r"cue: \[4, 841\] is no span of a text of 840 characters"),
        ({"cue": [[8, 8]]}, r"cue: \[8, 8\] is no span"),
        ({"cue": [[-1, 8]]}, r"cue: \[-1, 8\] is no span"),
        ({"cue": [[True, 8]]}, "cue: a span is two whole numbers"),
        ({"source": [[4, 8, 9]]}, "source: a span is two whole numbers"),
        ({"source": 4}, "source: it is not a list"),
        ({"cue": []}, "one cue"),
        ({"source": [[1, 2], [3, 4]]}, "one source at most"),
        ({"content": []}, "a content at least"),
        ({"content": [[10, 17], [16, 20]]}, "content: its spans overlap"),
        ({"hedge": [[10, 2000]]}, "hedge: "),
        ({"within": [1]}, "within: a span is two whole numbers"),
        ({"kind": "sung"}, "kind: it is none of direct, mixed, indirect"),
        ({"act": None}, "act: it is none of say"),
        ({"confidence": 1.5}, "confidence: it is no number from 0 to 1"),
        ({"confidence": float("nan")}, "confidence: it is no number from 0 to 1"),
        ({"act_confidence": "high"}, "act_confidence: it is no number"),
        ({"said_on": "yesterday"}, "said_on: it is no day"),
        ({**SPEAKER, "actor": 7}, "actor: name: it is not a text"),
        ({**SPEAKER, "actor": " "}, "actor: name: it is empty"),
        ({**SPEAKER, "actor": "A\0"}, "actor: name: it holds what is no character"),
        ({**SPEAKER, "actor": "A\ud800"}, "actor: name: it holds what is no character"),
        ({**SPEAKER, "actor_alone": None}, "actor: alone: it is neither true nor false"),
        ({**SPEAKER, "kind_of_actor": "god"}, "actor: kind: it is none of person"),
        ({**SPEAKER, "runners_up": [RIVAL]}, "actor: no runner-up is likelier"),
        ({**SPEAKER, "runners_up": ["Eva"]}, "actor: runners_up: one is not a JSON object"),
        ({"about": [{"name": "Eva", "kind": "person"}]}, "about: confidence: it is no number"),
        ({"about": ["Eva"]}, "about: one is not a JSON object"),
    ],
    ids=lambda value: json.dumps(value)[:30] if isinstance(value, dict) else "",
)
def test_a_record_that_is_none_of_its_text_is_named_with_what_is_wrong(
    changed: dict[str, Any], problem: str
) -> None:
    good = build_record(BARE)

    with pytest.raises(BrokenRecord, match=f"^attribution 2: .*{problem}"):
        read_attributions([good, {**good, **changed}], TEXT)


@pytest.mark.parametrize("records", [{}, None, "[]"], ids=["an object", "nothing", "a text"])
def test_what_is_no_list_of_attributions_is_refused(records: Any) -> None:
    with pytest.raises(BrokenRecord, match="not a list"):
        read_attributions(records, TEXT)


def test_an_attribution_that_is_no_object_is_refused() -> None:
    with pytest.raises(BrokenRecord, match="attribution 1: it is not a JSON object"):
        read_attributions([7], TEXT)
