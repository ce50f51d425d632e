"""What people decided of quotes, as JSON Lines for `manage.py evaluate` and for training: `decisions export FILE.jsonl`."""

import gzip
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.trust.gold import list_decided_documents


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        exports = parser.add_subparsers(dest="what", required=True).add_parser(
            "export", help="write them to a file"
        )
        exports.add_argument(
            "file", type=Path, metavar="FILE.jsonl", help="a name that ends in .gz is packed"
        )
        exports.add_argument(
            "--partly", action="store_true", help="articles too of which some quotes are undecided"
        )

    def handle(self, *args: Any, file: Path, partly: bool, **options: Any) -> None:
        articles = right = rejected = 0
        try:
            with (
                gzip.open(file, "wt", encoding="utf-8")
                if file.suffix == ".gz"
                else file.open("w", encoding="utf-8") as out
            ):
                for document in list_decided_documents(partly=partly):
                    out.write(json.dumps(document, ensure_ascii=False) + "\n")
                    articles += 1
                    right += len(document["attributions"])
                    rejected += len(document["rejected"])
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        self.stdout.write(
            f"Articles: {articles}; {right} quotes that are right, {rejected} that were rejected."
        )
