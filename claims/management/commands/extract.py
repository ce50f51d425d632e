"""The pipeline alone, no database: documents in, their attributions out, a line each."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from rich.progress import track

from claims.extraction.encoder.session import ModelMissing
from claims.extraction.reading_ahead import read_each, why_unread
from claims.extraction.records import ArticleText, build_record, read_article_record, read_records
from claims.management.progress import build_error_console


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "documents", type=Path, metavar="IN.jsonl", help='{"id","text"} a line; .gz too'
        )
        parser.add_argument("attributions", type=Path, metavar="OUT.jsonl")

    def handle(self, *args: Any, documents: Path, attributions: Path, **options: Any) -> None:
        from claims.extraction.pipeline import load

        done = 0
        self.failed = 0
        try:
            nlp = load()
            with attributions.open("w", encoding="utf-8") as out:
                for name, quotes in read_each(nlp, self.list_readable(documents)):
                    if isinstance(quotes, Exception):
                        self.report_failure(f"{documents}: {name}: {why_unread(quotes)}")
                        continue
                    line = {"id": name, "attributions": [build_record(quote) for quote in quotes]}
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
                    done += 1
        except ModelMissing as error:
            raise CommandError(str(error)) from None
        except (OSError, EOFError) as error:
            file = getattr(error, "filename", None) or documents
            raise CommandError(f"{file}: {error}") from None
        not_read = f", {self.failed} not" if self.failed else ""
        self.stdout.write(f"{done} documents read for quotes{not_read}.")
        if self.failed:
            sys.exit(1)

    def list_readable(self, documents: Path) -> Iterator[tuple[ArticleText, str | int]]:
        """Yield the documents that can be read, with their ids, and report the others."""
        console = build_error_console()
        is_silent = not console.is_terminal
        records = track(read_records(documents), "documents", console=console, disable=is_silent)
        for number, record in records:
            if isinstance(record, ValueError):
                self.report_failure(f"{documents}:{number}: {record}")
            else:
                yield read_article_record(record), record["id"]

    def report_failure(self, message: str) -> None:
        self.failed += 1
        self.stderr.write(message)
