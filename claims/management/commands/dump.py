"""Quotes into a file, in the format that its name says: `dump all.zip`, `dump denials.csv --query act=deny`.

A name that ends in .zip has everything: quotes, actors, claims, articles, outlets and a README.
"""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict

from claims.models.refusals import Refused
from claims.outputs.dumping import write_dump
from claims.outputs.formats import FORMATS, Format
from claims.outputs.rows import read_batches
from claims.outputs.selecting import Selection, select_by_filters
from claims.search import columns
from claims.search.filters import Filters

WRITABLE = {each.ending: each for each in FORMATS if not each.write_feed}
WHOLE = "zip"


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--query", default="", help="the query string of a page; without it all quotes"
        )
        parser.add_argument(
            "--site", default="", help="what addresses begin with, such as https://news.example"
        )

    def handle(self, *args: Any, file: Path, query: str, site: str, **options: Any) -> None:
        ending = file.suffix.removeprefix(".")
        if ending != WHOLE and ending not in WRITABLE:
            names = ", ".join([WHOLE, *WRITABLE])
            raise CommandError(f"{file}: there is no format “{ending}”; there are {names}.")
        filters = Filters.read(QueryDict(query.removeprefix("?")))
        if filters.problems:
            raise CommandError(" ".join(problem.message for problem in filters.problems))
        selection = select_by_filters(columns.get_current_columns(), filters, site.rstrip("/"))
        try:
            if ending == WHOLE:
                write_dump(selection, file)
            else:
                beside = replace(selection, table=f"{file.stem}.csv")
                write_one(WRITABLE[ending], beside, file)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        self.stdout.write(f"{selection.summary} ({file.stat().st_size:,} bytes in {file}).")


def write_one(kind: Format, selection: Selection, file: Path) -> None:
    """Write the quotes alone, in one format; raise `Refused` if it has no room for them."""
    if kind.most_rows is not None and selection.total > kind.most_rows:
        raise Refused(f"{kind.name} has room for {kind.most_rows:,} rows, not {selection.total:,}.")
    file.unlink(missing_ok=True)
    batches = read_batches(selection)
    if kind.write_file:
        kind.write_file(selection, batches, file)
        return
    assert kind.stream is not None
    with file.open("wb") as written:
        written.writelines(kind.stream(selection, batches))
