"""Where a document was fetched from, and what was said of it there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Origin:
    """What is known of a document beside its bytes; each is "" where nothing is.

    `address`: where it was fetched. `charset`: what the site said of its letters. `day`: the date
    that a list gives it, for a document without one.
    """

    address: str = ""
    charset: str = ""
    day: str = ""


UNKNOWN_ORIGIN = Origin()
