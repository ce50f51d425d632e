"""Where the page of a row is.

A page has hundreds of such links, so the resolver is asked once for each kind of row.
"""

from functools import cache

from django.urls import get_script_prefix, reverse


def get_address(view: str, key: int | str) -> str:
    """Return what `reverse` does, for a view whose address has one key in it."""
    before, after = split_address(view, get_script_prefix())
    return f"{before}{key}{after}"


@cache
def split_address(view: str, prefix: str) -> tuple[str, str]:
    """Return what stands before the key and after it, on a site that is served below this
    prefix.
    """
    before, _, after = reverse(view, args=[0]).rpartition("0")
    return before, after
