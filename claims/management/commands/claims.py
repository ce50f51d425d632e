"""Brings claims up to date with the quotes that came in: which say the same, deny or answer which."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import Count, F
from rich.progress import Progress

from claims.gathering.factchecks import look_up_all_waiting_factchecks
from claims.gathering.updating import have_all_wordings_related, relate_all_waiting_wordings
from claims.management.progress import build_error_console
from claims.models import FactCheck, Unrelated, Wording


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--again", action="store_true", help="relate all wordings, not only those that wait"
        )

    def handle(self, *args: Any, again: bool, **options: Any) -> None:
        if again:
            have_all_wordings_related()
        looked_at = relate_with_progress()
        told_otherwise = Wording.objects.exclude(pk=F("claim"))
        claims = told_otherwise.aggregate(number=Count("claim", distinct=True))["number"]
        of_claims = "1 claim is" if claims == 1 else f"{claims:,} claims are"
        self.stdout.write(f"Wordings: {looked_at:,} looked at; {of_claims} told in several.")


def relate_with_progress() -> int:
    """Relate the wordings that wait, and what others found to claims; return how many wordings were
    looked at.
    """
    looked_at = 0
    console = build_error_console()
    with Progress(console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("wordings", total=Unrelated.objects.count())
        for number in relate_all_waiting_wordings():
            looked_at += number
            bar.advance(task, number)
        task = bar.add_task("fact-checks", total=FactCheck.objects.filter(read_as="").count())
        for number in look_up_all_waiting_factchecks():
            bar.advance(task, number)
    return looked_at
