"""Shards of documents in, files of their attributions out; no database.

A shard is a file that the readers know, or one of Parquet; where fsspec is installed it may stand
anywhere that opens (`s3://…`). What comes of one is a file of lines for `manage.py load`, which
appears under its name once it is whole: a run that was killed is run again, and passes over the
shards that are done.
"""

import gzip
import json
import os
import socket
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, cast

from claims.extraction.reading_ahead import Reading, keep_ahead, why_unread
from claims.intake.attributed import build_attributed_line
from claims.intake.ingest import Begin
from claims.intake.parquet import ParquetRefused, import_pyarrow, read_parquet, write_parquet
from claims.intake.readers import Document, Link, Problem, SkippedFile, read_documents
from claims.intake.readers.documents import Broken
from claims.intake.readers.json_lines import read_json_record
from claims.intake.readers.sources import ReadItem
from claims.models.refusals import Refused

ENDINGS_OF_TARGETS = {"jsonl": ".jsonl.gz", "parquet": ".parquet"}
ENDINGS_OF_SHARDS = (".jsonl.gz", ".jsonl", ".parquet", ".warc.gz", ".warc", ".zip")

BuildLine = Callable[[Document], dict[str, Any]]
WriteLine = Callable[[dict[str, Any]], None]


class ShardRefused(Refused):
    """Why shards cannot be annotated, in words."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A file of documents, and that in which what was found is written."""

    source: str
    target: str


@dataclass(frozen=True, slots=True)
class DoneShard:
    """How many documents of a shard were read and how many not, or that it was done before."""

    shard: Shard
    documents: int = 0
    quotes: int = 0
    refused: int = 0
    was_done: bool = False


def is_remote(path: str) -> bool:
    return "://" in path


# Which shards


def list_shards(paths: Iterable[str], folder: str, written_as: str = "jsonl") -> list[Shard]:
    """Return the shards of files and folders, each with its target in the folder.

    Targets are `written_as` JSON Lines or Parquet (raises `ParquetRefused` where nothing writes it).

    Raises `ShardRefused` where there is none, or two would be written in one file.
    """
    if written_as == "parquet":
        import_pyarrow()
    shards: dict[str, Shard] = {}
    for path in paths:
        for source, name in list_sources(path):
            target = f"{folder.rstrip('/')}/{name}{ENDINGS_OF_TARGETS[written_as]}"
            if target in shards:
                other = shards[target].source
                raise ShardRefused(f"{other} and {source} would both be written in {target}")
            shards[target] = Shard(source, target)
    return list(shards.values())


def list_sources(path: str) -> Iterator[tuple[str, str]]:
    """Yield a file, or the shards of a folder, each with the name of its target."""
    if is_remote(path):
        filesystem, root = find_filesystem(path)
        for found in sorted(filesystem.find(root)):
            if found == root or found.endswith(ENDINGS_OF_SHARDS):
                inside = found.removeprefix(root).lstrip("/") or found.rpartition("/")[2]
                yield filesystem.unstrip_protocol(found), build_target_name(inside)
        return
    place = Path(path)
    if not place.exists():
        raise ShardRefused(f"{path}: there is no such file or folder")
    if place.is_file():
        yield path, build_target_name(place.name)
        return
    for file in sorted(place.rglob("*")):
        inside = file.relative_to(place)
        is_hidden = any(part.startswith(".") for part in inside.parts)
        if file.is_file() and not is_hidden and file.name.endswith(ENDINGS_OF_SHARDS):
            yield str(file), build_target_name(inside.as_posix())


def build_target_name(inside: str) -> str:
    """Return the name of a target without its ending: that of the shard, folders and all."""
    for ending in ENDINGS_OF_SHARDS:
        inside = inside.removesuffix(ending)
    return inside.replace("/", "-")


# One shard


def annotate_shard(
    shard: Shard, begin: Begin, build_line: BuildLine, version: str, *, undated: bool = False
) -> DoneShard:
    """Read the documents of a shard and write what was found, unless that has been done.

    What cannot be read is a line with `path` and `refused`, as `manage.py read` writes it.
    """
    if is_there(shard.target):
        return DoneShard(shard, was_done=True)
    documents = quotes = refused = 0
    with (
        fetch_source(shard.source) as source,
        write_whole(shard.target) as file,
        write_lines(file, shard.target) as write,
    ):
        items = read_shard(source, undated=undated)
        for line in annotate_items(items, begin, build_line, version):
            write(line)
            if "refused" in line:
                refused += 1
            else:
                documents += 1
                quotes += len(line["attributions"])
    return DoneShard(shard, documents, quotes, refused)


