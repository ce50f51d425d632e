"""Extract and score in one go, against gold attributions."""

import sys
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import track

from claims.extraction.encoder.session import ModelMissing
from claims.extraction.model_folder import MODEL_DIR
from claims.extraction.reading_ahead import read_each, why_unread
from claims.extraction.records import ArticleText, build_record, read_article_record, read_records
from claims.extraction.schema import Attribution
from claims.extraction.scoring import (
    ScoreTally,
    format_score_table,
    has_nested_attributions,
    score_document,
)
from claims.management.progress import build_error_console

NO_NESTING_MESSAGE = """\
This gold has no attribution within another, so above all {} quotes found within others count as wrong. Without them:"""


@dataclass
class Evaluation:
    """The scores of the documents so far.

    `outermost` leaves out quotes that were found within others, of which there are `inner`.
    """

    tally: ScoreTally = field(default_factory=ScoreTally)
    outermost: ScoreTally = field(default_factory=ScoreTally)
    publishers: defaultdict[str, ScoreTally] = field(
        default_factory=lambda: defaultdict(ScoreTally)
    )
    inner: int = 0
    does_gold_nest: bool = False

    def add(self, record: dict[str, Any], quotes: Sequence[Attribution]) -> None:
        """Score what was found in a document."""
        text = record["text"]
        gold = record["attributions"]
        found = [build_record(quote) for quote in quotes]
        outer = [quote for quote in found if quote["within"] is None]
        score_document(self.tally, text, gold, found)
        score_document(self.publishers[record.get("publisher") or "?"], text, gold, found)
        score_document(self.outermost, text, gold, outer)
        self.inner += len(found) - len(outer)
        if has_nested_attributions(gold):
            self.does_gold_nest = True


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "gold", type=Path, metavar="GOLD.jsonl", help="documents with attributions; .gz too"
        )
        parser.add_argument(
            "--by-publisher", action="store_true", help="attribution F1 of each publisher as well"
        )
        parser.add_argument(
            "--model",
            type=Path,
            default=MODEL_DIR,
            metavar="FOLDER",
            help="another model than the site's",
        )

    def handle(
        self, *args: Any, gold: Path, by_publisher: bool, model: Path, **options: Any
    ) -> None:
        from claims.extraction.pipeline import load

        self.failed = 0
        evaluation = Evaluation()
        try:
            for record, quotes in read_each(load(model), self.list_readable(gold)):
                if isinstance(quotes, Exception):
                    self.report_failure(f"{gold}: {record['id']}: {why_unread(quotes)}")
                    quotes = []  # what cannot be read is scored as read without any
                evaluation.add(record, quotes)
        except ModelMissing as error:
            raise CommandError(str(error)) from None
        except (OSError, EOFError) as error:
            raise CommandError(f"{gold}: {error}") from None
        self.write_scores(evaluation)
        if by_publisher:
            self.write_publishers(evaluation)
        if self.failed:
            sys.exit(1)

    def list_readable(self, gold: Path) -> Iterator[tuple[ArticleText, dict[str, Any]]]:
        """Yield the documents that can be scored, and report the others."""
        console = build_error_console()
        is_silent = not console.is_terminal
        records = track(read_records(gold), "documents", console=console, disable=is_silent)
        for number, record in records:
            if isinstance(record, ValueError):
                self.report_failure(f"{gold}:{number}: {record}")
            elif not isinstance(record.get("attributions"), list):
                self.report_failure(f'{gold}:{number}: no "attributions"')
            else:
                yield read_article_record(record), record

    def report_failure(self, message: str) -> None:
        self.failed += 1
        self.stderr.write(message)

    def write_scores(self, evaluation: Evaluation) -> None:
        self.stdout.write(format_score_table(evaluation.tally))
        if evaluation.inner and not evaluation.does_gold_nest:
            message = NO_NESTING_MESSAGE.format(evaluation.inner)
            self.stdout.write(f"\n{message}\n{format_score_table(evaluation.outermost)}")

    def write_publishers(self, evaluation: Evaluation) -> None:
        for publisher, tally in sorted(evaluation.publishers.items()):
            score = tally.score("attribution").f1
            self.stdout.write(f"  {publisher:14s} attribution F1 {score:.3f}")
