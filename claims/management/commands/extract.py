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
from claims.management.progress import error_console


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

        done, failed = 0, 0
        console = error_console()

        def readable() -> Iterator[tuple[ArticleText, str | int]]:
            nonlocal failed
            for number, record in track(
                read_records(documents),
                "documents",
                console=console,
                disable=not console.is_terminal,
            ):
                if isinstance(record, ValueError):
                    failed += 1
                    self.stderr.write(f"{documents}:{number}: {record}")
                else:
                    yield read_article_record(record), record["id"]

        try:
            nlp = load()
            with attributions.open("w", encoding="utf-8") as out:
                for name, quotes in read_each(nlp, readable()):
                    if isinstance(quotes, Exception):
                        failed += 1
                        self.stderr.write(f"{documents}: {name}: {why_unread(quotes)}")
                        continue
                    line = {"id": name, "attributions": [build_record(quote) for quote in quotes]}
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
                    done += 1
        except ModelMissing as error:
            raise CommandError(str(error)) from None
        except (OSError, EOFError) as error:
            raise CommandError(
                f"{getattr(error, 'filename', None) or documents}: {error}"
            ) from None
        self.stdout.write(f"{done} documents read for quotes{f', {failed} not' if failed else ''}.")
        if failed:
            sys.exit(1)
