"""What is new in a folder: files that it did not have, or that have changed."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from claims.intake.readers.sources import find_format
from claims.models.refusals import Refused

SECONDS_OF_REST = 2.0  # since a file was last written: one that still grows waits for the next look


@dataclass(frozen=True, slots=True)
class FolderFile:
    """A file with what tells it from a later one of its name."""

    path: str
    stamp: str


def check_folder(path: str) -> None:
    """Raise `Refused` unless a folder, or a file, lies where feeds may lie."""
    real = Path(path).resolve()
    for folder in settings.FEED_FOLDERS:
        if real.is_relative_to(Path(folder).resolve()):
            return
    allowed = ", ".join(settings.FEED_FOLDERS)
    raise Refused(f"only folders within {allowed} are read (NEWSROOM_FOLDERS tells which)")


def list_files(folder: str) -> Iterator[FolderFile]:
    """Yield the files in a folder, and in those within it, that are of a format read here.

    What is hidden or still being written is left out; so is a folder that is a link. Raises
    `Refused` if a folder cannot be read, after all that can be.
    """
    check_folder(folder)
    try:
        with os.scandir(folder) as entries:
            in_order = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        raise Refused(f"the folder {folder} cannot be read ({error.strerror})") from None
    newest = time.time() - SECONDS_OF_REST
    problem = None
    for entry in in_order:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            try:
                yield from list_files(entry.path)
            except Refused as refusal:
                problem = refusal
        elif find_format(entry.name):
            yield from list_file(entry, newest)
    if problem:
        raise problem


def list_file(entry: "os.DirEntry[str]", newest: float) -> Iterator[FolderFile]:
    """Yield a file of a folder, unless it is none, is gone, or was written after `newest`."""
    try:
        is_file = entry.is_file()
        status = entry.stat()
    except OSError:
        return
    if is_file and status.st_mtime <= newest:
        yield FolderFile(entry.path, f"{status.st_size}-{status.st_mtime_ns}")
