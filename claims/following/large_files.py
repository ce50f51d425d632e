"""Files that are too large to be made while somebody waits: a worker makes them, and says how far it is."""

import os
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest, QueryDict
from django.utils import timezone

from claims.desk.sending import compute_sender
from claims.following.links import find_site_of
from claims.following.queueing import queue_file
from claims.models import FileState, MadeFile
from claims.models.refusals import Refused
from claims.outputs.fields import FlatRow
from claims.outputs.formats import FORMAT_OF_ENDING, FORMATS, Format
from claims.outputs.rows import read_batches
from claims.outputs.selecting import Selection, describe_filters, select_by_filters
from claims.search import columns
from claims.search.filters import Filters

MOST_FILES_A_DAY = 10  # of one sender
MOST_WAITING = 20  # of all
MOST_BYTES_KEPT = 20_000_000_000  # of all files together
SECONDS_BETWEEN_NOTES = 1.0
TOO_MANY_FILES = (
    f"You have had {MOST_FILES_A_DAY} files made within a day, which is as many as one can."
)
TOO_MANY_WAITING = "Too many files are being made now. Please ask again later."
NO_ROOM = "There is no room for more files now. Please ask again later, or take CSV or JSON Lines."


def list_large_formats() -> list[Format]:
    """Return the formats that are made as a whole, and have room for more than is made at once."""
    return [each for each in FORMATS if is_made_large(each)]


def is_made_large(kind: Format) -> bool:
    """Return whether a format can be of more quotes than a page has made of it."""
    most_sent = kind.most_rows_sent
    if most_sent is None or kind.use != "table":
        return False
    return kind.most_rows is None or kind.most_rows > most_sent


def ask_for_file(kind: Format, filters: Filters, request: HttpRequest) -> MadeFile:
    """Have a file made, or return one that is being made of the same. Raises `Refused`."""
    if kind.check:
        kind.check()
    query = filters.query()
    same = MadeFile.objects.unfinished().filter(ending=kind.ending, query=query)
    sender = compute_sender(request)
    if found := same.filter(sender=sender).first():
        return found
    if MadeFile.objects.made_lately(sender).count() >= MOST_FILES_A_DAY:
        raise Refused(TOO_MANY_FILES)
    if MadeFile.objects.unfinished().count() >= MOST_WAITING:
        raise Refused(TOO_MANY_WAITING)
    kept = MadeFile.objects.aggregate(size=Sum("size"))["size"] or 0
    if kept > MOST_BYTES_KEPT:
        raise Refused(NO_ROOM)
    file = MadeFile.objects.create(
        ending=kind.ending,
        query=query,
        site=find_site_of(request),
        described=describe_filters(filters),
        sender=sender,
    )
    queue_file(file)
    return file


def make_file(file: MadeFile) -> None:
    """Make a file, from its beginning; what cannot be made says why."""
    if file.is_finished:
        return
    kind = FORMAT_OF_ENDING[file.ending]
    filters = Filters.read(QueryDict(file.query))
    try:
        if filters.problems:
            raise Refused(" ".join(problem.message for problem in filters.problems))
        write_file(file, kind, select_by_filters(columns.get_current_columns(), filters, file.site))
    except Refused as refusal:
        note(file, state=FileState.FAILED, reason=str(refusal)[:300])
    except OSError as error:
        remove(file.path)
        note(file, state=FileState.FAILED, reason=f"It could not be written: {error.strerror}.")


def give_up(file: MadeFile) -> None:
    """Note that a file is made no more, whose every attempt has failed."""
    note(file, state=FileState.FAILED, reason="It could not be made.")


def write_file(file: MadeFile, kind: Format, selection: Selection) -> None:
    if kind.most_rows is not None and selection.total > kind.most_rows:
        raise Refused(f"{kind.name} has room for {kind.most_rows:,} rows, not {selection.total:,}.")
    assert kind.write_file is not None
    note(file, state=FileState.MAKING, total=selection.total, done=0)
    folder = file.path.parent
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = file.path.with_name(f"{file.token}.{os.getpid()}.unfinished")
    try:
        kind.write_file(selection, count_rows(file, read_batches(selection)), unfinished)
        unfinished.replace(file.path)
    finally:
        remove(unfinished)
    note(
        file,
        state=FileState.READY,
        done=selection.total,
        size=file.path.stat().st_size,
        name=kind.build_file_name(selection),
        ready_at=timezone.now(),
    )


def count_rows(file: MadeFile, batches: Iterable[list[FlatRow]]) -> Iterator[list[FlatRow]]:
    """Yield the rows as they are written, and note now and then how many they are. If the file was
    removed meanwhile, it is made no further.
    """
    done = 0
    noted_at = time.monotonic()
    for batch in batches:
        yield batch
        done += len(batch)
        if time.monotonic() - noted_at > SECONDS_BETWEEN_NOTES:
            noted_at = time.monotonic()
            if not note(file, done=done):
                raise Refused("It was removed.")


def note(file: MadeFile, **values: object) -> bool:
    """Write down how far a file is; return whether anybody still waits for it."""
    for name, value in values.items():
        setattr(file, name, value)
    return bool(MadeFile.objects.filter(pk=file.pk).update(**values))


def remove_old_files() -> None:
    """Remove files that were kept for some days, and what nobody knows of any more."""
    for file in MadeFile.objects.old():
        remove(file.path)
    MadeFile.objects.old().delete()
    kept = {str(token) for token in MadeFile.objects.values_list("token", flat=True)}
    folder = Path(settings.FILES_FOLDER)
    for path in folder.glob("*.*") if folder.is_dir() else ():
        if path.name.partition(".")[0] not in kept:
            remove(path)


def remove(path: Path) -> None:
    with suppress(FileNotFoundError, NotADirectoryError):
        path.unlink()
