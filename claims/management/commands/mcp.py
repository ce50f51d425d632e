"""Answers assistants that speak the Model Context Protocol, on standard input and output; reads alone.

It needs `pip install newsroom-quotes[mcp]`.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--site",
            default="http://127.0.0.1:8000",
            help="what links begin with, such as https://news.example",
        )

    def handle(self, *args: Any, site: str, **options: Any) -> None:
        try:
            from claims.mcp.server import build_server
        except ModuleNotFoundError as error:
            if str(error.name).partition(".")[0] != "mcp":
                raise
            raise CommandError(
                "This needs the package mcp: pip install newsroom-quotes[mcp]."
            ) from None
        build_server(site.rstrip("/")).run()
