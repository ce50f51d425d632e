"""How two quotes relate: pairs in, a reading of each out, no database.

The texts of the articles come from --articles, else from the file beside PAIRS.jsonl that has
"articles" in its name where that one has "pairs".
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.extraction.records import read_article_record, read_records
from claims.relating import Utterance, read_pair
from claims.relating.records import (
    BrokenPair,
    build_reading_record,
    read_pair_lines,
    read_pair_record,
)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "pairs", type=Path, metavar="PAIRS.jsonl", help='{"id","a","b"} a line; .gz too'
        )
        parser.add_argument("readings", type=Path, metavar="OUT.jsonl")
        parser.add_argument(
            "--articles",
            type=Path,
            metavar="ARTICLES.jsonl",
            help='their texts, {"id","text"} a line; .gz too',
        )

    def handle(
        self, *args: Any, pairs: Path, readings: Path, articles: Path | None, **options: Any
    ) -> None:
        self.failed = 0
        done = 0
        try:
            texts = self.read_articles(articles or find_articles(pairs))
            with readings.open("w", encoding="utf-8") as out:
                for record, a, b in self.list_readable(pairs, texts):
                    line = build_reading_record(record["id"], read_pair(a, b, is_picked=True))
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
                    done += 1
        except (OSError, EOFError) as error:
            file = getattr(error, "filename", None) or pairs
            raise CommandError(f"{file}: {error}") from None
        not_read = f", {self.failed} lines not read" if self.failed else ""
        self.stdout.write(f"{done} pairs read{not_read}.")
        if self.failed:
            sys.exit(1)

    def read_articles(self, path: Path) -> dict[str, Utterance]:
        """Return the texts and days of the articles by their ids."""
        articles = {}
        for number, record in read_records(path):
            if isinstance(record, ValueError):
                self.report_failure(f"{path}:{number}: {record}")
                continue
            article = read_article_record(record)
            key = str(record["id"])
            articles[key] = Utterance(article.text, (), article=key, published=article.published)
        return articles

    def list_readable(
        self, pairs: Path, articles: dict[str, Utterance]
    ) -> Iterator[tuple[dict[str, Any], Utterance, Utterance]]:
        """Yield the pairs that can be read, and report the others."""
        for number, record in read_pair_lines(pairs):
            if isinstance(record, ValueError):
                self.report_failure(f"{pairs}:{number}: {record}")
                continue
            try:
                a, b = read_pair_record(record, articles)
            except BrokenPair as error:
                self.report_failure(f"{pairs}:{number}: {error}")
            else:
                yield record, a, b

    def report_failure(self, message: str) -> None:
        self.failed += 1
        self.stderr.write(message)


def find_articles(pairs: Path) -> Path:
    """Return the file beside the pairs that has their articles. Raises `CommandError` if none."""
    name = pairs.name.replace("pairs", "articles")
    stem = name.removesuffix(".gz").removesuffix(".jsonl")
    for ending in (".jsonl", ".jsonl.gz"):
        path = pairs.with_name(stem + ending)
        if path != pairs and path.is_file():
            return path
    raise CommandError(f"{pairs}: no file of articles beside it; name one with --articles")
