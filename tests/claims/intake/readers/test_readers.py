import gzip
import io
import json
import os
import socket
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from claims.intake.readers import Document, Link, Problem, SkippedFile, read_documents
from claims.intake.readers.documents import LARGEST_DOCUMENT
from claims.intake.readers.json_lines import MOST_BLANK, read_json_lines
from claims.intake.readers.unread import PICTURE

SEED = (
    "Bridge opens\n20240305\nhttps://example.org/bridge\nThe mayor said it was safe.\nIt rained.\n"
)


def line(**changes: Any) -> bytes:
    record = {
        "id": "a",
        "text": "The mayor said so.",
        "title": "T",
        "date": "2024-03-05",
        "publisher": "P",
    } | changes
    return (
        json.dumps({key: value for key, value in record.items() if value is not None}).encode()
        + b"\n"
    )


def only(path: Path) -> Document | Problem | SkippedFile | Link:
    (found,) = read_documents([str(path)])
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
    assert (found.title, found.text) == (
        "Bridge opens",
        "The mayor said it was safe.\nIt rained.\n",
    )


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
        (b"Title\n20240305\nhttps://example.org/\n" + b"x" * LARGEST_DOCUMENT, "", "larger than 5,000,000 bytes"),
    ],
    ids=["empty", "blank", "no date", "bad date", "no such day", "future", "no URL", "script URL", "no text", "no title", "NUL",
         "Latin-1", "huge"],
)  # fmt: skip
def test_a_broken_seed_document_says_where_and_why(
    tmp_path: Path, content: bytes, at: str, reason: str
) -> None:
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
        (b"[1, 2]\n", "not a JSON object but a list"),
        (b'{"id": "\xe9"}\n', "is not UTF-8"),
        (line(text=None), "it has no text"),
        (line(text=5), '"text" is not a string but a number'),
        (line(date=None), "it has no date"),
        (line(date="yesterday"), "'yesterday' is not a date"),
        (line(id=None), "neither a URL nor an id"),
        (line(text="a\x07b"), "control character U+0007"),
        (line(text="a\ud800b"), "control character U+D800"),
        (line(url="ftp://example.org"), "not an http or https URL"),
        (line(url="http://[::1"), "is not an http or https URL"),
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
    (found,) = read_json_lines(
        io.BytesIO(line(title=None, text="\nHeadline here\nThe mayor said so.")), "-"
    )

    assert isinstance(found, Document)
    assert found.title == "Headline here"


def test_a_compressed_file_is_read_up_to_where_it_breaks(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(line(id="a") + line(id="b"))[:-8])

    found = list(read_documents([str(path)]))

    assert [type(item) for item in found] == [Document, Document, Problem]
    assert "gzip file is broken" in str(found[-1])


