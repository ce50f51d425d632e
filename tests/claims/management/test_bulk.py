"""Many documents at once: by several processes, from other machines, shard by shard."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from claims.extraction.schema import Attribution, Span
from claims.intake.attributed import AttributedDocument
from claims.intake.copies import have_all_texts_compared
from claims.intake.ingest import Outcome
from claims.intake.readers import Document, Problem, read_documents
from claims.intake.readers.lines import build_line
from claims.intake.readers.sources import ReadItem
from claims.intake.storing_articles import StoredDocument
from claims.management import bulk
from claims.management.processes import Chunk, ProcessEnded, Processes, share_work
from claims.models import Article, Quote, Uncompared
from tests.claims.conftest import ARTICLE
from tests.claims.intake.test_loading import dump_rows, empty_tables

ROOT = Path(__file__).resolve().parents[3]


def write_documents(path: Path, number: int, *, paragraphs: int = 1) -> list[str]:
    """Write documents that say much the same, a line each, and return their addresses."""
    addresses = [f"https://outlet{place % 3}.example/2024/{place}" for place in range(number)]
    with path.open("w") as lines:
        for place, address in enumerate(addresses):
            text = (
                f"{ARTICLE}\nSenator Dana Reed{place} denied that the bridge is late." * paragraphs
            )
            record = {"url": address, "date": "2024-03-05", "title": "Bridge", "text": text}
            lines.write(json.dumps(record) + "\n")
    return addresses


# Processes


@dataclass(frozen=True)
class Doubling:
    """Work that a test can follow: numbers doubled, in a process that tells its own number."""

    def prepare(self) -> Callable[[Sequence[int]], list[tuple[int, int]]]:
        def do(numbers: Sequence[int]) -> list[tuple[int, int]]:
            if 113 in numbers:
                raise ValueError("unlucky")
            if 199 in numbers:
                os.kill(os.getpid(), signal.SIGKILL)
            return [(2 * number, os.getpid()) for number in numbers]

        return do


def test_each_chunk_is_done_once_and_those_of_one_key_by_one_process_in_order() -> None:
    chunks = [Chunk([number], frozenset({f"key {number % 3}"})) for number in range(30)]

    done = [outcome for outcomes in share_work(Doubling(), chunks, 2) for outcome in outcomes]

    assert sorted(number for number, _ in done) == [2 * number for number in range(30)]
    for remainder in range(3):
        of_key = [number // 2 for number, _ in done if number // 2 % 3 == remainder]
        assert of_key == sorted(of_key)


@dataclass(frozen=True)
class CountedLoads:
    """Work that notes in a file each process that gets ready for it."""

    loads: Path

    def prepare(self) -> Callable[[Sequence[int]], list[int]]:
        with self.loads.open("a") as lines:
            lines.write(f"{os.getpid()}\n")

        def do(numbers: Sequence[int]) -> list[int]:
            return [os.getpid() for _ in numbers]

        return do


def test_processes_stay_from_one_pass_to_the_next(tmp_path: Path) -> None:
    loads = tmp_path / "loads"
    passes = []
    with Processes(CountedLoads(loads), 2) as processes:
        for _ in range(3):
            chunks = [Chunk([number]) for number in range(9)]
            shares = processes.share(chunks)
            passes.append([number for numbers in shares for number in numbers])

    assert [len(numbers) for numbers in passes] == [9, 9, 9]
    ready = [int(line) for line in loads.read_text().split()]
    assert len(ready) == 2
    assert {number for numbers in passes for number in numbers} <= set(ready)
    assert not any(Path(f"/proc/{number}").exists() for number in ready)


def test_processes_that_were_left_in_the_middle_of_a_pass_do_not_answer_in_the_next(
    tmp_path: Path,
) -> None:
    with Processes(Doubling(), 2) as processes:
        left = processes.share([Chunk([number]) for number in range(9)])
        next(left)
        left.close()  # type: ignore[attr-defined]

        done = sorted(number for ((number, _),) in processes.share([Chunk([50]), Chunk([60])]))

    assert done == [100, 120]


@dataclass(frozen=True)
class NotingIngest:
    """What stands in for reading and storing: it notes which process got ready, and which read."""

    database: str
    threads: int
    again: bool
    limit: float

    def prepare(self) -> Callable[[Sequence[ReadItem]], list[Outcome]]:
        note = Path(os.environ["NOTED_LOADS"])
        with note.open("a") as lines:
            lines.write(f"{os.getpid()}\n")

        def do(items: Sequence[ReadItem]) -> list[Outcome]:
            return [Problem(f"{os.getpid()}", "it is only noted") for _ in items]

        return do


@pytest.mark.django_db
def test_a_folder_that_is_watched_by_several_processes_has_the_engine_loaded_once_in_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loads = tmp_path / "loads"
    inbox = tmp_path / "inbox.jsonl"
    write_documents(inbox, 4)
    monkeypatch.setenv("NOTED_LOADS", str(loads))
    monkeypatch.setattr(bulk, "IngestWork", NotingIngest)
    passes = 0

    def sleep(seconds: float) -> None:
        nonlocal passes
        passes += 1
        if passes == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(time, "sleep", sleep)
    said = StringIO()

    with pytest.raises(SystemExit):
        call_command("ingest", str(inbox), "--every=1", "--workers=2", stdout=said)

    assert said.getvalue().count("4 not in") == 3
    assert 1 <= len(loads.read_text().split()) <= 2


@pytest.mark.parametrize(
    ("number", "problem"), [(113, "ValueError: unlucky"), (199, "ended by signal 9")]
)
def test_a_process_that_fails_or_ends_is_told(number: int, problem: str) -> None:
    with pytest.raises(ProcessEnded, match=problem):
        list(share_work(Doubling(), [Chunk([1]), Chunk([number]), Chunk([2])], 2))


@pytest.mark.django_db(transaction=True)
def test_several_processes_store_what_one_stores(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "documents.jsonl"
    write_documents(path, 60)
    with path.open("a") as lines:
        lines.write("{oops\n")
    with pytest.raises(SystemExit):
        call_command("ingest", str(path))
    by_one = dump_rows()
    empty_tables()
    capsys.readouterr()

    with pytest.raises(SystemExit):
        call_command("ingest", str(path), "--workers=2")

    said = capsys.readouterr()
    assert "60 new, 0 updated, 0 unchanged" in said.out
    assert f"not in: {path}:61: " in said.err
    by_two = dump_rows()
    assert {table: rows for table, rows in by_two.items() if table != "candidates"} == {
        table: rows for table, rows in by_one.items() if table != "candidates"
    }


KILLED = """
import sys, django
django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
from django.core.management import call_command
call_command("ingest", sys.argv[2], "--workers=2")
"""


@pytest.mark.django_db(transaction=True)
def test_killed_and_run_again_it_ends_as_one_clean_run_and_leaves_no_process(
    tmp_path: Path,
) -> None:
    path = tmp_path / "documents.jsonl"
    write_documents(path, 400)
    call_command("ingest", str(path), "--workers=2", stdout=StringIO())
    clean = dump_rows()
    empty_tables()
    command = [sys.executable, "-c", KILLED, connection.settings_dict["NAME"], str(path)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(ROOT)}
    for more in (1, 30):
        stored = Article.objects.count()
        run = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        wait_until(lambda least=stored + more: Article.objects.count() >= least)  # type: ignore[misc]
        run.send_signal(signal.SIGKILL)
        run.wait()
        wait_until(lambda group=run.pid: not list_processes_of_group(group))  # type: ignore[misc]
    assert 0 < Article.objects.count() < 400

    call_command("ingest", str(path), "--workers=2", stdout=StringIO())

    ended = dump_rows()
    assert {table: rows for table, rows in ended.items() if table != "candidates"} == {
        table: rows for table, rows in clean.items() if table != "candidates"
    }


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.02)


def list_processes_of_group(group: int) -> list[int]:
    """Return the processes that belong to a session that a test started."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            stat = (place / "stat").read_text()
        except OSError:
            continue
        state, _, group_of_process = stat.rpartition(") ")[2].split()[:3]
        if int(group_of_process) == group and state != "Z":
            found.append(int(place.name))
    return found


