import json
import re
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from spacy.tokens import Doc

from claims.extraction.encoder.encoded import EncodedText
from claims.extraction.pipeline import QuotesComponent
from claims.intake.readers import Document, read_documents
from claims.intake.readers.lines import build_line
from claims.intake.readers.unread import PICTURE
from claims.models import Article, Quote
from tests.claims.conftest import ARTICLE
from tests.claims.intake.readers.reading import PARAGRAPHS, TEXT
from tests.claims.intake.readers.test_html import ADDRESS, make_page


@pytest.mark.django_db(transaction=True)
def test_ingest_stores_what_is_sound_names_what_is_not_and_its_status_says_so(
    seeds: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as status:
        call_command("ingest", str(seeds))

    said = capsys.readouterr()
    assert status.value.code == 1
    assert f"not in: {seeds / 'bad.txt'}:2: it has no date" in said.err
    assert "1 new" in said.out
    assert "1 not in" in said.out
    article = Article.objects.get()
    assert {q.source_text for q in article.quotes.all()} >= {"Okafor", "Residents"}


@pytest.mark.django_db(transaction=True)
def test_ingest_prints_names_as_they_are_and_why_it_skips(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ":100: [b]a[-b].png").write_text("")
    (tmp_path / ":100: [b]a[-b].txt").write_text("")
    (tmp_path / ".hidden").mkdir()

    with pytest.raises(SystemExit):
        call_command("ingest", str(tmp_path))

    assert capsys.readouterr().err.splitlines() == [
        f"skipped: {tmp_path}/.hidden: hidden",
        f"skipped: {tmp_path}/:100: [b]a[-b].png: {PICTURE}",
        f"not in: {tmp_path}/:100: [b]a[-b].txt: it is empty",
    ]


@pytest.mark.django_db(transaction=True)
def test_an_article_without_a_date_goes_in_only_if_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "a", "text": ARTICLE, "publisher": "Harbour Herald"}))

    with pytest.raises(SystemExit):
        call_command("ingest", str(path))
    refused = Article.objects.count()
    call_command("ingest", str(path), "--undated")

    assert refused == 0
    assert f"not in: {path}:1: it has no date" in capsys.readouterr().err
    assert Article.objects.get().published_on is None
    assert Quote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_article_that_takes_too_long_is_refused_and_the_rest_goes_in(
    seeds: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (seeds / "bad.txt").unlink()
    (seeds / "a.txt").write_text(
        "Slow\n20240305\nhttps://example.org/slow\nThe ferry is late, Ana Bell said.\n"
    )
    monkeypatch.setattr(QuotesComponent, "finish", finish_slowly_what_is_late)

    with pytest.raises(SystemExit):
        call_command("ingest", str(seeds), "--limit=3")

    assert (
        f"not in: {seeds}/a.txt: reading it for quotes takes longer than 3 seconds"
        in capsys.readouterr().err
    )
    assert Article.objects.get().title == "Bridge to open"


def test_extract_goes_on_after_a_document_that_the_engine_fails_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    texts = {"a": ARTICLE, "b": "It is odd, Ana Bell said.", "c": ARTICLE}
    source.write_text(
        "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
    )
    monkeypatch.setattr(QuotesComponent, "finish", finish_unless_odd)

    with pytest.raises(SystemExit):
        call_command("extract", str(source), str(target))

    assert [json.loads(line)["id"] for line in target.read_text().splitlines()] == ["a", "c"]
    said = capsys.readouterr()
    assert f"{source}: b: it cannot be read for quotes (ValueError: too odd)" in said.err
    assert "2 documents read for quotes, 1 not." in said.out


finish = QuotesComponent.finish


def finish_slowly_what_is_late(component: QuotesComponent, doc: Doc, encoded: EncodedText) -> Doc:
    if "late" in doc.text:
        re.match("(?:a|a)*b", "a" * 40)
    return finish(component, doc, encoded)


def finish_unless_odd(component: QuotesComponent, doc: Doc, encoded: EncodedText) -> Doc:
    if "odd" in doc.text:
        raise ValueError("too odd")
    return finish(component, doc, encoded)


@pytest.mark.parametrize("every", ["0", "-1", "nan", "often"])
def test_a_folder_is_not_watched_without_a_pause(seeds: Path, every: str) -> None:
    with pytest.raises(CommandError, match="--every"):
        call_command("ingest", str(seeds), f"--every={every}")


@pytest.mark.django_db(transaction=True)
def test_the_quotes_of_an_article_are_found_with_their_speakers(seeds: Path) -> None:
    (seeds / "bad.txt").unlink()

    call_command("ingest", str(seeds), stdout=StringIO())

    direct = Quote.objects.get(cue="told")
    assert direct.content.strip('",') == "We are two months ahead of schedule"
    assert direct.kind == "direct"
    assert direct.actor
    assert direct.actor.name == "Ruth Okafor"
    assert Quote.objects.doing("deny").get().source_text == "Residents"


def test_extract_writes_a_line_for_each_document_and_reports_each_bad_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        json.dumps({"id": "a", "text": ARTICLE})
        + "\n{oops\n"
        + json.dumps({"id": "b", "text": ""})
        + "\n"
    )

    with pytest.raises(SystemExit):
        call_command("extract", str(source), str(target))

    first, last = (json.loads(line) for line in target.read_text().splitlines())
    assert f"{source}:2:" in capsys.readouterr().err
    assert last == {"id": "b", "attributions": []}
    told = next(a for a in first["attributions"] if words(a["cue"]) == "told")
    assert words(told["source"]) == "Okafor"
    assert told["speaker"] == told["actor"] == "Ruth Okafor"
    assert (told["kind_of_actor"], told["kind"], told["act"]) == ("person", "direct", "say")


