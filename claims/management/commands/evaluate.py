"""Extract and score in one go, against gold attributions."""

import sys
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import track

from claims.extraction.encoder.features import MODEL_DIR
from claims.extraction.encoder.session import ModelMissing
from claims.extraction.reading_ahead import read_each, why_unread
from claims.extraction.records import ArticleText, build_record, read_article_record, read_records
from claims.extraction.scoring import (
    ScoreTally,
    format_score_table,
    has_nested_attributions,
    score_document,
)
from claims.management.progress import error_console

NO_NESTING_MESSAGE = """\
This gold has no attribution within another, so above all {} quotes found within others count as wrong. Without them:"""


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

        tally, outermost, parts, failed = (
            ScoreTally(),
            ScoreTally(),
            defaultdict[str, ScoreTally](ScoreTally),
            0,
        )
        gold_nests, inner = False, 0
        console = error_console()

        def readable() -> Iterator[tuple[ArticleText, dict[str, Any]]]:
            nonlocal failed
            for number, record in track(
                read_records(gold), "documents", console=console, disable=not console.is_terminal
            ):
                if isinstance(record, ValueError) or not isinstance(
                    record.get("attributions"), list
                ):
                    failed += 1
                    reason = record if isinstance(record, ValueError) else 'no "attributions"'
                    self.stderr.write(f"{gold}:{number}: {reason}")
                else:
                    yield read_article_record(record), record

        try:
            for record, quotes in read_each(load(model), readable()):
                if isinstance(quotes, Exception):
                    failed += 1
                    self.stderr.write(f"{gold}: {record['id']}: {why_unread(quotes)}")
                    quotes = []  # what cannot be read is scored as read without any
                made = [build_record(quote) for quote in quotes]
                for each in (tally, parts[record.get("publisher") or "?"]):
                    score_document(each, record["text"], record["attributions"], made)
                outer = [one for one in made if one["within"] is None]
                score_document(outermost, record["text"], record["attributions"], outer)
                gold_nests, inner = (
                    gold_nests or has_nested_attributions(record["attributions"]),
                    inner + len(made) - len(outer),
                )
        except ModelMissing as error:
            raise CommandError(str(error)) from None
        except (OSError, EOFError) as error:
            raise CommandError(f"{gold}: {error}") from None
        self.stdout.write(format_score_table(tally))
        if inner and not gold_nests:
            self.stdout.write(
                f"\n{NO_NESTING_MESSAGE.format(inner)}\n{format_score_table(outermost)}"
            )
        for publisher in sorted(parts) if by_publisher else ():
            self.stdout.write(
                f"  {publisher:14s} attribution F1 {parts[publisher].score('attribution').f1:.3f}"
            )
        if failed:
            sys.exit(1)