def test_a_folder_gives_its_documents_and_names_what_it_skips(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.txt").write_text(SEED)
    (tmp_path / "a.jsonl").write_bytes(line())
    (tmp_path / "c.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text(SEED)

    hidden, document, other, inner = read_documents([str(tmp_path)])

    assert hidden == SkippedFile(str(tmp_path / ".hidden.txt"), "hidden")
    assert isinstance(document, Document)
    assert other == SkippedFile(str(tmp_path / "c.png"), PICTURE)
    assert isinstance(inner, Document)


def test_a_format_is_known_by_the_end_of_a_name_in_any_case(tmp_path: Path) -> None:
    (tmp_path / "A.TXT").write_text(SEED)
    (tmp_path / "b.JsonL").write_bytes(line())
    (tmp_path / "c.jsonl.GZ").write_bytes(gzip.compress(line()))

    found = list(read_documents([str(tmp_path), str(tmp_path / "A.TXT")]))

    assert [type(item) for item in found] == [Document] * 4


def make_link(path: Path) -> None:
    path.symlink_to(path.parent / "nothing")


def make_link_to_folder(path: Path) -> None:
    path.symlink_to(path.parent)


def make_link_to_itself(path: Path) -> None:
    path.symlink_to(path)


def make_hidden_folder(path: Path) -> None:
    path.mkdir()
    (path / "a.txt").write_text(SEED)


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


@pytest.mark.parametrize(
    ("make", "name", "kind", "reason"),
    [
        (make_link, "a.txt", Problem, "a link to what is not there"),
        (
            make_link_to_itself,
            "a.txt",
            Problem,
            "it cannot be read (Too many levels of symbolic links)",
        ),
        (
            make_link_to_folder,
            "a",
            SkippedFile,
            "a link to a folder; name the folder itself to have it read",
        ),
        (make_hidden_folder, ".a", SkippedFile, "hidden"),
        (os.mkfifo, "a.txt", SkippedFile, "a pipe, not a file"),
        (make_socket, "a.txt", SkippedFile, "a socket, not a file"),
    ],
    ids=["broken link", "link to itself", "link to a folder", "hidden folder", "pipe", "socket"],
)
def test_what_stands_in_a_folder_and_is_no_file_is_named_and_the_rest_is_read(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    make: Callable[[Path], None],
    name: str,
    kind: type[Problem] | type[SkippedFile],
    reason: str,
) -> None:
    monkeypatch.chdir(tmp_path)  # the address of a socket may not be long
    make(Path(name))
    Path("b.txt").write_text(SEED)

    odd, document = read_documents(["."])

    assert odd == kind(os.path.join(".", name), reason)
    assert isinstance(document, Document)


def test_a_folder_and_a_file_that_may_not_be_read_are_named_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b.txt").write_text(SEED)
    (tmp_path / "c.jsonl").write_bytes(line())
    scandir, opened = os.scandir, Path.open

    def refuse(path: Any) -> None:
        if Path(path).name in ("a", "b.txt"):
            raise PermissionError(13, "Permission denied", str(path))

    def scan(path: Any) -> Any:
        refuse(path)
        return scandir(path)

    def open_it(path: Path, *args: Any) -> Any:
        refuse(path)
        return opened(path, *args)

    monkeypatch.setattr(os, "scandir", scan)
    monkeypatch.setattr(Path, "open", open_it)

    folder, file, document = read_documents([str(tmp_path)])

    assert folder == Problem(str(tmp_path / "a"), "it cannot be read (Permission denied)")
    assert file == Problem(str(tmp_path / "b.txt"), "it cannot be read (Permission denied)")
    assert isinstance(document, Document)


@pytest.mark.parametrize(
    ("path", "where", "reason"),
    [
        ("", "''", "a path without a name; the current folder is “.”"),
        (" ", "' '", "a path without a name; the current folder is “.”"),
        ("a\0b", "a\0b", "it cannot be read (embedded null byte)"),
        ("x" * 300, "x" * 300, "it cannot be read (File name too long)"),
    ],
    ids=["empty", "blank", "NUL", "too long"],
)
def test_a_path_that_names_nothing_is_a_problem_and_not_the_current_folder(
    path: str, where: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(SEED)
    monkeypatch.chdir(tmp_path)

    found = list(read_documents([path]))

    assert found == [Problem(where, reason)]


def test_a_pipe_that_is_named_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")

    found = only(tmp_path / "a.txt")

    assert isinstance(found, Problem)
    assert found.reason == "a pipe, not a file; what comes out of it is read as standard input, “-”"


def test_blank_lines_without_end_are_given_up(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    with gzip.open(path, "wb") as packed:
        packed.write(
            line(id="first")
            + b"\n" * 500
            + line(id="second")
            + b"\n" * (MOST_BLANK + 1)
            + line(id="last")
        )

    first, second, problem = read_documents([str(path)])

    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert isinstance(problem, Problem)
    assert problem.where == f"{path}:{502 + MOST_BLANK + 1}"
    assert (
        problem.reason
        == "more than 10,000,000 bytes of blank lines on end; the rest of the file is not read"
    )


def test_a_line_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.intake.readers.json_lines.LONGEST_LINE", 10_000)
    monkeypatch.setattr("claims.intake.readers.json_lines.MOST_PASSED_OVER", 50_000)
    monkeypatch.setattr("claims.intake.readers.json_lines.PIECE", 1000)
    lines = io.BytesIO(line(id="first") + b"x" * 5_000_000 + b"\n" + line(id="last"))

    first, long, longer = read_json_lines(lines, "news.jsonl")

    assert isinstance(first, Document)
    assert [str(problem) for problem in (long, longer)] == [
        "news.jsonl:2: the line is longer than 10,000 bytes",
        "news.jsonl:2: the line is longer than 50,000 bytes, too; the rest of the file is not read",
    ]
    assert lines.tell() < 100_000


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2019/11/20/bridge", date(2019, 11, 20)),
        ("https://example.org/news/2019/11/20", date(2019, 11, 20)),
        ("https://example.org/news/2019/1/2/bridge.html", date(2019, 1, 2)),
        ("https://example.org/2019/nov/20/bridge", date(2019, 11, 20)),
        ("https://example.org/2019-11-20-bridge", date(2019, 11, 20)),
        ("https://example.org/2019-11-20/bridge", date(2019, 11, 20)),
        ("https://example.org/2019/13/45/2020/02/03/bridge", date(2020, 2, 3)),
    ],
)
def test_a_date_that_a_line_lacks_is_that_of_its_address(url: str, day: date) -> None:
    (found,) = read_json_lines(io.BytesIO(line(date=None, url=url)), "-")

    assert isinstance(found, Document)
    assert found.published_on == day


def test_a_date_that_a_line_has_is_kept_whatever_its_address() -> None:
    (found,) = read_json_lines(io.BytesIO(line(url="https://example.org/2019/11/20/bridge")), "-")

    assert isinstance(found, Document)
    assert found.published_on == date(2024, 3, 5)


NO_DATES = [
    "https://example.org/bridge",
    "https://example.org/12019/11/20/bridge",
    "https://example.org/2019/11/200/bridge",
    "https://example.org/1512/11/20/bridge",
    "https://example.org/2999/11/20/bridge",
    "https://example.org/2019/02/30/bridge",
    "https://example.org/2019/11-20/bridge",
    "https://example.org/bridge?day=/2019/11/20/",
]


@pytest.mark.parametrize("url", NO_DATES)
def test_without_a_date_anywhere_a_line_is_refused(url: str) -> None:
    (found,) = read_json_lines(io.BytesIO(line(date=None, url=url)), "-")

    assert found == Problem("-:1", "it has no date, nor has its address")


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.txt"])
def test_without_a_date_anywhere_a_document_is_read_if_that_is_asked_for(
    name: str, tmp_path: Path
) -> None:
    content = SEED.replace("20240305", "").encode() if name.endswith(".txt") else line(date=None)
    (tmp_path / name).write_bytes(
        gzip.compress(content, mtime=0) if name.endswith(".gz") else content
    )

    (refused,) = read_documents([str(tmp_path)])
    (found,) = read_documents([str(tmp_path)], undated=True)

    assert isinstance(refused, Problem)
    assert isinstance(found, Document)
    assert found.published_on is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("0001-01-01", "its date, 0001-01-01, is before 1600, when there were no newspapers"),
        ("1599-12-31", "its date, 1599-12-31, is before 1600, when there were no newspapers"),
        ((date.today() + timedelta(days=3)).isoformat(), "lies in the future"),
    ],
    ids=["the first of all days", "the last day before", "not tomorrow but later"],
)
def test_a_date_of_no_newspaper_is_refused_dated_or_not(written: str, reason: str) -> None:
    (found,) = read_json_lines(io.BytesIO(line(date=written)), "-", undated=True)

    assert isinstance(found, Problem)
    assert reason in found.reason


