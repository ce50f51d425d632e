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
from claims.intake.attributed import build_attributed_line
from claims.intake.readers import Document
from claims.intake.readers.documents import Broken
from claims.intake.readers.json_lines import read_json_record
from claims.intake.readers.lines import build_line
from claims.intake.reading import build_article_text
from claims.management.progress import build_error_console


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "documents", type=Path, metavar="IN.jsonl", help='{"id","text"} a line; .gz too'
        )
        parser.add_argument("attributions", type=Path, metavar="OUT.jsonl")
        parser.add_argument(
            "--documents",
            action="store_true",
            dest="with_documents",
            help="write each document with its attributions, for `load`",
        )

    def handle(
        self,
        *args: Any,
        documents: Path,
        attributions: Path,
        with_documents: bool,
        **options: Any,
    ) -> None:
        from claims.extraction.pipeline import load, version

        done = 0
        self.failed = 0
        try:
            nlp = load()
            with attributions.open("w", encoding="utf-8") as out:
                readable = self.list_readable(documents, with_documents)
                for (name, document), quotes in read_each(nlp, readable):
                    if isinstance(quotes, Exception):
                        self.report_failure(f"{documents}: {name}: {why_unread(quotes)}")
                        continue
                    line = {"id": name, "attributions": [build_record(quote) for quote in quotes]}
                    if document:
                        line = build_attributed_line(build_line(document), quotes, version())
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

    def list_readable(
        self, documents: Path, with_documents: bool
    ) -> Iterator[tuple[ArticleText, tuple[str | int, Document | None]]]:
        """Yield the documents that can be read, with their ids, and report the others.

        With documents each comes as it would be stored, and is read as it would be then.
        """
        console = build_error_console()
        is_silent = not console.is_terminal
        records = track(read_records(documents), "documents", console=console, disable=is_silent)
        for number, record in records:
            where = f"{documents}:{number}"
            if isinstance(record, ValueError):
                self.report_failure(f"{where}: {record}")
            elif not with_documents:
                yield read_article_record(record), (record["id"], None)
            else:
                try:
                    document = read_json_record(record, where, undated=True)
                except Broken as error:
                    self.report_failure(f"{where}: {error}")
                else:
                    yield build_article_text(document), (record["id"], document)

    def report_failure(self, message: str) -> None:
        self.failed += 1
        self.stderr.write(message)
