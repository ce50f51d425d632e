import gzip
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.readers import Document, Problem, Skipped, read
from claims.readers.documents import LARGEST
from claims.readers.json_lines import read_json_lines

SEED = "Bridge opens\n20240305\nhttps://example.org/bridge\nThe mayor said it was safe.\nIt rained.\n"


def line(**changes: Any) -> bytes:
    record = {"id": "a", "text": "The mayor said so.", "title": "T", "date": "2024-03-05", "publisher": "P"} | changes
    return json.dumps({key: value for key, value in record.items() if value is not None}).encode() + b"\n"


def only(path: Path) -> Document | Problem | Skipped:
    (found,) = read([str(path)])
    return found


def test_a_seed_document_is_title_date_address_and_paragraphs(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(SEED.encode())

    found = only(path)

    assert found == Document(
        key="https://example.org/bridge",
        title="Bridge opens",
        text="The mayor said it was safe.\nIt rained.\n",
        published_on=date(2024, 3, 5),
        url="https://example.org/bridge",
        publisher="",
        where=str(path),
    )


def test_line_ends_of_any_system_and_a_byte_order_mark_are_read_alike(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeff".encode() + SEED.replace("\n", "\r\n").encode())

    found = only(path)

    assert isinstance(found, Document)
    assert (found.title, found.text) == ("Bridge opens", "The mayor said it was safe.\nIt rained.\n")


@pytest.mark.parametrize(
    ("content", "at", "reason"),
    [
        (b"", "", "it is empty"),
        (b"  \n \n", "", "it is empty"),
        (b"Title\n\nhttps://example.org/\nText", ":2", "it has no date"),
        (b"Title\n2024-03\nhttps://example.org/\nText", ":2", "not '2024-03'"),
        (b"Title\n20240231\nhttps://example.org/\nText", "", "'20240231' is not a date"),
        (b"Title\n30240305\nhttps://example.org/\nText", "", "its date, 3024-03-05, lies in the future"),
        (b"Title\n20240305\n\nText", ":3", "should be its URL"),
        (b"Title\n20240305\njavascript:alert(1)\nText", "", "not an http or https URL"),
        (b"Title\n20240305\nhttps://example.org/\n \n", "", "it has no text"),
        (b"\n20240305\nhttps://example.org/\nText", "", "it has no title"),
        (b"Title\n20240305\nhttps://example.org/\nOne\nTwo \x00 three", ":5", "control character U+0000"),
        (b"Title\n20240305\nhttps://example.org/\nOne\nCaf\xe9", ":5", "is not UTF-8"),
        (b"Title\n20240305\nhttps://example.org/\n" + b"x" * LARGEST, "", "larger than 5,000,000 bytes"),
    ],
    ids=["empty", "blank", "no date", "bad date", "no such day", "future", "no URL", "script URL", "no text", "no title", "NUL",
         "Latin-1", "huge"],
)  # fmt: skip
def test_a_broken_seed_document_says_where_and_why(tmp_path: Path, content: bytes, at: str, reason: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)

    found = only(path)

    assert isinstance(found, Problem)
    assert found.where == f"{path}{at}"
    assert reason in found.reason


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b"{not json}\n", "is not JSON"),
        (b"[" * 100_000 + b"\n", "is not JSON"),
        (b'{"id": ' + b"9" * 5_000 + b"}\n", "Exceeds the limit (4300 digits)"),
        (b"[1, 2]\n", "not a JSON object but list"),
        (b'{"id": "\xe9"}\n', "is not UTF-8"),
        (line(text=None), "it has no text"),
        (line(text=5), '"text" is not a string but int'),
        (line(date=None), "it has no date"),
        (line(date="yesterday"), "'yesterday' is not a date"),
        (line(id=None), "neither a URL nor an id"),
        (line(text="a\x07b"), "control character U+0007"),
        (line(text="a\ud800b"), "control character U+D800"),
        (line(url="ftp://example.org"), "not an http or https URL"),
        (line(url="http://[::1"), "is not a URL"),
    ],
    ids=["not JSON", "deep", "a huge number", "a list", "Latin-1", "no text", "number", "no date", "bad date", "no id",
         "bell", "surrogate", "ftp", "bad host"],
)  # fmt: skip
def test_a_broken_line_is_told_and_the_others_are_read(bad: bytes, reason: str) -> None:
    lines = io.BytesIO(line(id="first") + bad + line(id="last"))

    first, broken, last = read_json_lines(lines, "news.jsonl")

    assert isinstance(first, Document)
    assert isinstance(last, Document)
    assert isinstance(broken, Problem)
    assert broken.where == "news.jsonl:2"
    assert reason in broken.reason


def test_a_line_of_fifty_megabytes_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = io.BytesIO(line(text="x" * 50_000_000) + line(id="last"))

    broken, last = read_json_lines(lines, "news.jsonl")

    assert isinstance(broken, Problem)
    assert "longer than" in broken.reason
    assert isinstance(last, Document)


def test_a_title_is_the_first_line_where_none_is_given() -> None:
    (found,) = read_json_lines(io.BytesIO(line(title=None, text="\nHeadline here\nThe mayor said so.")), "-")

    assert isinstance(found, Document)
    assert found.title == "Headline here"


def test_a_compressed_file_is_read_up_to_where_it_breaks(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(line(id="a") + line(id="b"))[:-8])

    found = list(read([str(path)]))

    assert [type(item) for item in found] == [Document, Document, Problem]
    assert "gzip file is broken" in str(found[-1])


def test_a_folder_gives_its_documents_and_names_what_it_skips(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.txt").write_text(SEED)
    (tmp_path / "a.jsonl").write_bytes(line())
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    (tmp_path / ".hidden.txt").write_text(SEED)

    found = list(read([str(tmp_path)]))

    assert [type(item) for item in found] == [Document, Skipped, Document]


def test_an_address_is_no_path() -> None:
    (found,) = read(["https://example.org/story"])

    assert isinstance(found, Problem)
    assert found.where == "https://example.org/story"
    assert "addresses are not read" in found.reason


@pytest.mark.parametrize("name", ["none.txt", "none.jsonl", "none"])
def test_a_path_that_is_not_there_is_a_problem(tmp_path: Path, name: str) -> None:
    found = only(tmp_path / name)

    assert isinstance(found, Problem)
    assert "no such file" in found.reason


@pytest.mark.parametrize(("content", "title"), [(SEED.encode(), "Bridge opens"), (b"\n " + line(title="J"), "J")])
def test_standard_input_is_read_by_what_it_begins_with(content: bytes, title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))

    (found,) = read(["-"])

    assert isinstance(found, Document)
    assert found.title == title