@pytest.mark.parametrize(
    "day", [date(1600, 1, 1), date.today() + timedelta(days=1)], ids=["1600", "tomorrow"]
)
def test_the_first_and_the_last_date_of_a_newspaper_are_read(day: date) -> None:
    (found,) = read_json_lines(io.BytesIO(line(date=day.isoformat())), "-")

    assert isinstance(found, Document)
    assert found.published_on == day


def key_of(publisher: str, number: str) -> str:
    (found,) = read_json_lines(io.BytesIO(line(publisher=publisher, id=number)), "-")
    assert isinstance(found, Document)
    return found.key


def test_no_two_publishers_and_ids_are_one_article() -> None:
    names = ["a", "a/b", "a%2Fb", "a%252Fb", "a%25", "a%", "", "/", "%2F"]
    numbers = ["c", "b/c", "/c", "2Fb/c", "%2Fc", "x" * 3000, "x" * 3000 + "y"]

    keys = {key_of(name, number) for name in names for number in numbers}

    assert len(keys) == len(names) * len(numbers)
    assert max(map(len, keys)) <= 2100


@pytest.mark.parametrize(
    ("publisher", "number"), [("P", "a"), ("P", "a/b"), ("100%", "a%2F"), ("", "a")]
)
def test_a_key_that_was_clear_stays_as_it_was(publisher: str, number: str) -> None:
    key = key_of(publisher, number)

    assert key == f"id:{publisher}/{number}"


@pytest.mark.parametrize("address", ["https://example.org/story", "HTTP://a.b", "ftp://a.b/c"])
def test_an_address_is_a_link_and_no_path(address: str) -> None:
    (found,) = read_documents([address])

    assert isinstance(found, Link)
    assert (found.where, found.address, found.is_named) == (address, address, True)


@pytest.mark.parametrize("name", ["none.txt", "none.jsonl", "none"])
def test_a_path_that_is_not_there_is_a_problem(tmp_path: Path, name: str) -> None:
    found = only(tmp_path / name)

    assert isinstance(found, Problem)
    assert "no such file" in found.reason


@pytest.mark.parametrize(
    ("content", "title"), [(SEED.encode(), "Bridge opens"), (b"\n " + line(title="J"), "J")]
)
def test_standard_input_is_read_by_what_it_begins_with(
    content: bytes, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content))))

    (found,) = read_documents(["-"])

    assert isinstance(found, Document)
    assert found.title == title
