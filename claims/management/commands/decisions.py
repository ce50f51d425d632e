"""What people decided of quotes, as JSON Lines for `manage.py evaluate` and for training: `decisions export FILE.jsonl`.

With `--actors` it is what they judged of pairs of actors, with the evidence, for training.
"""

import gzip
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from claims.actors.judged_pairs import list_judged_pairs
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

        exports.add_argument(
            "--actors", action="store_true", help="what was judged of pairs of actors instead"
        )

    def handle(self, *args: Any, file: Path, partly: bool, actors: bool, **options: Any) -> None:
        if actors:
            self.export_pairs(file)
            return
        articles = 0
        right = 0
        rejected = 0
        try:
            with open_for_writing(file) as lines:
                for document in list_decided_documents(partly=partly):
                    lines.write(json.dumps(document, ensure_ascii=False) + "\n")
                    articles += 1
                    right += len(document["attributions"])
                    rejected += len(document["rejected"])
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        self.stdout.write(
            f"Articles: {articles}; {right} quotes that are right, {rejected} that were rejected."
        )

    def export_pairs(self, file: Path) -> None:
        pairs = 0
        try:
            with open_for_writing(file) as lines:
                for pair in list_judged_pairs():
                    lines.write(json.dumps(pair, ensure_ascii=False) + "\n")
                    pairs += 1
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from None
        self.stdout.write(f"Pairs of actors: {pairs}, with what speaks for and against each.")


def open_for_writing(file: Path) -> IO[str]:
    """Open a file for text, packed if its name says so."""
    if file.suffix == ".gz":
        return gzip.open(file, "wt", encoding="utf-8")
    return file.open("w", encoding="utf-8")
