"""Files, folders and standard input, each read by its format."""

import gzip
import io
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from claims.readers.documents import LARGEST, Broken, Document, Problem
from claims.readers.json_lines import read_json_lines
from claims.readers.seed import read_seed

FORMATS = (".txt", ".jsonl", ".jsonl.gz")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file of a folder that is of no format read here."""

    where: str


Read = Document | Problem | Skipped


def read(paths: Iterable[str]) -> Iterator[Read]:
    """Every document of the files and folders named (`-` is standard input), in the order of their names."""
    for path in paths:
        if path == "-":
            yield from read_stream(sys.stdin.buffer)
        elif path.startswith(("http://", "https://")):
            yield Problem(path, "addresses are not read; save the article as a file")
        elif Path(path).is_dir():
            for file in sorted(p for p in Path(path).rglob("*") if p.is_file()):
                if not any(part.startswith(".") for part in file.relative_to(path).parts):
                    yield from read_file(file) if file.name.endswith(FORMATS) else (Skipped(str(file)),)
        else:
            yield from read_file(Path(path))


def read_file(path: Path) -> Iterator[Read]:
    where = str(path)
    try:
        if path.name.endswith(".txt"):
            if path.stat().st_size > LARGEST:
                yield Problem(where, f"it is larger than {LARGEST:,} bytes")
                return
            yield from seed(path.read_bytes(), where)
        elif path.name.endswith(".jsonl"):
            with path.open("rb") as lines:
                yield from read_json_lines(lines, where)
        elif path.name.endswith(".jsonl.gz"):
            with gzip.open(path, "rb") as lines:
                yield from read_json_lines(lines, where)  # type: ignore[arg-type]
        elif not path.exists():
            yield Problem(where, "there is no such file or folder")
        else:
            yield Problem(where, f"not a format read here ({', '.join(FORMATS)})")
    except FileNotFoundError:
        yield Problem(where, "there is no such file or folder")
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Problem(where, f"the gzip file is broken ({error}); what came before is in")
    except OSError as error:
        yield Problem(where, f"it cannot be read ({error.strerror or error})")


def seed(content: bytes, where: str) -> Iterator[Document | Problem]:
    try:
        yield read_seed(content, where)
    except Broken as error:
        yield Problem(f"{where}:{error.line}" if error.line else where, str(error))


def read_stream(stream: BinaryIO) -> Iterator[Read]:
    """Standard input: JSON Lines if it begins with a brace, else one document in the seed format."""
    lines = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    begins = lines.peek(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    if begins.startswith(b"{"):
        yield from read_json_lines(lines, "standard input")
        return
    content = lines.read(LARGEST + 1)
    if len(content) > LARGEST:
        yield Problem("standard input", f"it is larger than {LARGEST:,} bytes")
    else:
        yield from seed(content, "standard input")
