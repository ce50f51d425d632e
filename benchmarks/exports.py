"""Quotes going out: rows a second and memory of each format, pages of the API at any depth, and many
readers at once.

    python -m benchmarks.exports [--quotes 1000000] [--only fill,formats,pages,readers] [--folder FOLDER]
        [--formats csv jsonl] [--readers 50] [--seconds 60] [--out RESULT.json]

Makes synthetic quotes (`benchmarks/synthetic.py`) in a PostgreSQL of its own. With a folder that stays
there, so that parts can be measured one at a time; what was found is kept in `--out`, part by part.

`formats` writes all quotes in each format; of those that are made as a whole at most as many rows as
the site makes. Memory is what the process takes at its peak beyond what it takes before, with the
columns of the filters loaded; CPU seconds are those of this process and of PostgreSQL. `pages` asks for
the first page of the API and for one at nine tenths of all quotes; `readers` for many things at once.
"""

import argparse
import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.intake import empty_tables, open_folder
from benchmarks.million import create_sqlite_file, fill_databases
from benchmarks.processes import measure_cpu
from benchmarks.readers import measure_pages, measure_readers
from benchmarks.report import build_parser, report
from benchmarks.synthetic import SyntheticNews

STATUS = Path("/proc/self/status")
CLEAR_REFS = Path("/proc/self/clear_refs")  # to it 5 is written to forget the peak of memory
FORGET_PEAK = "5"


def read_memory(name: str) -> float:
    """Return a size of this process in megabytes: VmRSS now, VmHWM at its peak."""
    for line in STATUS.read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise ValueError(name)


def measure_format(ending: str, folder: Path) -> dict[str, Any]:
    """Write all quotes in a format, or as many as the site makes of a whole file."""
    from dataclasses import replace

    from claims.outputs.formats import FORMAT_OF_ENDING, MOST_ROWS_OF_FILE
    from claims.outputs.rows import read_batches
    from claims.outputs.selecting import select_by_filters
    from claims.search import columns
    from claims.search.filters import Filters

    kind = FORMAT_OF_ENDING[ending]
    known = columns.get_current_columns()
    CLEAR_REFS.write_text(FORGET_PEAK)
    before = read_memory("VmRSS")
    began, cpu_before = time.perf_counter(), measure_cpu()
    selection = select_by_filters(known, Filters(), "https://newsroom.example")
    path = folder / f"quotes.{ending}"
    if kind.write_file:
        selection = replace(selection, ids=selection.ids[:MOST_ROWS_OF_FILE])
        kind.write_file(selection, read_batches(selection), path)
    elif kind.stream:
        with path.open("wb") as file:
            file.writelines(kind.stream(selection, read_batches(selection)))
    whole, cpu = time.perf_counter() - began, measure_cpu() - cpu_before
    return {
        "rows": selection.total,
        "rows_a_second": round(selection.total / whole),
        "cpu_seconds_for_a_thousand": cpu.for_each_thousand(selection.total),
        "peak_mb": round(read_memory("VmHWM") - before),
        "bytes_a_row": round(path.stat().st_size / selection.total),
    }


def fill(options: argparse.Namespace) -> dict[str, Any]:
    """Fill the database, which no earlier run has left full."""
    began = measure_cpu()
    empty_tables()
    unused = options.folder / "unused.db"
    unused.unlink(missing_ok=True)
    with closing(create_sqlite_file(unused)) as lite:
        told = fill_databases(SyntheticNews(options.quotes), lite)
    unused.unlink()
    cpu = measure_cpu() - began
    return {**told, "quotes": options.quotes, "cpu_seconds": round(cpu.both)}


def measure_formats(options: argparse.Namespace) -> dict[str, Any]:
    return {ending: measure_format(ending, options.folder) for ending in options.formats}


def measure_all_pages(options: argparse.Namespace) -> dict[str, Any]:
    return measure_pages()


def measure_all_readers(options: argparse.Namespace) -> dict[str, Any]:
    from django.db import connection

    name = str(connection.settings_dict["NAME"])
    return measure_readers(name, options.readers, options.seconds)


def prepare_site() -> None:
    """Have what pages need, and let Django's client of tests ask for them as often as it likes."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    call_command("collectstatic", verbosity=0, interactive=False)
    setup_test_environment()
    settings.API_LIMIT = 0


PARTS: dict[str, Callable[[argparse.Namespace], dict[str, Any]]] = {
    "fill": fill,
    "formats": measure_formats,
    "pages": measure_all_pages,
    "readers": measure_all_readers,
}


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--only", type=lambda words: words.split(","), default=list(PARTS))
    parser.add_argument("--folder", type=Path, help="where the database is, and stays")
    parser.add_argument(
        "--formats", nargs="+", default=["csv", "jsonl", "xlsx", "sqlite", "jsonld"]
    )
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    result: dict[str, Any] = {}
    if options.out and options.out.exists():
        result = json.loads(options.out.read_text())
    result |= {"cores": os.cpu_count(), "sqlite": sqlite3.sqlite_version}
    with open_folder(options.folder) as folder:
        options.folder = folder
        prepare_site()
        for name in options.only:
            result[name] = PARTS[name](options)
            report(result, options.out)


if __name__ == "__main__":
    main()
