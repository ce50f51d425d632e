"""Texts without the characters that XML, and so Excel and feeds, cannot hold."""

import re

# https://www.w3.org/TR/xml/#charsets
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def drop_controls(text: str) -> str:
    """Return a text with a replacement character for each that XML has no way to write."""
    return NOT_IN_XML.sub("\ufffd", text)
