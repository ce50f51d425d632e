"""What is no text is refused by its own name, by how it begins and by how it is called."""

import gzip
from pathlib import Path

import pytest

from claims.intake.readers import Document, Problem, read_documents
from claims.intake.readers.unread import ARCHIVE, PICTURE, SOUND, VIDEO, explain_unread_name
from tests.claims.intake.readers.reading import read_one, read_refusal

BEGINNINGS = {
    "png": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", PICTURE),
    "jpeg": (b"\xff\xd8\xff\xe0\x00\x10JFIF", PICTURE),
    "gif": (b"GIF89a\x01\x00", PICTURE),
    "webp": (b"RIFF\x24\x00\x00\x00WEBPVP8 ", PICTURE),
    "heic": (b"\x00\x00\x00\x18ftypheic", PICTURE),
    "bitmap": (b"BM\x36\x00\x0c\x00\x00\x00\x00\x00\x36\x00", PICTURE),
    "drawing": (b'<?xml version="1.0"?>\n<!-- a <map> -->\n<svg xmlns="x"><text>Hi</text></svg>', PICTURE),
    "mp3": (b"ID3\x04\x00", SOUND),
    "wav": (b"RIFF\x24\x00\x00\x00WAVEfmt ", SOUND),
    "m4a": (b"\x00\x00\x00\x20ftypM4A ", SOUND),
    "mp4": (b"\x00\x00\x00\x20ftypisom", VIDEO),
    "webm": (b"\x1aE\xdf\xa3\x01", VIDEO),
    "7z": (b"7z\xbc\xaf\x27\x1c\x00", ARCHIVE),
    "rar": (b"Rar!\x1a\x07\x01\x00", ARCHIVE),
    "xz": (b"\xfd7zXZ\x00", ARCHIVE),
    "tar": (b"news.txt".ljust(257, b"\x00") + b"ustar\x0000", ARCHIVE),
}  # fmt: skip


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_file_is_told_by_how_it_begins_whatever_it_is_called(kind: str) -> None:
    content, reason = BEGINNINGS[kind]

    for name in ("news", "news.txt", "news.html", "news.json"):
        assert read_refusal(content + bytes(200), name) == f"{name}: {reason}"


def test_what_a_compressed_file_holds_is_told_too() -> None:
    tar = gzip.compress(BEGINNINGS["tar"][0] + bytes(600))

    assert read_refusal(tar, "news.tar.gz") == f"news.tar.gz: {ARCHIVE}"


@pytest.mark.parametrize(
    ("name", "reason"),
    [("a/Photo.JPG", PICTURE), ("talk.opus", SOUND), ("talk.mov", VIDEO), ("old.tar.gz", ARCHIVE)],
)
def test_a_file_that_was_named_is_told_by_its_name(tmp_path: Path, name: str, reason: str) -> None:
    path = tmp_path / Path(name).name
    path.write_bytes(b"anything")

    assert list(read_documents([str(path)])) == [Problem(str(path), reason)]
    assert explain_unread_name(name) == reason


def test_a_text_that_begins_like_a_bitmap_is_read() -> None:
    text = "BM workers strike\n20240305\nhttps://herald.example/bm\nThe works stood still, said Omar Reza."

    assert isinstance(read_one(text, "bm.txt"), Document)
