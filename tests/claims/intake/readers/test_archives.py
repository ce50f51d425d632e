# ruff: noqa: E501 -- the lines of files made here are long
import gzip
import io
import zipfile

import pytest

from claims.intake.readers import Document, Problem, archives
from tests.claims.intake.readers.reading import PARAGRAPHS, TEXT, read_all, read_refusal
from tests.claims.intake.readers.test_html import ADDRESS, make_page

SEED = "Bridge opens\n20240305\nhttps://example.org/bridge\nThe mayor said it was safe.\n"


def make_zip(files: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_zip_holds_files_of_every_format_and_the_broken_one_is_named() -> None:
    line = '{"id": "a", "text": "The mayor said so.", "date": "2024-03-05"}\n'
    files: dict[str, bytes | str] = {"a.html": make_page(), "b/c.txt": SEED, "d.jsonl": line, "e.pdf": b"%PDF-x",
             "__MACOSX/a.html": "x", "f.zip": make_zip({"g.txt": SEED})}  # fmt: skip

    page, seed, lines, broken, inner = read_all(make_zip(files), "news.zip")

    assert isinstance(page, Document)
    assert (page.where, page.text) == ("news.zip/a.html", TEXT)
    assert isinstance(seed, Document)
    assert seed.url == "https://example.org/bridge"
    assert isinstance(lines, Document)
    assert isinstance(broken, Problem)
    assert broken.where == "news.zip/e.pdf"
    assert isinstance(inner, Document)
    assert inner.where == "news.zip/f.zip/g.txt"


def test_a_zip_bomb_is_refused_and_the_rest_is_read() -> None:
    content = make_zip({"a.txt": b"0" * 60_000_000, "b.txt": SEED})

    bomb, document = read_all(content, "news.zip")

    assert isinstance(bomb, Problem)
    assert "as a ZIP bomb is" in bomb.reason
    assert isinstance(document, Document)


def test_a_bomb_that_hides_its_size_is_read_no_further_than_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(archives, "LARGEST_FILE", 1000)
    content = make_zip({"a.txt": b"0" * 50_000})
    told = (50_000).to_bytes(4, "little")
    lying = content.replace(told, (900).to_bytes(4, "little"))

    (problem,) = read_all(lying, "news.zip")

    assert isinstance(problem, Problem)


def test_archives_nested_deep_are_not_read() -> None:
    content = make_zip({"a.txt": SEED})
    for _ in range(5):
        content = make_zip({"a.zip": content})

    assert "archives in archives" in read_refusal(content, "news.zip")


def test_all_files_together_may_not_be_larger_than_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "LARGEST_ALL", 100)

    found = read_all(make_zip({"a.txt": SEED, "b.txt": SEED, "c.txt": SEED}), "news.zip")

    assert isinstance(found[-1], Problem)
    assert "the rest is not read" in found[-1].reason
    assert len(found) == 2


def test_an_encrypted_file_in_a_zip_is_named() -> None:
    content = bytearray(make_zip({"a.txt": SEED}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + at] |= 1

    assert read_refusal(bytes(content), "news.zip") == "news.zip/a.txt: it is encrypted"


def test_a_compressed_file_is_read() -> None:
    (found,) = read_all(gzip.compress(make_page().encode()), "saved.html.gz")

    assert isinstance(found, Document)
    assert found.text == TEXT


def make_warc(pages: dict[str, str]) -> bytes:
    records: list[bytes] = []
    for address, page in pages.items():
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(records):012}>\r\n"
            f"WARC-Date: 2024-03-06T00:00:00Z\r\nWARC-Target-URI: {address}\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(http)}\r\n\r\n"
        )
        records.append(head.encode() + http + b"\r\n\r\n")
    return b"".join(records)


@pytest.mark.parametrize("is_compressed", [False, True])
def test_the_pages_of_a_warc_are_read_and_the_broken_one_is_named(is_compressed: bool) -> None:
    page = make_page().replace(f'<link rel="canonical" href="{ADDRESS}">', "")
    content = make_warc(
        {ADDRESS: page, "https://news.example/empty": "<html><p>Nothing.</p></html>"}
    )

    found, broken = read_all(
        gzip.compress(content, mtime=0) if is_compressed else content,
        "news.warc.gz" if is_compressed else "news.warc",
    )

    assert isinstance(found, Document)
    assert (found.url, found.text) == (ADDRESS, TEXT)
    assert isinstance(broken, Problem)
    assert broken.where == "news.warc.gz: https://news.example/empty".replace(
        ".gz", ".gz" if is_compressed else ""
    )
    assert PARAGRAPHS[0] in found.text
