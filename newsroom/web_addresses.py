"""What is the address of a web page, wherever it was written: in a form, a feed or a document."""

import re
from urllib.parse import urlsplit

SCHEMES = ("http", "https")
LONGEST_ADDRESS = 2000  # characters
HOST_FIRST = re.compile(r"[^/:?#@]*\.[^/:?#@]*(?![^/:?#])")


def is_web_address(written: str) -> bool:
    """Return whether a text is the http or https address of a host.

    No part of one is blank or unseen: that would be another address than the one that is read.
    """
    if " " in written or not written.isprintable():
        return False
    try:
        parts = urlsplit(written)
        parts.port  # noqa: B018 (raises `ValueError` where it is no number)
    except ValueError:
        return False
    return parts.scheme in SCHEMES and bool(parts.hostname)


def complete_address(written: str) -> str:
    """Return an address as somebody meant it who left out `https://` or wrote it in capitals."""
    written = written.strip()
    scheme, mark, rest = written.partition("://")
    if mark:
        return f"{scheme.lower()}://{rest}"
    return f"https://{written}" if HOST_FIRST.match(written) else written
