"""Counts what became of documents, and says which did not go in, and why."""

from argparse import ArgumentTypeError
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from claims.intake.ingest import Outcome
from claims.intake.readers import Problem
from claims.intake.rereading import QuoteChanges
from claims.intake.storing_articles import StoredDocument

PROGRESS_COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    MofNCompleteColumn(),
    TimeElapsedColumn(),
)


@dataclass
class IngestTally:
    """What became of all documents: outcomes and quotes by number, and the changes of quotes."""

    counts: Counter[str] = field(default_factory=Counter)
    changes: QuoteChanges = field(default_factory=QuoteChanges)


def read_number(value: str) -> int:
    """Return a whole number, one at least."""
    number = int(value)
    if number < 1:
        raise ArgumentTypeError(f"{value} is less than one")
    return number


def count_results(results: Iterator[Outcome], console: Console) -> IngestTally:
    """Count what came of each document, with progress on a terminal; say why one did not go in."""
    tally = IngestTally()
    is_silent = not console.is_terminal
    with Progress(*PROGRESS_COLUMNS, console=console, disable=is_silent, transient=True) as bar:
        task = bar.add_task("articles", total=None)
        for result in results:
            bar.advance(task)
            if isinstance(result, StoredDocument):
                tally.counts[result.outcome] += 1
                tally.counts["quotes"] += result.quotes
                if result.changes:
                    tally.changes.add(result.changes)
            elif isinstance(result, Problem):
                tally.counts["failed"] += 1
                console.print(f"not in: {result}")
            else:
                console.print(f"skipped: {result.where}: {result.reason}")
    return tally


def format_counts(counts: Counter[str]) -> str:
    outcomes = ", ".join(f"{counts[key]} {key}" for key in ("new", "updated", "unchanged"))
    failed = f"; {counts['failed']} not in, as said above" if counts["failed"] else ""
    return f"Articles: {outcomes}; {counts['quotes']} quotes in them{failed}."
