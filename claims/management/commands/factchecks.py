"""Fact-checks in: what others found of claims, from files and pages; says which of our claims that is about."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from rich.progress import Progress

from claims.gathering.factchecks import look_up_all_waiting_factchecks
from claims.intake.database_errors import get_first_line
from claims.intake.factchecks import store_reviews
from claims.intake.fetching import Revisiting
from claims.intake.readers import Problem
from claims.intake.readers.links import is_address
from claims.intake.readers.review_files import LARGEST_FILE, read_claim_reviews
from claims.intake.readers.reviews import ClaimReview
from claims.management.progress import build_error_console
from claims.models import FactCheck, FactCheckMatch
from claims.models.refusals import Refused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            metavar="PATH",
            help="pages with ClaimReview, files of feeds with it (JSON), or addresses of either",
        )

    def handle(self, *args: Any, paths: list[str], **options: Any) -> None:
        self.not_in = 0
        try:
            stored = store_reviews(self.select_reviews(read_all(paths)))
            look_up_with_progress()
        except DatabaseError as error:
            reason = get_first_line(error)
            raise CommandError(f"stopped ({reason}); what went in before is kept") from None
        subjects = FactCheckMatch.objects.values("factcheck").distinct().count()
        self.stdout.write(
            f"Fact-checks: {stored.new:,} new, {stored.changed:,} changed, {stored.unchanged:,}"
            f" unchanged, {self.not_in:,} not in; {subjects:,} of all seem to be about claims here."
        )
        if self.not_in:
            sys.exit(1)

    def select_reviews(self, found: Iterable[ClaimReview | Problem]) -> Iterator[ClaimReview]:
        """Yield the reviews; tell of what is none, and count it."""
        for each in found:
            if isinstance(each, Problem):
                self.not_in += 1
                self.stderr.write(str(each))
            else:
                yield each


def read_all(paths: Iterable[str]) -> Iterator[ClaimReview | Problem]:
    fetch = Revisiting().fetch
    for path in paths:
        try:
            if is_address(path):
                page = fetch(path)
                yield from read_claim_reviews(
                    page.content, path, address=page.address, charset=page.charset
                )
            else:
                yield from read_claim_reviews(read_bytes(path), path)
        except (Refused, OSError) as error:
            reason = getattr(error, "strerror", None) or error
            yield Problem(path, f"it cannot be read ({reason})")


def read_bytes(path: str) -> bytes:
    """Return what a file holds, or a little more than can be read of it. Raises `OSError`."""
    with Path(path).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def look_up_with_progress() -> None:
    console = build_error_console()
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("claims", total=FactCheck.objects.filter(read_as="").count())
        for number in look_up_all_waiting_factchecks():
            bar.advance(task, number)
