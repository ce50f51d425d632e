"""Shards of documents in, their attributions out, for `load`: no database, on one machine or many."""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.extraction.encoder.session import ModelMissing, check_model_files
from claims.intake.annotating import (
    ENDINGS_OF_TARGETS,
    DoneShard,
    Shard,
    list_shards,
)
from claims.management.bulk import annotate_here, annotate_in_processes
from claims.management.processes import ProcessEnded
from claims.management.progress import build_error_console
from claims.management.tally import read_number
from claims.models.refusals import Refused


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "shards",
            nargs="+",
            metavar="SHARD",
            help="files of documents, or folders of them; also s3://… where fsspec is installed",
        )
        parser.add_argument("--out", required=True, metavar="FOLDER", help="one file a shard")
        parser.add_argument(
            "--engine",
            choices=("local", "ray"),
            default="local",
            help="processes of this machine, or Ray Data on a cluster (newsroom-quotes[ray])",
        )
        parser.add_argument(
            "--format",
            choices=tuple(ENDINGS_OF_TARGETS),
            default="jsonl",
            dest="written_as",
            help="compressed JSON Lines, or Parquet (newsroom-quotes[ray])",
        )
        parser.add_argument(
            "--workers", type=read_number, metavar="N", default=1, help="processes (1)"
        )
        parser.add_argument(
            "--undated", action="store_true", help="take articles that have no date, too"
        )

    def handle(
        self,
        *args: Any,
        shards: list[str],
        out: str,
        written_as: str,
        engine: str,
        workers: int,
        undated: bool,
        **options: Any,
    ) -> None:
        console = build_error_console()
        counts: Counter[str] = Counter()
        try:
            check_model_files()
            for done in annotate(list_shards(shards, out, written_as), engine, workers, undated):
                counts["done before" if done.was_done else "done"] += 1
                counts["documents"] += done.documents
                counts["quotes"] += done.quotes
                counts["refused"] += done.refused
                console.print(format_done_shard(done))
        except (ModelMissing, Refused, ProcessEnded, OSError) as error:
            raise CommandError(f"{error}; the shards that are done stay") from None
        self.stdout.write(
            f"Shards: {counts['done']} done, {counts['done before']} done before;"
            f" {counts['documents']} documents with {counts['quotes']} quotes,"
            f" {counts['refused']} not read."
        )
        if counts["refused"]:
            sys.exit(1)


def annotate(shards: list[Shard], engine: str, workers: int, undated: bool) -> Iterator[DoneShard]:
    """Yield the shards as they are done."""
    if engine == "ray":
        from claims.management.ray_engine import annotate_with_ray

        return annotate_with_ray(shards, workers, undated=undated)
    if workers > 1:
        return annotate_in_processes(shards, workers, undated=undated)
    return annotate_here(shards, undated=undated)


def format_done_shard(done: DoneShard) -> str:
    if done.was_done:
        return f"{done.shard.target}: done before"
    refused = f", {done.refused} not read" if done.refused else ""
    return f"{done.shard.target}: {done.documents} documents, {done.quotes} quotes{refused}"