def words(spans: Sequence[Sequence[int]]) -> str:
    return " ".join(ARTICLE[a:b] for a, b in spans)


def test_evaluate_prints_the_figures_of_extraction_against_gold(tmp_path: Path) -> None:
    def at(text: str) -> list[list[int]]:
        start = ARTICLE.index(text)
        return [[start, start + len(text)]]

    gold = tmp_path / "gold.jsonl"
    told = {
        "source": at("Okafor told")[:1]
        and [[ARTICLE.index("Okafor told"), ARTICLE.index(" told")]],
        "cue": at("told"),
        "content": at('"We are two months ahead of schedule,"'),
        "speaker": "Ruth Okafor",
        "act": "say",
    }
    gold.write_text(json.dumps({"id": "a", "text": ARTICLE, "attributions": [told]}))
    out = StringIO()

    call_command("evaluate", str(gold), stdout=out)

    recall = {
        line.split("  ")[0]: line.split()[-3]
        for line in out.getvalue().splitlines()
        if "0." in line or "1." in line
    }
    assert (
        recall["attribution"] == recall["attribution-exact"] == recall["who-said-what"] == "1.000"
    )


NESTED = "Ambassador Lee Corbin said Iran had claimed that the site was empty."


@pytest.mark.parametrize("annotated", [False, True], ids=["the gold has none", "the gold has one"])
def test_evaluate_tells_what_quotes_within_quotes_cost_where_the_gold_has_none(
    tmp_path: Path, annotated: bool
) -> None:
    def at(text: str) -> list[list[int]]:
        return [[NESTED.index(text), NESTED.index(text) + len(text)]]

    claimed = "Iran had claimed that the site was empty"
    outer = {"source": at("Ambassador Lee Corbin"), "cue": at("said"), "content": at(claimed)}
    inner = {
        "source": at("Iran"),
        "cue": at("had claimed"),
        "content": at("that the site was empty"),
    }
    gold = tmp_path / "gold.jsonl"
    gold.write_text(
        json.dumps(
            {"id": "a", "text": NESTED, "attributions": [outer, *([inner] if annotated else [])]}
        )
    )
    out = StringIO()

    call_command("evaluate", str(gold), stdout=out)

    precision = [
        line.split()[-4] for line in out.getvalue().splitlines() if line.startswith("attribution ")
    ]
    assert precision == (["1.000"] if annotated else ["0.500", "1.000"])
    assert ("all 1 quotes found within others" in out.getvalue()) is not annotated


@pytest.mark.parametrize("command", [("ingest",), ("extract", "in", "out"), ("evaluate", "gold")])
def test_a_missing_model_file_is_named_with_the_command_that_makes_it(
    command: Sequence[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from claims.extraction import pipeline

    def load(model: Any = None) -> Any:
        pipeline.get_encoder.cache_clear()
        return real(tmp_path)

    real = pipeline.load
    monkeypatch.setattr(pipeline, "load", load)
    name, *arguments = command

    with pytest.raises(
        CommandError, match=r"encoder\.onnx is missing; `python -m training\.export` makes it"
    ):
        call_command(name, *(str(tmp_path / a) for a in arguments))


def test_read_writes_a_line_for_each_document_and_for_why_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.html").write_text(make_page())
    (tmp_path / "b.html").write_text("<html><p>Nothing.</p></html>")
    (tmp_path / "c.png").write_bytes(b"")

    with pytest.raises(SystemExit) as status:
        call_command("read", str(tmp_path))

    said = capsys.readouterr()
    page, refused = (json.loads(line) for line in said.out.splitlines())
    assert status.value.code == 1
    assert page == {
        "path": str(tmp_path / "a.html"),
        "url": ADDRESS,
        "addresses": [],
        "title": "Harbour bridge to stay open",
        "date": "2024-03-05",
        "publisher": "Harbour Herald",
        "author": "Ana Bell",
        "language": "en-GB",
        "section": "Local",
        "licence": "",
        "text": TEXT,
        "blocks": [],
        "id": ADDRESS,
    }
    assert refused["path"] == str(tmp_path / "b.html")
    assert "too little text" in refused["refused"]
    assert said.err == f"skipped: {tmp_path}/c.png: {PICTURE}\n"


def test_what_read_writes_is_the_same_document_when_it_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Bridge stays open\nBy Ana Bell\nMarch 5, 2024\n\n" + TEXT)
    (first,) = read_documents([str(tmp_path / "a.txt")])
    assert isinstance(first, Document)
    (tmp_path / "a.jsonl").write_text(json.dumps(build_line(first)))

    (again,) = read_documents([str(tmp_path / "a.jsonl")])

    assert again == replace(first, where=f"{tmp_path / 'a.jsonl'}:1")


def test_what_read_writes_of_a_page_is_the_same_document_with_its_headings(tmp_path: Path) -> None:
    page = make_page("".join(f"<p>{text}</p>" for text in PARAGRAPHS))
    page = page.replace("</p><p>", "</p><h2>Who pays for it</h2><p>", 1)
    (tmp_path / "a.html").write_text(page)
    (first,) = read_documents([str(tmp_path / "a.html")])
    assert isinstance(first, Document)
    (tmp_path / "a.jsonl").write_text(json.dumps(build_line(first)))

    (again,) = read_documents([str(tmp_path / "a.jsonl")])

    assert len(first.blocks) == 1
    assert again == replace(first, where=f"{tmp_path / 'a.jsonl'}:1")