# Made elsewhere


def annotate(tmp_path: Path, *options: str) -> Path:
    out = tmp_path / "out"
    call_command("annotate", str(tmp_path / "in"), f"--out={out}", *options, stdout=StringIO())
    return out


def test_what_became_of_a_line_goes_to_another_process_without_text_and_quotes() -> None:
    said = Attribution(None, Span(8, 12), (Span(13, 21),), "indirect", "say", 0.9, None)
    document = AttributedDocument(
        key="1",
        title="Rain",
        text="The man said it rains.",
        published_on=None,
        url="",
        publisher="",
        where="here",
        version="1",
        attributions=[said],
    )

    sent = bulk.drop_text(StoredDocument(document, "new", 1))

    assert isinstance(sent, StoredDocument)
    assert isinstance(sent.document, AttributedDocument)
    assert (sent.document.text, sent.document.attributions) == ("", ())
    assert (sent.document.title, sent.quotes) == ("Rain", 1)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("workers", [1, 2])
def test_what_was_found_elsewhere_goes_in_as_if_it_had_been_read_here(
    tmp_path: Path, workers: int
) -> None:
    (tmp_path / "in").mkdir()
    for shard in range(2):
        write_documents(tmp_path / "in" / f"{shard}.jsonl", 15)
    call_command("ingest", str(tmp_path / "in" / "0.jsonl"), stdout=StringIO())
    here = dump_rows()
    empty_tables()
    out = annotate(tmp_path, f"--workers={workers}")
    said = StringIO()

    call_command("load", str(out), f"--workers={workers}", stdout=said)

    loaded = dump_rows()
    assert said.getvalue().startswith("Articles: 15 new, 0 updated, 15 unchanged; ")
    assert {table: rows for table, rows in loaded.items() if table != "candidates"} == {
        table: rows for table, rows in here.items() if table != "candidates"
    }