@contextmanager
def write_lines(file: str, target: str) -> Iterator[WriteLine]:
    """Give what writes a line in a file, in the way that the name of the target tells."""
    if target.endswith(".parquet"):
        with write_parquet(file) as write:
            yield write
        return
    with gzip.open(file, "wt", encoding="utf-8", compresslevel=5) as lines:
        yield lambda line: write_json_line(cast("TextIO", lines), line)


def write_json_line(lines: TextIO, line: dict[str, Any]) -> None:
    lines.write(json.dumps(line, ensure_ascii=False) + "\n")


def annotate_items(
    items: Iterable[ReadItem], begin: Begin, build_line: BuildLine, version: str
) -> Iterator[dict[str, Any]]:
    """Yield the line of each document, or why it is refused."""
    for reading, item in keep_ahead(begin_each(items, begin)):
        if isinstance(item, Problem):
            yield build_refused_line(item.where, item.reason)
        elif isinstance(item, SkippedFile):
            continue
        elif reading is not None:
            try:
                yield build_attributed_line(build_line(item), reading(), version)
            except Exception as error:
                yield build_refused_line(item.where, why_unread(error))


def begin_each(
    items: Iterable[ReadItem], begin: Begin
) -> Iterator[tuple[Reading | None, ReadItem]]:
    for item in items:
        yield begin(item) if isinstance(item, Document) else None, item


def build_refused_line(where: str, reason: str) -> dict[str, Any]:
    return {"path": where, "refused": reason}


def read_shard(path: str, *, undated: bool) -> Iterator[ReadItem]:
    """Yield the documents of a shard; nothing is fetched."""
    if path.endswith(".parquet"):
        yield from read_rows(path, undated=undated)
        return
    for item in read_documents([path], undated=undated):
        yield Problem(item.where, item.reason) if isinstance(item, Link) else item


def read_rows(path: str, *, undated: bool) -> Iterator[Document | Problem]:
    """Yield the document of each row of Parquet, or what is wrong with it or the whole.

    Raises `ParquetRefused` where nothing reads Parquet.
    """
    import_pyarrow()
    number = 0
    try:
        for row in read_parquet(path):
            number += 1
            yield read_row(row, f"{path}:{number}", undated=undated)
    except ParquetRefused as error:
        yield Problem(path, str(error))


def read_row(row: dict[str, Any], where: str, *, undated: bool) -> Document | Problem:
    try:
        return read_json_record(row, where, undated=undated)
    except Broken as error:
        return Problem(where, str(error))


# Files, here and elsewhere


def find_filesystem(path: str) -> tuple[Any, str]:
    """Return what opens a path that is not on this machine, and the path as it takes it."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise ShardRefused(f"{path} needs fsspec: pip install newsroom-quotes[ray]") from None
    filesystem, inside = url_to_fs(path)
    return filesystem, inside


def is_there(path: str) -> bool:
    if is_remote(path):
        filesystem, inside = find_filesystem(path)
        return bool(filesystem.exists(inside))
    return os.path.exists(path)


@contextmanager
def fetch_source(path: str) -> Iterator[str]:
    """Give a file on this machine that has what stands at a path."""
    if not is_remote(path):
        yield path
        return
    filesystem, inside = find_filesystem(path)
    with tempfile.TemporaryDirectory() as folder:
        fetched = os.path.join(folder, inside.rpartition("/")[2])
        filesystem.get_file(inside, fetched)
        yield fetched


@contextmanager
def write_whole(path: str) -> Iterator[str]:
    """Give a file to write in, which stands at a path once all is written, and else nowhere."""
    folder, _, name = path.rpartition("/")
    part = f".{name}.{socket.gethostname()}-{os.getpid()}.part"
    if is_remote(path):
        filesystem, inside = find_filesystem(path)
        with tempfile.TemporaryDirectory() as here:
            file = os.path.join(here, part)
            yield file
            temporary = f"{inside.rpartition('/')[0]}/{part}"
            filesystem.put_file(file, temporary)
            filesystem.mv(temporary, inside)
        return
    os.makedirs(folder or ".", exist_ok=True)
    file = os.path.join(folder, part)
    try:
        yield file
        with open(file, "rb") as written:
            os.fsync(written.fileno())
        os.replace(file, path)
    finally:
        if os.path.exists(file):
            os.unlink(file)
