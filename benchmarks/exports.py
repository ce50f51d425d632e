"""Quotes going out: rows a second and memory of each format.

    python -m benchmarks.exports [--quotes 1000000] [--formats csv jsonl] [--out RESULT.json]

Makes synthetic quotes (`benchmarks/synthetic.py`) in a database of its own, dropped at the end, and
writes all of them in each format. Files of formats that are made as a whole have at most as many rows
as the site makes of them. Memory is what the process takes at its peak beyond what it takes before,
with the columns of the filters loaded; seconds are those of the clock and of this process, so that
what PostgreSQL takes is the difference.
"""

import os
import sqlite3
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.million import create_sqlite_file, fill_databases
from benchmarks.report import build_parser, report
from benchmarks.site import open_site
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
    began, began_own = time.perf_counter(), time.process_time()
    selection = select_by_filters(known, Filters(), "https://newsroom.example")
    path = folder / f"quotes.{ending}"
    if kind.write_file:
        selection = replace(selection, ids=selection.ids[:MOST_ROWS_OF_FILE])
        kind.write_file(selection, read_batches(selection), path)
    elif kind.stream:
        with path.open("wb") as file:
            file.writelines(kind.stream(selection, read_batches(selection)))
    own, whole = time.process_time() - began_own, time.perf_counter() - began
    return {
        "rows": selection.total,
        "rows_a_second": round(selection.total / whole),
        "rows_a_second_of_own_time": round(selection.total / own),
        "peak_mb": round(read_memory("VmHWM") - before),
        "bytes_a_row": round(path.stat().st_size / selection.total),
    }


def measure(quotes: int, endings: list[str]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with closing(create_sqlite_file(folder / "unused.db")) as lite:
            fill_databases(SyntheticNews(quotes), lite)
        (folder / "unused.db").unlink()
        return {ending: measure_format(ending, folder) for ending in endings}


def main() -> None:
    parser = build_parser(__doc__)
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument(
        "--formats", nargs="+", default=["csv", "jsonl", "xlsx", "sqlite", "jsonld"]
    )
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    with open_site("exports"):
        result = {
            "quotes": options.quotes,
            "cores": os.cpu_count(),
            "sqlite": sqlite3.sqlite_version,
            "formats": measure(options.quotes, options.formats),
        }
    report(result, options.out)


if __name__ == "__main__":
    main()
