"""Random samples of quotes, for people to judge in the admin panel: `sample draw --size 200`."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.models import Sample
from claims.trust.sampling import DrawRefused, draw_sample


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        draws = parser.add_subparsers(dest="what", required=True).add_parser(
            "draw", help="draw a sample"
        )
        draws.add_argument("--size", type=int, required=True, metavar="N", help="quotes")
        draws.add_argument(
            "--double",
            type=float,
            default=0.0,
            metavar="SHARE",
            help="of them for two judges; 0 to 1",
        )
        draws.add_argument(
            "--seed",
            type=int,
            metavar="S",
            help="the same seed draws the same quotes again; default: any",
        )
        draws.add_argument("--name", default="", help="default: the day, and a number if need be")

    def handle(
        self, *args: Any, size: int, double: float, seed: int | None, name: str, **options: Any
    ) -> None:
        if seed is not None and seed < 0:
            raise CommandError("A seed is a whole number from 0.")
        try:
            sample = draw_sample(name or find_unused_sample_name(), size, double=double, seed=seed)
        except DrawRefused as error:
            raise CommandError(str(error)) from None
        design = sample.design
        doubles = sample.items.filter(double=True).count()
        self.stdout.write(
            f"Sample “{sample}”: {design['size']} of {design['quotes']} quotes"
            f" from {len(design['strata'])} strata,"
            f" {doubles} for two judges; seed {sample.seed}."
        )


def find_unused_sample_name() -> str:
    """Return the day, with the first number that makes it another name than all there are."""
    today = date.today().isoformat()
    taken = set(Sample.objects.filter(name__startswith=today).values_list("name", flat=True))
    name = today
    number = 1
    while name in taken:
        number += 1
        name = f"{today}, {number}"
    return name