@pytest.mark.django_db(transaction=True)
def test_extract_writes_documents_that_load_takes(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(
        json.dumps({"id": "a", "text": ARTICLE, "publisher": "Harbour Herald", "section": "Local"})
    )

    call_command("extract", str(source), str(out), "--documents", stdout=StringIO())
    call_command("load", str(out), "--undated", stdout=StringIO())

    article = Article.objects.get()
    assert (article.key, article.section, article.text) == (
        "id:Harbour Herald/a",
        "Local",
        ARTICLE,
    )
    assert {quote.source_text for quote in article.quotes.all()} >= {"Okafor", "Residents"}


def make_line(**changes: Any) -> str:
    record: dict[str, Any] = {
        "id": "a",
        "text": "It rains, Bell said.",
        "date": "2024-03-05",
        "extractor": "7",
        "attributions": [
            {
                "cue": [[15, 19]],
                "content": [[0, 8]],
                "kind": "indirect",
                "act": "say",
                "confidence": 0.9,
                "act_confidence": 0.9,
            }
        ],
    }
    return json.dumps({**record, **changes}) + "\n"


@pytest.mark.django_db(transaction=True)
def test_each_line_that_cannot_be_loaded_is_named_and_the_rest_goes_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    (tmp_path / "broken.jsonl.gz").write_bytes(gzip.compress(make_line(id="g").encode())[:-9])
    (tmp_path / "lines.jsonl").write_text(
        make_line(id="1")
        + "{oops\n\n"
        + make_line(id="2", extractor=None)
        + make_line(id="3", text="It rains,\r\nBell said.")
        + make_line(id="4", attributions=[{"cue": [[15, 90]]}])
        + make_line(id="5", attributions=None)
        + make_line(id="6", date=None)
        + json.dumps({"path": "page.html", "refused": "too little text"})
        + "\n"
        + make_line(id="7", extractor="8")
    )

    with pytest.raises(SystemExit):
        call_command("load", str(tmp_path), str(tmp_path / "missing.jsonl"))

    said = capsys.readouterr()
    lines = str(tmp_path / "lines.jsonl")
    for problem in (
        f"not in: {lines}:2: the line is not JSON",
        f'not in: {lines}:4: no "extractor"',
        f"not in: {lines}:5: its text has line ends",
        f"not in: {lines}:6: attribution 1: cue: [15, 90] is no span",
        f"not in: {lines}:7: the attributions are not a list",
        f"not in: {lines}:8: it has no date",
        "not in: page.html: too little text",
        f"not in: {tmp_path}/broken.jsonl.gz: the gzip file is broken",
        f"not in: {tmp_path}/missing.jsonl: it cannot be read (No such file or directory)",
        f"skipped: {tmp_path}/notes.txt: not a file in .jsonl, .jsonl.gz or .parquet",
    ):
        assert problem in said.err
    assert "3 new" in said.out  # that before the fault, too
    assert set(Quote.objects.values_list("content", "extractor")) == {
        ("It rains", "7"),
        ("It rains", "8"),
    }


# Shards


def test_a_shard_is_annotated_once_and_stands_there_only_when_it_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in" / "2024").mkdir(parents=True)
    write_documents(tmp_path / "in" / "2024" / "03.jsonl", 2)
    (tmp_path / "in" / "bad.jsonl").write_text("{oops\n")
    with pytest.raises(SystemExit):
        annotate(tmp_path)
    out = tmp_path / "out"
    done = {file.name: file.read_bytes() for file in out.iterdir()}
    (out / "bad.jsonl.gz").unlink()

    def fail(*given: Any) -> Any:
        raise OSError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr("claims.intake.annotating.os.replace", fail)
        with pytest.raises(CommandError, match="no space left"):
            annotate(tmp_path)

    assert set(done) == {"2024-03.jsonl.gz", "bad.jsonl.gz"}
    assert [file.name for file in out.iterdir()] == ["2024-03.jsonl.gz"]
    (refused,) = gzip.decompress(done["bad.jsonl.gz"]).splitlines()
    assert json.loads(refused)["path"] == f"{tmp_path}/in/bad.jsonl:1"
    assert "refused" in json.loads(refused)


def test_an_annotated_line_is_that_of_read_with_what_was_found(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    write_documents(tmp_path / "in" / "a.jsonl", 1)
    (document,) = read_documents([str(tmp_path / "in")])
    assert isinstance(document, Document)

    out = annotate(tmp_path)

    (line,) = gzip.decompress((out / "a.jsonl.gz").read_bytes()).splitlines()
    record = json.loads(line)
    assert record.pop("extractor")
    assert {each["speaker"] for each in record.pop("attributions")} >= {"Ruth Okafor"}
    assert record == build_line(document)


@pytest.mark.django_db(transaction=True)
def test_parquet_is_read_written_and_loaded(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="comes with newsroom-quotes[ray]")
    parquet = pytest.importorskip("pyarrow.parquet")
    (tmp_path / "in").mkdir()
    write_documents(tmp_path / "in" / "a.jsonl", 3)
    (tmp_path / "in" / "b.parquet").write_bytes(b"oops")
    records = [json.loads(line) for line in (tmp_path / "in" / "a.jsonl").read_text().splitlines()]
    del records[1]["text"]
    table = pyarrow.Table.from_pylist(records)
    parquet.write_table(table, str(tmp_path / "in" / "c.parquet"))
    with pytest.raises(SystemExit):
        annotate(tmp_path, "--format=parquet")
    out = tmp_path / "out"
    said = StringIO()

    with pytest.raises(SystemExit):
        call_command("load", str(out), stdout=said)

    assert sorted(file.name for file in out.iterdir()) == ["a.parquet", "b.parquet", "c.parquet"]
    assert said.getvalue().startswith("Articles: 3 new, 0 updated, 2 unchanged; ")
    by_parquet = dump_rows()
    empty_tables()
    call_command("ingest", str(tmp_path / "in" / "a.jsonl"), stdout=StringIO())
    assert by_parquet == dump_rows()


@pytest.mark.django_db(transaction=True)
def test_a_file_of_parquet_that_cannot_be_loaded_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)
    (tmp_path / "a.parquet").write_bytes(b"")
    (tmp_path / "b.jsonl").write_text(make_line())

    with pytest.raises(SystemExit):
        call_command("load", str(tmp_path))

    said = capsys.readouterr()
    assert f"not in: {tmp_path}/a.parquet: Parquet needs pyarrow: pip install" in said.err
    assert "1 new" in said.out


def test_two_shards_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.jsonl", "a.jsonl.gz"):
        (tmp_path / "in" / name).write_bytes(b"")

    with pytest.raises(CommandError, match="would both be written in"):
        annotate(tmp_path)


def test_what_is_not_there_cannot_be_annotated(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there is no such file or folder"):
        annotate(tmp_path)


@pytest.mark.parametrize(
    ("package", "shard", "options"),
    [
        ("pyarrow.parquet", "a.parquet", ()),
        ("fsspec.core", "memory://a.jsonl", ()),
        ("ray", "a.jsonl", ("--engine=ray",)),
        ("pyarrow.parquet", "a.jsonl", ("--format=parquet",)),
    ],
    ids=["Parquet", "a file elsewhere", "Ray", "Parquet as output"],
)
def test_what_needs_another_package_says_how_it_is_installed(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    package: str,
    shard: str,
    options: Sequence[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, package, None)
    if "://" not in shard:
        (tmp_path / shard).write_text("")

    with pytest.raises(CommandError, match=r"pip install newsroom-quotes\[ray\]"):
        call_command("annotate", shard, "--out=out", *options)


@pytest.mark.parametrize("number", ["0", "-2", "many"])
@pytest.mark.parametrize("command", [("ingest",), ("load",), ("annotate", "--out=out")])
def test_a_number_of_workers_is_one_at_least(
    tmp_path: Path, command: Sequence[str], number: str
) -> None:
    name, *options = command

    with pytest.raises(CommandError, match="--workers"):
        call_command(name, str(tmp_path), *options, f"--workers={number}")


def place_line(address: str, number: int) -> tuple[str, bytes]:
    return f"a.jsonl:{number}", json.dumps({"url": address, "text": "Rain."}).encode()


def test_lines_of_one_article_go_to_one_process_however_its_address_is_written() -> None:
    first = bulk.build_line_chunk([place_line("https://www.harbour.example/a/?utm_source=x", 1)])
    again = bulk.build_line_chunk([place_line("http://harbour.example/a", 2)])
    without = {"id": 5, "publisher": " Harbour Herald", "text": "Rain."}
    number = bulk.build_line_chunk([("a.jsonl:3", json.dumps(without).encode())])
    broken = bulk.build_line_chunk([("a.jsonl:4", b"{"), Problem("a.jsonl:5", "torn")])

    assert first.keys == again.keys == {"https://harbour.example/a"}
    assert number.keys == {"id:Harbour Herald/5"}
    assert broken.keys == set()


def test_the_first_chunks_of_lines_are_short() -> None:
    lines = [place_line("https://harbour.example/a", number) for number in range(900)]

    chunks = list(bulk.split_into_chunks(lines))

    assert [len(chunk) for chunk in chunks] == [25, 50, 100, 200, 200, 200, 125]
    assert [line for chunk in chunks for line in chunk] == lines


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("workers", [1, 2])
def test_load_compares_the_texts_that_a_run_before_it_left(tmp_path: Path, workers: int) -> None:
    file = tmp_path / "found.jsonl"
    record = {"url": "https://harbour.example/a", "title": "Rain", "text": "Rain fell on the town."}
    record |= {"date": "2024-03-05", "extractor": "1"}
    file.write_text(json.dumps({**record, "attributions": []}))
    call_command("load", str(file), stdout=StringIO())
    have_all_texts_compared()

    call_command("load", str(file), f"--workers={workers}", stdout=StringIO())

    assert not Uncompared.objects.exists()
