"""`manage.py relate`: pairs in, readings out, without a database."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

TEXT = "“The bridge will stay closed until May,” Ada Ross said. Leo Brandt denied it would."
CONTENT = [0, 41]


def make_pair(name: str = "1", *, article: str = "x", spans: Any = (CONTENT,)) -> dict[str, Any]:
    side = {"article": article, "spans": list(spans), "cue": "said", "source": "Ada Ross"}
    return {"id": name, "a": side, "b": {**side, "article": "y", "spans": [CONTENT]}}


def write(path: Path, *records: Any) -> Path:
    lines = [each if isinstance(each, str) else json.dumps(each) for each in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    records = [{"id": name, "text": TEXT, "date": "2026-03-07"} for name in ("x", "y")]
    return write(tmp_path / "articles-mine.jsonl", *records)


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_pair_is_read_with_the_articles_beside_it(tmp_path: Path, articles: Path) -> None:
    pairs = write(tmp_path / "pairs-mine.jsonl", make_pair("1"), make_pair("2"))

    call_command("relate", str(pairs), str(tmp_path / "out.jsonl"))

    readings = read(tmp_path / "out.jsonl")
    assert [reading["id"] for reading in readings] == ["1", "2"]
    assert set(readings[0]) == {"id", "same_words", "same_claim", "relation", "automatic"}
    assert readings[0]["relation"] == "same-words"


def test_a_bad_line_is_named_with_its_place_and_the_rest_goes_on(
    tmp_path: Path, articles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = write(
        tmp_path / "pairs.jsonl",
        "no json",
        make_pair("1", article="z"),
        make_pair("2", spans=[[3, 400]]),
        make_pair("3"),
    )

    with pytest.raises(SystemExit):
        call_command("relate", str(pairs), str(tmp_path / "out.jsonl"), "--articles", str(articles))

    complaints = capsys.readouterr().err.splitlines()
    assert [reading["id"] for reading in read(tmp_path / "out.jsonl")] == ["3"]
    assert [line.split(": ")[0] for line in complaints] == [f"{pairs}:{n}" for n in (1, 2, 3)]
    assert "there is none of the key 'z'" in complaints[1]
    assert "[3, 400] is no span of a text of" in complaints[2]


def test_pairs_without_their_articles_are_refused(tmp_path: Path) -> None:
    pairs = write(tmp_path / "pairs.jsonl", make_pair())

    with pytest.raises(CommandError, match="name one with --articles"):
        call_command("relate", str(pairs), str(tmp_path / "out.jsonl"))
