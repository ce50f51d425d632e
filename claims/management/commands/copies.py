"""Finds copies of one text among the articles that wait to be compared; ingesting does so by itself."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from rich.progress import Progress

from claims.intake.copies import compare_all_waiting_texts, have_all_texts_compared
from claims.management.progress import build_error_console
from claims.models import Fingerprint, Uncompared


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="compare all articles, not only those that wait"
        )

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        if again:
            have_all_texts_compared()
        compared = 0
        console = build_error_console()
        is_silent = not console.is_terminal
        with Progress(console=console, disable=is_silent, transient=True) as bar:
            task = bar.add_task("articles", total=Uncompared.objects.count())
            for number in compare_all_waiting_texts():
                compared += number
                bar.advance(task, number)
        copies = Fingerprint.objects.filter(shared_text__isnull=False)
        texts = copies.values("shared_text").distinct().count()
        of_texts = "1 text" if texts == 1 else f"{texts} texts"
        self.stdout.write(
            f"Articles: {compared} compared; {copies.count()} are copies of {of_texts} in all."
        )
