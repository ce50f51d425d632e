"""What people decided goes out in the format of gold data, and comes in again with `evaluate` and with training."""

import gzip
import importlib
import json
import sys
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import pytest
from django.core.management import CommandError, call_command

from claims.extraction.encoder.features import load_tokenizer, read_words
from claims.extraction.records import read_records
from claims.models import Quote, QuoteStatus
from tests.factories import make_article, make_quote

pytestmark = pytest.mark.django_db

TEXT = "Ana Bell said the pier, she thinks, is safe. Omar Reza denied it. One engineer called it a risk."


def exported(path: Path, *options: str) -> list[dict[str, Any]]:
    call_command("decisions", "export", str(path), *options, stdout=StringIO())
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def make_decided(*statuses: str, title: str = "A pier") -> list[Quote]:
    """Three quotes of one article, of these statuses."""
    article = make_article(TEXT, title=title)
    return [
        make_quote(
            article=article, actor="Ana Bell", content=("the pier", "is safe"), status=statuses[0]
        ),
        make_quote(
            article=article,
            actor="Omar Reza",
            cue="denied",
            content="it",
            act="deny",
            status=statuses[1],
        ),
        make_quote(
            article=article,
            actor=None,
            source="One engineer",
            cue="called",
            content="it a risk",
            status=statuses[2],
        ),
    ]


def test_what_is_right_and_what_was_rejected_go_out_apart(tmp_path: Path) -> None:
    first, second, third = make_decided("accepted", "rejected", "corrected")

    (document,) = exported(tmp_path / "gold.jsonl")

    article = first.article
    assert document["text"] == TEXT
    assert (document["id"], document["title"], document["date"]) == (
        article.key,
        "A pier",
        "2024-03-05",
    )
    assert document["publisher"] == "Harbour Herald"
    words = [
        [[TEXT[a:b] for a, b in one[role]] for role in ("source", "cue", "content")]
        for one in document["attributions"]
    ]
    assert words == [
        [["Ana Bell"], ["said"], ["the pier", "is safe"]],
        [["One engineer"], ["called"], ["it a risk"]],
    ]
    told = [
        (one["speaker"], one["kind"], one["act"], one["status"]) for one in document["attributions"]
    ]
    assert told == [("Ana Bell", "state", "say", "accepted"), (None, "none", "say", "corrected")]
    assert [one["cue"] for one in document["rejected"]] == [[[second.cue_start, second.cue_end]]]
    assert document["undecided"] == []
    assert third.source_start == document["attributions"][1]["source"][0][0]


def test_a_quote_without_a_source_has_none(tmp_path: Path) -> None:
    make_quote(actor=None, source="", status="accepted")

    assert exported(tmp_path / "gold.jsonl")[0]["attributions"][0]["source"] == []


def test_articles_with_undecided_quotes_stay_unless_asked_for(tmp_path: Path) -> None:
    make_decided("accepted", "unreviewed", "rejected", title="In part")
    make_decided("accepted", "accepted", "accepted", title="Whole")
    make_decided("unreviewed", "unreviewed", "unreviewed", title="Not at all")
    make_article(title="Without quotes")

    whole = exported(tmp_path / "whole.jsonl")
    partly = exported(tmp_path / "partly.jsonl", "--partly")

    assert [document["title"] for document in whole] == ["Whole"]
    assert [document["title"] for document in partly] == ["In part", "Whole"]
    assert [len(partly[0][key]) for key in ("attributions", "rejected", "undecided")] == [1, 1, 1]


def test_a_packed_file_is_read_as_corpora_are(tmp_path: Path) -> None:
    make_decided("accepted", "accepted", "accepted")
    path = tmp_path / "gold.jsonl.gz"

    call_command("decisions", "export", str(path), stdout=StringIO())

    with gzip.open(path, "rt", encoding="utf-8") as lines:
        assert len(json.loads(lines.read())["attributions"]) == 3
    assert [isinstance(record, dict) for _, record in read_records(path)] == [True]


def test_the_command_says_what_went_out_and_where_it_cannot(tmp_path: Path) -> None:
    make_decided("accepted", "rejected", "corrected")
    said = StringIO()

    call_command("decisions", "export", str(tmp_path / "gold.jsonl"), stdout=said)

    assert said.getvalue() == "Articles: 1; 2 quotes that are right, 1 that were rejected.\n"
    with pytest.raises(CommandError, match="No such file"):
        call_command("decisions", "export", str(tmp_path / "nowhere" / "gold.jsonl"))


def test_training_takes_it_as_a_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without PyTorch, which reading needs not: labels are made of numbers alone."""
    monkeypatch.setitem(sys.modules, "torch", MagicMock())
    data = importlib.import_module("training.data")
    make_decided("accepted", "rejected", "corrected")
    exported(tmp_path / "gold.jsonl")

    (document,) = data.read_corpus(tmp_path / "gold.jsonl")

    labels = data.Labels(document, read_words(document["text"], load_tokenizer()), ())
    cues = [
        TEXT[labels.words.start[cue.first] : labels.words.end[cue.first]] for cue in labels.cues
    ]
    assert cues == ["said", "called"]


@pytest.mark.django_db(transaction=True)
def test_what_was_accepted_as_found_is_found_again_to_the_letter(
    seeds: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (seeds / "bad.txt").unlink()
    call_command("ingest", str(seeds))
    Quote.objects.update(status=QuoteStatus.ACCEPTED)
    gold = tmp_path / "gold.jsonl"
    number = len(exported(gold)[0]["attributions"])
    capsys.readouterr()

    call_command("evaluate", str(gold))

    figures = {
        line[:20].strip(): line[20:].split() for line in capsys.readouterr().out.splitlines()
    }
    assert number > 2
    assert figures["attribution-exact"] == ["1.000", "1.000", "1.000", str(number)]
    assert figures["who-said-what"][:3] == ["1.000", "1.000", "1.000"]
