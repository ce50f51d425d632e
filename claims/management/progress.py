"""Tells on a terminal how far a command is."""

from rich.console import Console


def build_error_console() -> Console:
    """Return standard error, on which words from outside stand as they are: no markup, no emoji."""
    return Console(stderr=True, soft_wrap=True, highlight=False, markup=False, emoji=False)
